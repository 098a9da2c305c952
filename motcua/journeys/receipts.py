"""The receipt of a dossier, drawn when it is asked for from what can no longer change.

Before reception it confirms the filing; after it, it is form 01 (TT 03/2025/TT-VPCP). Both show what
was there at that moment, whatever a supplement replaced since. Why none is stored:
docs/why/0006-receipts-are-drawn-when-asked.md.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import override

from motcua.agencies.queries import agency
from motcua.audit.keys import origin
from motcua.documents import queries as papers_kept
from motcua.documents.models import Document
from motcua.documents.papers import make_paper
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.queries import answers_then, law_of
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.clock import Law
from motcua.dossiers.rules.evolve import fold
from motcua.journeys import log_proofs
from motcua.journeys.case import owner_of_dossier
from motcua.journeys.forms.sets import template
from motcua.journeys.limits_in_words import limit_words
from motcua.journeys.results import letterhead
from motcua.journeys.tracking_address import tracking_url
from motcua.kernel import dossier_code, money, phone
from motcua.kernel.refusal import Refusal
from motcua.procedures.queries import by_digest
from motcua.procedures.rules.procedure import Procedure

_WAYS = {
    "online": "bản điện tử trên trang theo dõi hồ sơ",
    "counter": "nhận tại bộ phận một cửa",
    "post": "bưu điện giao tận nơi",
}


_COUNTED = 4
"""How many days of the count the paper shows, the last ones: the dossier's page shows them all."""


def receipt(row: Row, history: Sequence[e.Event]) -> bytes:
    """Return the receipt as a PDF, in Vietnamese whatever the language of the page: it is one paper."""
    law = law_of(row)
    with override("vi"):
        data = {**receipt_data(row, history), **_promise(law, history), "log": _log_words(row)}
    named = template("receipt", law.procedure)
    return make_paper(named, data, at=_moment(history))


def _promise(law: Law, history: Sequence[e.Event]) -> dict[str, str]:
    """Return the time limit, and how the promised date was counted, in words."""
    dossier = fold(_until_received(history))
    limit = law.procedure.plan.limit_of(dossier.legs)
    received = dossier.clock.received_at
    begun = received or dossier.submitted_at
    found = law.promise(begun, limit)
    since = f"{'Nhận' if received else 'Nộp'} lúc {_moment_words(begun)}"
    if found.started != begun:
        since += f", tính từ {_moment_words(found.started)}"
    days = [f"{day.date:%d/%m/%Y}: {day.note}" for day in found.steps[-_COUNTED:]]
    return {"limit": limit_words(limit), "promise_why": "; ".join([since, *days]) + "."}


def _moment_words(moment: datetime) -> str:
    return f"{localtime(moment):%H:%M ngày %d/%m/%Y}"


def receipt_data(row: Row, history: Sequence[e.Event]) -> dict[str, Any]:
    """Return what the receipt shows, but for the time limit in words."""
    upto = _until_received(history)
    dossier = fold(upto)
    law = by_digest(row.version.digest).procedure
    received = next((event for event in upto if isinstance(event, e.Received)), None)
    office, address = (
        agency(dossier.agency),
        tracking_url(row.code),
    )  # a merger came later, if at all
    data: dict[str, Any] = {
        "agency": letterhead(office, dossier.submitted_at),
        "code": row.code,
        "qr_text": address,
        "track_url": address,
        "applicant": applicant(row, law, len(upto)),
        "subject": row.subject_name,
        "procedure": {"code": law.code, "name": law.name.vi},
        "papers": [_paper(item, law) for item in papers_then(row.code, _moment(history))],
        "copies": "01",
        "promised_at": _iso(dossier.clock.due or dossier.expected),
        "delivery": _delivery(dossier.promised.values(), law),
        "fee": "; ".join(f"{money.show(f.amount)} ({f.name})" for f in dossier.fees.values()),
        "online": row.channel == "online",
        "support": {
            "name": office.support_name, "phone": office.support_phone,
            "hours": office.support_hours,
        },
        "filed": received is None,
        "filed_at": _iso(dossier.submitted_at),
    }  # fmt: skip
    return data | (_received(row, received) if received else {})


def _log_words(row: Row) -> str:
    """Return, for everybody, that the filing is in the public log, or from when on it will be; one line of the paper."""
    found = log_proofs.standing(row)
    if found.line is None:
        return f"Bằng chứng đã nộp: từ {found.since:%d/%m/%Y}, trong nhật ký công khai {origin()}"
    return (
        f"Đã vào nhật ký công khai, không ai sửa lén được: dòng {found.line}, "
        f"dấu ngày {found.since:%d/%m/%Y} {found.root} ({origin()})"
    )


def _received(row: Row, event: e.Received) -> dict[str, Any]:
    number = row.code.rpartition("-")[2]
    return {
        "number": f"{int(number)}/TNHS" if dossier_code.is_valid(row.code) else "",
        "received_at": _iso(event.at),
        "officer": {"name": event.by.name},
    }


def _until_received(history: Sequence[e.Event]) -> list[e.Event]:
    """Return the history up to reception, all of it before there was one."""
    told: list[e.Event] = []
    for event in history:
        told.append(event)
        if isinstance(event, e.Received):
            break
    return told


def _moment(history: Sequence[e.Event]) -> datetime:
    last = _until_received(history)[-1]
    return last.at if isinstance(last, e.Received) else history[0].at


def papers_then(code: str, moment: datetime) -> list[Document]:
    """Return the dossier's papers as they were at a moment; two queries."""
    owner = owner_of_dossier(code)
    kept = [*papers_kept.documents_of(owner), *papers_kept.earlier_versions_of(owner)]
    there = [
        document
        for document in kept
        if document.changed_at <= moment
        and (document.removed_at is None or document.removed_at > moment)
    ]
    return sorted(there, key=lambda document: document.created_at)


def paper_name(document: Document, law: Procedure, language: str = "vi") -> str:
    """Return the name of the required paper that a document is."""
    names = {paper.id: paper.name.to(language) for paper in law.papers}
    return names.get(document.key) or str(document.name)


def _paper(document: Document, law: Procedure) -> dict[str, Any]:
    return {
        "name": paper_name(document, law),
        "form": "Bản chụp điện tử",
        "pages": document.sheets,
        "digests": [page.received for page in document.page_list],
    }


def applicant(row: Row, law: Procedure, seq: int) -> dict[str, str]:
    """Return who filed and where to reach them, as declared when the dossier's `seq`-th event happened."""
    address = answers_then(row, seq).get(law.applicant.address or "", "")
    return {
        "name": row.applicant_name,
        "address": address.get("text", "") if isinstance(address, dict) else str(address),
        "phone": _phone(row.phone),
        "email": row.email,
    }


def _phone(number: str) -> str:
    try:
        return phone.show(phone.read_contact(number)) if number else ""
    except Refusal:
        return number


def _delivery(promised: Any, law: Procedure) -> list[dict[str, str]]:
    names = {result.id: result.name.vi for result in law.results}
    return [{"result": names[one.id], "way": _WAYS[one.way]} for one in promised]


def _iso(moment: datetime) -> str:
    return localtime(moment).isoformat(timespec="seconds")
