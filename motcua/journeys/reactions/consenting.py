"""Tells people that their consent is asked for, and waits for it as long as the procedure says."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.conf import settings

from motcua.dossiers.consents import person_key
from motcua.dossiers.news import Happened, on
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules import events as e
from motcua.journeys.reactions.telling import when
from motcua.journeys.reactions.timing import when_still_so
from motcua.notices import operations as notices
from motcua.notices.operations import Recipient
from motcua.procedures.rules.consent import named
from motcua.toolkit.jobs import job

PAGE = "/dong-y/"
"""Where whoever signs in by VNeID finds what waits for them; it names no dossier."""


@on(e.ConsentAwaited)
def tell_whoever_is_asked(item: Happened[e.ConsentAwaited]) -> None:
    """Send each person with a phone a message that says nothing of whom or what it is about."""
    event = item.event
    _tell(item, event.leg, event.step, event.people, event.until)


@on(e.Recounted)
def tell_who_has_longer(item: Happened[e.Recounted]) -> None:
    """Tell whoever has not answered yet until when they may now, and wait until then."""
    for moved in item.event.others:
        if moved.what == "consent":
            leg = item.dossier.leg(moved.of)
            _tell(item, leg.id, leg.step, leg.awaited, moved.due)
            _wait(item.row.code, leg.id, leg.step, moved.due, f"{item.key}:{leg.id}")


def _tell(
    item: Happened[Any], leg: str, step_id: str, people: Collection[str], until: datetime
) -> None:
    law, office = item.published.procedure, item.row.agency
    step = law.plan.stage(leg).step(step_id)
    for person in named(law, step, item.content.answers):
        key = person_key(person.number)
        if person.phone and key in people:
            notices.send(
                key=f"{item.key}:consent:{key}",
                to=Recipient(phone=person.phone, language=item.row.language),
                template="consent_asked",
                data={
                    "url": f"{settings.BASE_URL}{PAGE}",
                    "deadline": when(until),
                    "support": f"{office.support_name}, {office.support_phone}",
                },
                subject=item.row.code,
                at=item.event.at,
            )


@job(name="journeys.consents_lapse", queue="reactions")
def consents_lapse(*, code: str, leg: str, step: str, key: str, due: str) -> None:
    """Stop waiting for consents; nothing happens when they came, or are asked for anew."""
    when_still_so(code, a.LapseConsent(leg=leg, step=step), key, due)


@on(e.ConsentAwaited)
def wait_for_consents(item: Happened[e.ConsentAwaited]) -> None:
    """Queue the moment at which their time is over."""
    event = item.event
    _wait(item.row.code, event.leg, event.step, event.until, item.key)


@on(e.WithdrawalDeclined)
def go_on_waiting(item: Happened[e.WithdrawalDeclined]) -> None:
    """Queue it again: a moment that came during the withdrawal did nothing then."""
    for leg in item.dossier.legs.values():
        if leg.awaited and leg.step_until:
            _wait(item.row.code, leg.id, leg.step, leg.step_until, f"{item.key}:{leg.id}")


def _wait(code: str, leg: str, step: str, until: datetime, name: str) -> None:
    consents_lapse.defer(
        schedule_at=until, queueing_lock=f"consents:{name}", code=code, leg=leg, step=step,
        key=f"consents:{name}", due=until.isoformat(),
    )  # fmt: skip
