"""Calling somebody back: promised for an hour of the office, told by message, tried, measured."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime

from motcua.agencies.models import Agency
from motcua.help import calls
from motcua.help.calls import Wish
from motcua.help.models import Call
from motcua.notices import operations as notices
from motcua.notices.operations import Recipient


def ask(*, agency: Agency, wish: Wish, key: str, at: datetime) -> Call:
    """Promise a call and tell by message when it comes and how to cancel it; the same key again does nothing.

    Raises CallTimeTaken, CallAskedAlready.
    """
    made = calls.ask(agency=agency, wish=wish, key=key, at=at)
    with transaction.atomic():
        _tell(made, at)
    return made


def _tell(call: Call, at: datetime) -> None:
    office = call.agency
    notices.send(
        key=f"call:{call.pk.hex}",
        to=Recipient(phone=call.phone, language=call.language),
        template="call_booked",
        data={
            "when": hour_words(call.starts_at, call.until),
            "topic": calls.topic_words(call.topic, call.language),
            "url": f"{settings.BASE_URL}/cuoc-goi/{call.token}/",
            "support": f"{office.support_name}, {office.support_phone}",
        },
        subject=f"call:{call.pk.hex}",
        at=at,
    )


def hour_words(start: datetime, until: datetime) -> str:
    """Return the hour of a call as messages write it: 08:30–09:30 24/11/2026."""
    return f"{localtime(start):%H:%M}–{localtime(until):%H:%M %d/%m/%Y}"
