"""Leaflets in plain lines: the words that pages, PDFs and texts share."""

from collections.abc import Iterable, Iterator
from typing import Literal

from django.utils.translation import gettext

from motcua.journeys.leaflets.facts import Facts, FeeLine, Papers
from motcua.journeys.leaflets.speech import Script, script

Kind = Literal["guide", "poster", "broadcast"]
KINDS: tuple[Kind, ...] = ("guide", "poster", "broadcast")
Section = tuple[str, list[str]]


def labels() -> dict[str, str]:
    """Return the headings and short words of leaflets, in the active language."""
    return {
        "who": gettext("Dành cho ai"),
        "when": gettext("Khi nào"),
        "papers": gettext("Giấy tờ cần có"),
        "fees": gettext("Phí, lệ phí"),
        "results": gettext("Quý vị nhận được"),
        "steps": gettext("Làm trên điện thoại"),
        "stumbles": gettext("Những chỗ hay nhầm"),
        "after": gettext("Sau khi nộp"),
        "beware": gettext("Cảnh giác:"),
        "help": gettext("Cần hỏi hoặc cần người làm giúp"),
        "scan": gettext("Quét để làm ngay"),
        "account": gettext("Chưa có tài khoản?"),
        "no_fees": gettext("Không thu phí, lệ phí."),
        "headline": gettext("Làm ngay trên điện thoại"),
        "headline_partial": gettext("Khai trước trên điện thoại"),
    }


def after_words(facts: Facts) -> str:
    """Return what happens once a dossier is filed."""
    return gettext(
        "Giữ mã hồ sơ trong tin nhắn. Nếu thiếu gì, cơ quan báo một lần cho đủ; quý vị có {within} để bổ sung "
        "ngay trên điện thoại. Có kết quả là có tin nhắn."
    ).format(within=facts.supplement)


def beware_words() -> str:
    """Return the warning that stands on everything communes hang up."""
    return gettext(
        "cán bộ nhà nước không bao giờ hỏi mật khẩu, hỏi mã xác nhận hay bảo chuyển tiền vào tài khoản riêng."
    )


def papers_note(facts: Facts) -> str:
    """Return what holds for all papers."""
    if not facts.papers:
        return gettext(
            "Khi khai không phải gửi kèm giấy tờ nào. Chỉ cần thẻ căn cước bên mình để ghi số."
        )
    return gettext(
        "Hệ thống chỉ hỏi giấy tờ đúng với trường hợp của quý vị. Chụp bằng điện thoại là được."
    )


def case_title(group: Papers) -> str:
    """Return which case calls for these papers."""
    if group.case == "?":
        return gettext("Tùy trường hợp:")
    return gettext("Khi trả lời: {case}").format(case=group.case) if group.case else ""


def replaced_words(replaced_by: str) -> str:
    """Return what makes a paper unnecessary."""
    return (
        gettext("Không phải nộp khi đã có: {data}").format(data=replaced_by) if replaced_by else ""
    )


def amount_words(fee: FeeLine) -> str:
    """Return what a fee comes to, by road where it differs."""
    if fee.same or not fee.counter or not fee.online:
        return fee.online or fee.counter
    return gettext("{online} khi nộp trực tuyến; {counter} tại quầy").format(
        online=fee.online, counter=fee.counter
    )


def fee_lines(fee: FeeLine) -> list[str]:
    """Return when a fee is due, who pays none, and what is not confirmed."""
    lines = []
    if fee.case not in ("", "?"):
        lines.append(gettext("Thu khi: {case}").format(case=fee.case))
    if fee.exempt:
        lines.append(gettext("Miễn: {who}").format(who="; ".join(fee.exempt)))
    return [*lines, *(f"({note})" for note in fee.notes)]


def when_words(facts: Facts) -> str:
    """Return when one may file and when it is done."""
    return gettext(
        "Nộp lúc nào cũng được, cả ngày nghỉ. Thời gian giải quyết: {limit}, kể từ khi hồ sơ được tiếp nhận."
    ).format(limit=facts.limit)


def minutes_words(spoken: Script) -> str:
    """Return how long a script takes to read, to half a minute."""
    halves = round(spoken.minutes * 2)
    whole = gettext("khoảng {n} phút").format(n=halves // 2)
    return gettext("{whole} rưỡi").format(whole=whole) if halves % 2 else whole


def text(kind: Kind, facts: Facts) -> str:
    """Return a leaflet as plain text."""
    if kind == "broadcast":
        return "\n\n".join(script(facts).paragraphs) + "\n"
    sections = _poster(facts) if kind == "poster" else guide_sections(facts)
    head = [facts.office.name, "", facts.name.upper(), facts.short, ""]
    return "\n".join([*head, *_lines(sections)]).rstrip() + "\n"


def _lines(sections: Iterable[Section]) -> Iterator[str]:
    for title, lines in sections:
        yield from [title.upper(), *lines, ""]


def guide_sections(facts: Facts) -> Iterator[Section]:
    """Yield the sections of the guide: title and lines."""
    named = labels()
    yield named["who"], [part for part in (facts.audience, facts.level_note) if part]
    yield named["when"], [when_words(facts)]
    yield named["results"], [f"– {result}" for result in facts.results]
    yield named["papers"], [*_papers(facts), papers_note(facts)]
    yield named["fees"], [line for fee in facts.fees for line in _fee(fee)] or [named["no_fees"]]
    yield named["steps"], [f"{n}. {s.title}. {s.text}" for n, s in enumerate(facts.steps, 1)]
    if facts.stumbles:
        yield named["stumbles"], [f"! {words}" for words in facts.stumbles]
    yield named["after"], [after_words(facts), f"{named['beware']} {beware_words()}"]
    yield named["help"], _support(facts)
    yield named["scan"], [facts.service.url]
    yield named["account"], [facts.account.url]


def _poster(facts: Facts) -> Iterator[Section]:
    named = labels()
    for number, link in enumerate([facts.account, facts.service, *facts.linked], 1):
        yield f"{number}. {link.title}", [link.url]
    yield named["help"], _support(facts)


def _papers(facts: Facts) -> Iterator[str]:
    for group in facts.papers:
        if group.case:
            yield case_title(group)
        for paper in group.items:
            told = (paper.name, paper.help, replaced_words(paper.replaced_by))
            yield "– " + ". ".join(part.rstrip(".") for part in told if part)


def _fee(fee: FeeLine) -> Iterator[str]:
    yield f"– {fee.name}: {amount_words(fee)}"
    yield from (f"  {line}" for line in fee_lines(fee))


def _support(facts: Facts) -> list[str]:
    office = facts.office
    return [
        part
        for part in (
            office.support_name,
            office.support_phone,
            office.support_hours,
            office.address,
        )
        if part
    ]
