"""What is kept about somebody, gathered from every room: for the copy they may take away."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.documents import queries as papers
from motcua.dossiers import queries as dossiers
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.models import Draft
from motcua.dossiers.readings import readings_of
from motcua.identity.models import Account, Recovery, SignIn
from motcua.journeys.case import TodaysWorld, owner_of_dossier, owner_of_draft
from motcua.notices.queries import told_about
from motcua.privacy import requests
from motcua.privacy.erasures import erasures_of
from motcua.procedures.queries import by_digest
from motcua.procedures.rules.showing import table


@dataclass(frozen=True)
class OwnFile:
    """A paper in the copy: its place there, and its bytes in the store."""

    name: str
    digest: str
    size: int


@dataclass(frozen=True)
class Gathered:
    """Everything: `told` as plain values, the files as they come."""

    told: dict[str, Any]
    files: Iterator[OwnFile]


def gathered(accounts: Collection[int], language: str, at: datetime) -> Gathered:
    """Return what is kept about the person of these accounts; declared data of others in their dossiers too."""
    rows = Row.objects.filter(account_id__in=accounts).select_related("agency", "version")
    mine = list(rows.defer("version__content", "version__guides").order_by("pk"))
    drafts = dossiers.drafts_of(accounts, at)
    told = {
        "made_at": at,
        "accounts": _accounts(accounts),
        "dossiers": [_dossier(row, language, at) for row in mine],
        "drafts": [_draft(draft, language, at) for draft in drafts],
        "requests": [_request(one) for one in requests.requests_of(accounts)],
    }
    return Gathered(told, _files(mine, drafts))


def _accounts(accounts: Collection[int]) -> list[dict[str, Any]]:
    found = Account.objects.select_related("person").filter(pk__in=accounts).order_by("pk")
    return [
        {
            "kind": one.kind,
            "level": one.level,
            "full_name": one.person.full_name,
            "personal_number": one.person.personal_number,
            "birth_date": one.person.birth_date,
            "sex": one.person.sex,
            "phone": one.person.phone,
            "email": one.person.email,
            "address": one.person.address,
            "sign_ins": list(
                SignIn.objects.filter(account=one)
                .order_by("-began_at")
                .values("level", "device", "began_at", "seen_at", "ended_at")
            ),
            "opened_again": list(
                Recovery.objects.filter(account=one)
                .order_by("-recorded_at")
                .values("recorded_at", "checked_at", "moves_at", "ended_at", "ending")
            ),
        }
        for one in found
    ]


def _dossier(row: Row, language: str, at: datetime) -> dict[str, Any]:
    answers = dossiers.content(row).answers
    return {
        "code": row.code,
        "agency": row.agency.name,
        **_declared(row.version.digest, answers, language, at),
        "submitted_at": row.submitted_at,
        "received_at": row.received_at,
        "due_at": row.due_at,
        "ended_at": row.ended_at,
        "history": [{"what": e.__class__.__name__, "at": e.at} for e in dossiers.history(row.pk)],
        "read_by": [_reading(one) for one in readings_of(row)],
        "messages": [
            {"road": one.road, "to": one.to, "text": one.body, "at": one.created_at}
            for one in told_about(row.code)
        ],
        "erased": [
            {"class": one.kept_class, "rule": one.rule, "fields": one.fields, "at": one.at}
            for one in erasures_of(row.code)
        ],
    }


def _declared(digest: str, answers: Any, language: str, at: datetime) -> dict[str, Any]:
    published = by_digest(digest)
    sections = table(published.definition, answers, TodaysWorld(at), language)
    return {
        "procedure": published.procedure.name.to(language),
        "answers": dict(answers),
        "declared": [
            {
                "section": title,
                "rows": [{"question": f.label.to(language), "answer": words} for f, words in rows],
            }
            for title, rows in sections
        ],
    }


def _reading(one: Any) -> dict[str, Any]:
    who = one.official_name or one.party
    agency = one.agency.name if one.agency else ""
    return {
        "who": who, "agency": agency, "post": one.role, "purpose": one.purpose,
        "revealed": one.groups, "reason": one.reason, "at": one.at,
    }  # fmt: skip


def _draft(draft: Draft, language: str, at: datetime) -> dict[str, Any]:
    told = _declared(draft.version.digest, draft.answers, language, at)
    return {**told, "begun_at": draft.created_at, "kept_until": draft.expires_at}


def _request(one: Any) -> dict[str, Any]:
    return {
        "number": one.number, "kind": one.kind, "about": one.subject, "words": one.words,
        "made_at": one.made_at, "outcome": one.outcome, "answer": one.answer,
        "answered_at": one.answered_at,
    }  # fmt: skip


def _files(mine: list[Row], drafts: list[Draft]) -> Iterator[OwnFile]:
    """Yield the papers that were brought, and the results that were issued."""
    for row in mine:
        owner = owner_of_dossier(row.code)
        yield from _papers(f"ho-so/{row.code}", owner)
        for number, paper in enumerate(papers.issued_for(owner), start=1):
            name = f"ho-so/{row.code}/ket-qua/{number}-{paper.kind}.pdf"
            yield OwnFile(name, paper.blob_id, paper.blob.size)
    for draft in drafts:
        yield from _papers(f"ban-nhap/{draft.pk}", owner_of_draft(draft))


def _papers(folder: str, owner: str) -> Iterator[OwnFile]:
    for place, document in enumerate(papers.documents_of(owner), start=1):
        for number, page in enumerate(document.page_list, start=1):
            ending = "jpg" if page.is_image else "pdf"
            name = f"{folder}/giay-to/{place}-{document.key}-{number}.{ending}"
            yield OwnFile(name, page.digest, page.size)
