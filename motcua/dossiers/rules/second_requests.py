"""A second supplement request: an official prepares it, a leader approves it or hands it back.

The law lets an office ask once, completely. A second request makes the dossier count as late in the national index
(QĐ 766/QĐ-TTg), so it is a leader's to send: approving is the leader's own AskSupplement, with the prepared faults.
"""

from datetime import datetime
from typing import ClassVar

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.clock import Law
from motcua.dossiers.rules.dossier import Dossier
from motcua.dossiers.rules.facts import Actor
from motcua.dossiers.rules.refusals import NotNow, NotYours, ReasonMissing
from motcua.dossiers.rules.steps import asking_agency, next_request
from motcua.kernel.refusal import Refusal, noop


class AlreadyPrepared(Refusal):
    """A second request of this part waits for the leader already."""

    code: ClassVar[str] = "dossiers.request-prepared"
    text: ClassVar[str] = noop(
        "{who} đã trình yêu cầu bổ sung này. Hãy chờ lãnh đạo duyệt hoặc trả lại rồi trình lại."
    )
    status: ClassVar[int] = 409


class NothingPrepared(Refusal):
    """No second request waits for approval."""

    code: ClassVar[str] = "dossiers.nothing-prepared"
    text: ClassVar[str] = noop(
        "Không còn yêu cầu bổ sung nào chờ duyệt ở đây. Hãy tải lại trang để xem hồ sơ mới nhất."
    )
    status: ClassVar[int] = 409


class FirstRequest(Refusal):
    """The first request needs nobody's approval."""

    code: ClassVar[str] = "dossiers.first-request"
    text: ClassVar[str] = noop(
        "Đây là yêu cầu bổ sung lần đầu: hãy gửi thẳng cho người dân, không phải trình lãnh đạo."
    )
    status: ClassVar[int] = 409


def prepare(
    law: Law, dossier: Dossier, act: a.PrepareRequest, by: Actor, at: datetime
) -> list[e.Event]:
    """Put a further request before the leader; the work goes on meanwhile, and the clock runs.

    Raises NotYours, NotNow, FirstRequest, AlreadyPrepared, ReasonMissing.
    """
    agency = asking_agency(law, dossier, act.leg, by)
    if by.role == "leader":  # who may approve asks at once
        raise NotYours
    if act.leg in dossier.requests:
        raise NotNow(status=dossier.status.words)
    number = next_request(dossier, agency)
    if number == 1:
        raise FirstRequest
    waiting = dossier.to_approve.get(act.leg)
    if waiting is not None:
        raise AlreadyPrepared(who=waiting.by.name)
    if not act.faults or any(not fault.code or not fault.text for fault in act.faults):
        raise ReasonMissing
    return [e.RequestPrepared(at=at, by=by, leg=act.leg, number=number, faults=act.faults)]


def decline(
    law: Law, dossier: Dossier, act: a.DeclineRequest, by: Actor, at: datetime
) -> list[e.Event]:
    """Hand a prepared request back with a remark: the applicant is not asked again.

    Raises NotYours, NothingPrepared, ReasonMissing.
    """
    if act.leg not in dossier.to_approve:
        raise NothingPrepared
    asking_agency(law, dossier, act.leg, by)
    if by.role != "leader":
        raise NotYours
    if not act.remark.strip():
        raise ReasonMissing
    return [e.RequestDeclined(at=at, by=by, leg=act.leg, remark=act.remark)]
