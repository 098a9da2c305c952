"""What people and systems may do to a dossier, named in the language of the office."""

from datetime import date, datetime
from typing import Literal

from motcua.dossiers.rules.facts import (
    Actor,
    Confirmation,
    Consenters,
    Fact,
    Fault,
    FeeLine,
    Handing,
    Helped,
    Office,
    OnBehalf,
    PlannedLeg,
    Promised,
    Values,
)


class Act(Fact):
    """One thing somebody does."""


class Submit(Act):
    """The applicant files (nộp hồ sơ).

    What came on paper was typed by an official (`typed_by`) and confirmed by the applicant: by a code sent
    to their phone, or by their signature on the printed declaration. `helped_by`: who filled in with them. `on_behalf`: for
    whom they file, as they declared it or by a mandate.
    """

    code: str
    procedure: str
    version: str
    agency: str
    channel: Literal["online", "counter", "post"]
    legs: tuple[PlannedLeg, ...]
    fees: tuple[FeeLine, ...] = ()
    results: tuple[Promised, ...]
    typed_by: Actor | None = None
    confirmed: Confirmation = ""
    helped_by: tuple[Helped, ...] = ()
    on_behalf: OnBehalf | None = None


class Receive(Act):
    """The one-stop desk takes the dossier in (tiếp nhận); the clock starts."""


class Decline(Act):
    """The desk does not take it; or after appraisal it is returned as a whole: not eligible (form 03)."""

    faults: tuple[Fault, ...]


class AskSupplement(Act):
    """One complete request for what is missing (form 02)."""

    faults: tuple[Fault, ...]
    leg: str = ""
    approved_by: str = ""


class Supplement(Act):
    """The applicant answers the request; `consenters` are those of each leg by the answers as they are now."""

    leg: str = ""
    fields: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    consenters: dict[str, Consenters] = {}


class PrepareRequest(Act):
    """An official puts a second supplement request before the leader."""

    faults: tuple[Fault, ...]
    leg: str = ""


class DeclineRequest(Act):
    """The leader does not let a second request go out."""

    leg: str = ""
    remark: str


class LapseSupplement(Act):
    """Nothing came within the time the law gives."""

    leg: str = ""


class TakeStep(Act):
    """An official finishes the leg's present step: drafts, confirms attendance, decides, signs."""

    leg: str
    step: str
    values: Values = {}


class SendBack(Act):
    """The leader, or the register, returns a leg to the drafting step with a remark."""

    leg: str
    step: str
    remark: str


class ConfirmDraft(Act):
    """The applicant has looked at the draft; `agrees` false brings it back with a remark."""

    leg: str
    step: str
    agrees: bool = True
    remark: str = ""
    silence: bool = False


class GiveConsent(Act):
    """A person concerned agrees, or does not; each for themselves. `person` is their key."""

    leg: str
    step: str
    person: str
    agrees: bool = True


class LapseConsent(Act):
    """Not everybody has agreed within the time the procedure gives."""

    leg: str
    step: str


class AnswerLeg(Act):
    """An asked register or agency answers by message."""

    leg: str
    step: str
    question: str
    outcome: Literal["done", "refused", "supplement"]
    values: Values = {}
    faults: tuple[Fault, ...] = ()


class RefuseLeg(Act):
    """The agency of a leg refuses its part; the other legs go on."""

    leg: str
    faults: tuple[Fault, ...]


class SettleFee(Act):
    """A fee is paid, or waived with a reason."""

    fee: str
    reference: str
    amount: int


class AskWithdraw(Act):
    """The applicant wants the dossier back (rút hồ sơ)."""

    reason: str = ""


class AcceptWithdraw(Act):
    """The desk agrees; unfinished legs are cancelled (form 05)."""


class DeclineWithdraw(Act):
    """The desk does not agree; the dossier goes on where it was."""

    remark: str


class ProposeExtension(Act):
    """The work will not be done in time: an apology is drafted for the leader to sign."""

    days: int
    reason: str
    text: str


class Extend(Act):
    """The leader apologises and promises a new date (văn bản xin lỗi và đề nghị gia hạn, form 04).

    `days`: working days after the date promised until now; `reason`: a code of `extension_reasons`; `text`:
    what the applicant reads.
    """

    days: int
    reason: str
    text: str


class DismissExtension(Act):
    """The drafted apology is not signed: the date stays as it was promised."""

    remark: str


class Consult(Act):
    """Who works on a leg asks another unit or agency (lấy ý kiến), with a question and a date.

    `days`: as so many working days from now the date was found; 0: it is the part's own, or a date somebody named.
    `fields` and `papers`: all that an agency which has no other part in the dossier gets to see of it.
    """

    leg: str
    agency: str
    agency_name: str
    role: str
    question: str
    until: datetime
    days: int = 0
    fields: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()


class AnswerConsultation(Act):
    """Who was asked gives an opinion."""

    number: int
    answer: str


class Stop(Act):
    """The agency stops processing (dừng xử lý, form 05)."""

    faults: tuple[Fault, ...]


class ReturnResult(Act):
    """A result reaches the person (trả kết quả)."""

    result: str
    way: Literal["online", "counter", "post"]
    receiver: str = ""
    reference: str = ""
    handing: Handing | None = None


class CorrectResult(Act):
    """An issued result is wrong: another paper shall stand in its place (đính chính); a leader must sign it."""

    result: str
    reason: Fault
    fields: tuple[str, ...]


class RevokeResult(Act):
    """An issued result shall count no more (thu hồi), by a decision with a number; a leader must sign it."""

    result: str
    reason: Fault
    decision: str


class ReinstateResult(Act):
    """A revoked result shall count again (khôi phục), by a decision with a number; a leader must sign it."""

    result: str
    reason: Fault
    decision: str


class SignChange(Act):
    """A leader who has not proposed it signs the change of a result that waits."""

    result: str


class DropChange(Act):
    """The change that waits is sent back, or taken back by who proposed it."""

    result: str
    remark: str


class Recount(Act):
    """The office's calendar says something else of a day: the dates that it moves are promised anew.

    `worked`: whether the day was worked before.
    """

    day: date
    worked: bool
    reason: str
    decision: str = ""


class Restrict(Act):
    """The use of the dossier's data is restricted: the request of its person was granted."""

    request: str


class EndHold(Act):
    """What a request of the person holds – against erasure, against use – is let go, for a reason."""

    request: str
    reason: str


class MoveContact(Act):
    """The person is reached by another number from now on: proved to be theirs, in place of the one before."""

    ending: str


class Transfer(Act):
    """The office, or one of a part, has become another: the dossier goes with it. Keys are the old codes."""

    offices: dict[str, Office]
    decision: str
