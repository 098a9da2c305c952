"""Whether the log in the tables is whole: every leaf what it says, the chain unbroken, stretches and heads as the leaves."""

from base64 import b64decode
from collections.abc import Iterator

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from motcua.audit.models import Head, Leaf, Stretch
from motcua.audit.queries import entry_of, leaves
from motcua.audit.rules import notes
from motcua.audit.rules.entries import FIRST_LINK, chained
from motcua.audit.rules.merkle import EMPTY, joined, node_hash
from motcua.audit.tree import STEP


class Growing:
    """A tree that grows leaf by leaf and remembers only what its root needs."""

    def __init__(self) -> None:
        """Begin with the empty tree."""
        self.size = 0
        self._whole: list[tuple[int, bytes]] = []

    def add(self, leaf: bytes) -> Iterator[tuple[int, int, bytes]]:
        """Take one more leaf; yield level, number and hash of every whole tree that it completes."""
        level, hashed = 0, leaf
        while self._whole and self._whole[-1][0] == level:
            level, hashed = level + 1, node_hash(self._whole.pop()[1], hashed)
            yield level, self.size >> level, hashed
        self._whole.append((level, hashed))
        self.size += 1

    @property
    def root(self) -> bytes:
        return joined([hashed for _level, hashed in self._whole]) if self._whole else EMPTY


def faults() -> Iterator[str]:
    """Yield a line for each entry, stretch and head that is not as it was written; reads the whole log once."""
    heads = list(Head.objects.order_by("size", "day"))
    tree, link = Growing(), FIRST_LINK
    yield from _heads(heads, tree)
    for leaf in leaves():
        yield from _leaf(leaf, tree.size, link)
        link = bytes(leaf.link)
        for level, number, hashed in tree.add(bytes(leaf.hash)):
            if level % STEP == 0:
                yield from _stretch(level, number, hashed)
        yield from _heads(heads, tree)
    yield from (
        f"head of {head.day}: covers {head.size} entries, there are {tree.size}" for head in heads
    )


def _leaf(leaf: Leaf, position: int, link: bytes) -> Iterator[str]:
    named = f"entry {leaf.position} ({leaf.kind} {leaf.reference})"
    if leaf.position != position:
        yield f"{named}: follows entry {position - 1}"
    if entry_of(leaf).hash != bytes(leaf.hash):
        yield f"{named}: what it says was changed"
    if chained(link, bytes(leaf.hash)) != bytes(leaf.link):
        yield f"{named}: breaks the chain"


def _stretch(level: int, number: int, hashed: bytes) -> Iterator[str]:
    kept = Stretch.objects.filter(level=level, index=number).first()
    if kept is None or bytes(kept.hash) != hashed:
        first = number << level
        yield f"entries {first}…{first + (1 << level) - 1}: not the ones their hash was kept of"


def _heads(heads: list[Head], tree: Growing) -> Iterator[str]:
    while heads and heads[0].size <= tree.size:
        head = heads.pop(0)
        if bytes(head.root) != tree.root:
            yield f"head of {head.day}: the {head.size} entries are not what was signed"
        if not _is_signed(head):
            yield f"head of {head.day}: not what its key signed"


def _is_signed(head: Head) -> bool:
    """Tell whether the published note says what the row says, by the key of the row."""
    name = head.note.partition("\n")[0]
    text = notes.head_text(name, head.size, bytes(head.root), head.at)
    try:
        signature = b64decode(head.note.split()[-1])[4:]
        Ed25519PublicKey.from_public_bytes(bytes(head.key)).verify(signature, text.encode())
    except (ValueError, InvalidSignature):
        return False
    return head.note == notes.note(text, name, bytes(head.key), signature)
