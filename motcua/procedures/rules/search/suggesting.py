"""What to offer when nothing was found, and where to look besides."""

from collections.abc import Iterable
from difflib import get_close_matches

from motcua.agencies.rules.codes import Code, CodeList
from motcua.procedures.rules.search.everyday import parts
from motcua.procedures.rules.search.tokens import words

MOST = 3
ALIKE = 0.6


def suggestions(text: str, phrases: Iterable[str]) -> list[str]:
    """Return the phrases most like what was typed, for “Có phải quý vị tìm …?”."""
    spelt = {" ".join(words(phrase)): phrase for phrase in phrases}
    return [spelt[near] for near in get_close_matches(" ".join(words(text)), spelt, MOST, ALIKE)]


def events_named(typed: Iterable[str], events: CodeList) -> list[Code]:
    """Return the life events whose name or words stand in what was typed."""
    text = f" {' '.join(typed)} "
    return [row for row in events.rows if any(f" {phrase} " in text for phrase in _phrases(row))]


def _phrases(row: Code) -> list[str]:
    listed = row["words"].replace(",", ";")
    return [" ".join(words(phrase)) for phrase in parts(f"{row.vi};{row.en};{listed}")]
