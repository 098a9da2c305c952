"""Which template a form is set from: the catalogue says so for each field of law (`form_sets.yaml`)."""

from typing import Literal

from motcua.agencies.rules.codes import Code, code_list
from motcua.procedures.rules.plan import AgencyRule
from motcua.procedures.rules.procedure import Procedure

Kind = Literal["receipt", "supplement", "refusal", "extension", "stop", "control"]


def template(kind: Kind, procedure: Procedure, leg: str = "") -> str:
    """Return the template of a form of that procedure, or of one agency's part of it."""
    return _set_of(procedure, leg)[kind]


def _set_of(procedure: Procedure, leg: str) -> Code:
    sets = code_list("form_sets")
    rule = procedure.plan.stage(leg).agency if leg else None
    if isinstance(rule, AgencyRule):
        for row in sets.rows:
            if rule.kind in row["agencies"].split("; "):
                return row
    field = code_list("fields_of_law")
    first = procedure.fields_of_law[0]
    named = field.row(first)["forms"] if field.has(first) else ""
    return sets.row(named) if named else sets.rows[0]
