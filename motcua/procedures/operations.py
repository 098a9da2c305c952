"""Publishing: a version enters once and never changes."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction
from django.utils.timezone import localtime

from motcua.procedures.listings import list_service
from motcua.procedures.models import Version
from motcua.procedures.queries import published_of, same_content
from motcua.procedures.rules.catalogue import Folder, canonical, digest, folders, read_folder
from motcua.procedures.rules.procedure import Procedure
from motcua.procedures.rules.versions import Span, VersionEnded, VersionReplaced, ends_before
from motcua.procedures.vocabulary import learn

Gate = Callable[[Folder], None]
"""Looks at a content that was never published, and raises what speaks against it."""


@transaction.atomic
def publish(
    *,
    folder: Folder,
    at: datetime,
    listed: bool = True,
    correcting: bool = False,
    gate: Gate | None = None,
) -> Version:
    """Publish what a folder holds; the same content again changes nothing but guides and a day of its end.

    Earlier versions without an end end on the day before. A version of the same day is not replaced, unless
    `correcting`. One that is not `listed` is found by its slug and code, but not by searching.
    Raises what the gate raises, VersionsOverlap, VersionOfThatDay, VersionEnded, VersionReplaced.
    """
    procedure = folder.procedure
    _one_at_a_time()
    versions = published_of(procedure.code, procedure.slug)
    known = same_content(procedure, versions)
    if known:
        _must_stand(known, versions)
    elif gate:
        gate(folder)
    version = known or _enter(procedure, versions, at, correcting=correcting)
    if known:
        _end(known, procedure.effective.until)
    if version.guides != folder.guides:  # words of help are not law: they may be mended
        Version.objects.filter(pk=version.pk).update(guides=folder.guides)
    if version.listed != listed:
        Version.objects.filter(pk=version.pk).update(listed=listed)
    if list_service(procedure.slug, localtime(at).date()):
        learn()
    return version


def _must_stand(version: Version, versions: list[Version]) -> None:
    """Refuse a content whose place a correction has taken. Raises VersionReplaced."""
    same_day = [row for row in versions if row.effective_from == version.effective_from]
    if same_day[-1].pk != version.pk:
        raise VersionReplaced(code=version.code, since=version.effective_from)


def _one_at_a_time() -> None:
    """Let nobody else publish until this transaction is over."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('procedures.publish'))")


def _enter(
    procedure: Procedure, versions: list[Version], at: datetime, *, correcting: bool
) -> Version:
    since, until = procedure.effective.since, procedure.effective.until
    new = Span(since, until or _end_of_that_day(versions, since))
    spans = [Span(row.effective_from, row.effective_until) for row in versions]
    last_day = ends_before(new, spans, code=procedure.code, correcting=correcting)
    for row in versions:
        if row.effective_until is None and row.effective_from < new.since:
            _end(row, last_day)
    content = canonical(procedure)
    return Version.objects.create(
        digest=digest(content),
        code=procedure.code,
        slug=procedure.slug,
        effective_from=new.since,
        effective_until=new.until,
        content=content,
        published_at=at,
    )


def _end_of_that_day(versions: list[Version], since: date) -> date | None:
    """Return the end of the version that a correction replaces."""
    replaced = [row.effective_until for row in versions if row.effective_from == since]
    return replaced[-1] if replaced else None


def _end(version: Version, day: date | None) -> None:
    """Write down a version's last day, once. Raises VersionEnded."""
    if day is None or version.effective_until == day:
        return
    if version.effective_until is not None:
        raise VersionEnded(code=version.code, until=version.effective_until)
    Version.objects.filter(pk=version.pk).update(effective_until=day)


def publish_catalogue(*, catalogue: Path, at: datetime) -> list[Version]:
    """Publish every procedure of a catalogue known to be sound, of each the oldest version first.

    Raises Unreadable for one that cannot be read, and what `publish` does.
    """
    read = [read_folder(place, catalogue) for place in folders(catalogue)]
    read.sort(key=lambda folder: folder.procedure.effective.since)
    return [publish(folder=folder, at=at, correcting=True) for folder in read]


def publish_folder(*, folder: Path, at: datetime, listed: bool = True) -> Version:
    """Publish one sound folder from anywhere; raises Unreadable and what `publish` does."""
    return publish(folder=read_folder(folder), at=at, listed=listed, correcting=True)
