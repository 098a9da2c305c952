"""Which personal data a question asks, and what hides it at the desk."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from motcua.procedures.rules.advice import advise
from motcua.procedures.rules.catalogue import folders, read_folder
from motcua.procedures.rules.definition import Definition
from motcua.procedures.rules.personal import every_question
from motcua.procedures.rules.retention import Retention, RetentionClass, personal_law, retention
from motcua.procedures.rules.texts import Text
from motcua.procedures.rules.veiling import HIDDEN, Veiling
from tests.rules.procedure_sample import SmallWorld, sample

BIRTH = Path("catalogue/procedures/ho-tich/khai-sinh-lien-thong")
MAI = {
    "applicant.full_name": "Nguyễn Thị Mai",
    "applicant.personal_number": "030194001234",
    "applicant.phone": "+84912345678",
    "mother.ethnic_group": "02",
    "mother.residence": {"commune": "10507", "detail": "Thôn Đông", "text": "Thôn Đông, xã Nam"},
}


@pytest.fixture(scope="module")
def birth() -> Definition:
    return read_folder(BIRTH).definition


def shown(birth: Definition, field: str, *lifted: str) -> str:
    veiling = Veiling(birth, frozenset(lifted))
    return veiling.show(birth.fields[field], MAI[field], SmallWorld())


def test_a_name_is_basic_a_people_is_sensitive_a_count_is_neither(birth: Definition) -> None:
    kinds = {name: birth.personal[name].kind for name in birth.personal}
    assert kinds["applicant.full_name"] == "basic"
    assert kinds["mother.ethnic_group"] == "sensitive"
    assert kinds["copies.count"] == "none"


def test_what_is_asked_of_a_person_is_about_that_person(birth: Definition) -> None:
    assert birth.personal["child.birth_date"].kind == "basic"


def test_a_number_a_phone_and_a_house_are_hidden_a_name_is_not(birth: Definition) -> None:
    assert shown(birth, "applicant.personal_number") == "0301••••••34"
    assert shown(birth, "applicant.phone") == "091••••678"
    assert shown(birth, "mother.residence") == f"{HIDDEN}, xã Nam"
    assert shown(birth, "applicant.full_name") == "Nguyễn Thị Mai"


def test_only_the_group_that_was_revealed_is_shown(birth: Definition) -> None:
    assert shown(birth, "applicant.phone", "contact") == "0912 345 678"
    assert shown(birth, "mother.ethnic_group", "contact") == HIDDEN


def test_rows_of_a_group_hide_their_numbers_too() -> None:
    split = read_folder(Path("catalogue/procedures/cu-tru/tach-ho")).definition
    rows = [{"full_name": "Lê Văn Tư", "personal_number": "030190001111"}]
    words = Veiling(split).show(split.fields["members.list"], rows, SmallWorld())
    assert "Lê Văn Tư" in words
    assert "030190001111" not in words.replace(" ", "")


def test_it_is_known_which_groups_a_declaration_has_something_of(birth: Definition) -> None:
    assert Veiling(birth).groups_in(MAI) == ("numbers", "contact", "address", "sensitive")


def test_every_personal_question_of_the_catalogue_says_how_long_and_why() -> None:
    silent = [
        f"{folder.name}: {group.id if group else field.id}"
        for folder in folders(Path("catalogue/procedures"))
        if (read := read_folder(folder)).procedure.effective.until is None
        for group, field in every_question(read.procedure.form)
        if read.definition.personal[field.id].is_personal
        and not (
            read.definition.personal[field.id].keeps
            and ((group or field).why or (group or field).compute)
        )
    ]
    assert silent == []


def test_a_personal_question_without_a_class_is_told_to_its_author(tmp_path: Path) -> None:
    told = [problem.cause for problem in advise(sample(tmp_path), {})]
    assert any("nothing says how long it is kept" in cause for cause in told)


def _class(months: int | None, *, confirmed: bool = True) -> RetentionClass:
    return RetentionClass(
        id="x", name=Text(vi="x", en="x"), months=months, starts="end", ground="x",
        confirmed=confirmed,
    )  # fmt: skip


def test_a_class_of_twelve_months_is_due_a_year_later_on_the_last_day_there_is() -> None:
    leap_day = datetime(2024, 2, 29, 8, tzinfo=UTC)
    assert _class(12).due(leap_day) == datetime(2025, 2, 28, 8, tzinfo=UTC)
    assert _class(None).due(leap_day) is None


def test_what_was_due_a_year_ago_began_before_last_year() -> None:
    at = datetime(2026, 11, 27, tzinfo=UTC)
    assert _class(12).latest(at) == datetime(2025, 11, 27, tzinfo=UTC)


def test_a_time_nobody_has_confirmed_erases_nothing_until_the_installation_does() -> None:
    assert not retention().erases("linked_dossier")
    assert retention(["linked_dossier"]).erases("linked_dossier")
    assert not retention(["registers"]).erases("registers")
    assert not Retention(personal_law(), frozenset({"no_such"})).erases("no_such")
