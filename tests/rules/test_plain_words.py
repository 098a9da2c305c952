"""Plain words: long sentences and hard words are found, in the catalogue and in every message to citizens."""

import pytest

from motcua.agencies.rules.codes import code_list
from motcua.config.words import words_of
from motcua.journeys.soundness import CATALOGUE
from motcua.procedures.rules.advice import advise
from motcua.procedures.rules.catalogue import folders, read_folder
from motcua.procedures.rules.plain import stumbles
from tests.running import ROOT

HARD = {row.vi: row["instead"] for row in code_list("plain_words").rows}
CITIZENS = ("motcua/portal", "motcua/ui", "motcua/identity", "motcua/help", "motcua/visits")
# Names on other people's screens are quoted as they stand there.
QUOTED = ("Cài đặt → Camera → Định dạng",)


@pytest.mark.parametrize(
    ("text", "cause", "instead"),
    [
        ("Đề nghị công dân kê khai đầy đủ.", "“kê khai”", "khai"),
        ("Tệp Đính Kèm chưa đúng.", "“đính kèm”", "gửi kèm"),
        ("Bạn hãy chờ.", "“Bạn”", "quý vị"),
        ("một " * 26, f"26 words: “{('một ' * 26)[:40]}…”", "at most 25 a sentence"),
    ],
)
def test_what_is_hard_is_named_with_what_to_say(text, cause, instead):
    assert list(stumbles(text, HARD)) == [(cause, instead)]


@pytest.mark.parametrize(
    "text", ["Nhà bạn học của cháu.", "Câu một. " * 20, "{a} %(b)s <b>khai</b> xong.", ""]
)
def test_what_is_plain_is_left_alone(text):
    assert list(stumbles(text, HARD)) == []


def test_every_question_of_the_catalogue_says_why_in_plain_words():
    found = [
        str(problem)
        for place in folders(CATALOGUE / "procedures")
        for problem in advise(read_folder(place), HARD)
    ]
    assert found == []


def test_what_citizens_are_told_is_plain():
    told = [
        words.text
        for words in words_of(ROOT / "motcua").values()
        if any(file.startswith(CITIZENS) and "gallery" not in file for file in words.files)
    ]
    hard = {text: list(stumbles(text, HARD)) for text in told if not text.startswith(QUOTED)}
    assert {text: found for text, found in hard.items() if found} == {}
