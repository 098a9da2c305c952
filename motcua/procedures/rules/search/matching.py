"""Why a service was found, in the words of who asked: a result that cannot say so is not trusted."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, product
from typing import Literal

from motcua.procedures.rules.search.asking import Alternative, Asked, Concept
from motcua.procedures.rules.search.everyday import Everyday
from motcua.procedures.rules.search.tokens import words

Where = Literal["code", "old_code", "name", "keyword", "agency", "text"]
Places = tuple[tuple[Where, Sequence[str]], ...]


@dataclass(frozen=True)
class Reason:
    """What of the question stands where; `means` are the official words of an everyday phrase."""

    where: Where
    found: str
    means: str = ""


def reasons(
    asked: Asked,
    everyday: Everyday,
    *,
    codes: Sequence[str],
    names: Sequence[str],
    keywords: Sequence[str],
    agency: Sequence[str],
) -> Iterator[Reason]:
    """Yield why a row fits: its code, or each telling concept with the best place it stands in."""
    if asked.code:
        yield from _codes(asked.code, codes)
        return
    places: Places = (
        ("name", names), ("keyword", keywords), ("agency", agency),
    )  # fmt: skip
    told = [reason for run in _runs(asked) for reason in _of_run(run, places, everyday)]
    yield from dict.fromkeys(
        told or ([Reason("text", " ".join(asked.typed))] if asked.typed else [])
    )


def _codes(typed: str, codes: Sequence[str]) -> Iterator[Reason]:
    for place, code in enumerate(codes):
        if typed in code:
            yield Reason("old_code" if place else "code", code)
            return


def _runs(asked: Asked) -> list[list[Concept]]:
    """Return the concepts that mean something; words typed side by side as one run."""
    runs: list[list[Concept]] = []
    paired = {(id(pair.one), id(pair.other)) for pair in asked.pairs}
    for concept in asked.concepts:
        if concept.light:
            continue
        if runs and (id(runs[-1][-1]), id(concept)) in paired:
            runs[-1].append(concept)
        else:
            runs.append([concept])
    return runs


def _of_run(run: list[Concept], places: Places, everyday: Everyday) -> Iterator[Reason]:
    """Yield the run where it stands as one, else each of its words."""
    whole = _reason(_whole(run), places, everyday)
    if whole:
        yield whole
        return
    for concept in run:
        reason = _reason(concept, places, everyday)
        if reason:
            yield reason


def _whole(run: list[Concept]) -> Concept:
    if len(run) == 1:
        return run[0]
    most = _MOST_WAYS if len(run) <= _SHORT_RUN else 1
    ways = product(*(concept.alternatives[:most] for concept in run))
    together = tuple(
        Alternative(tuple(one.words[0] for one in way), "typed", unfinished=way[-1].unfinished)
        for way in ways
    )
    return Concept(tuple(concept.typed[0] for concept in run), together, 0.0)


_MOST_WAYS = 3
_SHORT_RUN = 4


def _reason(concept: Concept, places: Places, everyday: Everyday) -> Reason | None:
    for where, texts in places:
        for alternative in concept.alternatives:
            found = next((f for f in (_shown(alternative, t) for t in texts) if f), "")
            if found and alternative.how == "everyday":
                typed = everyday.shown.get(concept.typed, " ".join(concept.typed))
                return Reason(where, typed, means=found)
            if found:
                return Reason(where, found)
    return None


def _shown(alternative: Alternative, text: str) -> str:
    """Return the words of the text that fit, as they are written there."""
    written, spelt, whole = _spelt(text)
    wanted = " ".join(alternative.words)
    place = whole.find(f" {wanted}" if alternative.unfinished else f" {wanted} ")
    if place < 0:
        return ""
    start = whole[: place + 1].count(" ") - 1
    return _as_written(written, spelt, start, len(alternative.words))


def _as_written(written: Sequence[str], spelt: Sequence[str], start: int, length: int) -> str:
    """Return the words that hold the compared ones from `start` on: one written may be several compared."""
    begun = list(accumulate((len(word.split()) for word in spelt), initial=0))
    first = bisect_right(begun, start) - 1
    last = bisect_left(begun, start + length)
    return " ".join(written[first:last]).strip(",.;:()–- ")


@lru_cache(maxsize=8192)
def _spelt(text: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Return the words as written, as compared, and all compared ones in a line; a house has few texts."""
    written = tuple(text.split())
    spelt = tuple(" ".join(words(word)) for word in written)
    return written, spelt, f" {' '.join(filter(None, spelt))} "
