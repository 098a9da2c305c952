"""The words people use for services, from the code list `everyday_words` (an author changes it, not us)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from motcua.agencies.rules.codes import CodeList
from motcua.procedures.rules.search.tokens import words

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Everyday:
    """Phrases as the search compares them → what they mean; `light` ones mean nothing by themselves."""

    means: dict[Phrase, tuple[Phrase, ...]]
    light: frozenset[Phrase]
    shown: dict[Phrase, str] = field(default_factory=dict)

    @cached_property
    def longest(self) -> int:
        """The most words of a phrase."""
        return max(map(len, (*self.means, *self.light)), default=1)

    def spans(self, typed: Sequence[str]) -> list[tuple[int, int]]:
        """Return where phrases stand in what was typed, longest first, none over another."""
        taken: set[int] = set()
        found: list[tuple[int, int]] = []
        for length in range(min(self.longest, len(typed)), 0, -1):
            for start in range(len(typed) - length + 1):
                place = range(start, start + length)
                phrase = tuple(typed[start : start + length])
                if not taken.intersection(place) and (phrase in self.means or phrase in self.light):
                    taken.update(place)
                    found.append((start, start + length))
        return sorted(found)


def everyday(listed: CodeList) -> Everyday:
    """Return the phrases of the code list, ready to be looked up."""
    means: dict[Phrase, tuple[Phrase, ...]] = {}
    light: set[Phrase] = set()
    shown: dict[Phrase, str] = {}
    for row in listed.rows:
        meant = tuple(tuple(words(phrase)) for phrase in parts(row["means"]))
        for phrase in (*parts(row.vi), *parts(row.en)):
            said = tuple(words(phrase))
            shown.setdefault(said, phrase)
            if meant:
                means[said] = tuple(dict.fromkeys((*means.get(said, ()), *meant)))
            else:
                light.add(said)
    return Everyday(means, frozenset(light - set(means)), shown)


def parts(text: str) -> list[str]:
    """Return the phrases of a cell, which stand apart by “;”."""
    return [part.strip() for part in text.split(";") if part.strip()]
