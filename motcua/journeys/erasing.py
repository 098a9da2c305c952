"""Erases what its time is over for: by class, every night, with proof and without asking twice.

Only by times that somebody has confirmed (`catalogue/personal.yaml`, `MOTCUA_RETENTION_CONFIRMED`); never what is
held. Registers, issued results and the history itself are archives and stay; of the history, what was done – names
of citizens and words about them go.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from motcua.deliveries.forgetting import forget_receivers
from motcua.documents import queries as papers
from motcua.documents.forgetting import remove_for_good
from motcua.dossiers import erasing
from motcua.dossiers.models import Dossier as Row
from motcua.exchange.forgetting import empty_messages
from motcua.exchange.rules import DATA_ERASED
from motcua.identity import recoveries
from motcua.journeys.case import owner_of_dossier
from motcua.journeys.forgetting_mandates import forget_mandates
from motcua.journeys.informing_receivers import tell_receivers
from motcua.notices.forgetting import wipe
from motcua.privacy import erasures
from motcua.privacy.erasures import Erased
from motcua.privacy.models import Erasure, Hold
from motcua.procedures.models import Version
from motcua.procedures.queries import by_digest
from motcua.procedures.rules.procedure import Procedure
from motcua.procedures.rules.retention import Retention, RetentionClass, retention
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import every, job

AT_ONCE = 200
RECOVERIES = "recoveries"


@dataclass(frozen=True)
class Tally:
    """What one night erased: dossiers by class, messages, entries of the log of readings, people of mandates, recoveries."""

    dossiers: Mapping[str, int]
    messages: int
    readings: int
    mandates: int
    recoveries: int


@every("29 2 * * *")
@job(name="journeys.erase", queue="default")
def erase(*, timestamp: int) -> None:
    """Erase everything that is due, every night."""
    del timestamp
    erase_due(known=retention(settings.RETENTION_CONFIRMED), at=now())


def erase_due(*, known: Retention, at: datetime) -> Tally:
    """Erase what is due by these classes; return how much."""
    counted = {
        one.id: _erase_class(one, at)
        for one in known.classes.values()
        if one.starts == "end" and known.erases(one.id)
    }
    messages, readings = _before(known, "notices", at), _before(known, "read_log", at)
    mandates = _before(known, "mandates", at)
    return Tally(
        counted,
        wipe(before=messages) if messages else 0,
        erasing.forget_readings(readings) if readings else 0,
        forget_mandates(before=mandates, at=at) if mandates else 0,
        _forget_recoveries(known.classes[RECOVERIES], at) if known.erases(RECOVERIES) else 0,
    )


def _forget_recoveries(one: RetentionClass, at: datetime) -> int:
    """Erase recoveries of accounts that ended long ago, each with its proof; return how many."""
    before, count = one.latest(at), 0
    while before and (gone := _some_recoveries(one, before, at)):
        count += gone
    return count


@transaction.atomic
def _some_recoveries(one: RetentionClass, before: datetime, at: datetime) -> int:
    gone = recoveries.forget(before=before)
    for key, phone in gone.items():
        rule = f"{one.months} months after the end: {one.ground}"
        erased = Erased({"new_phone": phone})
        erasures.note(subject=f"recovery:{key}", kept_class=one.id, rule=rule, erased=erased, at=at)
    return len(gone)


def _before(known: Retention, name: str, at: datetime) -> datetime | None:
    """Return from before when things of a class are due; None where they are not erased by themselves."""
    return known.classes[name].latest(at) if known.erases(name) else None


def _erase_class(one: RetentionClass, at: datetime) -> int:
    """Erase the class in every dossier that is due; each dossier in a transaction of its own."""
    versions = {pk: procedure for pk, procedure in _versions() if one.id in classes_in(procedure)}
    count = 0
    for row in _due(one, list(versions), at):
        _erase_and_tell(row, versions[row.version_id], one, at)
        count += 1
    return count


@transaction.atomic
def _erase_and_tell(row: Row, procedure: Procedure, one: RetentionClass, at: datetime) -> None:
    """Erase the class in one dossier; whoever was sent its data learns that it was erased, as when somebody asked."""
    erase_of_dossier(row=row, procedure=procedure, one=one, at=at)
    tell_receivers(row.code, DATA_ERASED, key=f"erased:{one.id}:{row.code}", at=at)


def _versions() -> Iterator[tuple[int, Procedure]]:
    """Yield the published versions with their procedures: few, read once a process."""
    for pk, digest in Version.objects.values_list("pk", "digest"):
        yield pk, by_digest(digest).procedure


def classes_in(procedure: Procedure) -> set[str]:
    """Return the classes that a dossier of the procedure holds something of."""
    return {procedure.keeps, *(field.keeps for field in procedure.form.fields().values())} - {""}


def _due(one: RetentionClass, versions: list[int], at: datetime) -> Iterator[Row]:
    """Yield the dossiers that are due, not held, and not erased by this class yet."""
    before = one.latest(at)
    if before is None or not versions:
        return
    done = Erasure.objects.filter(subject=OuterRef("code"), kept_class=one.id)
    held = Hold.objects.filter(subject=OuterRef("code"), ended_at__isnull=True)
    but = [~Exists(done), ~Exists(held)]
    while rows := list(erasing.ended_before(before, versions, but)[:AT_ONCE]):
        yield from rows


@transaction.atomic
def erase_of_dossier(
    *, row: Row, procedure: Procedure, one: RetentionClass, at: datetime, asked: str = ""
) -> Erased:
    """Erase what a class holds of one dossier, write the proof, and return what went. Raises DossierHeld.

    The class of the procedure itself takes everything: all answers that are left, the papers that were brought,
    names, earlier answers, notes, receivers of results, what messages to other agencies told, why work changed hands or
    an emergency opened it, and what the history says of people. Another class takes its own answers only. `asked`: the
    number of the request that was granted, where the time is not over yet.
    """
    erasures.must_not_be_held(row.code)
    Row.objects.select_for_update().get(pk=row.pk)
    whole = one.id == procedure.keeps
    personal = by_digest(row.version.digest).definition.personal
    names = [name for name, known in personal.items() if whole or known.keeps == one.id]
    reached = {procedure.applicant.phone, procedure.applicant.email or ""}
    gone = erasing.erase_answers(row, names, reached)
    files = _papers(row) if whole else []
    erased = Erased(gone, files)
    rule = f"granted: {asked}" if asked else f"{one.months} months after the end: {one.ground}"
    erasures.note(subject=row.code, kept_class=one.id, rule=rule, erased=erased, at=at)
    if whole:
        remove_for_good(owner=owner_of_dossier(row.code), at=at)
        empty_messages(subject=row.code)
        forget_receivers(subject=row.code)
        erasing.erase_beside(row)
        erasing.erase_words(row)
        erasing.erase_events(row, one.id, at)
    return erased


def _papers(row: Row) -> list[str]:
    owner = owner_of_dossier(row.code)
    kept = [*papers.documents_of(owner), *papers.earlier_versions_of(owner)]
    return [page.digest for document in kept for page in document.page_list]
