"""What a supplement is made of before it is sent: the declaration reopened, papers gathered anew."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, BinaryIO

from motcua.documents import operations as documents
from motcua.documents import queries as papers_kept
from motcua.documents.models import Document
from motcua.dossiers.models import Content, Draft
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.rules.dossier import Request
from motcua.dossiers.rules.refusals import NotAsked
from motcua.journeys.case import Case, TodaysWorld, circumstances_of
from motcua.journeys.own_dossier import reopened_fields, supplement_owner
from motcua.kernel.refusal import Refusal
from motcua.kernel.working_time import ZONE
from motcua.procedures.queries import by_digest
from motcua.procedures.rules.answers import look_over
from motcua.procedures.rules.form import Check
from motcua.procedures.rules.refusals import AnswerMissing

File = tuple[str, BinaryIO]


def reopened(
    row: Row, declared: Content, at: datetime, changed: Mapping[str, Any] | None = None
) -> Case:
    """Return the filed declaration as a case, with changed answers in their places."""
    published = by_digest(row.version.digest)
    answers = {**declared.answers, **(changed or {})}
    kept = {name: told for name, told in answers.items() if told is not None}
    stood = circumstances_of(declared.circumstances, row.submitted_at.astimezone(ZONE).date())
    shown = Draft(answers=kept, circumstances=declared.circumstances, dossier=row)
    settled = published.definition.settle(kept, stood)
    return Case(shown, published, stood, settled, TodaysWorld(at), at)


def faults_in(case: Case, row: Row, request: Request) -> dict[str, Refusal]:
    """Return reopened questions that must be answered and are not; what the case does not ask is not missed."""
    asked = _asked(case) if request.refused else request.fields
    return {
        field.id: AnswerMissing(label=field.label)
        for field in reopened_fields(row, request)
        if field.id in asked
        and case.definition.required(field, case.settled.values)
        and case.draft.answers.get(field.id) in (None, "", [])
    }


def _asked(case: Case) -> set[str]:
    """Return the questions that the applicant answers in this case."""
    pages, values = case.asked_or_known_pages(), case.settled.values
    return {field.id for page in pages for field in case.definition.asked(page, values)}


def also_reopened(case: Case, request: Request) -> list[tuple[str, str]]:
    """Return (field, "") and ("", paper) of what a first refusal reopens and this case asks for."""
    asked = _asked(case)
    needed = {paper.paper.id for paper in case.definition.papers(case.settled.values)}
    fields = [(field, "") for field in request.reopened_fields if field in asked]
    return [*fields, *(("", paper) for paper in request.reopened_papers if paper in needed)]


def contradictions(case: Case, request: Request) -> list[Check]:
    """Return the checks that stop, on the pages a reopened question stands on."""
    pages = [
        page
        for page in case.definition.pages.values()
        if any(field.id in request.fields for field in page.fields)
    ]
    looked = look_over(case.definition, case.settled, pages)
    return [doubt.check for doubt in looked.doubtful if doubt.stops]


def gathered(code: str, request: Request) -> dict[str, Document]:
    """Return the papers that wait to be sent with the supplement, by their keys."""
    found = papers_kept.documents_of(supplement_owner(code, request))
    return {document.key: document for document in found}


def bring(*, code: str, request: Request, paper: str, files: Sequence[File], at: datetime) -> None:
    """Add files as further pages of a requested paper, each kept at once.

    Raises NotAsked, and what `documents.add_page` does.
    """
    if paper not in request.papers:
        raise NotAsked
    owner = supplement_owner(code, request)
    for name, content in files:
        documents.add_page(owner=owner, key=paper, filename=name, content=content, at=at)


def mend_page(
    *, code: str, request: Request, act: str, page: str, files: Mapping[str, Sequence[File]],
    at: datetime,
) -> None:  # fmt: skip
    """Turn, replace or remove a gathered page; one that is gone already is left alone."""
    owner = supplement_owner(code, request)
    for document in gathered(code, request).values():
        if page not in {one.id for one in document.page_list}:
            continue
        if act == "remove":
            documents.remove_page(owner=owner, document=document.pk, page=page, at=at)
        elif act == "turn":
            documents.turn_page(owner=owner, document=document.pk, page=page, degrees=90, at=at)
        elif act == "replace" and files.get(document.key):
            name, content = files[document.key][0]
            documents.replace_page(
                owner=owner, document=document.pk, page=page, filename=name, content=content,
                at=at,
            )  # fmt: skip
