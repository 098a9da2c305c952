"""Checking a dossier at the desk: its parts beside each other, what was found at each, what an answer changed."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from motcua.agencies.models import Post
from motcua.documents.models import Document
from motcua.dossiers import checks
from motcua.dossiers.rules.checks import (
    Checked,
    NothingToCheck,
    ReasonDoesNotFit,
    Unit,
    checked,
    faults_of,
    with_fault,
    without,
)
from motcua.dossiers.rules.facts import Fault
from motcua.dossiers.rules.refusals import ReasonMissing
from motcua.journeys import reasons
from motcua.journeys.case import TodaysWorld, circumstances_of
from motcua.journeys.looking import Opened
from motcua.kernel.working_time import ZONE
from motcua.procedures.rules.definition import NeededPaper, Settled
from motcua.procedures.rules.form import FormField, Page

LONGEST = 1000


@dataclass(frozen=True)
class Line:
    """One question with its answer in words; `asked`: the applicant answers it, so it may be faulted."""

    field: FormField
    words: str
    asked: bool


@dataclass(frozen=True)
class Part:
    """A section with its lines, or a paper with its pages (None: not brought)."""

    unit: Unit
    title: str
    lines: tuple[Line, ...] = ()
    paper: str = ""
    document: Document | None = None
    required: bool = True


@dataclass(frozen=True)
class Checking:
    """A dossier as one office checks it: the parts it may see, with its own marks."""

    opened: Opened
    post: Post
    parts: tuple[Part, ...]
    found: Mapping[str, Checked]

    @property
    def seen(self) -> int:
        """How many parts have been looked at as they are now."""
        return sum(one.counts for one in self.found.values())

    @property
    def total(self) -> int:
        """How many parts there are."""
        return len(self.parts)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All that was found faulty, in the order of the form."""
        return faults_of(self.found[part.unit.key] for part in self.parts)

    @property
    def may_mark(self) -> bool:
        """Tell whether this office checks the dossier: it takes part, and the dossier is alive."""
        row = self.opened.row
        over = row.ended_at is not None or row.finished_at is not None
        return not over and not self.opened.sight.only_asked

    @cached_property
    def by_key(self) -> dict[str, Part]:
        """The parts by unit key."""
        return {part.unit.key: part for part in self.parts}

    def unseen(self, besides: Iterable[Fault] = ()) -> list[Part]:
        """Return the parts nobody has looked at; those a fault stands for were evidently looked at."""
        named = {(fault.field, fault.paper) for fault in besides}
        return [
            part
            for part in self.parts
            if not self.found[part.unit.key].counts and named.isdisjoint(_places(part))
        ]

    def part_of(self, *, field: str = "", paper: str = "") -> Part:
        """Return the part a question or paper belongs to. Raises NothingToCheck."""
        for part in self.parts:
            if (field, paper) in _places(part):
                return part
        raise NothingToCheck


def _places(part: Part) -> set[tuple[str, str]]:
    asked = {(line.field.id, "") for line in part.lines if line.asked}
    return asked | {("", part.paper)} if part.paper else asked


def checking(opened: Opened, language: str, post: Post | None = None) -> Checking:
    """Return the dossier as the office of `post` checks it; one query beside those of papers."""
    acting = post or opened.posts[0]
    settled = _settled(opened)
    parts = (*_sections(opened, settled, language), *_papers(opened, settled, language))
    marks = checks.marks_of(opened.row, [acting.agency_id])
    units = checked((part.unit for part in parts), marks)
    return Checking(opened, acting, parts, {one.unit.key: one for one in units})


def _settled(opened: Opened) -> Settled:
    day = opened.row.submitted_at.astimezone(ZONE).date()
    stood = circumstances_of(opened.content.circumstances, day)
    return opened.published.definition.settle(opened.content.answers, stood)


def _sections(opened: Opened, settled: Settled, language: str) -> Iterator[Part]:
    """Yield the sections of the form that this office sees something of, named by their first page."""
    pages: dict[str, list[Page]] = {}
    for page in opened.published.procedure.form.pages:
        pages.setdefault(page.section.vi, []).append(page)
    for together in pages.values():
        lines = tuple(_lines(opened, settled, together, language))
        if lines:
            told = {line.field.id: opened.answers.get(line.field.id) for line in lines}
            unit = Unit("section", together[0].id, _digest(told))
            yield Part(unit, together[0].section.to(language), lines)


def _lines(
    opened: Opened, settled: Settled, pages: Iterable[Page], language: str
) -> Iterator[Line]:
    definition, world = opened.published.definition, TodaysWorld(opened.at)
    for page in pages:
        holds = definition.expressions.holds(page.when, settled.values)
        asked = {field.id for field in definition.asked(page, settled.values)} if holds else set()
        for field in page.fields:
            if field.id in opened.answers or (field.id in asked and opened.sight.field(field.id)):
                told = opened.answers.get(field.id)
                words = opened.veiling.show(field, told, world, language)
                yield Line(field, words, field.id in asked)


def _papers(opened: Opened, settled: Settled, language: str) -> Iterator[Part]:
    """Yield the papers of the case: those brought, and those required and not there."""
    needed = {item.paper.id: item for item in opened.published.definition.papers(settled.values)}
    brought = {document.key: document for document in opened.papers()}
    for paper in opened.published.procedure.papers:
        document, item = brought.get(paper.id), needed.get(paper.id)
        if document is None and not (_must(item) and opened.sight.paper(paper.id)):
            continue
        pages = [page.digest for page in document.page_list] if document else []
        yield Part(
            Unit("paper", paper.id, _digest(pages)), paper.name.to(language), paper=paper.id,
            document=document, required=_must(item),
        )  # fmt: skip


def _must(item: NeededPaper | None) -> bool:
    return item is not None and item.required and not item.replaced


def _digest(contents: Any) -> str:
    text = json.dumps(contents, sort_keys=True, ensure_ascii=False, default=str)
    return sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Marking:
    """One mark to write: at which part, over which revision, under which key."""

    part: Part
    seen: int
    key: str


def accept(now: Checking, how: Marking) -> None:
    """Find a part in order. Raises NothingToCheck, MarkedMeanwhile."""
    _mark(now, how, "accepted", ())


def reopen(now: Checking, how: Marking) -> None:
    """Take a mark back: the part counts as not looked at. Raises NothingToCheck, MarkedMeanwhile."""
    _mark(now, how, "open", ())


@dataclass(frozen=True)
class Found:
    """A fault as an official tells it; empty words are taken from the reason's own."""

    reason: str
    field: str = ""
    paper: str = ""
    text: str = ""
    how: str = ""


def find_fault(now: Checking, how: Marking, found: Found) -> None:
    """Find a part faulty for a coded reason, beside what was found there before.

    Raises NothingToCheck, ReasonDoesNotFit, ReasonMissing (“another reason” without words), MarkedMeanwhile.
    """
    before = now.found[how.part.unit.key].faults
    _mark(now, how, "faulted", with_fault(before, fault(now.opened, how.part, found)))


def drop_fault(now: Checking, how: Marking, found: Found) -> None:
    """Take one fault back; with the last one the part counts as not looked at."""
    before = now.found[how.part.unit.key].faults
    left = without(before, found.field, found.paper, found.reason)
    _mark(now, how, "faulted" if left else "open", left)


def fault(opened: Opened, part: Part, found: Found) -> Fault:
    """Return the fault with its law and the words the applicant will read."""
    procedure = opened.published.procedure
    label = _label(part, found)
    fitting = reasons.to_supplement(procedure, field=found.field, paper=found.paper)
    row = next((row for row in fitting if row.code == found.reason), None)
    if row is None:
        raise ReasonDoesNotFit(label=label)
    text, mend = found.text.strip(), found.how.strip()
    if row.code == "other" and not (text and mend):
        raise ReasonMissing
    return Fault(
        code=row.code, text=(text or f"{label}: {row.vi}")[:LONGEST],
        how=(mend or row["mend_vi"])[:LONGEST], field=found.field, paper=found.paper,
        basis=reasons.basis(procedure, row, field=found.field, paper=found.paper),
    )  # fmt: skip


def _label(part: Part, found: Found) -> str:
    if (found.field, found.paper) not in _places(part):
        raise NothingToCheck
    labels = {line.field.id: line.field.label.vi for line in part.lines}
    return labels.get(found.field, part.title)


def _mark(now: Checking, how: Marking, verdict: Any, faults: tuple[Fault, ...]) -> None:
    if not now.may_mark:
        raise NothingToCheck
    checks.mark(
        row=now.opened.row, post=now.post, unit=how.part.unit, verdict=verdict, faults=faults,
        seen=how.seen, key=how.key, at=now.opened.at,
    )  # fmt: skip
