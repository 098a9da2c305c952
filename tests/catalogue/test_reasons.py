"""The lists of reasons, against every procedure of the catalogue: lawful, and nothing without a reason."""

from pathlib import Path
from typing import get_args

import pytest
from django.conf import settings

from motcua.agencies.rules.codes import code_list
from motcua.dossiers.rules.facts import Fault
from motcua.dossiers.rules.reasons import laws_named, legal_basis
from motcua.journeys import reasons
from motcua.procedures.rules.catalogue import folders, read_folder
from motcua.procedures.rules.form import FieldType

LAWS = {row.code for row in code_list("fields_of_law").rows}
PROCEDURES = [
    read_folder(place).procedure for place in folders(Path(settings.CATALOGUE) / "procedures")
]
LISTS = [reasons.SUPPLEMENT, reasons.REFUSAL]


@pytest.fixture(params=PROCEDURES, ids=lambda procedure: procedure.slug)
def procedure(request):
    return request.param


@pytest.mark.parametrize("name", LISTS)
def test_reasons_name_laws_types_and_procedures_that_exist(name):
    known = {procedure.code for procedure in PROCEDURES}
    known |= {before.code for procedure in PROCEDURES for before in procedure.codes_before}
    for row in code_list(name).rows:
        assert laws_named(row) <= LAWS, row.code
        assert set(row["types"].split()) <= set(get_args(FieldType)), row.code
        assert set(row["procedures"].split()) <= known, row.code


def test_every_field_has_its_reasons_each_with_law_and_mending(procedure):
    for field in procedure.form.fields():
        found = reasons.to_supplement(procedure, field=field)
        assert len(found) >= 3, field
        assert all(row["mend_vi"] for row in found)
        assert all(reasons.basis(procedure, row, field=field) for row in found)


def test_every_paper_has_its_reasons_and_cites_its_own_article_first(procedure):
    for paper in procedure.papers:
        found = reasons.to_supplement(procedure, paper=paper.id)
        assert len(found) >= 6, paper.id
        cited = procedure.cited(paper)
        assert all(reasons.basis(procedure, row, paper=paper.id).startswith(cited) for row in found)


def test_every_procedure_may_be_refused_for_reasons_of_its_own(procedure):
    found = reasons.to_refuse(procedure)
    own = [row for row in found if row["laws"] or row["procedures"]]
    assert own, procedure.slug
    assert all(legal_basis(row, procedure.fields_of_law) for row in found)


def test_a_reason_of_another_procedure_is_found_by_the_check():
    marriage = next(known for known in PROCEDURES if known.code == "1.000894")
    faults = [Fault(code=code, text="?") for code in ("unreadable", "not_poor", "never_heard_of")]
    assert reasons.beside(marriage, faults) == ["not_poor", "never_heard_of"]
