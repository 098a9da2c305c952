"""Acts whose time comes by itself: silence agrees, an unanswered request lapses."""

from datetime import datetime

from motcua.dossiers.news import Happened, on
from motcua.dossiers.operations import record
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.facts import SYSTEM
from motcua.dossiers.rules.refusals import LegNotOpen, NotNow
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import job


@job(name="journeys.silence_agrees", queue="reactions")
def silence_agrees(*, code: str, leg: str, step: str, key: str) -> None:
    """Take the applicant's silence as consent; nothing happens when they have spoken."""
    act = a.ConfirmDraft(leg=leg, step=step, silence=True)
    _when_still_so(code, act, key, now())


@job(name="journeys.request_lapses", queue="reactions")
def request_lapses(*, code: str, leg: str, key: str) -> None:
    """Refuse what was not supplied in time; nothing happens when it was."""
    _when_still_so(code, a.LapseSupplement(leg=leg), key, now())


def _when_still_so(code: str, act: a.Act, key: str, at: datetime) -> None:
    try:
        record(code=code, act=act, by=SYSTEM, key=key, at=at)
    except (LegNotOpen, NotNow):
        return  # somebody acted in time


@on(e.StepTaken)
def wait_for_silence(item: Happened[e.StepTaken]) -> None:
    """Queue the moment at which silence agrees with the draft."""
    event = item.event
    if event.until and event.next:
        silence_agrees.defer(
            schedule_at=event.until,
            queueing_lock=f"silence:{item.key}",
            code=item.row.code,
            leg=event.leg,
            step=event.next,
            key=f"silence:{item.key}",
        )


@on(e.SupplementAsked)
def wait_for_supplement(item: Happened[e.SupplementAsked]) -> None:
    """Queue the moment at which an unanswered request lapses."""
    event = item.event
    request_lapses.defer(
        schedule_at=event.until,
        queueing_lock=f"lapse:{item.key}",
        code=item.row.code,
        leg=event.leg,
        key=f"lapse:{item.key}",
    )
