"""Letters handed to the postman by list: closing it records each letter once, and says which one failed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext

from motcua.agencies.models import Post
from motcua.agencies.queries import agency, find_place, full_name
from motcua.deliveries import lists
from motcua.deliveries.models import PostList, PostListLine
from motcua.deliveries.rules import State
from motcua.documents.papers import make_paper
from motcua.dossiers import readings
from motcua.dossiers.queries import restricted_among
from motcua.journeys import handing_over
from motcua.journeys.bookkeeping import RESTRICTED
from motcua.journeys.results import letterhead
from motcua.kernel.refusal import Refusal


def close(*, list_id: UUID, post: Post, at: datetime) -> PostList:
    """Record each letter of the list as given to the post, once, then close the list.

    A letter that cannot be given – no number, a fee open, another road meanwhile – stays behind with the
    reason and may lie on the next list; the others are given all the same. Again does nothing.
    Raises ListUnknown.
    """
    found = lists.list_of(list_id, [post.agency.code])
    if found.closed_at is None:
        for line in lists.lines_of(found):
            if line.given_at is None and not line.problem:
                _give(found, line, post, at)
        lists.closed(found=found, by=post.official.full_name, at=at)
        found.refresh_from_db()
    return found


def _give(found: PostList, line: PostListLine, post: Post, at: datetime) -> None:
    try:
        _handed(found, line, post, at)
    except Refusal as refusal:
        lists.not_given(line=line, problem=str(refusal.text).format_map(_Plain(refusal.data)))


class _Plain(dict[str, Any]):
    """What fills the holes of a refusal's words; a hole nobody fills stays empty."""

    def __missing__(self, _name: str) -> str:
        return ""


@transaction.atomic
def _handed(found: PostList, line: PostListLine, post: Post, at: datetime) -> None:
    """Give one letter: by its number from the slip, or just as ordered where the post's system has it already."""
    delivery = line.delivery
    if delivery.state != State.CREATED:
        handing_over.given_to_post(
            code=delivery.subject, post=post, result=delivery.result_key,
            tracking_number=line.tracking_number, key=f"post-list:{found.pk.hex}:{delivery.pk}",
            seen=None, at=at,
        )  # fmt: skip
    lists.given(line=line, at=at)


def lines_seen(found: PostList, post: Post, at: datetime) -> list[PostListLine]:
    """Return the letters of a list, and write down for each dossier that an official saw them.

    Of a letter whose dossier's data are restricted code and number are told, and that it is so: the post has its
    receiver from the order, the envelope shows the rest.
    """
    lines = lists.lines_of(found)
    codes = [line.delivery.subject for line in lines]
    readings.note_listed(
        codes=codes, official=post.official, agency=post.agency, at=at,
        purpose=readings.Purpose.POST_LIST,
    )  # fmt: skip
    hidden = restricted_among(codes)
    for line in lines:
        if line.delivery.subject in hidden:
            nobody = {"name": gettext(RESTRICTED), "phone": "", "address": "", "place": ""}
            line.delivery.letter.receiver = nobody
    return lines


def number_of(line: PostListLine) -> str:
    """Return the number of a letter at the post: told by its system, else typed from the slip."""
    return line.delivery.letter.tracking_number or line.tracking_number


def paper(found: PostList, post: Post, at: datetime) -> bytes:
    """Return the list as a PDF to be signed by the postman; who had it made is written down."""
    data = paper_data(found, lines_seen(found, post, at), at)
    return make_paper("bang-ke-buu-gui", data, at=at)


def paper_data(found: PostList, lines: Sequence[PostListLine], at: datetime) -> dict[str, Any]:
    """Return what the printed list shows: letters that were not given are not on it."""
    office = agency(found.office)
    return {
        "agency": letterhead(office, at),
        "number": f"{found.number}/BK",
        "at": found.day.isoformat(),
        "closed_at": localtime(found.closed_at).isoformat() if found.closed_at else "",
        "officer": {"name": found.closed_by},
        "letters": [_letter(line, at) for line in lines if not line.problem],
    }


def _letter(line: PostListLine, at: datetime) -> dict[str, str]:
    to, number = line.delivery.letter.to, number_of(line)
    place = full_name(to.place, at) if find_place(to.place, at) else ""
    written = {
        "code": line.delivery.subject,
        "number": number,
        "name": to.name,
        "phone": to.phone,
        "address": ", ".join(part for part in (to.address, place) if part),
    }
    return {**written, "qr_text": number} if number else written
