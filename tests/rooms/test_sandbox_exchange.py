"""The four systems of the box take signed questions and answer each with one effect."""

import hashlib
import json
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.sandbox_box import (
    CHILD,
    DONE_BY,
    ROOT,
    RunningBox,
    SmallMotcua,
    answers,
    ask,
    eventually,
    new_subject,
    question,
    running,
    signed,
    signed_get,
    verify_answer,
)

INBOX = "/api/exchange/inbox"
CODES = {
    mode: {
        row["code"]
        for row in yaml.safe_load(
            (ROOT / f"catalogue/codes/{name}.yaml").read_text(encoding="utf-8")
        )["rows"]
    }
    for mode, name in (("refuse", "refusal_reasons"), ("supplement", "supplement_reasons"))
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningBox, SmallMotcua]]:
    yield from running(tmp_path_factory.mktemp("box"))


@pytest.fixture
def slow_world(tmp_path: Path) -> Iterator[tuple[RunningBox, SmallMotcua]]:
    """A box of its own that takes its time, so that it can be killed in between."""
    yield from running(tmp_path, SANDBOX_ANSWER_DELAY="0.4")


def answered(motcua: SmallMotcua, body: bytes, times: int = 1) -> list[dict]:
    return eventually(lambda: found if len(found := answers(motcua, body)) >= times else None)


def test_a_registered_birth_is_answered_with_its_number_and_bound_to_the_question(world):
    box, motcua = world
    body = question("civil-registry", subject := new_subject())
    assert ask(box, motcua, "civil-registry", body).status == 202
    answer = answered(motcua, body)[0]
    assert answer["source"] == "urn:motcua:party:civil-registry"
    assert answer["subject"] == subject
    assert answer["data"]["outcome"] == "done"
    assert answer["data"]["question_digest"] == hashlib.sha256(body).hexdigest()
    result = answer["data"]["result"]
    assert result["registered_at"] == "UBND xã Nam Thanh Miện"
    assert result["registration_number"].endswith(result["registered_on"][:4])


@pytest.mark.parametrize("system", DONE_BY)
def test_every_system_signs_its_answer_so_that_it_can_be_verified(world, system):
    box, motcua = world
    body = question(system, new_subject())
    ask(box, motcua, system, body)
    answered(motcua, body)
    verify_answer(box, motcua, system, motcua.got(INBOX, json.loads(body)["id"])[0])


def test_a_question_signed_by_a_stranger_is_refused(world):
    box, _ = world
    url = f"{box.url}/exchange/population/inbox"
    body = question("population", subject := new_subject())
    headers = signed(url, body, Ed25519PrivateKey.generate())
    assert box.call("POST", url, body=body, headers=headers).status == 401
    assert box.register("population", subject) == []


def test_a_question_without_signature_is_refused(world):
    box, _ = world
    body = question("population", new_subject())
    headers = {"Content-Type": "application/cloudevents+json"}
    found = box.call("POST", "/exchange/population/inbox", body=body, headers=headers)
    assert found.status == 401


def test_a_body_changed_after_signing_is_refused(world):
    box, motcua = world
    url = f"{box.url}/exchange/residence/inbox"
    body = question("residence", new_subject())
    headers = signed(url, body, motcua.key)
    changed = body.replace("Trần Minh An".encode(), "Trần Minh Ác".encode())
    assert changed != body
    assert box.call("POST", url, body=changed, headers=headers).status == 401


def test_a_question_signed_for_another_system_is_refused(world):
    box, motcua = world
    body = question("residence", new_subject())
    headers = signed(f"{box.url}/exchange/residence/inbox", body, motcua.key)
    found = box.call("POST", "/exchange/insurance/inbox", body=body, headers=headers)
    assert found.status == 401


def test_a_signature_older_than_ten_minutes_is_refused(world):
    box, motcua = world
    url = f"{box.url}/exchange/residence/inbox"
    body = question("residence", new_subject())
    headers = signed(url, body, motcua.key, age=timedelta(minutes=11))
    assert box.call("POST", url, body=body, headers=headers).status == 401


def test_a_task_of_another_trade_is_not_understood(world):
    box, motcua = world
    body = question("insurance", new_subject(), task="register-birth")
    assert ask(box, motcua, "insurance", body).status == 400


def test_a_duplicate_question_is_acknowledged_and_has_one_effect_and_one_answer(world):
    box, motcua = world
    body = question("civil-registry", subject := new_subject())
    assert [ask(box, motcua, "civil-registry", body).status for _ in range(3)] == [202] * 3
    answered(motcua, body)
    marker = question("civil-registry", new_subject())
    ask(box, motcua, "civil-registry", marker)
    answered(motcua, marker)
    assert len(answers(motcua, body)) == 1
    assert len(box.register("civil-registry", subject)) == 1


def test_the_same_question_under_another_id_finds_the_first_effect_again(world):
    box, motcua = world
    subject = new_subject()
    first, second = question("insurance", subject), question("insurance", subject)
    ask(box, motcua, "insurance", first)
    ask(box, motcua, "insurance", second)
    told = [answered(motcua, body)[0]["data"]["result"] for body in (first, second)]
    assert told[0] == told[1]
    (effect,) = box.register("insurance", subject)
    assert effect["questions"] == 2


def test_an_id_used_again_for_another_content_is_not_understood(world):
    box, motcua = world
    identity = str(uuid.uuid4())
    first = question("residence", new_subject(), id=identity)
    assert ask(box, motcua, "residence", first).status == 202
    second = question("residence", new_subject(), id=identity)
    assert ask(box, motcua, "residence", second).status == 400


def test_a_personal_number_says_province_century_sex_and_year(world):
    box, motcua = world
    body = question("population", new_subject())
    ask(box, motcua, "population", body)
    number = answered(motcua, body)[0]["data"]["result"]["personal_number"]
    assert number[:6] == "031326"
    assert len(number) == 12
    assert number.isdigit()


def test_two_children_never_share_a_personal_number(world):
    box, motcua = world
    bodies = [question("population", new_subject()) for _ in range(5)]
    for body in bodies:
        ask(box, motcua, "population", body)
    numbers = {answered(motcua, b)[0]["data"]["result"]["personal_number"] for b in bodies}
    assert len(numbers) == 5


def test_a_child_without_birth_date_is_sent_back_to_that_field(world):
    box, motcua = world
    fields = CHILD | {"child.birth_date": ""}
    body = question("population", subject := new_subject(), fields=fields)
    ask(box, motcua, "population", body)
    data = answered(motcua, body)[0]["data"]
    assert data["outcome"] == "supplement"
    assert data["reasons"][0]["field"] == "child.birth_date"
    assert box.register("population", subject) == []


def test_a_child_card_has_fifteen_characters_and_ends_with_the_school_year(world):
    box, motcua = world
    fields = CHILD | {"child.birth_date": "2026-03-05"}
    body = question("insurance", new_subject(), fields=fields)
    ask(box, motcua, "insurance", body)
    card = answered(motcua, body)[0]["data"]["result"]
    assert len(card["card_number"]) == 15
    assert card["card_number"].startswith("TE131")
    assert (card["valid_from"], card["valid_to"]) == ("2026-03-05", "2032-09-30")
    assert card["facility"] == "Trạm y tế xã Nam Thanh Miện"


DECEASED = {
    "deceased.full_name": "Trần Văn Ba",
    "deceased.birth_date": "1950-03-02",
    "deceased.personal_number": "031050004321",
    "deceased.residence": {"commune": "11284", "detail": "Thôn Phú Khê"},
    "relatives.list": [{"full_name": "Lê Thị Tư"}],
    "applicant.full_name": "Trần Thị Năm",
}
TASKS = {
    ("residence", "register-temporary-residence"): "notice_number household_head registered_on valid_to",
    ("residence", "extend-temporary-residence"): "notice_number household_head registered_on valid_to",
    ("residence", "remove-residence"): "notice_number household_head registered_on",
    ("residence", "confirm-residence"): "notice_number household_head registered_on",
    ("residence", "issue-identity-card"): "card_number issued_on",
    ("insurance", "decide-burial-allowance"): "decision_number decided_on amount",
    ("insurance", "decide-survivors-benefit"): "decision_number decided_on amount",
    ("civil-registry", "register-death"): "registration_number book registered_on registered_at",
    ("civil-registry", "extract-record"): "registration_number book registered_on registered_at",
    ("civil-registry", "confirm-record"): "registration_number book registered_on registered_at",
}  # fmt: skip


@pytest.mark.parametrize(("system", "task"), TASKS)
def test_every_task_has_one_effect_and_brings_what_its_papers_show(world, system, task):
    box, motcua = world
    subject = new_subject()
    for body in (question(system, subject, task=task, fields=DECEASED) for _ in range(2)):
        ask(box, motcua, system, body)
        result = answered(motcua, body)[0]["data"]["result"]
        assert set(result) == set(TASKS[system, task].split())
    assert len(box.register(system, subject)) == 1


@pytest.mark.parametrize(("system", "task"), TASKS)
def test_every_task_is_refused_with_a_code_and_a_way_on(world, system, task):
    box, motcua = world
    box.form(f"/exchange/{system}/mode", mode="refuse", subject=(subject := new_subject()))
    body = question(system, subject, task=task, fields=DECEASED)
    ask(box, motcua, system, body)
    (reason,) = answered(motcua, body)[0]["data"]["reasons"]
    assert reason["code"] in CODES["refuse"]
    assert reason["text"]
    assert reason["how"]


def test_an_answer_is_repeated_until_it_is_acknowledged(world):
    box, motcua = world
    motcua.fail[INBOX] = 3
    body = question("civil-registry", new_subject())
    ask(box, motcua, "civil-registry", body)
    found = answered(motcua, body, times=4)
    assert {answer["id"] for answer in found} == {found[0]["id"]}


def test_a_refusal_carries_the_chosen_reason_and_has_no_effect(world):
    box, motcua = world
    subject = new_subject()
    box.form("/exchange/insurance/mode", mode="refuse", subject=subject, text="Đã có thẻ.")
    body = question("insurance", subject)
    ask(box, motcua, "insurance", body)
    data = answered(motcua, body)[0]["data"]
    assert data["outcome"] == "refused"
    assert data["reasons"][0]["text"] == "Đã có thẻ."
    assert box.register("insurance", subject) == []


@pytest.mark.parametrize("after", ["-1", "nan", "sau", "999999"])
def test_a_delay_that_is_no_time_is_refused(world, after):
    box, _ = world
    assert box.form("/exchange/residence/mode", mode="late", after=after).status == 400


@pytest.mark.parametrize("system", DONE_BY)
def test_every_refusal_and_every_supplement_is_coded_and_says_how_to_go_on(world, system):
    box, motcua = world
    for mode in ("refuse", "supplement"):
        subject = new_subject()
        box.form(f"/exchange/{system}/mode", mode=mode, subject=subject)
        body = question(system, subject)
        ask(box, motcua, system, body)
        (reason,) = answered(motcua, body)[0]["data"]["reasons"]
        assert reason["code"] in CODES[mode]
        assert reason["text"]
        assert reason["how"]
        assert mode == "refuse" or reason["field"] in CHILD


def test_a_supplement_names_a_field_and_the_corrected_question_is_done(world):
    box, motcua = world
    subject = new_subject()
    box.form("/exchange/insurance/mode", mode="supplement", subject=subject)
    first = question("insurance", subject)
    ask(box, motcua, "insurance", first)
    data = answered(motcua, first)[0]["data"]
    assert (data["outcome"], data["reasons"][0]["field"]) == ("supplement", "insurance.facility")
    corrected = question(
        "insurance", subject,
        type="vn.motcua.leg.supplemented.v1", answers=json.loads(first)["id"],
    )  # fmt: skip
    ask(box, motcua, "insurance", corrected)
    assert answered(motcua, corrected)[0]["data"]["outcome"] == "done"


def test_twice_sends_one_answer_twice_and_then_another_with_the_same_content(world):
    box, motcua = world
    subject = new_subject()
    box.form("/exchange/residence/mode", mode="twice", subject=subject)
    body = question("residence", subject)
    ask(box, motcua, "residence", body)
    first, second, third = answered(motcua, body, times=3)
    assert first["id"] == second["id"] != third["id"]
    assert first["data"] == third["data"]
    assert len(box.register("residence", subject)) == 1


def test_silence_lasts_until_the_way_of_answering_is_changed(world):
    box, motcua = world
    subject = new_subject()
    box.form("/exchange/residence/mode", mode="silence", subject=subject)
    body = question("residence", subject)
    ask(box, motcua, "residence", body)
    marker = question("residence", new_subject())
    ask(box, motcua, "residence", marker)
    answered(motcua, marker)
    assert answers(motcua, body) == []
    box.form("/exchange/residence/mode", mode="done", subject=subject)
    assert answered(motcua, body)[0]["data"]["outcome"] == "done"


def test_a_late_answer_comes_after_the_others(world):
    box, motcua = world
    late, prompt = new_subject(), new_subject()
    box.form("/exchange/residence/mode", mode="late", subject=late, after="1")
    bodies = [question("residence", subject) for subject in (late, prompt)]
    for body in bodies:
        ask(box, motcua, "residence", body)
    answered(motcua, bodies[1])
    assert answers(motcua, bodies[0]) == []
    assert answered(motcua, bodies[0])[0]["data"]["outcome"] == "done"


def test_a_person_may_choose_the_answer_to_one_message(world):
    box, motcua = world
    subject = new_subject()
    box.form("/exchange/insurance/mode", mode="silence", subject=subject)
    body = question("insurance", subject)
    ask(box, motcua, "insurance", body)
    chosen = box.form("/exchange/insurance/choose", question=json.loads(body)["id"], mode="refuse")
    assert chosen.status == 303
    assert answered(motcua, body)[0]["data"]["outcome"] == "refused"


def test_a_cancelled_question_is_neither_done_nor_answered(world):
    box, motcua = world
    subject = new_subject()
    box.form("/exchange/residence/mode", mode="silence", subject=subject)
    body = question("residence", subject)
    ask(box, motcua, "residence", body)
    cancelled = question(
        "residence", subject,
        type="vn.motcua.leg.cancelled.v1", question=json.loads(body)["id"], reason="Rút hồ sơ",
    )  # fmt: skip
    assert ask(box, motcua, "residence", cancelled).status == 202
    box.form("/exchange/residence/mode", mode="done", subject=subject)
    marker = question("residence", new_subject())
    ask(box, motcua, "residence", marker)
    answered(motcua, marker)
    assert answers(motcua, body) == []
    assert box.register("residence", subject) == []


def test_what_changed_about_a_question_is_kept_and_shown_and_owes_no_answer(world):
    box, motcua = world
    subject = new_subject()
    body = question("residence", subject)
    ask(box, motcua, "residence", body)
    moved = question(
        "residence", subject, type="vn.motcua.leg.due-moved.v1", question=json.loads(body)["id"],
        due="2026-12-01T17:00:00+07:00",
    )  # fmt: skip
    assert [ask(box, motcua, "residence", moved).json()["known"] for _ in range(2)] == [False, True]
    assert "Được báo thay đổi" in box.call("GET", f"{box.url}/exchange/").data.decode()


def test_the_population_service_knows_the_mother_by_her_number(world):
    box, motcua = world
    url = f"{box.url}/population/people/030196001234"
    found = box.call("GET", url, headers=signed_get(url, motcua.key))
    assert found.status == 200
    assert (found.json()["name"], found.json()["sex"]) == ("Nguyễn Thị Mai", "female")
    assert 'keyid="population"' in found.headers["signature-input"]


def test_the_population_service_knows_a_child_that_got_its_number(world):
    box, motcua = world
    body = question("population", new_subject())
    ask(box, motcua, "population", body)
    number = answered(motcua, body)[0]["data"]["result"]["personal_number"]
    url = f"{box.url}/population/people/{number}"
    found = box.call("GET", url, headers=signed_get(url, motcua.key)).json()
    assert (found["name"], found["date_of_birth"]) == ("Trần Minh An", "2026-11-20")


def test_the_population_service_says_404_to_an_unknown_number_and_401_to_a_stranger(world):
    box, motcua = world
    url = f"{box.url}/population/people/001299999999"
    assert box.call("GET", url, headers=signed_get(url, motcua.key)).status == 404
    stranger = Ed25519PrivateKey.generate()
    assert box.call("GET", url, headers=signed_get(url, stranger)).status == 401


def test_after_motcua_changed_its_key_the_new_one_is_fetched(slow_world):
    box, motcua = slow_world
    assert ask(box, motcua, "residence", question("residence", new_subject())).status == 202
    motcua.key = Ed25519PrivateKey.generate()
    second = question("residence", new_subject())
    eventually(lambda: ask(box, motcua, "residence", second).status == 202)


def test_killed_and_restarted_the_systems_forget_nothing_and_double_nothing(slow_world):
    box, motcua = slow_world
    subjects = [new_subject() for _ in range(8)]
    bodies = [question("civil-registry", subject) for subject in subjects]
    motcua.fail[INBOX] = 4
    for place, body in enumerate(bodies):
        assert ask(box, motcua, "civil-registry", body).status == 202
        if place in {2, 5}:
            box.kill()
            box.start()
    eventually(lambda: motcua.got(INBOX))
    box.kill()
    box.start()
    told = [{a["id"] for a in answered(motcua, body)} for body in bodies]
    assert [len(ids) for ids in told] == [1] * 8
    effects = [box.register("civil-registry", subject) for subject in subjects]
    assert [len(found) for found in effects] == [1] * 8
    assert len({found[0]["result"]["registration_number"] for found in effects}) == 8
