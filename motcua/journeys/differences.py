"""What an answer to a supplement request changed: old beside new, with the request's reasons."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.documents.models import Document
from motcua.dossiers.queries import answers_then
from motcua.dossiers.rules import events as e
from motcua.dossiers.rules.facts import Fault
from motcua.journeys.case import TodaysWorld
from motcua.journeys.looking import Opened


@dataclass(frozen=True)
class Answer:
    """The last answer to a request of this office: what was asked (as the `seq`-th event), when it came."""

    seq: int
    asked: e.SupplementAsked
    came: e.Supplemented


@dataclass(frozen=True)
class FieldChange:
    """A question whose answer is another than it was when the request went out."""

    label: str
    old: str
    new: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class PaperChange:
    """A paper brought anew; `old` is the version the request was about, None for a first one."""

    name: str
    old: Document | None
    new: Document | None
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Difference:
    """Everything an answer changed, and what was asked for but left as it was."""

    answer: Answer
    fields: tuple[FieldChange, ...]
    papers: tuple[PaperChange, ...]
    unanswered: tuple[Fault, ...]


def last_answer(opened: Opened) -> Answer | None:
    """Return the last answer this office may read: to the desk's request, or to one of its own legs."""
    asked: dict[str, tuple[int, e.SupplementAsked]] = {}
    last: Answer | None = None
    for seq, event in enumerate(opened.history, start=1):
        if isinstance(event, e.SupplementAsked):
            asked[event.leg] = (seq, event)
        elif isinstance(event, e.Supplemented) and _ours(opened, event):
            last = Answer(*asked[event.leg], event)
    return last


def _ours(opened: Opened, event: e.Supplemented) -> bool:
    return opened.sight.leg(event.leg) if event.leg else opened.sight.whole


def difference(opened: Opened, language: str) -> Difference | None:
    """Return what the last answer changed of what this office may see; None when nothing was asked."""
    answer = last_answer(opened)
    if answer is None:
        return None
    old = answers_then(opened.row, answer.seq)
    fields = dict(_fields(opened, answer, old, language))
    papers = {change[0]: change[1] for change in _papers(opened, answer, language)}
    left = tuple(
        fault
        for fault in answer.asked.faults
        if (fault.field and fault.field not in fields)
        or (fault.paper and fault.paper not in papers)
    )
    return Difference(answer, tuple(fields.values()), tuple(papers.values()), left)


def _fields(
    opened: Opened, answer: Answer, old: dict[str, Any], language: str
) -> Iterator[tuple[str, FieldChange]]:
    before = opened.sight.answers(opened.published.definition, old)
    after, world = opened.answers, TodaysWorld(opened.at)
    for name, field in opened.published.definition.fields.items():
        if before.get(name) != after.get(name):
            show = opened.veiling.show
            was, now = (show(field, told.get(name), world, language) for told in (before, after))
            reasons = tuple(fault for fault in answer.asked.faults if fault.field == name)
            yield name, FieldChange(field.label.to(language), was, now, reasons)


def _papers(opened: Opened, answer: Answer, language: str) -> Iterator[tuple[str, PaperChange]]:
    now = {document.key: document for document in opened.papers()}
    before = _replaced_since(opened, answer.asked.at)
    for paper in opened.published.procedure.papers:
        if paper.id in answer.came.papers and opened.sight.paper(paper.id):
            reasons = tuple(fault for fault in answer.asked.faults if fault.paper == paper.id)
            old, new = before.get(paper.id), now.get(paper.id)
            yield paper.id, PaperChange(paper.name.to(language), old, new, reasons)


def _replaced_since(opened: Opened, moment: datetime) -> dict[str, Document]:
    """Return each paper as it was at that moment, where it was replaced afterwards."""
    newest_first = opened.earlier_papers()
    return {old.key: old for old in newest_first if old.removed_at and old.removed_at > moment}
