"""Who does what until when: the plan of stages of a procedure."""

from collections.abc import Collection
from typing import Annotated, Literal

from pydantic import Field, model_validator

from motcua.procedures.rules.texts import Declared, Expression, FieldId, Grounds, Id, Text

Role = Literal[
    "front_desk", "registrar", "social_officer", "economic_officer", "leader",
    "police_officer", "insurance_clerk",
]  # fmt: skip
SIGNS_AS: dict[str, str] = {
    "leader": "Chủ tịch",
    "police_officer": "Công an xã",
    "insurance_clerk": "Bảo hiểm xã hội",
}
"""What stands above a signature where a step does not say `signs_as`."""
AgencyKind = Literal["commune_committee", "commune_police", "social_insurance"]


class TimeLimit(Grounds):
    """How long something may take, and which law says so."""

    amount: Annotated[int, Field(ge=0, le=400)]
    unit: Literal["working_days", "days", "working_hours"] = "working_days"


class Sees(Declared):
    """The allow-list of a stage: the only fields and papers its agency gets to see."""

    fields: tuple[str, ...] = ()
    papers: tuple[Id, ...] = ()

    def allows(self, field: str) -> bool:
        """Tell whether a field is on the list (`child.*` names all of a party)."""
        return field in self.fields or f"{field.split('.', maxsplit=1)[0]}.*" in self.fields


class BookRule(Declared):
    """The office's book that a step writes into (sổ hộ tịch, sổ chứng thực).

    Where the office keeps the book here, the system draws the number when the step is done and puts number and
    volume into these values; where it is kept elsewhere, they are what the register answers or the official types.
    """

    kind: Id
    """A code of `catalogue/codes/books.yaml`."""
    number: Id = "registration_number"
    volume: Id = "book"
    each: FieldId | None = None
    """The group whose rows each take a number of their own."""


class Step(Declared):
    """One move inside a stage.

    `draft` – an official examines and prepares the result; `confirm` – the applicant looks at the draft,
    silence agrees after `within`; `consent` – each person in the rows of the group `of` agrees for
    themselves within `within`; `ask` – a register or sector system is asked by message; `attend` – the
    parties come to the counter and sign; `decide` – the agency decides (at its desk here, or by message when
    it works in its own system); `sign` – a leader signs. `sees` narrows what an asked party gets, or a person
    asked to consent. `paper` replaces consents that did not come; `signs_as` stands above a signature.
    """

    id: Id
    kind: Literal["draft", "confirm", "consent", "ask", "attend", "decide", "sign"]
    name: Text
    role: Role | None = None
    party: str = ""
    task: str = ""
    within: TimeLimit | None = None
    of: FieldId | None = None
    paper: Id | None = None
    asks: tuple["ResultValue", ...] = ()
    sees: Sees | None = None
    signs_as: Text | None = None
    # Left out of the stored text where there is none: no published version changes its name for it.
    book: BookRule | None = Field(default=None, exclude_if=lambda book: book is None)

    @property
    def drawn(self) -> frozenset[str]:
        """The values the system fills in where the office keeps the book here."""
        return frozenset({self.book.number, self.book.volume} if self.book else ())

    @property
    def title(self) -> str:
        """What stands above the signature of whoever takes this step, as the paper has it."""
        if self.signs_as:
            return self.signs_as.vi
        return SIGNS_AS.get(self.role or "", "")

    @model_validator(mode="after")
    def _who(self) -> "Step":
        if self.kind in ("draft", "attend", "decide", "sign") and self.role is None:
            raise ValueError(f"a `{self.kind}` step needs a `role`")
        if self.kind == "ask" and not (self.party and self.task and self.sees):
            raise ValueError("an `ask` step needs `party`, `task` and `sees`")
        if self.kind == "confirm" and self.within is None:
            raise ValueError("a `confirm` step needs `within`: silence agrees when it is over")
        if self.kind == "consent" and not (self.of and self.within):
            raise ValueError(
                "a `consent` step needs `of`, whose rows name who agrees, and `within`"
            )
        return self


class ResultValue(Declared):
    """A value an official types when deciding, such as a card number."""

    id: Id
    label: Text
    type: Literal["text", "date", "personal_number", "money"] = "text"
    required: bool = True


class AgencyRule(Declared):
    """Which agency acts: the one of this kind serving the place named by a field."""

    kind: AgencyKind
    place: FieldId | None = None


class Reopen(Declared):
    """A first refusal reopens these questions and papers; only a second one, or silence, is final."""

    fields: tuple[FieldId, ...] = ()
    papers: tuple[Id, ...] = ()


class Stage(Declared):
    """One agency's part (nhánh liên thông)."""

    id: Id
    name: Text
    agency: Literal["receiving"] | AgencyRule
    when: Expression = "true"
    after: tuple[Id, ...] = ()
    limit: TimeLimit | None = None
    sees: Sees | Literal["all"] = "all"
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    on_refusal: Literal["keep", "stop"] | Reopen = "keep"

    def step(self, step_id: str) -> Step:
        """Return the step; KeyError when there is none."""
        return next((step for step in self.steps if step.id == step_id), None) or _no(step_id)

    def following(self, step_id: str) -> Step | None:
        """Return the step after this one, None at the end."""
        ids = [step.id for step in self.steps]
        place = ids.index(step_id) + 1
        return self.steps[place] if place < len(ids) else None


def _no(step_id: str) -> Step:
    raise KeyError(step_id)


class SupplementRule(Declared):
    """How long an applicant may take, and whether the clock goes on or starts again.

    `resume` is the national index's formula (QĐ 766/QĐ-TTg); `restart` NĐ 61/2018 Đ19.4.
    """

    within: TimeLimit
    clock: Literal["resume", "restart"] = "resume"


class Plan(Declared):
    """The whole way of a dossier.

    `limit` holds for every case; with `limit_by: stages` a case whose stages end sooner, one after another,
    is promised sooner.
    """

    limit: TimeLimit
    limit_by: Literal["whole", "stages"] = "whole"
    supplement: SupplementRule
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]

    def stage(self, stage_id: str) -> Stage:
        """Return the stage; KeyError when there is none."""
        for stage in self.stages:
            if stage.id == stage_id:
                return stage
        raise KeyError(stage_id)

    def limit_of(self, chosen: Collection[str]) -> TimeLimit:
        """Return how long a dossier with these stages may take as a whole."""
        if self.limit_by == "whole":
            return self.limit
        ends: dict[str, int] = {}
        for stage in self.stages:
            if stage.id in chosen:
                if stage.limit is None or stage.limit.unit != self.limit.unit:
                    return self.limit
                before = max((ends[other] for other in stage.after if other in ends), default=0)
                ends[stage.id] = before + stage.limit.amount
        amount = min(self.limit.amount, max(ends.values(), default=self.limit.amount))
        return self.limit.model_copy(update={"amount": amount})

    def shortest(self) -> TimeLimit:
        """Return how long the smallest case may take: the stages of every case, else one stage alone."""
        always = [stage.id for stage in self.stages if stage.when == "true"]
        cases = [always] if always else [[stage.id] for stage in self.stages]
        return min(map(self.limit_of, cases), key=lambda limit: limit.amount)
