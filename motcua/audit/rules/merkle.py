"""The Merkle tree of RFC 9162 §2.1: its hashes, its root, its two proofs, and how a stranger checks them.

A tree over leaves `start…end` is cut into *spans*, whole binary trees over 2^level leaves: the part of a log that never
changes again. A proof is a list of such stretches; whoever holds the hashes of spans (`Look`) turns it into bytes. So the
same few functions serve a list in a test and a table of a million rows.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

EMPTY = sha256(b"").digest()
"""The root of a tree without leaves."""


class Span(NamedTuple):
    """The whole tree over the leaves from `number` · 2^`level` on."""

    level: int
    number: int


Stretch = tuple[int, int]
"""Leaves from the first number up to, but without, the second."""
Look = Callable[[Sequence[Span]], Mapping[Span, bytes]]
"""Gives the hashes of spans."""


def leaf_hash(content: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256(0x00 ‖ content)."""
    return sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node over two: SHA-256(0x01 ‖ left ‖ right)."""
    return sha256(b"\x01" + left + right).digest()


def spans(start: int, end: int) -> list[Span]:
    """Return the whole trees that leaves start…end consist of, the largest first.

    `start` must be where a tree of that size may begin, as every stretch of a proof does.
    """
    found = []
    while start < end:
        level = (end - start).bit_length() - 1
        found.append(Span(level, start >> level))
        start += 1 << level
    return found


def joined(hashes: Sequence[bytes]) -> bytes:
    """Return the hash over the hashes of a stretch's spans; of none, the empty tree's."""
    if not hashes:
        return EMPTY
    *before, told = hashes
    for left in reversed(before):
        told = node_hash(left, told)
    return told


def whole(hashes: Sequence[bytes]) -> bytes:
    """Return the hash of a whole tree over its 2^n hashes of one level."""
    row = list(hashes)
    while len(row) > 1:
        row = [node_hash(*pair) for pair in zip(row[::2], row[1::2], strict=True)]
    return row[0]


def told(stretches: Iterable[Stretch], look: Look) -> list[bytes]:
    """Return the hash of each stretch, with one look for all of them."""
    cut = [spans(*stretch) for stretch in stretches]
    known = look([span for parts in cut for span in parts])
    return [joined([known[span] for span in parts]) for parts in cut]


def root(size: int, look: Look) -> bytes:
    """Return the root over the first `size` leaves: MTH(D[0:size])."""
    return told([(0, size)], look)[0]


def inclusion(position: int, size: int) -> list[Stretch]:
    """Return what proves a leaf's place: PATH(position, D[0:size]), from the leaf's neighbour up to the root's child."""
    found, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if position < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((start, middle))
            start = middle
    return found[::-1]


def consistency(first: int, second: int) -> list[Stretch]:
    """Return what proves that the tree of `first` leaves begins that of `second`: PROOF(first, D[0:second]).

    Nothing is needed for an empty tree, nor for the same one.
    """
    if first in (0, second):
        return []
    found, start, end = [], 0, second
    while end != first:
        middle = start + _split(end - start)
        if first <= middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((start, middle))
            start = middle
    if start:  # else it is the first tree itself, whose root is known
        found.append((start, end))
    return found[::-1]


def _split(count: int) -> int:
    """Return the largest power of two below a count of leaves."""
    return 1 << (count - 1).bit_length() - 1


def root_by_inclusion(leaf: bytes, position: int, size: int, proof: Sequence[bytes]) -> bytes:
    """Return the root that a proof leads to from a leaf's hash (§2.1.3.2); ValueError when it cannot be a proof."""
    if not 0 <= position < size:
        raise ValueError("the leaf is not in the tree")
    number, last, found = position, size - 1, leaf
    for beside in proof:
        if last == 0:
            raise ValueError("the proof is too long")
        if number & 1 or number == last:
            found = node_hash(beside, found)
            while number and not number & 1:
                number, last = number >> 1, last >> 1
        else:
            found = node_hash(found, beside)
        number, last = number >> 1, last >> 1
    if last:
        raise ValueError("the proof is too short")
    return found


def is_consistent(
    first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Tell whether a proof shows that the first tree begins the second one (§2.1.4.2)."""
    if first == second:
        return first_root == second_root and not proof
    if first == 0:
        return first_root == EMPTY and not proof
    path = [first_root, *proof] if first & (first - 1) == 0 else list(proof)
    if first > second or not path:
        return False
    number, last = first - 1, second - 1
    while number & 1:
        number, last = number >> 1, last >> 1
    old = new = path[0]
    for beside in path[1:]:
        if last == 0:
            return False
        if number & 1 or number == last:
            old, new = node_hash(beside, old), node_hash(beside, new)
            while number and not number & 1:
                number, last = number >> 1, last >> 1
        else:
            new = node_hash(new, beside)
        number, last = number >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root
