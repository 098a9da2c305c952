"""Which act is allowed from which status, and by whom: the whole table on one page."""

from dataclasses import dataclass

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.dossier import Dossier
from motcua.dossiers.rules.facts import Actor
from motcua.dossiers.rules.refusals import NotNow, NotYours
from motcua.dossiers.rules.status import Status

S = Status
EXAMINING = ("registrar", "social_officer", "economic_officer")
"""The commune's officers who examine dossiers, each those of their field (see `decide`)."""
_ALIVE = frozenset({S.RECEIVED, S.PROCESSING, S.SUPPLEMENT, S.FEE})
_WITH_RESULTS = _ALIVE | {S.FINISHED, S.STOPPED, S.RETURNED}
"""Where a result may be: what was issued before a stop stays good, and a corrected paper comes after the end."""


@dataclass(frozen=True)
class Move:
    """From where an act is allowed, and who may do it.

    `by` names actor kinds, or `role` for officials of the dossier's own agency; `leg` means: whoever the
    leg's present step is waiting for (checked where the step is known).
    """

    act: type[a.Act]
    origin: frozenset[Status]
    by: frozenset[str]


def _move(act: type[a.Act], origin: set[Status] | frozenset[Status], *by: str) -> Move:
    return Move(act, frozenset(origin), frozenset(by))


TABLE: tuple[Move, ...] = (
    _move(a.Submit, set(), "applicant", "front_desk"),
    _move(a.Receive, {S.REGISTERED}, "front_desk"),
    _move(a.Decline, {S.REGISTERED, S.PROCESSING}, "front_desk", *EXAMINING, "leader"),
    _move(a.AskSupplement, {S.REGISTERED, S.PROCESSING, S.SUPPLEMENT}, "front_desk", "leg"),
    _move(a.PrepareRequest, {S.REGISTERED, S.PROCESSING, S.SUPPLEMENT}, "front_desk", "leg"),
    _move(a.DeclineRequest, {S.REGISTERED, S.PROCESSING, S.SUPPLEMENT}, "leg"),
    _move(a.Supplement, {S.SUPPLEMENT}, "applicant", "front_desk"),
    _move(a.LapseSupplement, {S.SUPPLEMENT}, "system"),
    _move(a.TakeStep, {S.PROCESSING, S.SUPPLEMENT}, "leg"),
    _move(a.SendBack, {S.PROCESSING, S.SUPPLEMENT}, "leg"),
    _move(a.ConfirmDraft, {S.PROCESSING, S.SUPPLEMENT}, "applicant", "system"),
    _move(a.GiveConsent, {S.PROCESSING, S.SUPPLEMENT}, "person"),
    _move(a.LapseConsent, {S.PROCESSING, S.SUPPLEMENT}, "system"),
    _move(a.AnswerLeg, {S.PROCESSING, S.SUPPLEMENT, S.WITHDRAWING}, "agency"),
    _move(a.RefuseLeg, {S.PROCESSING, S.SUPPLEMENT}, "leg"),
    _move(a.SettleFee, _ALIVE | {S.REGISTERED, S.WITHDRAWING, S.FINISHED}, "system", "front_desk"),
    _move(a.AskWithdraw, _ALIVE | {S.REGISTERED}, "applicant", "front_desk"),
    _move(a.AcceptWithdraw, {S.WITHDRAWING}, "front_desk", *EXAMINING, "leader"),
    _move(a.DeclineWithdraw, {S.WITHDRAWING}, "front_desk", *EXAMINING, "leader"),
    _move(a.Stop, _ALIVE, *EXAMINING, "leader"),
    _move(a.ProposeExtension, _ALIVE, "system"),
    _move(a.Extend, _ALIVE | {S.WITHDRAWING}, "leader"),
    _move(a.DismissExtension, _ALIVE, "leader", "system"),
    _move(a.Consult, {S.PROCESSING, S.SUPPLEMENT}, "leg"),
    _move(a.AnswerConsultation, {S.PROCESSING, S.SUPPLEMENT}, "leg"),
    _move(a.ReturnResult, _WITH_RESULTS, "system", "front_desk"),
    _move(a.CorrectResult, _WITH_RESULTS | {S.WITHDRAWING}, "leg"),
    _move(a.RevokeResult, _WITH_RESULTS | {S.WITHDRAWING}, "leg"),
    _move(a.ReinstateResult, _WITH_RESULTS | {S.WITHDRAWING}, "leg"),
    _move(a.SignChange, _WITH_RESULTS | {S.WITHDRAWING}, "leg"),
    _move(a.DropChange, _WITH_RESULTS | {S.WITHDRAWING}, "leg"),
    _move(a.Recount, _ALIVE | {S.REGISTERED, S.WITHDRAWING}, "system"),
    _move(a.Restrict, frozenset(S), "front_desk", "leader"),
    _move(a.EndHold, frozenset(S), "front_desk", "leader"),
    _move(a.MoveContact, frozenset(S), "system"),
    _move(a.Transfer, frozenset(S), "system"),
)

MOVES = {move.act: move for move in TABLE}


def fits(act: type[a.Act], status: Status) -> bool:
    """Tell whether an act is allowed from a status at all, whoever does it."""
    return status in MOVES[act].origin


def check(dossier: Dossier, act: a.Act, by: Actor) -> None:
    """Refuse an act that does not fit the status (NotNow) or the actor (NotYours)."""
    move = MOVES[type(act)]
    if not fits(move.act, dossier.status):
        raise NotNow(status=dossier.status.words)
    if not may(dossier, move, by):
        raise NotYours


def may(dossier: Dossier, move: Move, by: Actor) -> bool:
    """Tell whether the actor is of those the move names; `leg` is looked at where the step is known."""
    if by.kind == "applicant":
        return "applicant" in move.by and by.id == dossier.applicant
    if by.kind in ("system", "agency", "person"):
        return by.kind in move.by
    return "leg" in move.by or (by.role in move.by and by.agency == dossier.agency)
