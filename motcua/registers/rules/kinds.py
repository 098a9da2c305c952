"""The kinds of books an office keeps, and how their numbers and volumes are written."""

from dataclasses import dataclass

from motcua.agencies.rules.codes import Code, code_list


@dataclass(frozen=True)
class Kind:
    """A kind of book: `yearly` numbers carry their year (`07/2026`), others stand alone (`1208`)."""

    code: str
    name: Code
    yearly: bool

    def number(self, first: int, last: int, year: int) -> str:
        """Return how one number is written, or a run of them."""
        if first == last:
            return self._one(first, year)
        return f"{self._one(first, year)}–{self._one(last, year)}"

    def _one(self, number: int, year: int) -> str:
        return f"{number:02}/{year}" if self.yearly else str(number)


def volume_words(volume: int, year: int) -> str:
    """Return how a volume is written: `01/2026`, the first of that year (TT 04/2020/TT-BTP; NĐ 23/2015)."""
    return f"{volume:02}/{year}"


def kinds() -> tuple[Kind, ...]:
    """Return every kind of book, in the order of `catalogue/codes/books.yaml`."""
    return tuple(_kind(row) for row in code_list("books").rows)


def kind_of(code: str) -> Kind:
    """Return the kind with this code. Raises KeyError."""
    return _kind(code_list("books").row(code))


def is_kind(code: str) -> bool:
    """Tell whether there is such a kind of book."""
    return code_list("books").has(code)


def _kind(row: Code) -> Kind:
    return Kind(row.code, row, yearly=row["number"] == "yearly")
