"""Every procedure of the catalogue is sound, lived through by its examples, and told in plain words."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from motcua.documents.papers import make_paper
from motcua.journeys.rehearsal import Rehearsal, rehearse
from motcua.journeys.soundness import checked
from motcua.procedures.rules.catalogue import Folder, folders, read_folder
from motcua.procedures.rules.example import Written, read_examples
from motcua.procedures.rules.procedure import Result

CATALOGUE = Path(settings.CATALOGUE)
FOLDERS = [*folders(CATALOGUE / "procedures"), Path(settings.ROOT) / "bench/procedure"]
PUBLIC = folders(CATALOGUE / "procedures")


def _name(place: Path) -> str:
    """Return the folder's name below the catalogue: an older version stands in its successor's folder."""
    return str(place.relative_to(CATALOGUE.parent)).removeprefix("catalogue/procedures/")


READ = {_name(place): read_folder(place) for place in FOLDERS}
EXAMPLES = [
    (READ[_name(place)], written)
    for place in FOLDERS
    for written in read_examples(place, _name(place))
]
NAMED = [f"{folder.procedure.code}/{written.name}" for folder, written in EXAMPLES]


@pytest.mark.parametrize("place", FOLDERS, ids=_name)
def test_every_procedure_is_sound(place: Path) -> None:
    assert [str(problem) for problem in checked(place).problems] == []


@pytest.mark.parametrize(("folder", "written"), EXAMPLES, ids=NAMED)
def test_every_example_comes_out_as_written(folder: Folder, written: Written) -> None:
    assert [str(problem) for problem in rehearse(folder, written, CATALOGUE).problems] == []


def _lived(folder: Folder) -> list[Rehearsal]:
    examples = read_examples(folder.path, folder.path.name)
    return [rehearse(folder, written, CATALOGUE) for written in examples]


@pytest.mark.parametrize("place", FOLDERS, ids=_name)
def test_every_result_can_be_set_as_a_paper(place: Path) -> None:
    folder = READ[_name(place)]
    issued = {
        result: data for lived in _lived(folder) for result, data in lived.papers_issued().items()
    }
    for result in folder.procedure.results:
        paper = make_paper(result.template, {"code": "H24.284-261120-0001", **issued[result.id]})
        assert paper.startswith(b"%PDF")


@pytest.mark.parametrize("place", PUBLIC, ids=_name)
def test_every_procedure_shows_a_no_and_a_supplement(place: Path) -> None:
    lived = _lived(READ[_name(place)])
    kinds = {type(event).__name__ for one in lived for event in one.events}
    assert len(lived) >= 3
    assert kinds & {"Declined", "LegRefused"}
    assert "Supplemented" in kinds


@pytest.mark.parametrize("place", PUBLIC, ids=_name)
def test_every_procedure_has_a_guide_in_both_languages(place: Path) -> None:
    guides = READ[_name(place)].guides
    whole = (guides["vi"], guides["en"])
    assert all(len(guide) > 800 and guide.startswith("## ") for guide in whole)


VIETNAMESE_ONLY = re.compile(
    "[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]"
)
NAMES = re.compile(r"Hải Phòng|Thanh Miện|đồng")


@pytest.mark.parametrize("place", PUBLIC, ids=_name)
def test_english_texts_are_english(place: Path) -> None:
    texts = re.findall(r'\ben: "([^"]*)"', (place / "form.yaml").read_text(encoding="utf-8"))
    texts += re.findall(r'\ben: "([^"]*)"', (place / "procedure.yaml").read_text(encoding="utf-8"))
    assert texts
    assert [text for text in texts if VIETNAMESE_ONLY.search(NAMES.sub("", text))] == []


@pytest.mark.parametrize("place", PUBLIC, ids=_name)
def test_the_police_and_the_insurance_see_no_more_than_their_part(place: Path) -> None:
    for stage in READ[_name(place)].procedure.plan.stages:
        if stage.agency != "receiving":
            assert stage.sees != "all"
            assert not stage.sees.allows("applicant.email")


def test_the_birth_certificate_shows_every_line_of_its_template() -> None:
    folder = READ["ho-tich/khai-sinh-lien-thong"]
    lived = next(one for one in _lived(folder) if one.written.name == "me-nop-du-ba-viec")
    data = lived.papers_issued()["giay_khai_sinh"]
    assert set(data) == {
        "number", "book", "registered_on", "child", "mother", "father", "declarant",
    }  # fmt: skip
    assert data["child"]["born_in_words"] == (
        "Ngày năm tháng mười một năm hai nghìn không trăm hai mươi sáu"
    )


RESULTS = [
    (_name(place), result) for place in PUBLIC for result in READ[_name(place)].procedure.results
]


@pytest.mark.parametrize(("place", "result"), RESULTS, ids=[item.id for _, item in RESULTS])
def test_fills_have_the_shape_that_the_paper_shows(place: str, result: Result) -> None:
    assert set(result.fills) <= _paths(_shown(result.template))


def _shown(template: str) -> dict[str, Any]:
    file = CATALOGUE / f"papers/examples/{template}.json"
    told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return told


def _paths(data: dict[str, Any], before: str = "") -> set[str]:
    found: set[str] = set()
    for key, value in data.items():
        path = f"{before}{key}"
        found |= _paths(value, f"{path}.") if isinstance(value, dict) else {path}
    return found
