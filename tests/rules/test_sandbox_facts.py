"""What the systems of the box read from a question, and the rules of their trades."""

import sqlite3
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.exchange import desk, results
from sandbox.exchange.facts import Facts
from sandbox.outbox import pause
from sandbox.people import load
from sandbox.store import SETTINGS_SCHEMA

PROVINCE = "31"


def facts(**fields: object) -> Facts:
    return Facts({"fields": {name.replace("__", "."): value for name, value in fields.items()}})


def memory() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:")
    db.row_factory = sqlite3.Row
    db.executescript(SETTINGS_SCHEMA + desk.SCHEMA)
    return db


def task(born: date, *, sex: str = "female", subject: str = "H1") -> results.Task:
    known = facts(child__birth_date=born.isoformat(), child__sex=sex)
    return results.Task(subject, "issue-personal-number", {}, known, date(2026, 11, 23))


def test_the_child_comes_before_the_mother():
    known = facts(mother__birth_date="1996-04-12", child__birth_date="2026-11-20")
    assert known.birth_date() == date(2026, 11, 20)


def test_nested_answers_are_read_like_flat_ones():
    known = Facts({"fields": {"child": {"sex": "Nữ", "name": {"family": "Trần", "given": "An"}}}})
    assert known.is_female() is True
    assert known.name("child") == "Trần An"


@pytest.mark.parametrize("text", ["2026-11-20", "20/11/2026", "20.11.2026"])
def test_a_date_is_understood_in_every_spelling_of_the_offices(text):
    assert facts(child__ngay_sinh=text).birth_date() == date(2026, 11, 20)


@pytest.mark.parametrize("text", ["2026", "2026-11", "31/02/2026", "", None])
def test_a_date_that_is_not_whole_is_no_birth_date(text):
    assert facts(child__birth_date=text).birth_date() is None


def test_a_number_from_an_earlier_leg_is_found():
    data = {"fields": {}, "previous_results": {"birth": {"personal_number": "031326000001"}}}
    assert Facts(data).personal_number() == "031326000001"


@given(st.dates(date(1900, 1, 1), date(2299, 12, 31)), st.sampled_from(["male", "female"]))
def test_a_personal_number_agrees_with_century_sex_and_year(born, sex):
    number = results.personal_number(memory(), task(born, sex=sex))["personal_number"]
    century, odd = divmod(int(number[3]), 2)
    assert number[:3] == "0" + PROVINCE
    assert 19 + century == born.year // 100
    assert odd == (sex == "female")
    assert int(number[4:6]) == born.year % 100
    assert len(number) == 12


def test_a_thousand_children_of_one_year_get_a_thousand_numbers():
    db = memory()
    children = [task(date(2026, 1, 1), subject=f"H{n}") for n in range(1000)]
    assert len({results.personal_number(db, c)["personal_number"] for c in children}) == 1000


@pytest.mark.parametrize(
    ("born", "ends"),
    [
        (date(2026, 1, 15), date(2032, 9, 30)),
        (date(2026, 9, 30), date(2032, 9, 30)),
        (date(2026, 10, 1), date(2032, 10, 1)),
        (date(2026, 12, 31), date(2032, 12, 31)),
        (date(2024, 2, 29), date(2030, 9, 30)),
    ],
)
def test_a_child_card_lasts_72_months_or_to_the_school_year(born, ends):
    assert results.card_ends(born) == ends


@pytest.mark.parametrize(
    ("born", "ends"),
    [
        (date(2026, 11, 20), date(2040, 11, 20)),
        (date(2008, 1, 1), date(2033, 1, 1)),
        (
            date(2002, 1, 1),
            date(2042, 1, 1),
        ),  # 24 years old: the card serves past the 25th birthday
        (date(1960, 1, 1), None),
    ],
)
def test_an_identity_card_lasts_until_the_next_age_of_the_law(born, ends):
    assert results.identity_card_ends(born, date(2026, 11, 23)) == ends


def errand(name: str, **fields: object) -> results.Task:
    return results.Task("H1", name, {"code": "G01"}, facts(**fields), date(2026, 11, 23))


@pytest.mark.parametrize(
    ("asked", "ends"),
    [("2027-05-31", "2027-05-31"), ("2031-01-01", "2028-11-23"), ("2026-01-01", "2028-11-23")],
)
def test_a_temporary_residence_lasts_as_long_as_asked_but_two_years_at_most(asked, ends):
    wanted = errand("register-temporary-residence", stay__until=asked)
    assert results.temporary_residence(memory(), wanted)["valid_to"] == ends


def test_an_extract_repeats_the_registration_that_was_declared():
    declared = errand(
        "extract-record", record__registration_number="45/1996", record__registered_on="1996-04-20"
    )
    found = results.record(memory(), declared)
    assert (found["registration_number"], found["book"]) == ("45/1996", "01/1996")
    assert found["registered_on"] == "1996-04-20"


def test_a_card_without_a_personal_number_is_sent_back_to_that_field():
    with pytest.raises(results.MissingFactError) as missing:
        results.identity_card(
            memory(), errand("issue-identity-card", child__birth_date="2026-11-20")
        )
    assert "personal_number" in missing.value.names


@given(st.integers(1, 10_000))
def test_the_pause_grows_and_stays_bounded(attempts):
    assert 0.2 <= pause(attempts) <= pause(attempts + 1) <= 60


def test_the_people_of_the_box_carry_numbers_that_fit_them():
    people = load().values()
    assert len({person.key for person in people}) == 7
    for person in people:
        sign = (person.birth_date.year // 100 - 19) * 2 + (person.sex == "female")
        assert person.personal_number[3:6] == f"{sign}{person.birth_date.year % 100:02d}"
        assert len(person.personal_number) == 12
    assert [person.key for person in people if person.level == 1] == ["student"]
