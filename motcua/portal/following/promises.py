"""The promised date, and why it is this day, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from motcua.dossiers.rules.clock import whole_promise
from motcua.journeys.limits_in_words import limit_words
from motcua.kernel.working_time import Promise
from motcua.portal.following.reading import Told
from motcua.ui.promises import Moved, PartWhy, days_of, moved, parts_why, pauses_why
from motcua.ui.words import moment_words


@dataclass(frozen=True)
class PromiseView:
    """A promised date with its derivation, one line a day."""

    due: datetime | None
    """None while the clock stands still, and while a supplement is awaited before it runs at all."""
    finished: datetime | None
    """When all agencies were done, which ends the count."""
    limit: str
    basis: str
    since: str
    days: tuple[tuple[str, str], ...]
    firm: bool
    """Whether the dossier was received: before that the date is only expected."""
    provisional: bool
    moved: Moved | None = None
    pauses: tuple[str, ...] = ()
    parts: tuple[PartWhy, ...] = ()


def promise_view(told: Told) -> PromiseView:
    """Return the date that holds now: promised after reception, expected before it."""
    law = told.published.procedure
    limit = law.plan.limit_of(told.dossier.legs)
    received = told.dossier.clock.received_at
    found = whole_promise(told.law, told.dossier)
    if found is None:
        found = told.law.promise(told.dossier.submitted_at, limit)
    asked_before = received is None and bool(told.dossier.requests)
    return PromiseView(
        due=None if told.dossier.clock.standing or asked_before else found.due,
        finished=told.dossier.finished_at,
        limit=limit_words(limit),
        basis=law.cited(limit, told.language),
        since=_since(found, received, told),
        days=days_of(found, told.language),
        firm=received is not None,
        provisional=found.provisional,
        moved=moved(told.dossier.clock, told.language),
        pauses=tuple(pauses_why(told.dossier.clock)),
        parts=tuple(parts_why(told.law, told.dossier, told.language)),
    )


def _since(found: Promise, received: datetime | None, told: Told) -> str:
    moment = received or told.dossier.submitted_at
    words = gettext("Nhận lúc {moment}") if received else gettext("Nộp lúc {moment}")
    if found.started == moment:
        return words.format(moment=moment_words(moment))
    return gettext("{what}, tính từ {start}").format(
        what=words.format(moment=moment_words(moment)), start=moment_words(found.started)
    )
