"""What somebody who typed some words is looking for: concepts, each with the words that would do."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from math import log
from typing import Literal

from motcua.procedures.rules.search.everyday import Everyday, Phrase
from motcua.procedures.rules.search.spelling import meant, parted
from motcua.procedures.rules.search.tokens import words

How = Literal["typed", "everyday", "meant", "begun"]
MOST_WORDS = 24
SEVERAL = 1.6
"""What an everyday phrase weighs at most, beside a word of at most 1."""
LIGHT = 0.08
SINGLE = 0.35
"""A syllable alone says little; two neighbours say the rest."""


@dataclass(frozen=True)
class Alternative:
    """Words that would do: side by side (`together`) or just all there; the last perhaps unfinished."""

    words: Phrase
    how: How
    factor: float = 1.0
    together: bool = True
    unfinished: bool = False


@dataclass(frozen=True)
class Concept:
    """One thing meant: what was typed for it, what would do, and how much it counts."""

    typed: Phrase
    alternatives: tuple[Alternative, ...]
    weight: float
    rarity: float = 0.0
    light: bool = False


@dataclass(frozen=True)
class Pair:
    """Two words typed side by side: together they mean more than each."""

    one: Concept
    other: Concept
    rarity: float


@dataclass(frozen=True)
class Asked:
    """A search understood. `code` is the beginning of a procedure code where one was typed."""

    typed: Phrase
    concepts: tuple[Concept, ...] = ()
    pairs: tuple[Pair, ...] = ()
    code: str = ""

    @property
    def telling(self) -> tuple[Concept | Pair, ...]:
        """What a service must have one of: everyday phrases, rare words, pairs; all words where none is rare.

        One rare word among others may be a slip, so pairs tell though they are less rare.
        """
        words = (concept for concept in self.concepts if not concept.light)
        heavy: tuple[Concept | Pair, ...] = (*self.pairs, *words)
        most = max((item.rarity for item in heavy), default=0.0)
        pairs = tuple(pair for pair in self.pairs if pair.rarity >= _TELLING_PAIR)
        rare = (item for item in heavy if item.rarity >= _RARE * most and item not in pairs)
        return (*pairs, *rare) or self.concepts


_TELLING_PAIR = 0.3
_RARE = 0.55


class Neighbours:
    """Which words stand before and after which in names and keywords, and how often."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Keep every pair both ways."""
        self.counts = Counter(pairs)
        self._after: dict[str, set[str]] = {}
        self._before: dict[str, set[str]] = {}
        for one, other in self.counts:
            self._after.setdefault(one, set()).add(other)
            self._before.setdefault(other, set()).add(one)

    def fitting(self, before: str, after: str) -> set[str]:
        """Return the words that stand after the one or before the other."""
        return self._after.get(before, set()) | self._before.get(after, set())


@dataclass(frozen=True)
class Known:
    """The words of all services: word → in how many of `services`."""

    words: Mapping[str, int]
    services: int
    beside: Neighbours = field(default_factory=lambda: Neighbours(()))
    """Most slips make another word that exists; its neighbours betray it."""

    def weight(self, word: str) -> float:
        """Return how much a word tells, from 0 to 1: rare words tell most."""
        return self._rarity(self.words.get(word, 0))

    def pair_weight(self, one: str, other: str) -> float:
        """Return how much two words side by side tell; nothing where they never stand so."""
        found = self.beside.counts.get((one, other), 0)
        return self._rarity(found) if found else 0.0

    def _rarity(self, found: int) -> float:
        return log(1 + self.services / (1 + found)) / log(2 + self.services)


def understood(text: str, known: Known, everyday: Everyday) -> Asked:
    """Return what was asked for; nothing to look for in a text without words."""
    code = code_of(text)
    typed = tuple(words(text)[:MOST_WORDS])
    if code:
        return Asked(typed, code=code)
    spelt = tuple(_apart(typed, known, everyday))
    concepts = tuple(_concepts(spelt, known, everyday))
    return Asked(spelt, concepts, tuple(_pairs(concepts, known)))


def code_of(text: str) -> str:
    """Return the beginning of the code that was typed, with its point; nothing for words.

    >>> code_of("1001193"), code_of("2.000815.000.00.00.H55"), code_of("001193"), code_of("14 tuổi")
    ('1.001193', '2.000815', '001193', '')
    """
    plain = text.strip().replace(" ", "").removeprefix("#")
    if sum(letter.isdigit() for letter in plain) < _FEWEST_DIGITS:
        return ""
    found = re.fullmatch(r"(\d)\.(\d{1,6})(?:\.[\w.-]*)?", plain) or re.fullmatch(
        r"(\d)(\d{6})", plain
    )
    if found:
        return f"{found[1]}.{found[2]}"
    return plain if re.fullmatch(r"\d{4,6}", plain) else ""


_FEWEST_DIGITS = 3


def _apart(typed: Phrase, known: Known, everyday: Everyday) -> Iterator[str]:
    """Yield the words, those typed without a space between taken apart."""
    for word in typed:
        strange = word not in known.words and (word,) not in everyday.means
        halves = () if not strange or meant(word, known.words) else parted(word, known.words)
        yield from halves or (word,)


def _concepts(typed: Phrase, known: Known, everyday: Everyday) -> Iterator[Concept]:
    at = 0
    for start, end in [*everyday.spans(typed), (len(typed), len(typed))]:
        for place in range(at, start):
            yield _word(typed, place, known)
        if end > start:
            yield _phrase(typed[start:end], known, everyday)
        at = end


def _phrase(typed: Phrase, known: Known, everyday: Everyday) -> Concept:
    if typed in everyday.light:
        alternatives: tuple[Alternative, ...] = (Alternative(typed, "typed"),)
        return Concept(typed, alternatives, LIGHT * known.weight(typed[0]), light=True)
    official = [phrase for phrase in everyday.means[typed] if phrase != typed]
    alternatives = (
        Alternative(typed, "typed", _NEARLY if official else 1.0),
        *(Alternative(phrase, "everyday") for phrase in official[:1]),
        *(Alternative(phrase, "everyday", _NEARLY) for phrase in official[1:]),
        *(
            Alternative(phrase, "everyday", _LOOSE, together=False)
            for phrase in official
            if len(phrase) > 1
        ),
    )
    rarest = max(known.weight(word) for phrase in everyday.means[typed] for word in phrase)
    weight = SEVERAL * (1 + rarest) / 2 * (1 + _LONGER * len(typed))
    return Concept(typed, alternatives, weight, rarity=1.0)


_LOOSE = 0.5
_LONGER = 0.08
"""What each word of a phrase adds: who says it at length means it."""
_NEARLY = 0.95
"""What the author of the list wrote first is meant rather than the others."""


def _word(typed: Phrase, place: int, known: Known) -> Concept:
    word = typed[place]
    guesses = _guessed_by_neighbours(typed, place, known) or meant(word, known.words)
    last = place == len(typed) - 1 and len(word) > 1
    alternatives = []
    if word in known.words or not guesses:
        alternatives.append(Alternative((word,), "typed"))
    if last:
        alternatives.append(Alternative((word,), "begun", _BEGUN, unfinished=True))
    alternatives += [Alternative((guess,), "meant", _GUESSED) for guess in guesses]
    weight = max(known.weight(one) for one in (guesses or (word,)))
    return Concept((word,), tuple(alternatives), SINGLE * weight, weight)


_BEGUN = 0.7
_GUESSED = 0.9


def _guessed_by_neighbours(typed: Phrase, place: int, known: Known) -> tuple[str, ...]:
    """Return other words for one that exists but never stands beside its neighbours."""
    before = typed[place - 1] if place else ""
    after = typed[place + 1] if place + 1 < len(typed) else ""
    fitting = known.beside.fitting(before, after)
    if typed[place] in fitting:
        return ()
    return meant(typed[place], {word: known.words.get(word, 0) for word in fitting})


def _pairs(concepts: Sequence[Concept], known: Known) -> Iterator[Pair]:
    """Yield the single words that were typed side by side."""
    for one, other in pairwise(concepts):
        if len(one.typed) == len(other.typed) == 1 and not (one.light or other.light):
            yield Pair(one, other, _rarest_together(one, other, known))


def _rarest_together(one: Concept, other: Concept, known: Known) -> float:
    ways = product(one.alternatives, other.alternatives)
    return max(known.pair_weight(a.words[0], b.words[0]) for a, b in ways)
