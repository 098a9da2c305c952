"""Who is asked to consent, as rows name them, and what the lint says of a list nobody can answer."""

from typing import Any

from motcua.procedures.rules.checking_people import people
from motcua.procedures.rules.consent import named
from motcua.procedures.rules.definition import Definition
from motcua.procedures.rules.plan import SIGNS_AS, Step
from motcua.procedures.rules.procedure import Procedure
from tests.cast import LAN, MAI, NAM
from tests.rules import heart
from tests.rules.heart import CONSENT, a_field, a_step, said

NAME = a_field("people.full_name", "person_name", "Họ tên")
NUMBER = a_field("people.personal_number", "personal_number", "Số")


def procedure(*parts: dict[str, Any]) -> Procedure:
    """Return the small procedure with a list of people made of these questions."""
    told = heart.PROCEDURE.model_dump(by_alias=True)
    stages = [heart.BIRTH, heart.RESIDENCE, CONSENT]
    group = a_field("relatives.list", "group", "Thân nhân", fields=list(parts))
    page = {"id": "people", "section": said("A"), "title": said("A"), "fields": [group]}
    papers = [{"id": "consent_paper", "name": said("Giấy"), "basis": "luat"}]
    changes = {
        "form": {"pages": [page]},
        "papers": papers,
        "plan": {**told["plan"], "stages": stages},
    }
    return Procedure.model_validate({**told, **changes}, strict=False)


def causes(*parts: dict[str, Any]) -> list[str]:
    return [cause for _, cause, _ in people(Definition(procedure(*parts)))]


def row(person: Any, phone: str = "") -> dict[str, str]:
    return {"full_name": person.name, "personal_number": person.number, "phone": phone}


def asked(*rows: dict[str, str], applicant: str = "") -> list[tuple[str, str, bool]]:
    law = procedure(NAME, NUMBER)
    answers = {"relatives.list": list(rows), "applicant.personal_number": applicant}
    step = law.plan.stage("insurance").step("consent")
    return [(one.name, one.phone, one.files) for one in named(law, step, answers)]


def test_each_person_of_the_rows_is_named_once_in_their_order() -> None:
    found = asked(row(LAN, LAN.phone), row(NAM), row(LAN, LAN.phone))
    assert found == [(LAN.name, LAN.phone, False), (NAM.name, "", False)]


def test_the_applicant_is_known_by_the_number_beside_their_name() -> None:
    found = asked(row(MAI), row(LAN), applicant=MAI.number)
    assert [files for _, _, files in found] == [True, False]


def test_a_row_without_a_number_asks_nobody() -> None:
    assert asked({"full_name": "Bé Na", "personal_number": ""}) == []


def test_no_list_asks_nobody() -> None:
    law = procedure(NAME, NUMBER)
    assert named(law, law.plan.stage("insurance").step("consent"), {}) == []


def test_a_list_with_names_and_numbers_is_sound() -> None:
    assert causes(NAME, NUMBER) == []


def test_a_list_without_numbers_is_told() -> None:
    assert causes(NAME) == ["`relatives.list` has no `personal_number`"]


def test_a_number_that_is_a_text_is_none() -> None:
    assert causes(NAME, {**NUMBER, "type": "text"}) == ["`relatives.list` has no `personal_number`"]


def test_a_number_that_may_be_left_out_is_told() -> None:
    told = causes(NAME, {**NUMBER, "required": False})
    assert told == ["`personal_number` of `relatives.list` may be left out"]


def test_whoever_signs_stands_under_the_words_of_the_step_or_the_usual_ones() -> None:
    words = {"vi": "TM. ỦY BAN NHÂN DÂN – CHỦ TỊCH", "en": "For the committee – Chair"}
    own = a_step("sign", "sign", role="leader", signs_as=words)
    usual = a_step("sign", "sign", role="leader")
    assert Step.model_validate(own, strict=False).title == words["vi"]
    assert Step.model_validate(usual, strict=False).title == SIGNS_AS["leader"]
