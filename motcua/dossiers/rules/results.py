"""Issued results that change: corrected, revoked, reinstated – proposed by one person, signed by another.

Đính chính and thu hồi of what was issued: NĐ 30/2020/NĐ-CP, Điều 18. A result is a leg's: only people of its
agency change it, while the dossier's own status stays where it is, also after its end.
"""

from datetime import datetime
from typing import ClassVar

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.clock import Law
from motcua.dossiers.rules.dossier import Dossier, Leg, ResultChange
from motcua.dossiers.rules.facts import Actor, Change, Fault
from motcua.dossiers.rules.refusals import NotYours, ReasonMissing
from motcua.dossiers.rules.status import LegState
from motcua.kernel.refusal import Refusal, noop


class ResultNotThere(Refusal):
    """No such result, or its agency has not finished it."""

    code: ClassVar[str] = "dossiers.result-not-there"
    text: ClassVar[str] = noop(
        "Kết quả này chưa được ban hành nên chưa có gì để thay đổi. Hãy tải lại trang để xem hồ sơ mới nhất."
    )
    status: ClassVar[int] = 409


class ChangeWaits(Refusal):
    """A change of the same result waits for a leader's signature."""

    code: ClassVar[str] = "dossiers.change-waits"
    text: ClassVar[str] = noop(
        "Kết quả này đang có một đề nghị thay đổi chờ lãnh đạo. Hãy chờ lãnh đạo ký hoặc trả lại rồi làm tiếp."
    )
    status: ClassVar[int] = 409


class NoChangeWaits(Refusal):
    """Nothing is proposed for the result (any more)."""

    code: ClassVar[str] = "dossiers.no-change-waits"
    text: ClassVar[str] = noop(
        "Không còn đề nghị thay đổi nào chờ ở kết quả này. Hãy tải lại trang để xem ai đã xử lý."
    )
    status: ClassVar[int] = 409


class SameHand(Refusal):
    """Who proposed a change may not sign it: four eyes."""

    code: ClassVar[str] = "dossiers.same-hand"
    text: ClassVar[str] = noop(
        "Người đề nghị không được tự ký. Hãy nhờ một lãnh đạo khác của cơ quan xem và ký."
    )
    status: ClassVar[int] = 403


class NothingCorrected(Refusal):
    """A correction that leaves everything as it was."""

    code: ClassVar[str] = "dossiers.nothing-corrected"
    text: ClassVar[str] = noop("Chưa có nội dung nào khác với bản đã cấp. Hãy sửa ít nhất một mục.")


class DecisionMissing(Refusal):
    """Revoking and reinstating rest on a decision with its number."""

    code: ClassVar[str] = "dossiers.decision-missing"
    text: ClassVar[str] = noop("Hãy ghi số quyết định thu hồi hoặc khôi phục.")


class NotInForce(Refusal):
    """A revoked result is neither corrected nor revoked; one in force is not reinstated."""

    code: ClassVar[str] = "dossiers.not-in-force"
    text: ClassVar[str] = noop(
        "Chỉ đính chính, thu hồi bản còn giá trị; chỉ khôi phục bản đã thu hồi. "
        "Hãy tải lại trang để xem kết quả hiện nay."
    )
    status: ClassVar[int] = 409


def correct(
    law: Law, dossier: Dossier, act: a.CorrectResult, by: Actor, at: datetime
) -> list[e.Event]:
    """Propose another paper in the place of the issued one: `fields` say something else now."""
    leg = _free(law, dossier, act.result, by)
    _in_force(dossier, act.result, wanted=True)
    if not act.fields:
        raise NothingCorrected
    return [_proposed(act, leg, "correct", by, at, fields=act.fields)]


def revoke(
    law: Law, dossier: Dossier, act: a.RevokeResult, by: Actor, at: datetime
) -> list[e.Event]:
    """Propose to revoke the issued paper, by a decision with a number."""
    leg = _free(law, dossier, act.result, by)
    _in_force(dossier, act.result, wanted=True)
    return [_proposed(act, leg, "revoke", by, at, decision=_decision(act.decision))]


def reinstate(
    law: Law, dossier: Dossier, act: a.ReinstateResult, by: Actor, at: datetime
) -> list[e.Event]:
    """Propose that a revoked paper counts again, by a decision with a number."""
    leg = _free(law, dossier, act.result, by)
    _in_force(dossier, act.result, wanted=False)
    return [_proposed(act, leg, "reinstate", by, at, decision=_decision(act.decision))]


def sign(law: Law, dossier: Dossier, act: a.SignChange, by: Actor, at: datetime) -> list[e.Event]:
    """A leader of the agency, who has not proposed it, puts the change in force."""
    leg, waiting = _waiting(dossier, act.result)
    _leads(leg, by)
    if by.id == waiting.by.id:
        raise SameHand
    return [_signed(dossier, leg, waiting, by, at)]


def drop(law: Law, dossier: Dossier, act: a.DropChange, by: Actor, at: datetime) -> list[e.Event]:
    """A leader sends the proposal back with a remark, or who proposed it takes it back."""
    leg, waiting = _waiting(dossier, act.result)
    if by.id != waiting.by.id:
        _leads(leg, by)
    if not act.remark.strip():
        raise ReasonMissing
    return [e.ResultChangeDropped(at=at, by=by, result=act.result, leg=leg.id, remark=act.remark)]


def _issued(dossier: Dossier, result: str) -> Leg:
    promised = dossier.promised.get(result)
    leg = dossier.legs[promised.stage] if promised else None
    if leg is None or leg.state is not LegState.DONE:
        raise ResultNotThere
    return leg


def _free(law: Law, dossier: Dossier, result: str, by: Actor) -> Leg:
    """Return the result's leg when `by` works on such legs and nothing is proposed yet."""
    leg = _issued(dossier, result)
    roles = {step.role for step in law.procedure.plan.stage(leg.id).steps} | {"leader"}
    if by.agency != leg.agency or by.role not in roles or leg.party:
        raise NotYours
    if result in dossier.changes:
        raise ChangeWaits
    return leg


def _in_force(dossier: Dossier, result: str, *, wanted: bool) -> None:
    if (result not in dossier.revoked) != wanted:
        raise NotInForce


def _waiting(dossier: Dossier, result: str) -> tuple[Leg, ResultChange]:
    leg, waiting = _issued(dossier, result), dossier.changes.get(result)
    if waiting is None:
        raise NoChangeWaits
    return leg, waiting


def _leads(leg: Leg, by: Actor) -> None:
    if by.role != "leader" or by.agency != leg.agency:
        raise NotYours


def _decision(number: str) -> str:
    if not number.strip():
        raise DecisionMissing
    return number.strip()


def _reason(reason: Fault) -> Fault:
    if not reason.code or not reason.text:
        raise ReasonMissing
    return reason


def _proposed(
    act: a.CorrectResult | a.RevokeResult | a.ReinstateResult,
    leg: Leg,
    change: Change,
    by: Actor,
    at: datetime,
    *,
    decision: str = "",
    fields: tuple[str, ...] = (),
) -> e.ResultChangeProposed:
    return e.ResultChangeProposed(
        at=at, by=by, result=act.result, leg=leg.id, change=change, reason=_reason(act.reason),
        decision=decision, fields=fields,
    )  # fmt: skip


def _signed(dossier: Dossier, leg: Leg, waiting: ResultChange, by: Actor, at: datetime) -> e.Event:
    if waiting.change == "correct":
        edition = dossier.edition(waiting.result) + 1
        return e.ResultCorrected(
            at=at, by=by, result=waiting.result, leg=leg.id, reason=waiting.reason,
            fields=waiting.fields, edition=edition, proposed=waiting.seq,
        )  # fmt: skip
    kind = e.ResultRevoked if waiting.change == "revoke" else e.ResultReinstated
    return kind(
        at=at, by=by, result=waiting.result, leg=leg.id, reason=waiting.reason,
        decision=waiting.decision,
    )  # fmt: skip
