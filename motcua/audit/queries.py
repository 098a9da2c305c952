"""Reading the log: its heads, and proofs that anybody may check."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from motcua.audit import tree
from motcua.audit.models import Head, Leaf, Waiting
from motcua.audit.rules import merkle
from motcua.audit.rules.entries import Entry

PAGE = 31


def last_head() -> Head | None:
    """Return the newest head."""
    return Head.objects.order_by("-day").first()


def heads(*, before: int | None = None) -> list[Head]:
    """Return heads, newest first; `before` is the last id of the page before."""
    rows = Head.objects.filter(pk__lt=before) if before else Head.objects.all()
    return list(rows.order_by("-pk")[:PAGE])


def head_of_size(size: int) -> Head | None:
    """Return the first head over so many leaves; None when none was signed."""
    return Head.objects.filter(size=size).order_by("day").first()


def with_proofs(chosen: Sequence[Head]) -> list[tuple[Head, list[bytes]]]:
    """Return heads, oldest first, each with the proof that it goes on from the one before it here; at most four queries."""
    pairs = [(first.size, second.size) for first, second in pairwise(chosen)]
    stretches = [merkle.consistency(*pair) for pair in pairs]
    hashes = iter(merkle.told([one for some in stretches for one in some], tree.look))
    proofs = [[], *([next(hashes) for _one in some] for some in stretches)]
    return list(zip(chosen, proofs, strict=False))


@dataclass(frozen=True)
class Covered:
    """An entry that a signed head covers, and its place."""

    entry: Entry
    position: int
    head: Head


@dataclass(frozen=True)
class Proven(Covered):
    """With the way from the entry to the head's root."""

    path: tuple[bytes, ...]


def entry_of(leaf: Leaf | Waiting) -> Entry:
    """Return what a row says."""
    return Entry(leaf.kind, leaf.reference, leaf.at, bytes(leaf.commitment))


def covered(kind: str, reference: str) -> Covered | None:
    """Return where an entry stands, and the first head that covers it; None until there is one.

    The first of them stays the first: a proof once given is the same for ever.
    """
    leaf = Leaf.objects.filter(reference=reference, kind=kind).order_by("position").first()
    head = leaf and Head.objects.filter(size__gt=leaf.position).order_by("day").first()
    return Covered(entry_of(leaf), leaf.position, head) if leaf and head else None


def proven(kind: str, reference: str) -> Proven | None:
    """Return the proof that an entry is in the log; None until a head covers it."""
    found = covered(kind, reference)
    if found is None:
        return None
    path = merkle.told(merkle.inclusion(found.position, found.head.size), tree.look)
    return Proven(found.entry, found.position, found.head, tuple(path))


def late(before: datetime) -> int:
    """Return how many entries that were made before this moment still wait for their number."""
    return Waiting.objects.filter(at__lt=before).count()


def leaves(*, at_once: int = 2000) -> Iterator[Leaf]:
    """Yield every leaf in order, however many there are."""
    after = -1
    while some := list(Leaf.objects.filter(position__gt=after).order_by("position")[:at_once]):
        yield from some
        after = some[-1].position
