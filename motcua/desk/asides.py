"""What stands beside the declaration: questions to others with their answers, and notes among colleagues."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from motcua.agencies.queries import agency
from motcua.desk.act_links import NOTHING_NOTED
from motcua.desk.signing_in.session import the_official
from motcua.desk.telling import acting_words, stage_words
from motcua.desk.words import role_words
from motcua.dossiers.rules.dossier import Consultation
from motcua.dossiers.rules.refusals import NoteEmpty
from motcua.journeys import looking
from motcua.journeys.looking import Opened
from motcua.journeys.noting import add_note
from motcua.toolkit.clock import now


@dataclass(frozen=True)
class Question:
    """A question to another unit, and its answer when there is one."""

    number: int
    about: str
    asker: str
    asked: str
    text: str
    asked_at: datetime
    until: datetime
    state: str
    shape: str
    answer: str
    answerer: str
    answered_at: datetime | None


def questions(opened: Opened) -> list[Question]:
    """Return the consultations this official may see, the latest first."""
    waiting = {one.number for one in opened.dossier.open_consultations}
    seen = [one for one in opened.dossier.consultations.values() if opened.sight.consultation(one)]
    return [_question(opened, one, waiting) for one in reversed(seen)]


def _question(opened: Opened, one: Consultation, waiting: Iterable[int]) -> Question:
    state, shape = gettext("Không cần trả lời nữa"), "stopped"
    if one.answered_at:
        state, shape = gettext("Đã trả lời"), "done"
    elif one.number in waiting:
        late = one.until < opened.at
        state = gettext("Trễ hạn trả lời") if late else gettext("Chờ trả lời")
        shape = "stopped" if late else "running"
    by = one.answered_by
    return Question(
        number=one.number,
        about=stage_words(opened, one.leg),
        asker=f"{acting_words(one.asked_by)}, {agency(one.asked_by.agency).name}",
        asked=f"{role_words(one.role)}, {one.agency_name}",
        text=one.question,
        asked_at=one.asked_at,
        until=one.until,
        state=state,
        shape=shape,
        answer=one.answer,
        answerer=f"{acting_words(by)} – {role_words(by.role)}" if by else "",
        answered_at=one.answered_at,
    )


def fresh_key() -> str:
    """Return the key of a note about to be written."""
    return uuid4().hex


@require_POST
def note(request: HttpRequest, code: str) -> HttpResponse:
    """Add a note and lead back to the dossier; without words nothing is added and the page says so."""
    opened = looking.look_around(official=the_official(request), code=code, at=now())
    told = "ghi-chu"
    try:
        key = f"note:{opened.row.code}:{_key(request)}"
        add_note(opened=opened, text=request.POST.get("text", ""), key=key)
    except NoteEmpty:
        told = NOTHING_NOTED
    page = reverse("desk:dossier", args=[opened.row.code])
    return HttpResponseRedirect(f"{page}?xong={told}#notes")


def _key(request: HttpRequest) -> str:
    try:
        return UUID(request.POST.get("key", "")).hex
    except ValueError:
        return uuid4().hex
