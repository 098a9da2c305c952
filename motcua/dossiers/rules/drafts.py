"""Drafts under several hands: saves merge field by field, and what nobody touches ends with notice.

A field is the smallest thing that merges; a group of rows is one field, for its rows carry no names of
their own. Two people who change different fields never notice each other; of one field changed on both
sides nothing is overwritten: the person chooses.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

LIVES = timedelta(days=60)
"""How long a draft is kept after its last change."""

PAUSE = timedelta(minutes=5)
"""Who does not touch a declaration for longer has left it: that time is not work."""

SAVES_KNOWN = 64
"""So many saves back one that is sent again is recognised; an older one merges as any other."""

Marks = Mapping[str, str]


@dataclass(frozen=True)
class Kept:
    """What a draft holds: its answers, at which revision each was last touched, which saves it has seen."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    touched: Mapping[str, int] = field(default_factory=dict)
    revision: int = 1
    saves: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """What a page brings: its answers (None: emptied), and which of them the person changed since it was made.

    `made_from` is the revision the page shows; `key` is made by the browser, the same when it sends again.
    """

    answers: Mapping[str, Any]
    changed: frozenset[str]
    made_from: int
    key: str = ""


@dataclass(frozen=True)
class Conflict:
    """One field changed on both sides; the draft still says `theirs`."""

    field: str
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class Merged:
    """What the draft holds after a save, what the person must choose, and what changed elsewhere meanwhile."""

    kept: Kept
    conflicts: tuple[Conflict, ...] = ()
    elsewhere: frozenset[str] = frozenset()


def merge(kept: Kept, told: Told) -> Merged:
    """Put into a draft what a page brought. A save seen before changes nothing."""
    again = _comes_again(kept, told)
    changed = frozenset() if again else told.changed
    differing = {
        name: mine for name, mine in told.answers.items() if mine != kept.answers.get(name)
    }
    later = {name for name in differing if kept.touched.get(name, 0) > told.made_from}
    fresh = {name: mine for name, mine in differing.items() if name in changed - later}
    conflicts = tuple(
        Conflict(name, differing[name], kept.answers.get(name)) for name in sorted(later & changed)
    )
    after = _written(kept, fresh)
    if (
        told.key and not again and not conflicts
    ):  # with a conflict it must be told again, not forgotten
        after = replace(after, saves=(*kept.saves, told.key)[-SAVES_KNOWN:])
    return Merged(after, conflicts, frozenset(later - changed))


def is_news(kept: Kept, told: Told, name: str) -> bool:
    """Tell whether what a save brings of a field is newer than its answer: no save that comes again or comes late."""
    return not _comes_again(kept, told) and kept.touched.get(name, 0) <= told.made_from


def _comes_again(kept: Kept, told: Told) -> bool:
    return bool(told.key) and told.key in kept.saves


def _written(kept: Kept, fresh: Mapping[str, Any]) -> Kept:
    if not fresh:
        return kept
    revision = kept.revision + 1
    answers = {**kept.answers, **fresh}
    return replace(
        kept,
        answers={name: told for name, told in answers.items() if told is not None},
        touched={**kept.touched, **dict.fromkeys(fresh, revision)},
        revision=revision,
    )


def worked(since: datetime, at: datetime) -> int:
    """Return the seconds of work between two changes of a draft; a long pause is none."""
    gap = at - since
    return round(gap.total_seconds()) if timedelta(0) < gap <= PAUSE else 0


def mark(answer: Any) -> str:
    """Return a short sign of an answer: a page without scripts carries it, to know later what was changed."""
    text = json.dumps(answer, ensure_ascii=False, sort_keys=True, default=str)
    digest = hashlib.blake2b(text.encode(), digest_size=6).digest()
    return base64.urlsafe_b64encode(digest).decode()


def marks_of(answers: Mapping[str, Any]) -> str:
    """Return the marks of the answers a page shows, as its hidden field carries them."""
    return " ".join(f"{name}={mark(answer)}" for name, answer in answers.items())


def read_marks(carried: str) -> Marks:
    """Return the marks that a page carried; nonsense marks nothing."""
    parts = (part.partition("=") for part in carried.split())
    return {name: told for name, _, told in parts if told}


def changed_since(marks: Marks, answers: Mapping[str, Any]) -> frozenset[str]:
    """Return which answers are others than those a page was made with; one it did not show counts when given."""
    nothing = mark(None)
    return frozenset(
        name for name, told in answers.items() if mark(told) != marks.get(name, nothing)
    )


FIRST_WARNING, LAST_WARNING = 14, 3
"""Days before its end at which the person is told."""


def warning_due(expires_at: datetime, warned: int, at: datetime) -> int | None:
    """Return the warning to give now, in days before the end, None for none.

    `warned` is the last one given for this end, 0 for none. Somebody who could not be told in time of the first
    is told of the last only.
    """
    left = expires_at - at
    if left <= timedelta(0):
        return None
    if left <= timedelta(days=LAST_WARNING):
        return None if warned == LAST_WARNING else LAST_WARNING
    if left <= timedelta(days=FIRST_WARNING):
        return None if warned else FIRST_WARNING
    return None
