"""Saving one page of a declaration: every field that the person changed, and only those.

A page tells which fields were changed since it was made: with scripts by their names, without by the marks of
the answers it was made with. What others changed meanwhile stays theirs; of a field changed on both sides the
person chooses. What cannot be read yet is kept as it was typed, so that not even a wrong number is typed twice.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.dossiers import drafts
from motcua.dossiers.models import Draft
from motcua.dossiers.rules.drafts import Marks, Merged, Told, changed_since
from motcua.journeys.case import Case, read
from motcua.procedures.rules.answers import Overview, look_over
from motcua.procedures.rules.controls import Controls, controls, field_of
from motcua.procedures.rules.form import FormField, Page
from motcua.procedures.rules.reading_answers import Posted, Reader, Reading, read_fields

LONGEST_UNREAD = 4_000
"""Signs kept of one field that cannot be read."""


@dataclass(frozen=True)
class Since:
    """What a page knows of the time since it was made: its revision, and what the person changed.

    `changed` are names of controls or fields, None where no script tells them: then `marks` do. Without a
    `revision` all that is posted counts as changed, upon whatever the draft says now.
    """

    revision: int | None = None
    changed: frozenset[str] | None = None
    marks: Marks | None = None
    key: str = ""


@dataclass(frozen=True)
class SavedPage:
    """A page after its save: the case as it stands, what was read, what is wrong, what met other hands."""

    case: Case
    reading: Reading
    looked: Overview
    merged: Merged
    changed: frozenset[str]

    def shown(self, page: Page, posted: Posted) -> Posted:
        """Return what the page shows again: as typed where the person changed it, else as the draft says."""
        answers, told = self.case.draft.answers, self.reading.answers
        fields = self.case.definition.asked(page, self.case.settled.values)
        others = [
            field
            for field in fields
            if field.id in told and field.id not in self.changed
            and told[field.id] != answers.get(field.id)
        ]  # fmt: skip
        return _over(posted, held(answers, others))


def save_page(
    *, draft: Draft, page: Page, posted: Posted, since: Since, language: str, at: datetime
) -> SavedPage:
    """Keep what a page brought, also an incomplete one, and say what is wrong with it.

    Raises DraftFiled; DraftUnknown when the draft is gone.
    """
    reading, asked = _read(read(draft, at), page, posted, language)
    typed_again = frozenset(draft.unread) if since.revision == draft.revision else frozenset()
    changed = _changed(asked, reading, since, typed_again)
    told = Told(reading.answers, changed, since.revision or draft.revision, since.key)
    unread = _unread(asked, reading, posted, changed)
    merged = drafts.merge_in(found=draft, told=told, unread=unread, at=at)
    now = read(draft, at)
    looked = look_over(now.definition, now.settled, [page])
    return SavedPage(now, reading, looked, merged, changed)


def _read(case: Case, page: Page, posted: Posted, language: str) -> tuple[Reading, list[FormField]]:
    reader = Reader(case.world, case.circumstances.today, language)
    asked = list(case.definition.asked(page, case.settled.values))
    reading = read_fields(reader, asked, posted)
    # An answer may bring out further questions of the same page: read those too.
    after = case.definition.settle({**case.draft.answers, **reading.answers}, case.circumstances)
    asked_now = list(case.definition.asked(page, after.values))
    if asked_now != asked:
        reading = read_fields(reader, asked_now, posted)
    return reading, asked_now


def _changed(
    asked: Collection[FormField], reading: Reading, since: Since, typed_again: frozenset[str]
) -> frozenset[str]:
    """Return the ids of the fields that the person changed.

    What cannot be read was typed, and so was what stands in the place of something that could not be read.
    """
    everything = frozenset(field.id for field in asked)
    if since.revision is None:
        return everything
    if since.changed is not None:
        return everything & {field_of(name) for name in since.changed}
    typed = {field_of(name) for name in reading.faults}
    return everything & (typed | typed_again | changed_since(since.marks or {}, reading.answers))


def _unread(
    asked: Collection[FormField], reading: Reading, posted: Posted, changed: frozenset[str]
) -> dict[str, Controls]:
    """Return what was typed in the changed fields that cannot be read; empty for those that can."""
    wrong = {field_of(name) for name in reading.faults}
    return {
        field.id: _typed(field, posted) if field.id in wrong else {}
        for field in asked
        if field.id in changed
    }


def _typed(field: FormField, posted: Posted) -> Controls:
    names = (name for name in posted.values if field_of(name) == field.id)
    typed = {name: [posted.one(name)] for name in names}
    size = sum(len(value) for values in typed.values() for value in values)
    return typed if size <= LONGEST_UNREAD else {}


def held(answers: Mapping[str, Any], fields: Iterable[FormField]) -> Controls:
    """Return the controls of these fields as the answers fill them."""
    filled: Controls = {}
    for field in fields:
        filled |= controls(field, answers.get(field.id))
    return filled


def _over(posted: Posted, filled: Controls) -> Posted:
    return Posted({**posted.values, **filled})


def as_left(case: Case, page: Page, language: str) -> tuple[Posted, Reading] | None:
    """Return what a page was left with and what is wrong with it; None where all that was typed could be read."""
    asked = list(case.definition.asked(page, case.settled.values))
    unread = {
        field.id: case.draft.unread[field.id] for field in asked if field.id in case.draft.unread
    }
    if not unread:
        return None
    typed = {name: values for told in unread.values() for name, values in told.items()}
    posted = _over(Posted(held(case.draft.answers, asked)), typed)
    reader = Reader(case.world, case.circumstances.today, language)
    wrong = [field for field in asked if field.id in unread]
    return posted, read_fields(reader, wrong, posted)
