"""The verbs of an author: begin a procedure, and give editors the language."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from motcua.config.cli import main
from motcua.config.verbs.schema import written
from motcua.journeys.soundness import checked
from motcua.procedures.rules.catalogue import read_folder
from motcua.procedures.rules.schema import schemas


def begun(folder: Path, *more: str) -> int:
    return main(["new", "9.123456", "--folder", str(folder), *more])


def test_a_procedure_just_begun_is_sound_and_its_journeys_come_out(tmp_path: Path) -> None:
    assert begun(tmp_path / "p") == 0
    found = checked(tmp_path / "p")
    assert (found.problems, found.examples) == ([], 4)


def test_it_bears_the_name_its_author_gave(tmp_path: Path) -> None:
    begun(tmp_path / "p", "--name", "Đăng ký chợ đêm", "--name-en", "Night market")
    procedure = read_folder(tmp_path / "p").procedure
    assert (procedure.name.vi, procedure.slug) == ("Đăng ký chợ đêm", "dang-ky-cho-dem")


@pytest.mark.parametrize(
    ("code", "name", "complaint"),
    [
        ("12", "Chợ đêm", "is not a code"),
        ("3.000722", "Chợ đêm", "is taken by"),
        ("9.123456", "???", "has no letters"),
        ("9.123456", 'Chợ "đêm"', "cannot hold"),
    ],
)
def test_what_cannot_begin_is_told(
    code: str, name: str, complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", code, "--name", name, "--folder", str(tmp_path / "p")]) == 1
    assert complaint in capsys.readouterr().err
    assert not (tmp_path / "p").exists()


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    begun(tmp_path / "p")
    (tmp_path / "p/procedure.yaml").write_text("mine", encoding="utf-8")
    assert begun(tmp_path / "p") == 1
    assert (tmp_path / "p/procedure.yaml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["procedure", "form", "example"])
def test_the_schema_for_editors_is_the_language_of_today(name: str) -> None:
    file = Path(settings.CATALOGUE) / f"schema/{name}.schema.json"
    assert file.read_text(encoding="utf-8") == written(schemas()[name]), "run `bin/motcua schema`"


def test_the_form_is_a_file_of_its_own_in_the_schema_too() -> None:
    law = json.dumps(schemas()["procedure"])
    assert '"form"' not in law
    assert '"Stage"' in law
    assert '"Page"' not in law


def test_what_the_house_can_do_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    told = capsys.readouterr().out
    assert "check " in told
    assert "new " in told
