"""The coded reasons that fit a procedure, its fields and its papers, with the law each rests on there."""

from collections.abc import Iterable

from motcua.agencies.rules.codes import Code, code_list
from motcua.dossiers.rules.facts import Fault
from motcua.dossiers.rules.reasons import Place, fitting, lawful, legal_basis
from motcua.procedures.rules.procedure import Procedure
from motcua.procedures.rules.texts import Grounds

SUPPLEMENT, REFUSAL = "supplement_reasons", "refusal_reasons"


def whole(procedure: Procedure) -> Place:
    """Return the dossier as a whole, as reasons look at it."""
    return Place("whole", procedure.code, frozenset(procedure.fields_of_law))


def place_of(procedure: Procedure, *, field: str = "", paper: str = "") -> Place:
    """Return a field or a paper as reasons look at it; KeyError when the procedure has none of that name."""
    laws = frozenset(procedure.fields_of_law)
    if field:
        return Place("field", procedure.code, laws, type=procedure.form.fields()[field].type)
    named = {item.id: item.name.vi for item in procedure.papers}
    return Place("paper", procedure.code, laws, name=named[paper])


def to_supplement(procedure: Procedure, *, field: str = "", paper: str = "") -> tuple[Code, ...]:
    """Return the reasons for which this field or paper may be asked for again."""
    return fitting(code_list(SUPPLEMENT).rows, place_of(procedure, field=field, paper=paper))


def to_refuse(procedure: Procedure) -> tuple[Code, ...]:
    """Return the reasons for which a dossier of this procedure may be refused."""
    return fitting(code_list(REFUSAL).rows, whole(procedure))


def basis(procedure: Procedure, row: Code, *, field: str = "", paper: str = "") -> str:
    """Return what a reason rests on: what the procedure cites for the place, then the reason's own article."""
    own = legal_basis(row, procedure.fields_of_law)
    grounds = _grounds(procedure, field, paper)
    cited = procedure.cited(grounds) if grounds else ""
    return "; ".join(part for part in (cited, own) if part)


def _grounds(procedure: Procedure, field: str, paper: str) -> Grounds | None:
    if field:
        return procedure.form.fields()[field].why
    return next((item for item in procedure.papers if item.id == paper), None)


def beside(procedure: Procedure, faults: Iterable[Fault]) -> list[str]:
    """Return the codes of faults whose reason is in no list, or is another procedure's; for the check."""
    here = whole(procedure)
    rows = [row for name in (SUPPLEMENT, REFUSAL) for row in code_list(name).rows]
    known = {row.code for row in rows if lawful(row, here)}
    return [fault.code for fault in faults if fault.code not in known]
