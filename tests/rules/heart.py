"""A small linked procedure for tests of the heart, and how to drive it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.clock import Law
from motcua.dossiers.rules.decide import decide
from motcua.dossiers.rules.dossier import Dossier
from motcua.dossiers.rules.evolve import evolve
from motcua.dossiers.rules.facts import Actor, Fault, FeeLine, PlannedLeg, Promised
from motcua.kernel.working_time import ZONE, Calendar
from motcua.procedures.rules.procedure import Procedure
from tests import cast

if TYPE_CHECKING:
    from motcua.dossiers.rules.events import Event

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)


def said(text: str) -> dict[str, str]:
    """Return a text of the catalogue, the same in both languages."""
    return {"vi": text, "en": text}


def at_most(days: int) -> dict[str, object]:
    """Return a time limit of so many working days."""
    return {"amount": days, "basis": "luat"}


def a_step(step: str, kind: str, **more: object) -> dict[str, object]:
    """Return a step as a procedure declares it."""
    return {"id": step, "kind": kind, "name": said(step), **more}


def a_field(name: str, kind: str, label: str, **more: object) -> dict[str, object]:
    """Return a field as a form declares it."""
    return {"id": name, "type": kind, "label": said(label), **more}


BIRTH = {
    "id": "birth", "name": said("Khai sinh"), "agency": "receiving", "on_refusal": "stop",
    "limit": at_most(1),
    "steps": [
        a_step("draft", "draft", role="registrar"),
        a_step("confirm", "confirm", within=at_most(1)),
        a_step("register", "ask", party="civil-registry", task="register-birth",
               sees={"fields": ["child.*"]}),
        a_step("sign", "sign", role="leader"),
    ],
}  # fmt: skip
RESIDENCE = {
    "id": "residence", "name": said("Thường trú"), "agency": {"kind": "commune_police"},
    "after": ["birth"], "limit": at_most(2),
    "steps": [
        a_step("decide", "decide", role="police_officer", task="register-residence",
               asks=[{"id": "notice_number", "label": said("Số thông báo")}]),
    ],
}  # fmt: skip
INSURANCE = {
    "id": "insurance", "name": said("Thẻ BHYT"), "agency": {"kind": "social_insurance"},
    "after": ["birth"], "limit": at_most(2),
    "steps": [a_step("decide", "decide", role="insurance_clerk", task="issue-insurance-card")],
}  # fmt: skip
CONSENT = {
    **INSURANCE,
    "sees": {"fields": ["relatives.list"], "papers": ["consent_paper"]},
    "steps": [
        a_step("consent", "consent", of="relatives.list", within=at_most(5), paper="consent_paper"),
        *INSURANCE["steps"],
    ],
}  # fmt: skip
REOPENED = {"fields": ["child.full_name"], "papers": ["birth_note"]}
RESULTS = [
    {"id": f"{stage}_paper", "code": "KQ.G15.000031", "name": said(stage), "stage": stage,
     "template": "ket-qua", "ways": ["online", "counter", "post"]}
    for stage in ("birth", "residence", "insurance")
]  # fmt: skip
PROCEDURE = Procedure.model_validate(
    {
        "code": "9.000001", "slug": "thu", "name": said("Thử"), "short": said("Thử"),
        "fields_of_law": ["civil_status"], "life_events": ["other"], "linked": True, "level": "full",
        "decision": "1/QĐ", "effective": {"from": "2026-01-01"}, "audience": said("Mọi người"),
        "minutes_to_fill": 5, "legal_basis": [{"id": "luat", "title": said("Luật")}],
        "start": {"sign_in": "none", "place_question": said("Ở đâu?")},
        "results": RESULTS, "pledge": said("Cam đoan"), "retention": said("Vĩnh viễn"),
        "subject": "child.full_name",
        "applicant": {"name": "applicant.full_name", "phone": "applicant.phone"},
        "plan": {
            "limit": at_most(3),
            "supplement": {"within": at_most(7)},
            "stages": [BIRTH, RESIDENCE, INSURANCE],
        },
        "form": {"pages": []},
    },
    strict=False,
)  # fmt: skip

LAW = Law(PROCEDURE, Calendar({}))


def law(*, birth: dict[str, object] = BIRTH, residence: dict[str, object] = RESIDENCE,
        insurance: dict[str, object] = INSURANCE) -> Law:  # fmt: skip
    """Return the law with other stages in their places."""
    told = PROCEDURE.model_dump(by_alias=True)
    told["plan"]["stages"] = [birth, residence, insurance]
    return Law(Procedure.model_validate(told, strict=False), LAW.calendar)


GENTLE = law(residence={**RESIDENCE, "on_refusal": REOPENED}, insurance=CONSENT)
"""A first refusal of the residence reopens; the insurance waits for the relatives' consent."""
RELATIVES = ("k1", "k2")
FAULT = Fault(code="unreadable", text="Ảnh mờ", how="Chụp lại", paper="birth_note")
FIELD_FAULT = Fault(code="name_differs", text="Sai họ", how="Sửa", field="child.full_name")


def legs(
    *,
    residence_party: str = "",
    insurance_party: str = "",
    relatives: tuple[str, ...] = (),
) -> tuple[PlannedLeg, ...]:
    """Return the plan; the residence leg waits for its fee."""
    return (
        PlannedLeg(id="birth", agency=cast.COMMUNE, agency_name="UBND xã"),
        PlannedLeg(
            id="residence", agency=cast.POLICE, agency_name="Công an xã", after=("birth",),
            blocked_by=("fee",), party=residence_party,
        ),
        PlannedLeg(
            id="insurance", agency=cast.INSURANCE, agency_name="BHXH", after=("birth",),
            party=insurance_party, consenters={"consent": relatives} if relatives else {},
        ),
    )  # fmt: skip


def submission(*, fee: int = 10_000, copies: int = 0, way: str = "online", **plan: Any) -> a.Submit:
    """Return the act of filing."""
    return a.Submit(
        code="H24.284-260302-0001", procedure="9.000001", version="v", agency=cast.COMMUNE,
        channel="online", legs=legs(**plan),
        fees=tuple(
            FeeLine(id=name, name=words, amount=amount)
            for name, words, amount in (("fee", "Lệ phí", fee), ("copies", "Phí bản sao", copies))
            if amount
        ),
        results=tuple(
            Promised(id=f"{stage}_paper", stage=stage, way=way)  # type: ignore[arg-type]
            for stage in ("birth", "residence", "insurance")
        ),
    )  # fmt: skip


class Story:
    """A dossier told act by act; time stands still unless a test moves it."""

    def __init__(self, law: Law = LAW) -> None:
        self.law = law
        self.at = MONDAY
        self.events: list[Event] = []
        self.dossier: Dossier | None = None

    def __call__(self, by: Actor, act: a.Act) -> "Story":
        told = decide(self.law, self.dossier, act, by, self.at)
        self.events += told
        for event in told:
            self.dossier = evolve(self.dossier, event)
        return self

    def later(self, **span: float) -> "Story":
        self.at += timedelta(**span)
        return self

    @property
    def now(self) -> Dossier:
        assert self.dossier is not None
        return self.dossier

    def kinds(self) -> list[str]:
        return [type(event).__name__ for event in self.events]

    def filed(self, **how: object) -> "Story":
        return self(cast.MOTHER, submission(**how))

    def received(self, **how: object) -> "Story":
        return self.filed(**how)(cast.FRONT_DESK, a.Receive())

    def drafted(self, **how: object) -> "Story":
        return self.received(**how)(cast.REGISTRAR, a.TakeStep(leg="birth", step="draft"))

    def agreed(self, **how: object) -> "Story":
        return self.drafted(**how)(cast.MOTHER, a.ConfirmDraft(leg="birth", step="confirm"))

    def registered(self, **how: object) -> "Story":
        return self.agreed(**how)(cast.REGISTRY, answer("birth", "register", number="1"))

    def born(self, **how: object) -> "Story":
        return self.registered(**how)(cast.LEADER, a.TakeStep(leg="birth", step="sign"))

    def correcting(self, **how: object) -> "Story":
        """A wrong name on the issued paper: its correction waits for the leader."""
        act = a.CorrectResult(result="birth_paper", reason=FAULT, fields=("child.full_name",))
        return self.born(**how)(cast.REGISTRAR, act)

    def paid(self) -> "Story":
        return self(cast.CLOCKWORK, a.SettleFee(fee="fee", amount=10_000, reference="BL1"))

    def all(self, acts: Iterable[tuple[Actor, a.Act]]) -> "Story":
        for by, act in acts:
            self(by, act)
        return self


def answer(leg: str, step: str, outcome: str = "done", **values: str) -> a.AnswerLeg:
    """Return a party's answer."""
    faults = () if outcome == "done" else (FIELD_FAULT,)
    return a.AnswerLeg(
        leg=leg,
        step=step,
        question="q",
        outcome=outcome,
        values=values,
        faults=faults,  # type: ignore[arg-type]
    )
