"""What an example of the catalogue tells, as a person types it into the portal's pages today."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from motcua.journeys.written_world import WrittenWorld
from motcua.kernel import partial_date
from motcua.procedures.rules.catalogue import Folder, folders, read_folder
from motcua.procedures.rules.example import Example, Expected, read_examples
from motcua.procedures.rules.form import FormField
from motcua.procedures.rules.posting import Post, posted
from motcua.procedures.rules.procedure import Procedure
from motcua.procedures.rules.reading_answers import Posted, Reader
from motcua.procedures.rules.showing import row_words, show
from tests.running import ROOT

CATALOGUE = ROOT / "catalogue"
RECENT = timedelta(days=365)
"""A date of the year before an example moves with it to today: a birth stays three weeks ago."""


@dataclass(frozen=True)
class Story:
    """One example, told today by somebody with a telephone of their own."""

    folder: Folder
    example: Example
    today: date
    phone: str

    @property
    def law(self) -> Procedure:
        return self.folder.procedure

    @cached_property
    def world(self) -> WrittenWorld:
        return WrittenWorld(CATALOGUE, self.written_on)

    @property
    def written_on(self) -> date:
        """The day on which the example happens."""
        return date.fromisoformat((self.example.at or "2026-11-23")[:10])

    @cached_property
    def fields(self) -> dict[str, FormField]:
        return self.law.form.fields()

    @cached_property
    def answers(self) -> dict[str, Any]:
        """Every answer with its meaning, by field id; dates as they would be today."""
        reader = Reader(self.world, self.written_on)
        told = {**self.example.answers, self.law.applicant.phone: self.phone}
        return {
            name: self._today(self.fields[name], reader.read(self.fields[name], Posted(post)))
            for name, answer in told.items()
            for post in [posted(self.fields[name], answer)]
        }

    def _today(self, field: FormField, answer: Any) -> Any:
        if field.type == "group":
            parts = {part.short: part for part in field.fields}
            return [{k: self._today(parts[k], told) for k, told in row.items()} for row in answer]
        if field.type != "date" or answer is None or len(answer) < len("2026-11-20"):
            return answer
        day = date.fromisoformat(answer)
        recent = day > self.written_on - RECENT
        return (day + (self.today - self.written_on) if recent else day).isoformat()

    @cached_property
    def typed(self) -> dict[str, Post]:
        """What goes into the boxes of each question: names of boxes and their values."""
        return {
            name: dict(_boxes(self.fields[name], answer)) for name, answer in self.answers.items()
        }

    def words(self, name: str) -> list[str]:
        """Return what the check page must say of an answer; of a group, every answer of every row."""
        field, answer = self.fields[name], self.answers[name]
        if field.type == "group":
            return [told for row in answer for told in row_words(field, row, self.world)]
        return [show(field, answer, self.world)]

    @cached_property
    def face(self) -> str:
        """The page of the form that stands for all: the one that asks whom it is about, or asks most."""
        pages = self.law.form.pages

        def weight(ids: list[str]) -> tuple[bool, int]:
            asked = self.typed.keys() & set(ids)
            return self.law.subject in asked, len(asked)

        return max(pages, key=lambda page: weight([field.id for field in page.fields])).id

    @cached_property
    def beginning(self) -> Post:
        """What is chosen before the form."""
        before = self.example.before
        commune = self.world.commune(before.commune)
        assert commune, before.commune
        other = self.law.start.somebody_else
        for_another = before.for_whom == "other" and other
        return {
            "place__province": [commune.province],
            "place__commune": [commune.code],
            "for_whom": [other.value if for_another and other else "self"],
            **({"relation": [before.relation]} if before.relation else {}),
            **{question: [answer] for question, answer in before.answers.items()},
        }

    @cached_property
    def ways(self) -> Post:
        """How each result is to come, and where the postman goes."""
        commune = self.world.commune(self.example.before.commune)
        assert commune
        return {
            **{f"way.{result}": [way] for result, way in self.example.ways.items()},
            "post_name": ["Trần Thị Bưởi"],
            "post_phone": [self.phone],
            "post__province": [commune.province],
            "post__commune": [commune.code],
            "post__detail": ["Thôn Đông"],
        }


def _boxes(field: FormField, answer: Any, name: str = "") -> Iterator[tuple[str, list[str]]]:
    """Yield the boxes of a question with what is typed into them."""
    if answer is not None:
        yield from _BOXES.get(field.type, _plain)(field, answer, name or field.id)


Boxes = Iterator[tuple[str, list[str]]]


def _plain(_field: FormField, answer: Any, name: str) -> Boxes:
    yield name, list(answer) if isinstance(answer, list) else [str(answer)]


def _yes_no(_field: FormField, answer: Any, name: str) -> Boxes:
    yield name, ["yes" if answer else "no"]


def _date(_field: FormField, answer: str, name: str) -> Boxes:
    moment = partial_date.read(answer)
    for part in ("day", "month", "year"):
        yield f"{name}__{part}", [str(getattr(moment, part) or "")]


def _place(_field: FormField, answer: dict[str, str], name: str) -> Boxes:
    for part in ("province", "commune", "detail"):
        yield f"{name}__{part}", [answer[part]]


def _facility(_field: FormField, answer: dict[str, str], name: str) -> Boxes:
    yield name, [answer["code"]]
    if answer["code"] == "other":
        other, _, address = answer["text"].partition(", ")
        yield f"{name}__other", [other]
        yield f"{name}__other_address", [address]


def _group(field: FormField, answer: list[dict[str, Any]], name: str) -> Boxes:
    for number, row in enumerate(answer):
        for part in field.fields:
            yield from _boxes(part, row.get(part.short), f"{name}__{number}__{part.short}")


_BOXES: dict[str, Callable[[FormField, Any, str], Boxes]] = {
    "yes_no": _yes_no,
    "tick": _yes_no,
    "date": _date,
    "place": _place,
    "facility": _facility,
    "group": _group,
}


def current_folders(today: date) -> list[Path]:
    """Return the folder of every procedure that is in force."""
    places = folders(CATALOGUE / "procedures")
    return [place for place in places if read_folder(place).procedure.effective.holds(today)]


def first_whole(folder: Path, today: date, phone: str) -> Story:
    """Return the first example that is filed online with nothing wrong: the usual case."""
    read = read_folder(folder, CATALOGUE.parent)
    examples = [
        written for written in read_examples(folder, folder.name) if _is_whole(written.example)
    ]
    assert examples, f"{folder.name}: no example files online with everything there"
    usual = min(examples, key=lambda one: (bool(one.example.like), one.name))
    return Story(read, usual.example, today, phone)


def _is_whole(example: Example) -> bool:
    expect, nothing = example.expect, Expected()
    return example.before.channel in ("", "online") and all(
        getattr(expect, what) == getattr(nothing, what)
        for what in ("leads_out", "faults", "missing", "stops", "missing_papers")
    )
