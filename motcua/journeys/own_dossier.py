"""What an applicant does with a filed dossier: supplement, confirm a draft, withdraw.

`holder` is the name of whoever does it for them by a mandate, whose right a face has checked; empty for themselves.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.documents import operations as documents
from motcua.documents import queries as papers_kept
from motcua.dossiers.consents import person_key
from motcua.dossiers.models import Content
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.operations import Called, Recorded, change_content, record
from motcua.dossiers.queries import act_known, content, told
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.dossier import Dossier, Request
from motcua.dossiers.rules.facts import Consenters
from motcua.dossiers.rules.refusals import NotAsked
from motcua.journeys.actors import applicant_of
from motcua.journeys.case import TodaysWorld, called, circumstances_of, owner_of_dossier
from motcua.journeys.planning import consenters
from motcua.journeys.refusals import PaperMissing
from motcua.kernel.working_time import ZONE
from motcua.procedures.queries import by_digest
from motcua.procedures.rules.answers import changes
from motcua.procedures.rules.form import FormField
from motcua.procedures.rules.reading_answers import Posted, Reader, Reading, read_fields


def supplement_owner(code: str, request: Request) -> str:
    """Return the name under which papers of a supplement wait until it is sent."""
    return f"supplement:{code}:{request.leg or 'desk'}:{request.number}"


def reopened_fields(row: Row, request: Request) -> list[FormField]:
    """Return the fields that a request reopens."""
    fields = by_digest(row.version.digest).definition.fields
    return [fields[name] for name in fields if name in request.fields]


def read_supplement(
    *, row: Row, request: Request, posted: Posted, language: str, at: datetime
) -> Reading:
    """Read the reopened fields of a supplement page."""
    reader = Reader(TodaysWorld(at), at.astimezone(ZONE).date(), language)
    return read_fields(reader, reopened_fields(row, request), posted)


@transaction.atomic
def supplement(
    *,
    code: str,
    leg: str,
    answers: Mapping[str, Any],
    key: str,
    applicant_id: str,
    holder: str = "",
    at: datetime,
) -> Recorded:
    """Answer a request: the changed answers and the new papers go in together, and the clock goes on.

    Raises NotAsked, PaperMissing.
    """
    # Two parts may be supplied at once: the second reads the answers that the first has left.
    Row.objects.select_for_update().filter(code=code).exists()
    row, dossier, _ = told(code)
    request = dossier.requests.get(leg)
    if request is None:
        raise NotAsked
    waiting = supplement_owner(code, request)
    brought = {document.key for document in papers_kept.documents_of(waiting)}
    _must_bring(row, request, brought)
    declared = content(row)
    now = _settled_anew(row, declared, answers)
    act = a.Supplement(
        leg=leg,
        fields=changes(declared.answers, {**declared.answers, **answers}),
        papers=tuple(sorted(brought)),
        consenters=_consenters(row, dossier, now),
    )
    if not act_known(row.pk, key):  # first, because whoever is asked to consent is looked up in it
        change_content(row=row, answers=now, called=_called(row, declared.answers, now), at=at)
    recorded = record(
        code=code, act=act, by=applicant_of(row, applicant_id, holder), key=key, at=at
    )
    if not recorded.again:
        documents.claim(owner_from=waiting, owner_to=owner_of_dossier(code), at=at)
    return recorded


def _called(row: Row, before: Mapping[str, Any], now: Mapping[str, Any]) -> Called:
    """Return how the dossier is called now; a number that moved since it was declared comes back by no other answer."""
    procedure = by_digest(row.version.digest).procedure
    names = called(procedure, now)
    same = names.phone == called(procedure, before).phone
    return replace(names, phone=row.phone) if same else names


def _must_bring(row: Row, request: Request, brought: set[str]) -> None:
    names = {p.id: p.name.vi for p in by_digest(row.version.digest).procedure.papers}
    missing = [names.get(paper, paper) for paper in sorted(request.must_bring - brought)]
    if missing:
        raise PaperMissing(papers="; ".join(missing))


def _settled_anew(row: Row, declared: Content, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the declaration with changed answers: what follows from one changes with it."""
    definition = by_digest(row.version.digest).definition
    told = {**declared.answers, **answers}
    kept = {name: value for name, value in told.items() if value is not None}
    stood = circumstances_of(declared.circumstances, row.submitted_at.astimezone(ZONE).date())
    return definition.settle(kept, stood).answers


def _consenters(row: Row, dossier: Dossier, answers: Mapping[str, Any]) -> dict[str, Consenters]:
    """Return who must agree at each leg by the answers as they are now."""
    law = by_digest(row.version.digest).procedure
    return {
        leg: people
        for leg in dossier.legs
        if (people := consenters(law, law.plan.stage(leg), answers, person_key))
    }


def confirm_draft(
    *, row: Row, leg: str, step: str, agrees: bool, remark: str, key: str, applicant_id: str,
    holder: str = "", at: datetime,
) -> Recorded:  # fmt: skip
    """Agree with the draft certificate, or say what is wrong with it."""
    act = a.ConfirmDraft(leg=leg, step=step, agrees=agrees, remark=remark)
    return record(
        code=row.code, act=act, by=applicant_of(row, applicant_id, holder), key=key, at=at
    )


def withdraw(
    *,
    row: Row,
    reason: str,
    key: str,
    applicant_id: str,
    holder: str = "",
    at: datetime,
) -> Recorded:
    """Ask for the dossier back; one that nobody has received yet ends at once."""
    act = a.AskWithdraw(reason=reason)
    return record(
        code=row.code, act=act, by=applicant_of(row, applicant_id, holder), key=key, at=at
    )
