"""The hand-over note: which results of a dossier somebody takes at the counter, with room for the signatures."""

from typing import Any

from django.utils.timezone import localtime

from motcua.documents.papers import make_paper
from motcua.dossiers.rules import events as e
from motcua.journeys.looking import Opened
from motcua.journeys.results import letterhead
from motcua.journeys.tracking_address import tracking_url


def note(opened: Opened) -> bytes:
    """Return the note as a PDF: of what waits to be fetched, and of what was given at the counter already."""
    return make_paper("phieu-giao-ket-qua", note_data(opened), at=opened.at)


def note_data(opened: Opened) -> dict[str, Any]:
    """Return what the note shows."""
    row = opened.row
    given = [event for event in opened.history if _at_counter(event)]
    return {
        "agency": letterhead(row.agency, opened.at),
        "code": row.code,
        "qr_text": tracking_url(row.code),
        "procedure": {"name": opened.published.procedure.name.vi},
        "applicant": {"name": row.applicant_name},
        "at": localtime(opened.at).isoformat(timespec="seconds"),
        "results": [_given(opened, event) for event in given if isinstance(event, e.ResultReturned)]
        + [_waiting(opened, c.offer.part) for c in opened.chances if c.offer.doing == "hand_over"],
    }


def _at_counter(event: e.Event) -> bool:
    return isinstance(event, e.ResultReturned) and event.way == "counter"


def _name(opened: Opened, result: str) -> str:
    return {one.id: one.name.vi for one in opened.published.procedure.results}[result]


def _given(opened: Opened, event: e.ResultReturned) -> dict[str, str]:
    return {
        "name": _name(opened, event.result),
        "receiver": event.receiver,
        "at": localtime(event.at).isoformat(timespec="seconds"),
    }


def _waiting(opened: Opened, result: str) -> dict[str, str]:
    return {"name": _name(opened, result)}
