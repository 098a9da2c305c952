"""Acts whose time comes by itself: silence agrees, an unanswered request lapses.

Each waits in the queue until its moment. The queue's clock is the database's; a worker's may be behind it, and
a job that comes a moment early by that clock would find its time not come and never try again: so the moment
travels with the job, and the act happens then or later.
"""

from datetime import datetime
from typing import Any

from motcua.dossiers.news import Happened, on
from motcua.dossiers.operations import record
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.facts import SYSTEM
from motcua.dossiers.rules.refusals import LegNotOpen, NotNow
from motcua.dossiers.rules.status import LegState
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import job


@job(name="journeys.silence_agrees", queue="reactions")
def silence_agrees(*, code: str, leg: str, step: str, key: str, due: str = "") -> None:
    """Take the applicant's silence as consent; nothing happens when they have spoken."""
    act = a.ConfirmDraft(leg=leg, step=step, silence=True)
    when_still_so(code, act, key, due)


@job(name="journeys.request_lapses", queue="reactions")
def request_lapses(*, code: str, leg: str, key: str, due: str = "") -> None:
    """Refuse what was not supplied in time; nothing happens when it was."""
    when_still_so(code, a.LapseSupplement(leg=leg), key, due)


def when_still_so(code: str, act: a.Act, key: str, due: str) -> None:
    """Do an act whose time has come, unless somebody acted in time or the dossier is being taken back."""
    at = max(now(), datetime.fromisoformat(due)) if due else now()
    try:
        record(code=code, act=act, by=SYSTEM, key=key, at=at)
    except (LegNotOpen, NotNow):
        return  # nothing to do now: see `go_on_waiting`


@on(e.StepTaken)
def wait_for_silence(item: Happened[e.StepTaken]) -> None:
    """Queue the moment at which silence agrees with the draft."""
    event = item.event
    if event.until and event.next:
        _wait_for_silence(item, event.leg, event.next, event.until, item.key)


@on(e.SupplementAsked)
def wait_for_supplement(item: Happened[e.SupplementAsked]) -> None:
    """Queue the moment at which an unanswered request lapses."""
    _wait_for_supplement(item, item.event.leg, item.event.until, item.key)


@on(e.WithdrawalDeclined)
def go_on_waiting(item: Happened[e.WithdrawalDeclined]) -> None:
    """Queue again what was waited for: a moment that came during the withdrawal did nothing then."""
    for request in item.dossier.requests.values():
        _wait_for_supplement(item, request.leg, request.until, f"{item.key}:{request.leg}")
    for leg in item.dossier.legs.values():
        if leg.step_until and leg.state is LegState.OPEN and not leg.asked:
            _wait_for_silence(item, leg.id, leg.step, leg.step_until, f"{item.key}:{leg.id}")


@on(e.Recounted)
def wait_longer(item: Happened[e.Recounted]) -> None:
    """Queue the later moment of what people may answer until: the earlier one does nothing when it comes."""
    for moved in item.event.others:
        name = f"{item.key}:{moved.of}"
        if moved.what == "supplement":
            _wait_for_supplement(item, moved.of, moved.due, name)
        elif moved.what == "confirm":
            step = item.dossier.leg(moved.of).step
            _wait_for_silence(item, moved.of, step, moved.due, name)


def _wait_for_silence(item: Happened[Any], leg: str, step: str, until: datetime, name: str) -> None:
    silence_agrees.defer(
        schedule_at=until, queueing_lock=f"silence:{name}", code=item.row.code, leg=leg, step=step,
        key=f"silence:{name}", due=until.isoformat(),
    )  # fmt: skip


def _wait_for_supplement(item: Happened[Any], leg: str, until: datetime, name: str) -> None:
    request_lapses.defer(
        schedule_at=until, queueing_lock=f"lapse:{name}", code=item.row.code, leg=leg,
        key=f"lapse:{name}", due=until.isoformat(),
    )  # fmt: skip
