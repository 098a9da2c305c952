"""Entering acts in the log, numbering what was entered, and signing what has come together.

An act writes its entry in its own transaction and waits for nobody; the worker gives the numbers, one after the other.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from motcua.audit import tree
from motcua.audit.keys import origin, public_key, signing_key
from motcua.audit.models import Content, Head, Leaf, Waiting
from motcua.audit.rules import merkle, notes
from motcua.audit.rules.entries import FIRST_LINK, Entry, chained, commitment, new_salt
from motcua.audit.rules.refusals import LogRewritten
from motcua.kernel.working_time import ZONE

AT_ONCE = 4096
"""How many entries are numbered in one transaction."""


def enter(entries: Iterable[Entry]) -> None:
    """Enter what happened, in the transaction that is open; one statement. The content and its salt stay with the caller."""
    Waiting.objects.bulk_create(
        Waiting(kind=one.kind, reference=one.reference, at=one.at, commitment=one.commitment)
        for one in entries
    )


def append(*, kind: str, reference: str, content: Any, at: datetime) -> None:
    """Enter an act that no other table keeps the content of; the log keeps it, sealed, until `forget`.

    `kind`: `room.what`; `reference`: what it happened to, an id and never a name (the log is shown to auditors);
    `content`: JSON, ids rather than words. Call it in the transaction of the act.
    """
    salt = new_salt()
    made = commitment(salt, content)
    Content.objects.create(commitment=made, content={"salt": salt, "content": content})
    enter([Entry(kind, reference, at, made)])


def forget(*, reference: str) -> int:
    """Erase the contents kept for a reference, and return how many; the leaves stand."""
    told = Leaf.objects.filter(reference=reference).values("commitment")
    return Content.objects.filter(commitment__in=told).delete()[0]


def number_waiting() -> int:
    """Give every waiting entry its place, and return how many there were."""
    numbered = 0
    while some := _number_some():
        numbered += some
    return numbered


@transaction.atomic
def _number_some() -> int:
    _alone()
    waiting = list(Waiting.objects.order_by("pk")[:AT_ONCE])
    if not waiting:
        return 0
    last = Leaf.objects.order_by("-position").only("position", "link").first()
    before = last.position + 1 if last else 0
    Leaf.objects.bulk_create(_leaves(waiting, before, bytes(last.link) if last else FIRST_LINK))
    tree.complete(before, before + len(waiting))
    Waiting.objects.filter(pk__in=[one.pk for one in waiting]).delete()
    return len(waiting)


def _leaves(waiting: list[Waiting], position: int, link: bytes) -> Iterable[Leaf]:
    for place, one in enumerate(waiting, start=position):
        entry = Entry(one.kind, one.reference, one.at, bytes(one.commitment))
        link = chained(link, entry.hash)
        yield Leaf(
            position=place, before_id=place - 1 if place else None, kind=one.kind, at=one.at,
            reference=one.reference, commitment=entry.commitment, hash=entry.hash, link=link,
        )  # fmt: skip


@transaction.atomic
def sign_head(*, at: datetime) -> Head | None:
    """Sign the head of the day: the root over all leaves there are. None when the day has one.

    Raises LogRewritten when what the head before covers is not the same any more: nothing is signed upon it.
    """
    _alone()
    last = Head.objects.order_by("-day").first()
    day = at.astimezone(ZONE).date()
    if last and last.day >= day:
        return None
    size = tree.size()
    root = merkle.root(size, tree.look)
    if last and not _goes_on(last, size, root):
        raise LogRewritten(day=f"{last.day:%d/%m/%Y}")
    return Head.objects.create(day=day, size=size, root=root, at=at, **_signed(size, root, at))


def _goes_on(last: Head, size: int, root: bytes) -> bool:
    """Tell whether the log of today begins with the one that was signed before."""
    if size < last.size:
        return False
    proof = merkle.told(merkle.consistency(last.size, size), tree.look)
    return merkle.is_consistent(last.size, size, bytes(last.root), root, proof)


def _signed(size: int, root: bytes, at: datetime) -> dict[str, Any]:
    name, public = origin(), public_key()
    text = notes.head_text(name, size, root, at)
    return {
        "key": public,
        "note": notes.note(text, name, public, signing_key().sign(text.encode())),
    }


def _alone() -> None:
    """Let one process at a time number and sign, until its transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('audit', 0))")
