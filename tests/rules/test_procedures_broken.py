"""A folder of broken definitions: each is refused at the right line, with its cause and what to do."""

from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from motcua.journeys.soundness import checked
from motcua.procedures.rules.reading import Problem
from tests.rules.procedure_sample import FORM, write

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yaml"))
USUAL = """\
title: "Thường"
at: "2026-11-23 09:00"
before: {commune: "11284", answers: {check.case: plain}}
answers:
  mother.full_name: "Nguyễn Thị Mai"
  mother.phone: "0912 345 678"
  mother.relation: mother
  child.full_name: "Nguyễn Minh An"
  child.birth_date: "05/11/2026"
  child.sex: male
  child.copies: 2
  child.poor: false
papers: [note]
expect: {papers: [note], fees: {fee: 0}, legs: {one: H24.284}}
acts:
  - {by: front_desk, does: receive}
  - by: leader
    does: take_step
    with: {leg: one, values: {number: "1"}}
then: {status: returned}
"""


@dataclass(frozen=True)
class Broken:
    """One thing wrong: where it is written, the line that must be named, and what must be said."""

    breaks: str
    replace: str
    text: str
    told_at: str
    cause: str
    hint: str = ""


def _read(file: Path) -> Broken:
    told = yaml.safe_load(file.read_text(encoding="utf-8"))
    return Broken(text=told.pop("with"), **told)


def _whole(folder: Path) -> Path:
    write(folder, form=FORM)
    (folder / "examples").mkdir()
    (folder / "examples/usual.yaml").write_text(USUAL, encoding="utf-8")
    return folder


def _line(folder: Path, problem: Problem) -> str:
    file = folder / problem.file.split(f"{folder.name}/", 1)[1]
    return file.read_text(encoding="utf-8").splitlines()[problem.line - 1].strip()


def test_the_whole_of_which_one_thing_is_broken_is_sound(tmp_path: Path) -> None:
    assert checked(_whole(tmp_path / "thu")).problems == []


def test_there_are_more_than_forty() -> None:
    assert len(BROKEN) > 40


@pytest.mark.parametrize("file", BROKEN, ids=[file.stem for file in BROKEN])
def test_a_broken_definition_is_refused_at_its_line(file: Path, tmp_path: Path) -> None:
    broken, folder = _read(file), _whole(tmp_path / "thu")
    place = folder / broken.breaks
    whole = place.read_text(encoding="utf-8")
    assert broken.replace in whole
    place.write_text(whole.replace(broken.replace, broken.text, 1), encoding="utf-8")
    told = [(_line(folder, p), p.cause, p.hint) for p in checked(folder).problems]
    assert [
        (line, cause, hint)
        for line, cause, hint in told
        if broken.told_at in line and broken.cause in cause and broken.hint in hint
    ], told
