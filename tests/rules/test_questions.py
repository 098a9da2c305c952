"""The questions people ask: read strictly, found by their words, changed by a commune without a release."""

import re
from pathlib import Path

import pytest

from motcua.procedures.rules.catalogue import folders, read_folder
from motcua.procedures.rules.questions import GENERAL, Questions, read_questions
from motcua.procedures.rules.reading import Unreadable
from tests.house.test_house_words import own, refusals
from tests.running import ROOT

FOLDER = ROOT / "catalogue" / "faq"
ASKED = list(read_questions(FOLDER))
OURS = Questions(ASKED)


def ids(found) -> list[str]:
    return [item.id for item in found]


def test_there_are_answers_to_what_people_complain_of():
    assert len(ASKED) >= 30
    assert len({item.question.id for item in ASKED}) == len(ASKED)


def test_a_file_is_called_as_its_service():
    slugs = {
        read_folder(place).procedure.slug for place in folders(ROOT / "catalogue" / "procedures")
    }
    assert {path.stem for path in FOLDER.glob("*.yaml")} - slugs == {GENERAL}


def test_every_refusal_that_is_explained_exists():
    codes = {refusal.code for refusal in refusals() if own(refusal, "text")}
    named = {code for item in ASKED for code in item.question.errors}
    assert named - codes == set()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("dang khai thi mat mang", "mat-mang"),
        ("không nhận được mã", "khong-nhan-duoc-ma"),
        ("chụp giấy tờ", "chup-giay-to"),
        ("xã mới", "ten-xa-moi"),
        ("lost code", "mat-ma-ho-so"),
    ],
)
def test_a_question_is_found_as_people_say_it(typed, expected):
    assert ids(OURS.found(typed))[0] == expected


@pytest.mark.parametrize("typed", ["", "khai sinh", "đăng ký kết hôn", "tạm trú"])
def test_who_looks_for_a_service_is_not_shown_questions(typed):
    assert ids(OURS.found(typed)) == []


def test_the_questions_of_the_service_and_of_the_step_come_first():
    first = ids(OURS.listed(service="khai-sinh-lien-thong", step="papers"))
    assert first[0] == "chung-sinh-hay-khai-sinh"
    assert "tien-mai-tang-may-khoan" not in first


def own_file(folder: Path, text: str) -> Questions:
    (folder / "chung.yaml").write_text(text, encoding="utf-8")
    return Questions([*ASKED, *read_questions(folder)])


NEW = """
questions:
  - id: mat-mang
    topic: filling
    communes: ["11284"]
    question: {vi: "Mất mạng?", en: "No line?"}
    answer: [{vi: "Đến nhà văn hóa thôn, có Wi-Fi.", en: "Come to the village house."}]
    next: {vi: "Mở lại.", en: "Open again."}
"""


def test_a_commune_replaces_an_answer_by_its_own(tmp_path):
    changed = own_file(tmp_path, NEW)
    assert changed.of("mat-mang").answer[0].vi.startswith("Đến nhà văn hóa")
    assert "mat-mang" in ids(changed.listed(commune="11284"))
    assert "mat-mang" not in ids(changed.listed(commune="11290"))


def test_a_commune_hides_a_question(tmp_path):
    assert own_file(tmp_path, NEW + "    hidden: true\n").of("mat-mang") is None


def test_a_mistake_is_told_with_its_line(tmp_path):
    (tmp_path / "chung.yaml").write_text(NEW.replace("next:", "nxt:"), encoding="utf-8")
    with pytest.raises(Unreadable, match=r"chung\.yaml:\d+"):
        list(read_questions(tmp_path))


def test_answers_are_short_sentences():
    texts = [
        text.vi
        for item in ASKED
        for text in (item.question.question, *item.question.answer, item.question.next)
    ]
    sentences = [one for text in texts for one in re.split(r"(?<=[.?!])\s+", text)]
    assert [one for one in sentences if len(one.split()) > 25] == []
