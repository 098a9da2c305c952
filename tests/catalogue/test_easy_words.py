"""The guide in easy words: one for each procedure, short sentences, no word that only offices use."""

import re
from pathlib import Path

import pytest

from motcua.procedures.rules.catalogue import read_folder
from tests.catalogue.test_procedures import NAMES, PUBLIC, VIETNAMESE_ONLY, _name
from tests.running import ROOT

NOW = [place for place in PUBLIC if "versions" not in place.parts]
"""What can be filed; an older version is read by who looks back."""
MOST_WORDS = {"vi": 15, "en": 12}
"""Vietnamese writes each syllable apart: fifteen of them are some ten words."""
OFFICE_WORDS = {
    "vi": (
        "thẩm quyền|niêm yết|trích lục|hộ tịch|cơ sở dữ liệu|ủy quyền|dự thảo|tiếp nhận|thụ lý|liên thông|cư trú"
        "|pháp lý|pháp luật|xuất trình|đối chiếu|căn cứ|chứng cứ|nghị quyết|nghị định|thông tư|công chức|thời hạn"
        "|lệ phí|phúc tra|giám hộ|đương nhiên|hợp pháp|cải chính|xác minh|trực tuyến|thủ tục"
    ),
    "en": (
        "extract|jurisdiction|pursuant|dossier|competent|guardianship|notwithstanding|applicant|declarant"
        "|verif|procedure|hereby|commence|thereof|residence|registrar"
    ),
}
QUOTED = re.compile("“[^”]*”")


def easy(place: Path, language: str) -> str:
    return read_folder(place, ROOT / "catalogue").guides[f"easy.{language}"]


def sentences(guide: str) -> list[str]:
    lines = [line.lstrip("-# ") for line in guide.splitlines() if line.strip()]
    return [sentence for line in lines for sentence in re.split(r"(?<=[.!?])\s", line)]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("place", NOW, ids=_name)
def test_every_guide_is_there_in_short_sentences(place: Path, language: str) -> None:
    said = sentences(easy(place, language))
    assert len(said) > 12
    assert [one for one in said if len(one.split()) > MOST_WORDS[language]] == []


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("place", NOW, ids=_name)
def test_no_word_of_offices_stands_there_but_the_name_of_a_paper(
    place: Path, language: str
) -> None:
    plain = QUOTED.sub("", easy(place, language)).lower()
    assert re.findall(OFFICE_WORDS[language], plain) == []


@pytest.mark.parametrize("place", NOW, ids=_name)
def test_easy_english_is_english(place: Path) -> None:
    assert VIETNAMESE_ONLY.search(NAMES.sub("", easy(place, "en"))) is None
