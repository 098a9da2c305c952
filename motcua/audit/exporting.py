"""The log as lines that a stranger checks (`verify_log.py`): entries in order, each head after the last entry it covers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from motcua.audit.models import Content, Head, Leaf
from motcua.audit.queries import entry_of
from motcua.audit.rules.entries import canonical

AT_ONCE = 1000
Told = dict[str, Any]
"""`salt` and `content` of an entry; or `erased`, the class under which they went."""
Contents = Callable[[Sequence[Leaf]], Mapping[int, Told]]
"""Gives, by position, what entries are about, where it is still there."""


def lines(*contents: Contents) -> Iterator[bytes]:
    """Yield the log, a canonical JSON value a line; with the contents that these sources know, else commitments alone."""
    heads = list(Head.objects.order_by("size", "day"))
    position = 0
    while some := list(Leaf.objects.filter(position__gte=position).order_by("position")[:AT_ONCE]):
        known = {place: told for source in contents for place, told in source(some).items()}
        for leaf in some:
            yield from _covering(heads, leaf.position)
            yield _line(_entry(leaf) | known.get(leaf.position, {}))
        position = some[-1].position + 1
    yield from _covering(heads, position)


def own_contents(leaves: Sequence[Leaf]) -> dict[int, Told]:
    """Return what the log itself keeps of entries (`operations.append`)."""
    places = {bytes(leaf.commitment): leaf.position for leaf in leaves}
    kept = Content.objects.filter(commitment__in=list(places))
    return {places[bytes(one.commitment)]: one.content for one in kept}


def _covering(heads: list[Head], size: int) -> Iterator[bytes]:
    while heads and heads[0].size <= size:
        yield _line({"note": heads.pop(0).note})


def _entry(leaf: Leaf) -> dict[str, Any]:
    hashes = {"hash": bytes(leaf.hash).hex(), "link": bytes(leaf.link).hex()}
    return {"position": leaf.position, **entry_of(leaf).facts, **hashes}


def _line(value: dict[str, Any]) -> bytes:
    return canonical(value) + b"\n"
