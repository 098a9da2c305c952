import csv

import pytest
from django.conf import settings

from motcua.agencies.rules.codes import code_list, code_list_names

EXPECTED = {
    "ethnic_groups": 56, "nationalities": 250, "sexes": 2, "relations_to_child": 8,
    "residence_kinds": 3,
}  # fmt: skip


@pytest.mark.parametrize("name", code_list_names())
def test_every_list_can_be_read(name):
    assert code_list(name).rows


@pytest.mark.parametrize(("name", "rows"), EXPECTED.items())
def test_the_lists_are_complete(name, rows):
    assert len(code_list(name).rows) == rows


def test_viet_nam_and_kinh_come_first():
    assert code_list("nationalities").rows[0].vi == "Việt Nam"
    assert code_list("ethnic_groups").rows[0].vi == "Kinh"


def test_cao_lan_is_found_as_a_name_of_san_chay():
    assert "Cao Lan" in code_list("ethnic_groups").row("15")["local_names"]


@pytest.mark.parametrize("name", ["supplement_reasons", "refusal_reasons"])
def test_every_reason_says_its_law_and_what_to_do(name):
    reasons = code_list(name)
    step = "mend" if name == "supplement_reasons" else "next"
    for row in reasons.rows:
        assert row["legal_basis"]
        assert row[f"{step}_vi"]
        assert row[f"{step}_en"]


def test_every_health_facility_has_its_full_present_address():
    with (settings.CATALOGUE / "places/units.csv").open(encoding="utf-8", newline="") as file:
        now = {row["code"]: row for row in csv.DictReader(file) if not row["valid_to"]}
    facilities = code_list("health_facilities")
    assert facilities.demonstration
    assert len(facilities.rows) >= 40
    for row in facilities.rows:
        commune = now[row["place_code"]]
        full = f"{commune['type']} {commune['name']}, Thành phố Hải Phòng"
        assert row["address"].endswith(f", {full}")
        assert row["kind"] in {"hospital", "medical_centre", "station"}


def test_a_list_that_is_not_there_is_refused():
    with pytest.raises(KeyError):
        code_list("../places/units")
