"""Where a national record belongs – field, life events, ministry – by rules that stand in code lists."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from motcua.agencies.rules.codes import CodeList
from motcua.procedures.rules.records.page import RecordPage
from motcua.procedures.rules.search.everyday import parts
from motcua.procedures.rules.search.tokens import words

OTHER = "other"
Table = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Belonging:
    """The place of a record among the others: codes of the lists."""

    field: str
    life_events: tuple[str, ...]
    ministry: str


class Belongings:
    """The rules of the lists `fields_of_law`, `life_events` and `ministries`, read once."""

    def __init__(self, *, fields: CodeList, life_events: CodeList, ministries: CodeList) -> None:
        """Keep every phrase of the lists as it is compared."""
        self._fields = _table(fields, "also")
        self._names = _table(life_events, "names")
        self._by_field = {row.code: parts(row["fields"]) for row in life_events.rows}
        self._marks = _table(ministries, "marks")

    def of(self, page: RecordPage) -> Belonging:
        """Return where the record belongs; `other` where no rule speaks."""
        field = self.field(page.field)
        return Belonging(field, self._life_events(page.name, field), self.ministry(page.decision))

    def place(self, life_events: Sequence[str]) -> int:
        """Return how early in life's list something belongs: by its first event."""
        order = list(self._by_field)
        return min((order.index(event) for event in life_events[:1] if event in order), default=0)

    def field(self, name: str) -> str:
        """Return the field that the national catalogue calls so: by the whole name, else by its words."""
        plain = " ".join(words(name))
        same = (code for code, also in self._fields if plain in also)
        alike = (code for code, also in self._fields if _any_within(also, plain))
        return next(same, None) or next(alike, OTHER)

    def ministry(self, decision: str) -> str:
        """Return the ministry by the mark of its decision, “163/QĐ-BTP”."""
        marks = words(decision)
        known = (code for code, own in self._marks if any(mark in own for mark in marks))
        return next(known, OTHER)

    def _life_events(self, name: str, field: str) -> tuple[str, ...]:
        plain = " ".join(words(name))
        named = [code for code, names in self._names if _any_within(names, plain)]
        by_field = [code for code, fields in self._by_field.items() if field in fields]
        return tuple(named or by_field or [OTHER])


def _table(listed: CodeList, column: str) -> Table:
    return tuple(
        (row.code, tuple(" ".join(words(part)) for part in parts(row[column])))
        for row in listed.rows
    )


def _any_within(phrases: Iterable[str], text: str) -> bool:
    """Tell whether the text holds one of the phrases as whole words."""
    return any(phrase and f" {phrase} " in f" {text} " for phrase in phrases)
