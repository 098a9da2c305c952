"""Compares two versions piece by piece: every difference becomes a sentence."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from motcua.procedures.rules.comparing import sentences as say
from motcua.procedures.rules.comparing.changes import TOPICS, Change
from motcua.procedures.rules.comparing.items import Pair, details, pairs, title
from motcua.procedures.rules.comparing.names import Labels, Names, quoted, raw
from motcua.procedures.rules.comparing.nouns import Noun, noun_of
from motcua.procedures.rules.comparing.spot import Spot
from motcua.procedures.rules.comparing.values import Values, listed
from motcua.procedures.rules.form import Form, FormField, Page
from motcua.procedures.rules.plan import Sees, Stage, TimeLimit
from motcua.procedures.rules.procedure import Procedure, Rate
from motcua.procedures.rules.texts import Grounds, Text

_WITHOUT_WORDS = {"form", "plan", "start"}
"""Keys that only hold others together: nobody says “of the form”."""


def compare(
    old: Procedure,
    new: Procedure,
    labels: Labels | None = None,
    *,
    guides: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {}),
) -> list[Change]:
    """Return what changed, in the order of telling; nothing when nothing did.

    `labels` knows the words of code lists; `guides` are the pages of help by language, old and new.
    """
    comparison = _Comparison(Values(Names(old, new, labels)))
    found = [*comparison.pieces(old, new, Spot("law.effect")), *_guides(*guides)]
    order = list(TOPICS)
    return sorted(found, key=lambda change: order.index(change.topic))


def _guides(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for language, words in say.LANGUAGES.items():
        if old.get(language) != new.get(language):
            yield Spot("citizen.about", ("guide", language)).says(say.GUIDE, new=words)


class _Comparison:
    """Walks two versions side by side."""

    def __init__(self, values: Values) -> None:
        self.values = values

    def pieces(self, old: BaseModel, new: BaseModel, spot: Spot) -> Iterator[Change]:
        """Yield what differs between two pieces of one kind."""
        together: set[str] = set()
        if isinstance(old, TimeLimit) and isinstance(new, TimeLimit):
            together |= {"amount", "unit"}
            yield from self._limit(old, new, spot)
        if isinstance(old, Grounds) and isinstance(new, Grounds):
            together |= {"basis", "article"}
            yield from self._grounds(old, new, spot)
        for key in type(new).model_fields:
            before, after = getattr(old, key), getattr(new, key)
            if key not in together and before != after:
                yield from self._key(type(new), key, before, after, spot)

    def _key(
        self, owner: type[BaseModel], key: str, old: Any, new: Any, spot: Spot
    ) -> Iterator[Change]:
        at = spot.at(key, noun_of(owner, key))
        special = _SPECIAL.get((owner, key)) or _SPECIAL.get((BaseModel, key))
        if special:
            yield from special(self, old, new, at)
        elif isinstance(old, tuple) and isinstance(new, tuple):
            yield from self._several(owner, key, old, new, at)
        elif isinstance(old, dict) and isinstance(new, dict):
            yield from self._by_name(owner, key, old, new, at)
        elif type(old) is type(new) and isinstance(old, BaseModel) and not isinstance(old, Text):
            yield from self.pieces(
                old, new, at if key in _WITHOUT_WORDS else at.about(at.noun.text)
            )
        else:
            yield self._value(owner, key, old, new, at)

    # ── one value ───────────────────────────────────────────────────────────────────────────────

    def _value(self, owner: type[BaseModel], key: str, old: Any, new: Any, at: Spot) -> Change:
        called, before, after = at.noun.text, *self._both(owner, key, old, new)
        if isinstance(old, Text) and isinstance(new, Text):
            called, before, after = _texts(called, old, new)
        if _nothing(old):
            return at.says(say.SET, noun=called, new=after)
        if _nothing(new):
            return at.says(say.CLEARED, noun=called, old=before)
        return at.says(say.CHANGED, noun=called, old=before, new=after)

    def _both(self, owner: type[BaseModel], key: str, old: Any, new: Any) -> tuple[Text, Text]:
        said = self.values.said
        return _apart((said(owner, key, old), said(owner, key, new)), old, new)

    def _limit(self, old: TimeLimit, new: TimeLimit, at: Spot) -> Iterator[Change]:
        if (old.amount, old.unit) != (new.amount, new.unit):
            limit = self.values.limit
            yield at.says(say.ARROW, old=limit(old), new=limit(new))

    def _grounds(self, old: Grounds, new: Grounds, spot: Spot) -> Iterator[Change]:
        if (old.basis, old.article) != (new.basis, new.article):
            said = self.values.grounds(old), self.values.grounds(new)
            before, after = _apart(said, old.basis, new.basis)
            at = spot.at("basis", noun_of(Grounds, "basis"))
            yield at.says(say.GROUNDS, old=before, new=after)

    # ── several ─────────────────────────────────────────────────────────────────────────────────

    def _several(
        self, owner: type[BaseModel], key: str, old: Any, new: Any, at: Spot
    ) -> Iterator[Change]:
        if any(isinstance(item, BaseModel) for item in (*old, *new)):
            yield from self.items(old, new, at)
            return
        came = tuple(item for item in new if item not in old)
        gone = tuple(item for item in old if item not in new)
        if came:
            yield at.says(say.SET, new=self.values.said(owner, key, came))
        if gone:
            yield at.says(say.CLEARED, old=self.values.said(owner, key, gone))
        if not came and not gone:
            yield at.says(say.ORDER, new=self.values.said(owner, key, new))

    def items(self, old: Sequence[Any], new: Sequence[Any], at: Spot) -> Iterator[Change]:
        """Yield what came, what went, what changed, and whether the order did."""
        found = pairs(old, new)
        for before, after in found:
            yield from self._pair(before, after, at)
        yield from self._order(old, found, at)

    def _pair(self, before: Any, after: Any, at: Spot) -> Iterator[Change]:
        item = before if after is None else after
        name = getattr(item, "id", None) or getattr(item, "value", None) or "–"
        here = at.at(str(name)).about(title(item, self.values))
        if before is None or after is None:
            yield self._come_or_gone(item, here, came=before is None)
        elif before != after:
            yield from self.pieces(before, after, here)

    def _come_or_gone(self, item: Any, here: Spot, *, came: bool) -> Change:
        more = details(item, self.values)
        if more is None:
            return here.says(say.ADDED if came else say.REMOVED)
        return here.says(say.ADDED_WITH if came else say.REMOVED_WITH, more=more)

    def _order(self, old: Sequence[Any], found: list[Pair], at: Spot) -> Iterator[Change]:
        stayed = [(before, after) for before, after in found if before and after]
        places = [next(n for n, item in enumerate(old) if item is before) for before, _ in stayed]
        if places != sorted(places):
            titles = listed(title(after, self.values) for _, after in stayed)
            yield at.says(say.ORDER, new=titles)

    def _by_name(
        self, owner: type[BaseModel], key: str, old: Any, new: Any, at: Spot
    ) -> Iterator[Change]:
        for name in sorted({*old, *new}):
            called = Noun(f"{at.noun.vi} `{name}`", f"{at.noun.en} `{name}`")
            here, before, after = at.at(name, called), old.get(name), new.get(name)
            if isinstance(before, BaseModel) and isinstance(after, BaseModel):
                yield from self.pieces(before, after, here.about(called.text))
            elif before != after:
                yield self._value(owner, key, before, after, here)

    # ── questions: over all pages, for one that moved is not one that came and one that went ───────

    def pages(self, old: Sequence[Page], new: Sequence[Page], at: Spot) -> Iterator[Change]:
        """Yield what differs between the pages, then between their questions."""
        found = pairs(old, new)
        for before, after in found:
            yield from self._pair(_bare(before), _bare(after), at)
        yield from self._order(old, found, at)
        became = {id(before): after for before, after in found if before}
        homes, new_homes = _homes(old), _homes(new)
        questions = pairs(*([f for page in pages for f in page.fields] for pages in (old, new)))
        for before, after in questions:
            yield from self._pair(before, after, at)
            if before and after and became[id(homes[id(before)])] is not new_homes[id(after)]:
                yield self._moved(after, homes[id(before)], new_homes[id(after)], at)
        for page, now in found:
            if page and now:
                stayed = [(a, b) for a, b in questions if _among(a, page) and _among(b, now)]
                here = at.at(now.id, noun_of(Page, "fields")).about(title(now, self.values))
                yield from self._order(page.fields, stayed, here)

    def _moved(self, field: FormField, old: Page, new: Page, at: Spot) -> Change:
        here = at.at(field.id).about(title(field, self.values))
        return here.says(say.MOVED, old=title(old, self.values), new=title(new, self.values))

    # ── what deserves words of its own ────────────────────────────────────────────────────────────

    def wording(self, old: Text, new: Text, at: Spot) -> Iterator[Change]:
        """A question that is asked in other words is the same question."""
        if old.vi == new.vi:
            yield self._value(FormField, "label", old, new, at)
        else:
            yield at.says(say.REWORDED, old=quoted(old), new=quoted(new))

    def mark(self, old: str, new: str, at: Spot) -> Iterator[Change]:
        """The same piece under another name in the system."""
        yield at.says(say.RENAMED, old=raw(old), new=raw(new))

    def condition(self, old: str, new: str, at: Spot) -> Iterator[Change]:
        """When a piece belongs to a case."""
        said = self.values.condition(old), self.values.condition(new)
        before, after = _apart(said, old, new)
        yield at.says(say.EVERY_TIME if new == "true" else say.ONLY, old=before, new=after)

    def obligation(self, old: Any, new: Any, at: Spot) -> Iterator[Change]:
        """Whether something must be answered or handed in."""
        before, after = _apart((self._must(old), self._must(new)), old, new)
        template = {"true": say.MUST, "false": say.MAY}.get(str(new).lower(), say.MUST_WHEN)
        yield at.says(template, old=before, new=after)

    def _must(self, told: bool | str) -> Text:
        return _OBLIGED.get(str(told).lower()) or self.values.condition(str(told))

    def amount(self, old: int, new: int, at: Spot) -> Iterator[Change]:
        """What one pays."""
        before, after = self._both(Rate, "amount", old, new)
        yield at.says(say.ARROW, old=before, new=after)

    def sight(self, old: Any, new: Any, at: Spot) -> Iterator[Change]:
        """What an agency gets to see."""
        if not isinstance(old, Sees) or not isinstance(new, Sees):
            yield self._value(Stage, "sees", old, new, at)
            return
        for key in ("fields", "papers"):
            before, after = getattr(old, key), getattr(new, key)
            more = tuple(item for item in after if item not in before)
            less = tuple(item for item in before if item not in after)
            if more:
                yield at.says(say.SEES_MORE, new=self.values.said(Sees, key, more))
            if less:
                yield at.says(say.SEES_LESS, old=self.values.said(Sees, key, less))
            if not more and not less and before != after:
                yield at.says(say.ORDER, new=self.values.said(Sees, key, after))


_OBLIGED = {
    "true": Text(vi="bắt buộc", en="obligatory"),
    "false": Text(vi="không bắt buộc", en="optional"),
}


def _nothing(value: Any) -> bool:
    return value in (None, "", (), {})


def _apart(said: tuple[Text, Text], old: Any, new: Any) -> tuple[Text, Text]:
    """Return both in words; as they are written where the words are alike and they are not."""
    return (raw(old), raw(new)) if said[0] == said[1] else said


def _texts(called: Text, old: Text, new: Text) -> tuple[Text, Text, Text]:
    """Return how a changed text is called, and both; where one tongue changed, each tells that one."""
    if old.en == new.en:
        called = Text(vi=called.vi, en=f"{called.en} (Vietnamese text)")
        return called, quoted(Text(vi=old.vi, en=old.vi)), quoted(Text(vi=new.vi, en=new.vi))
    if old.vi == new.vi:
        called = Text(vi=f"{called.vi} (bản tiếng Anh)", en=called.en)
        return called, quoted(Text(vi=old.en, en=old.en)), quoted(Text(vi=new.en, en=new.en))
    return called, quoted(old), quoted(new)


def _bare(page: Page | None) -> Page | None:
    """Return a page without its questions, which are compared on their own."""
    return page.model_copy(update={"fields": ()}) if page else None


def _homes(pages: Sequence[Page]) -> dict[int, Page]:
    return {id(field): page for page in pages for field in page.fields}


def _among(field: FormField | None, page: Page) -> bool:
    return any(item is field for item in page.fields)


_Special = Callable[[_Comparison, Any, Any, Spot], Iterator[Change]]
_SPECIAL: dict[tuple[type[BaseModel], str], _Special] = {
    (Form, "pages"): _Comparison.pages,
    (FormField, "label"): _Comparison.wording,
    (Rate, "amount"): _Comparison.amount,
    (BaseModel, "id"): _Comparison.mark,
    (BaseModel, "when"): _Comparison.condition,
    (BaseModel, "required"): _Comparison.obligation,
    (BaseModel, "sees"): _Comparison.sight,
}
"""Keys told in words of their own, of one kind of piece or (`BaseModel`) of every kind."""
