"""Handling at the desk: receive, decline, ask, take steps, sign, send back, refuse, stop."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from motcua.agencies.models import Post
from motcua.dossiers.operations import Recorded, record
from motcua.dossiers.queries import row
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.facts import Fault
from motcua.journeys.actors import official
from motcua.journeys.mending import mendable


def _by(post: Post, code: str, act: a.Act, key: str, seen: int | None, at: datetime) -> Recorded:
    return record(code=code, act=act, by=official(post), key=key, at=at, seen=seen)


def receive(*, code: str, post: Post, key: str, seen: int | None, at: datetime) -> Recorded:
    """Take a dossier in: the clock starts and the first leg opens."""
    return _by(post, code, a.Receive(), key, seen, at)


def decline(
    *, code: str, post: Post, faults: tuple[Fault, ...], key: str, seen: int | None, at: datetime
) -> Recorded:
    """Do not take a dossier in, with coded reasons (form 03). Raises ReasonMissing."""
    return _by(post, code, a.Decline(faults=faults), key, seen, at)


def ask_supplement(
    *,
    code: str,
    post: Post,
    leg: str,
    faults: tuple[Fault, ...],
    key: str,
    seen: int | None,
    at: datetime,
) -> Recorded:
    """Ask the applicant once, completely (form 02); a leader's asking is also the leader's approval.

    Raises ReasonMissing, and SecondRequest when somebody else than a leader asks again.
    """
    approved_by = post.official.full_name if post.role == "leader" else ""
    mended = mendable(row(code), faults)
    act = a.AskSupplement(faults=mended, leg=leg, approved_by=approved_by)
    return _by(post, code, act, key, seen, at)


def prepare_request(
    *, code: str, post: Post, leg: str, faults: tuple[Fault, ...], key: str, seen: int | None,
    at: datetime,
) -> Recorded:  # fmt: skip
    """Put a second supplement request before the leader.

    Raises ReasonMissing, FirstRequest, AlreadyPrepared.
    """
    act = a.PrepareRequest(faults=mendable(row(code), faults), leg=leg)
    return _by(post, code, act, key, seen, at)


def decline_request(
    *, code: str, post: Post, leg: str, remark: str, key: str, seen: int | None, at: datetime
) -> Recorded:
    """Hand a prepared request back with a remark. Raises NothingPrepared, ReasonMissing."""
    return _by(post, code, a.DeclineRequest(leg=leg, remark=remark), key, seen, at)


def take_step(
    *,
    code: str,
    post: Post,
    leg: str,
    step: str,
    values: Mapping[str, Any],
    key: str,
    seen: int | None,
    at: datetime,
) -> Recorded:
    """Finish the present step of a leg: draft, attend, decide or sign. Raises ValueMissing, LegNotOpen."""
    return _by(post, code, a.TakeStep(leg=leg, step=step, values=dict(values)), key, seen, at)


def send_back(
    *, code: str, post: Post, leg: str, step: str, remark: str, key: str, seen: int | None,
    at: datetime,
) -> Recorded:  # fmt: skip
    """Return a leg to its drafting step with a remark."""
    return _by(post, code, a.SendBack(leg=leg, step=step, remark=remark), key, seen, at)


def refuse_leg(
    *, code: str, post: Post, leg: str, faults: tuple[Fault, ...], key: str, seen: int | None,
    at: datetime,
) -> Recorded:  # fmt: skip
    """Refuse one agency's part; the others go on."""
    return _by(post, code, a.RefuseLeg(leg=leg, faults=faults), key, seen, at)


def stop(
    *, code: str, post: Post, faults: tuple[Fault, ...], key: str, seen: int | None, at: datetime
) -> Recorded:
    """Stop processing (form 05)."""
    return _by(post, code, a.Stop(faults=faults), key, seen, at)


def answer_withdrawal(
    *, code: str, post: Post, accepts: bool, remark: str, key: str, seen: int | None, at: datetime
) -> Recorded:
    """Agree that the applicant takes the dossier back, or say why not."""
    act: a.Act = a.AcceptWithdraw() if accepts else a.DeclineWithdraw(remark=remark)
    return _by(post, code, act, key, seen, at)
