"""Draws a form as it was at its moment: from the history up to its event, and nothing that came later."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import override

from motcua.agencies.models import Agency
from motcua.agencies.queries import agency
from motcua.agencies.rules.codes import code_list
from motcua.agencies.rules.roles import NAMES, Role
from motcua.documents.papers import make_paper
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.dossier import Dossier
from motcua.dossiers.rules.evolve import fold
from motcua.dossiers.rules.facts import Actor, Fault
from motcua.dossiers.rules.status import LegState
from motcua.journeys.actors import line_above
from motcua.journeys.forms.listing import Form
from motcua.journeys.forms.sets import template
from motcua.journeys.receipts import applicant, receipt
from motcua.journeys.results import letterhead
from motcua.journeys.tracking_address import tracking_url
from motcua.kernel import dossier_code, money
from motcua.procedures.queries import Published, by_digest
from motcua.procedures.rules.procedure import Procedure

Sees = Callable[[str], bool]
"""Whether a field may be shown to whoever asks for the paper."""


def draw(row: Row, history: Sequence[e.Event], form: Form, *, sees: Sees | None = None) -> bytes:
    """Return the form as a PDF: the same bytes whenever it is asked for.

    `sees` narrows what stands in it about the applicant to what a linked agency may see.
    """
    if form.kind == "receipt":
        return receipt(row, history)
    published = by_digest(row.version.digest)
    with override("vi"):  # the law knows these papers in Vietnamese
        data = form_data(row, history, form, published, sees)
    named = template(form.kind, published.procedure, form.leg)
    return make_paper(named, data, at=form.at)


def form_data(
    row: Row,
    history: Sequence[e.Event],
    form: Form,
    published: Published,
    sees: Sees | None = None,
) -> dict[str, Any]:
    """Return what the form's template shows."""
    dossier = fold(history[: form.seq])
    office = agency(dossier.leg(form.leg).agency if form.leg else dossier.agency)
    return {
        **_head(row, form, published.procedure, office, sees),
        **_OWN[form.kind](form, dossier, published),
    }


def _head(
    row: Row, form: Form, law: Procedure, office: Agency, sees: Sees | None
) -> dict[str, Any]:
    address = tracking_url(row.code)
    return {
        "agency": letterhead(office, form.at),
        "number": _number(row.code, form),
        "at": _iso(form.at),
        "code": row.code,
        "qr_text": address,
        "track_url": address,
        "applicant": _seen(applicant(row, law, form.seq), law, sees),
        "procedure": {"code": law.code, "name": law.name.vi},
        "part": law.plan.stage(form.leg).name.vi if form.leg and law.linked else "",
        "officer": _officer(form.event.by),
        "support": {
            "name": office.support_name, "phone": office.support_phone,
            "hours": office.support_hours,
        },
    }  # fmt: skip


def _seen(shown: dict[str, str], law: Procedure, sees: Sees | None) -> dict[str, str]:
    """Return of the applicant what may be shown; the rest stays an empty line."""
    if sees is None:
        return shown
    fields = law.applicant
    named = {"name": fields.name, "phone": fields.phone, "email": fields.email,
             "address": fields.address}  # fmt: skip
    return {key: words for key, words in shown.items() if sees(named[key] or "")}


_ENDINGS = {"supplement": "PBS", "refusal": "PTC", "extension": "PXL", "stop": "TBD"}


def _number(code: str, form: Form) -> str:
    """Return the paper's number: the dossier's own running number, and which request of several it is."""
    if not dossier_code.is_valid(code):
        return ""
    turn = f".{form.turn}" if form.turn > 1 else ""
    return f"{int(code.rpartition('-')[2])}{turn}/{_ENDINGS[form.kind]}"


def _officer(by: Actor) -> dict[str, str]:
    """Return who made the paper; nobody where an agency's own system, or the clock, did."""
    if by.kind != "official":
        return {}
    usual = str(NAMES[Role(by.role)]) if by.role in set(Role) else ""
    return {"name": by.name, "title": line_above(by, usual)}


def _supplement(form: Form, dossier: Dossier, published: Published) -> dict[str, Any]:
    event: Any = form.event
    restarts = published.procedure.plan.supplement.clock == "restart"
    return {
        "reasons": [_reason(fault, published) for fault in event.faults],
        "due_at": _iso(event.until),
        "turn": event.number,
        "approved_by": event.approved_by if event.number > 1 else "",
        "restarts": restarts and dossier.clock.received_at is not None,
    }


def _refusal(form: Form, dossier: Dossier, published: Published) -> dict[str, Any]:
    faults: tuple[Fault, ...] = getattr(form.event, "faults", ())
    going_on = form.leg and any(not leg.state.final for leg in dossier.legs.values())
    next_ = "Các phần việc khác của hồ sơ vẫn được giải quyết." if going_on else ""
    return {"reasons": [_reason(fault, published) for fault in faults], "next": next_}


def _extension(form: Form, dossier: Dossier, published: Published) -> dict[str, Any]:
    """One re-appointment, said at least a day before the date (NĐ 61/2018/NĐ-CP, Điều 19 khoản 9)."""
    event: Any = form.event
    return {
        "received_at": _iso(dossier.clock.received_at),
        "was_due_at": _iso(event.was),
        "due_at": _iso(event.due),
        "reason": code_list("extension_reasons").label(event.reason),
        "text": event.text,
        "law": "Nghị định 61/2018/NĐ-CP, Điều 19 khoản 9",
    }


def _stop(form: Form, dossier: Dossier, published: Published) -> dict[str, Any]:
    event, received = form.event, dossier.clock.received_at
    faults: tuple[Fault, ...] = getattr(event, "faults", ())
    withdrawn = isinstance(event, e.Withdrawn)
    asked = "Người nộp hồ sơ đề nghị rút hồ sơ."
    return {
        "received_at": _iso(received) if received else "",
        "submitted_at": _iso(dossier.submitted_at),
        "reason": asked if withdrawn else " ".join(fault.text for fault in faults),
        "law": "; ".join(dict.fromkeys(fault.basis for fault in faults if fault.basis)),
        "finished": _finished(dossier, published),
        "refund": _refund(dossier),
    }


def _finished(dossier: Dossier, published: Published) -> list[str]:
    names = {result.id: result.name.vi for result in published.procedure.results}
    return [
        names[one.id]
        for one in dossier.promised.values()
        if dossier.legs[one.stage].state is LegState.DONE
    ]


def _refund(dossier: Dossier) -> str:
    paid = sum(dossier.fees[fee].amount for fee in dossier.settled if fee in dossier.fees)
    return f"{money.show(paid)}, được xem xét hoàn lại theo quy định" if paid else ""


def _reason(fault: Fault, published: Published) -> dict[str, str]:
    return {
        "about": _about(fault, published), "text": fault.text, "how": fault.how, "law": fault.basis,
    }  # fmt: skip


def _about(fault: Fault, published: Published) -> str:
    """Return the name of the field or paper a reason is about."""
    fields = published.definition.fields
    if fault.field in fields:
        return str(fields[fault.field].label.vi)
    papers = {paper.id: paper.name.vi for paper in published.procedure.papers}
    return papers.get(fault.paper, "")


_OWN: dict[str, Callable[[Form, Dossier, Published], dict[str, Any]]] = {
    "supplement": _supplement,
    "refusal": _refusal,
    "extension": _extension,
    "stop": _stop,
}


def _iso(moment: Any) -> str:
    return localtime(moment).isoformat(timespec="seconds")
