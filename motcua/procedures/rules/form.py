"""What a declaration asks: pages, fields with meaning, checks."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from motcua.procedures.rules.texts import Declared, Expression, FieldId, Grounds, Id, Text

FieldType = Literal[
    "text", "long_text", "person_name", "personal_number", "date", "time", "phone", "email",
    "number", "money", "choice", "choices", "yes_no", "tick", "place", "facility", "group",
]  # fmt: skip


class Option(Declared):
    """One answer to choose."""

    value: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+$")]
    label: Text
    hint: Text | None = None


class Check(Declared):
    """A rule across fields. `error` stops the page; `confirm` asks whether it is really so."""

    that: Expression
    say: Text
    level: Literal["error", "confirm"] = "error"


class Take(Declared):
    """Where an answer comes from when it was given already, so that nothing is asked twice.

    `from` names a field before this one, or what was said before the form (`filing.relation`).
    """

    source: FieldId = Field(alias="from")
    when: Expression = "true"


class FormField(Declared):
    """One question with a meaning."""

    id: FieldId
    type: FieldType
    label: Text
    hint: Text | None = None
    example: str = ""
    why: Grounds | None = None
    when: Expression = "true"
    required: bool | Expression = True
    options: tuple[Option, ...] = ()
    codes: Id | None = None
    prefill: Literal[
        "", "full_name", "personal_number", "birth_date", "sex", "phone", "email", "address",
        "organisation_name", "organisation_code",
    ] = ""  # fmt: skip
    take: tuple[Take, ...] = ()
    compute: Expression | None = None
    partial: bool = False
    not_after: Literal["", "today"] = ""
    longest: int = 200
    pattern: str = ""
    least: int | None = None
    most: int | None = None
    only: Annotated[str, Field(pattern=r"^[a-z_]*$")] = ""
    sensitive: bool = False
    personal: Literal["", "none", "basic", "sensitive"] = ""
    keeps: Annotated[str, Field(pattern=r"^([a-z][a-z0-9_]*)?$")] = ""
    fields: tuple["FormField", ...] = ()
    rows: int = 20

    @model_validator(mode="after")
    def _shape(self) -> "FormField":
        if self.type in ("choice", "choices") and bool(self.options) == bool(self.codes):
            raise ValueError("a choice needs either `options` or `codes`")
        if (self.type == "group") != bool(self.fields):
            raise ValueError("`fields` belong to a group, and a group needs them")
        return self

    @property
    def short(self) -> str:
        """Return the name of a question inside the rows of its group: what stands after the point."""
        return self.id.split(".")[1]


def row_part(group: str, number: int, short: str) -> str:
    """Return the name under which one question of one row is posted."""
    return f"{group}__{number}__{short}"


class Page(Declared):
    """One topic, one page of a phone."""

    id: Id
    section: Text
    title: Text
    intro: Text | None = None
    when: Expression = "true"
    fields: tuple[FormField, ...]
    checks: tuple[Check, ...] = ()


class Form(Declared):
    """The electronic declaration (tờ khai điện tử)."""

    pages: tuple[Page, ...]

    def fields(self) -> dict[str, FormField]:
        """Return every field by id, in the order of asking."""
        return {field.id: field for page in self.pages for field in page.fields}


class Effective(Declared):
    """From when to when a version holds (both included)."""

    since: date = Field(alias="from")
    until: date | None = None
    note: str = ""

    def holds(self, day: date) -> bool:
        """Tell whether the day lies inside."""
        return self.since <= day and (self.until is None or day <= self.until)
