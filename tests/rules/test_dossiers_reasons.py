"""Which coded reasons fit what, and the law each rests on there."""

import pytest

from motcua.agencies.rules.codes import code_list
from motcua.dossiers.rules.reasons import Place, fits, fitting, legal_basis

ASKED = code_list("supplement_reasons")
CIVIL = frozenset({"civil_status"})
BIRTH_NOTE = Place("paper", "1.001193", CIVIL, name="Giấy chứng sinh")
LEASE = Place("paper", "1.004194", frozenset({"residence"}), name="Hợp đồng thuê nhà ở")
PHONE = Place("field", "1.001193", CIVIL, type="phone")


def codes(place):
    return {row.code for row in fitting(ASKED.rows, place)}


def test_a_birth_note_may_be_blurred_and_may_lack_its_seal():
    assert {"unreadable", "missing_seal", "birth_note", "other"} <= codes(BIRTH_NOTE)


@pytest.mark.parametrize("code", ["ct01", "lawful_dwelling", "death_notice", "wrong_date"])
def test_a_birth_note_has_no_faults_of_other_papers(code):
    assert code not in codes(BIRTH_NOTE)


def test_a_lease_is_looked_at_for_a_lawful_dwelling():
    assert "lawful_dwelling" in codes(LEASE)


def test_a_phone_cannot_be_blurred_but_may_reach_nobody():
    assert codes(PHONE) == {"missing_answer", "unreachable", "other"}


def test_a_reason_of_one_procedure_fits_no_other():
    period = ASKED.row("stay_period")
    day = Place("field", "1.004194", frozenset({"residence"}), type="date")
    assert fits(period, day)
    assert not fits(period, Place("field", "1.004222", frozenset({"residence"}), type="date"))


def test_a_reason_rests_on_the_law_of_the_field_it_is_given_in():
    row = ASKED.row("wrong_date")
    assert legal_basis(row, ["civil_status"]) == "Nghị định 123/2015/NĐ-CP, Điều 6"
    assert legal_basis(row, ["poverty"]) == "Nghị định 118/2025/NĐ-CP"


def test_a_dossier_of_several_laws_cites_each_of_them():
    both = legal_basis(ASKED.row("address_unclear"), ["civil_status", "residence"])
    assert both.count("Luật Cư trú 2020, Điều 11") == 1
    either = legal_basis(ASKED.row("missing_consent"), ["civil_status", "residence"])
    assert "Luật Cư trú 2020" in either
    assert "Nghị định 123/2015/NĐ-CP, Điều 7" in either
