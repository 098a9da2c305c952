"""The smallest words of the language: texts in two tongues, names of things, the model's base."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from motcua.kernel.translations import in_language

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
"""A stable name inside one procedure, never reused for another meaning."""

FieldId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")]
"""`party.fact`: a field's stable name, the same in conditions, messages and results."""

Expression = Annotated[str, Field(min_length=1)]
"""A CEL expression over the procedure's fields; see `expressions`."""


class Declared(BaseModel):
    """A piece of a procedure: strict, frozen, unknown keys refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Text(Declared):
    """What a person reads, Vietnamese first."""

    vi: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    def to(self, language: str) -> str:
        """Return the text in the language, Vietnamese where it is not spoken."""
        return said({"vi": self.vi, "en": self.en}, language)

    def __str__(self) -> str:
        """Return the Vietnamese, which every installation has."""
        return self.vi


def said(texts: Mapping[str, str], language: str) -> str:
    """Return a text of the catalogue in the language; in Vietnamese where it has no other."""
    return texts.get(language) or in_language(texts["vi"], language)


class Grounds(Declared):
    """What a rule rests on: an instrument of `legal_basis`, its article, and a sentence where needed.

    A `note` is read by people beside the rule: why it is so, or that a figure is not confirmed.
    """

    basis: Id
    article: str = ""
    note: Text | None = None
