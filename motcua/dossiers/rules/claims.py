"""Who holds work that waits: one official at a time, and others act on it only after a hand-over."""

from typing import ClassVar

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.dossier import Dossier
from motcua.dossiers.rules.waiting import CONSULTATION, RECEIVE, RETURN, STEP, WITHDRAWAL, Key
from motcua.kernel.refusal import Refusal, noop

_OF_THE_LEG = (a.TakeStep, a.SendBack, a.RefuseLeg)
_AT_THE_DOOR = (a.Receive, a.Decline)
_OF_THE_WITHDRAWAL = (a.AcceptWithdraw, a.DeclineWithdraw)


def work_of(act: a.Act, dossier: Dossier) -> Key | None:
    """Return the waiting work an act does; None for an act that does none, such as taking a fee."""
    if isinstance(act, _AT_THE_DOOR) or (isinstance(act, a.AskSupplement) and not act.leg):
        return (RECEIVE, "", "")
    if isinstance(act, _OF_THE_WITHDRAWAL):
        return (WITHDRAWAL, "", "")
    if isinstance(act, (*_OF_THE_LEG, a.AskSupplement)):
        leg = dossier.legs.get(act.leg)
        return (STEP, act.leg, leg.step) if leg else None
    return _named(act, dossier)


def _named(act: a.Act, dossier: Dossier) -> Key | None:
    """Return the work of an act that names a result or a question."""
    if isinstance(act, a.ReturnResult) and act.result in dossier.promised:
        return (RETURN, dossier.promised[act.result].stage, act.result)
    if isinstance(act, a.AnswerConsultation):
        asked = (one for one in dossier.open_consultations if one.number == act.number)
        return next(((CONSULTATION, one.leg, str(one.number)) for one in asked), None)
    return None


class HeldByAnother(Refusal):
    """Somebody else has the work in hand. Data: `who`, and since when (`when`, a moment)."""

    code: ClassVar[str] = "dossiers.held-by-another"
    text: ClassVar[str] = noop(
        "{who} đang giữ việc này từ {when}. Hãy hỏi người đó, hoặc nhận thay và ghi lý do, rồi làm lại."
    )
    status: ClassVar[int] = 409


class WorkGone(Refusal):
    """The work waits no more: somebody has done it, or the dossier moved on."""

    code: ClassVar[str] = "dossiers.work-gone"
    text: ClassVar[str] = noop(
        "Việc này không còn chờ nữa vì hồ sơ đã sang bước khác. Hãy tải lại hàng việc."
    )
    status: ClassVar[int] = 409


class NotHeld(Refusal):
    """Nobody has the work in hand, or not the person who gives it back."""

    code: ClassVar[str] = "dossiers.not-held"
    text: ClassVar[str] = noop(
        "Việc này không do quý vị giữ nên không trả lại được. Hãy nhờ lãnh đạo thu lại, kèm lý do."
    )
    status: ClassVar[int] = 409


class NotTheirPost(Refusal):
    """The colleague does not hold the post whose work it is."""

    code: ClassVar[str] = "dossiers.not-their-post"
    text: ClassVar[str] = noop(
        "{who} không giữ vị trí làm việc này. Hãy chọn một đồng nghiệp cùng vị trí."
    )
    status: ClassVar[int] = 409


class ReasonNeeded(Refusal):
    """Work is taken out of somebody's hand without saying why."""

    code: ClassVar[str] = "dossiers.reason-needed"
    text: ClassVar[str] = noop(
        "Hãy ghi lý do lấy việc khỏi tay {who}, để người đó và lãnh đạo biết."
    )
