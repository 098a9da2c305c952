"""Examples of a procedure (`examples/*.yaml`): whole journeys with answers, acts, clock and what must come of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from motcua.procedures.rules.reading import Document, Problem, Unreadable, read_document, take
from motcua.procedures.rules.texts import Declared, Id

Moment = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$")]
"""A moment of the office's day, `2026-11-20 09:15`, in Việt Nam's time."""

StatusName = Literal[
    "registered", "received", "declined", "processing", "supplement", "fee", "withdrawing",
    "stopped", "finished", "returned",
]  # fmt: skip
LegStateName = Literal["waiting", "open", "supplement", "done", "refused", "cancelled"]


class Before(Declared):
    """What is chosen before the form: where, for whom, by which road, and the eligibility answers."""

    commune: str = ""
    for_whom: Literal["", "self", "other"] = ""
    relation: str = ""
    channel: Literal["", "online", "counter", "post"] = ""
    answers: dict[str, str] = Field(default_factory=dict)


class Expected(Declared):
    """What the declaration must come to. What is not named is not looked at."""

    leads_out: str | None = None
    pages: tuple[Id, ...] | None = None
    skips: tuple[Id, ...] = ()
    faults: dict[str, str] = Field(default_factory=dict)
    missing: tuple[str, ...] = ()
    stops: tuple[Id, ...] = ()
    doubts: tuple[Id, ...] = ()
    papers: tuple[Id, ...] | None = None
    missing_papers: tuple[Id, ...] = ()
    fees: dict[str, int] | None = None
    legs: dict[str, str] | None = None
    results: tuple[Id, ...] | None = None
    answers: dict[str, Any] = Field(default_factory=dict)


class After(Declared):
    """How the dossier must stand. What is not named is not looked at."""

    status: StatusName | None = None
    legs: dict[str, LegStateName] = Field(default_factory=dict)
    steps: dict[str, str] = Field(default_factory=dict)
    due: Literal["standing"] | Moment | None = None
    unpaid: tuple[str, ...] | None = None
    returned: tuple[str, ...] | None = None
    on_time: bool | None = None
    shows: dict[str, dict[str, str]] = Field(default_factory=dict)


class Doing(Declared):
    """One act: who does what, when; `refused` names the refusal it must meet."""

    at: Moment | None = None
    by: str
    does: Id
    how: dict[str, Any] = Field(default_factory=dict, alias="with")
    refused: str = ""
    then: After | None = None


class Example(Declared):
    """One journey. With `like`, everything not written here is as in the other example."""

    title: str
    like: str = ""
    at: Moment | None = None
    before: Before = Before()
    answers: dict[str, Any] = Field(default_factory=dict)
    papers: tuple[Id, ...] | None = None
    ways: dict[str, Literal["online", "counter", "post"]] = Field(default_factory=dict)
    expect: Expected = Expected()
    acts: tuple[Doing, ...] = ()
    then: After = After()


@dataclass(frozen=True)
class Written:
    """An example with the file it was read from."""

    name: str
    example: Example
    document: Document

    def problem(self, place: tuple[str | int, ...], cause: str, hint: str = "") -> Problem:
        """Return what is wrong at a place of the file."""
        return Problem(self.document.file, self.document.line(place), cause, hint)


def read_examples(folder: Path, shown: str) -> list[Written]:
    """Return the examples of a procedure's folder by name; raises Unreadable with every problem."""
    read: dict[str, Written] = {}
    problems: list[Problem] = []
    for place in sorted((folder / "examples").glob("*.yaml")):
        try:
            document = read_document(place, f"{shown}/examples/{place.name}")
            read[place.stem] = Written(place.stem, take(document, Example), document)
        except Unreadable as found:
            problems += found.problems
    problems += [
        written.problem(("like",), f"there is no example `{written.example.like}`")
        for written in read.values()
        if written.example.like and written.example.like not in read
    ]
    if problems:
        raise Unreadable(problems)
    return [_whole(written, read) for written in read.values()]


def _whole(written: Written, others: dict[str, Written]) -> Written:
    return Written(written.name, _with_base(written.example, others, ()), written.document)


def _with_base(example: Example, others: dict[str, Written], seen: tuple[str, ...]) -> Example:
    """Return the example with what the one it is like gives: answers, papers, ways, place and time."""
    if not example.like or example.like in seen:
        return example
    base = _with_base(others[example.like].example, others, (*seen, example.like))
    told = {name: value for name, value in example.before.model_dump().items() if value}
    before = {**base.before.model_dump(), **told}
    before["answers"] = {**base.before.answers, **example.before.answers}
    answers = {**base.answers, **example.answers}
    return example.model_copy(
        update={
            "at": example.at or base.at,
            "before": Before(**before),
            "answers": {name: told for name, told in answers.items() if told is not None},
            "papers": base.papers if example.papers is None else example.papers,
            "ways": {**base.ways, **example.ways},
        }
    )
