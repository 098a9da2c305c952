"""The pieces that stand in lists: what each is called, and which of the old ones a new one is."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from motcua.procedures.rules import form as f
from motcua.procedures.rules import plan as p
from motcua.procedures.rules import procedure as q
from motcua.procedures.rules.comparing.conditions import filled
from motcua.procedures.rules.comparing.names import quoted, raw, same
from motcua.procedures.rules.comparing.values import ROLES, Values, listed
from motcua.procedures.rules.texts import Text

Pair = tuple[Any, Any]
_ID: Callable[[Any], Any] = lambda item: item.id  # noqa: E731 - one of many in the table below
_KEYS: dict[type, tuple[Callable[[Any], Any], ...]] = {
    f.Page: (_ID, lambda page: page.title),
    f.FormField: (_ID, lambda field: (field.label, field.type)),
    f.Option: (lambda option: option.value, lambda option: option.label),
    f.Check: (lambda check: check.say, lambda check: check.that),
    f.Take: (lambda take: take.source, lambda take: take.when),
    q.OldCode: (lambda old: old.code, lambda old: old.until),
    q.LegalBasis: (_ID, lambda basis: basis.title),
    q.Eligibility: (_ID, lambda asked: asked.question),
    q.Paper: (_ID, lambda paper: paper.name),
    q.Fee: (_ID, lambda fee: fee.name),
    q.Rate: (
        lambda rate: (rate.channel, rate.province, rate.effective),
        lambda rate: (rate.channel, rate.province),
        lambda rate: (rate.amount, rate.basis),
    ),
    q.Exemption: (lambda exemption: exemption.name, lambda exemption: exemption.when),
    q.Result: (_ID, lambda result: result.name),
    q.Stumble: (lambda stumble: stumble.field, lambda stumble: stumble.say),
    p.Stage: (_ID, lambda stage: stage.name),
    p.Step: (_ID, lambda step: step.name),
    p.ResultValue: (_ID, lambda value: value.label),
}
"""By what a piece is known again: its stable id first, then what else makes it the same."""


def pairs(old: Sequence[Any], new: Sequence[Any]) -> list[Pair]:
    """Return which old piece became which new one; None stands for one that is not there."""
    left, found = list(old), {id(item): None for item in new}
    for number in range(max(len(_keys(item)) for item in [*old, *new])):
        for item in new:
            if found[id(item)] is None:
                match = _taken(left, item, number)
                found[id(item)] = match
    gone: list[Pair] = [(item, None) for item in left]
    return gone + [(found[id(item)], item) for item in new]


def _keys(item: Any) -> tuple[Callable[[Any], Any], ...]:
    return _KEYS.get(type(item), (lambda whole: whole,))


def _taken(left: list[Any], item: Any, number: int) -> Any:
    """Take out of `left` the piece with the same key, None when there is none."""
    if number >= len(_keys(item)):
        return None
    key = _keys(item)[number]
    for place, old in enumerate(left):
        if key(old) == key(item):
            return left.pop(place)
    return None


# ── what a piece is called ──────────────────────────────────────────────────────────────────────────


def title(item: Any, values: Values) -> Text:
    """Return what a piece is called in a sentence."""
    said = _TITLES.get(type(item))
    return said(item, values) if said else raw(getattr(item, "id", type(item).__name__))


def _named(vi: str, en: str, key: str) -> Callable[[Any, Values], Text]:
    return lambda item, _: filled(Text(vi=vi, en=en), a=quoted(getattr(item, key)))


def _rate(rate: q.Rate, values: Values) -> Text:
    conditions = [
        values.said(q.Rate, "channel", rate.channel) if rate.channel else None,
        Text(vi=f"tại tỉnh mã {rate.province}", en=f"in province {rate.province}") if rate.province else None,
        Text(vi=f"từ {rate.effective.since:%d/%m/%Y}", en=f"from {rate.effective.since:%d/%m/%Y}")
        if rate.effective
        else None,
    ]  # fmt: skip
    held = [text for text in conditions if text]
    if not held:
        return Text(vi="mức chung", en="general rate")
    return filled(Text(vi="mức nộp {a}", en="rate {a}"), a=listed(held))


_TITLES: dict[type, Callable[[Any, Values], Text]] = {
    f.Page: _named("trang {a}", "page {a}", "title"),
    f.FormField: _named("câu hỏi {a}", "question {a}", "label"),
    f.Option: _named("lựa chọn {a}", "option {a}", "label"),
    f.Check: _named("điều kiểm tra {a}", "check {a}", "say"),
    f.Take: lambda take, values: filled(
        Text(vi="câu trả lời lấy từ {a}", en="answer taken from {a}"), a=values.names.of(take.source)
    ),
    q.OldCode: lambda old, _: Text(vi=f"mã trước đây {old.code}", en=f"earlier code {old.code}"),
    q.LegalBasis: _named("văn bản {a}", "instrument {a}", "title"),
    q.Eligibility: _named("câu hỏi điều kiện {a}", "eligibility question {a}", "question"),
    q.Paper: _named("giấy tờ {a}", "paper {a}", "name"),
    q.Fee: _named("khoản {a}", "fee {a}", "name"),
    q.Rate: _rate,
    q.Exemption: _named("trường hợp miễn {a}", "exemption {a}", "name"),
    q.Result: _named("kết quả {a}", "result {a}", "name"),
    q.Stumble: lambda stumble, values: filled(
        Text(vi="lời nhắc về {a}", en="advice about {a}"), a=values.names.of(stumble.field)
    ),
    p.Stage: _named("nhánh {a}", "stage {a}", "name"),
    p.Step: _named("bước {a}", "step {a}", "name"),
    p.ResultValue: _named("mục {a}", "value {a}", "label"),
}  # fmt: skip


# ── what is worth saying of a piece that comes or goes ──────────────────────────────────────────────


def details(item: Any, values: Values) -> Text | None:
    """Return what a reader wants to know of a piece that is new or gone."""
    found = list(_details(item, values))
    return listed(found) if found else None


def _details(item: Any, values: Values) -> Iterator[Text]:
    if isinstance(item, f.FormField | q.Paper):
        if item.required in (True, "true"):
            yield Text(vi="bắt buộc", en="obligatory")
        elif item.required in (False, "false"):
            yield Text(vi="không bắt buộc", en="optional")
    if isinstance(item, q.Rate):
        yield values.said(q.Rate, "amount", item.amount)
    if isinstance(item, q.Fee):
        yield from (values.said(q.Rate, "amount", rate.amount) for rate in item.rates)
    if isinstance(item, q.LegalBasis) and item.articles:
        yield same(item.articles)
    if isinstance(item, p.Step) and item.role:
        yield ROLES[item.role]
    if isinstance(item, p.Stage) and item.limit:
        yield values.limit(item.limit)
    if getattr(item, "when", "true") != "true":
        yield filled(Text(vi="khi {a}", en="when {a}"), a=values.condition(item.when))
