"""Erasing what was declared, once its time is over: answers by name, then everything beside.

The history stands: what was done, when, by whom in office. What it says of people goes.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from motcua.audit.rules.entries import new_salt
from motcua.dossiers import search
from motcua.dossiers.entering import enter_erased
from motcua.dossiers.models import CheckMark, Content, Emergency, Event, Handover
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.rules.events import restored, stored
from motcua.dossiers.rules.forgetting import ERASED, without_people
from motcua.toolkit.sealed_fields import sealing


def ended_before(moment: datetime, versions: Collection[int], but: Iterable[Any]) -> QuerySet[Row]:
    """Return the dossiers of these versions that ended before a moment, the oldest first; `but`: conditions of others."""
    rows = Row.objects.filter(version_id__in=versions, ended_at__lt=moment)
    for condition in but:
        rows = rows.filter(condition)
    return rows.select_related("version", "agency").order_by("ended_at", "pk")


def erase_answers(row: Row, names: Collection[str], contact: Collection[str]) -> Mapping[str, Any]:
    """Erase these answers and return them; those of `contact` also where the dossier itself is reached.

    What was erased finds the dossier no more.
    """
    declared = Content.objects.select_for_update().get(dossier=row)
    gone = {name: declared.answers[name] for name in names if name in declared.answers}
    left = {name: told for name, told in declared.answers.items() if name not in gone}
    Content.objects.filter(dossier=row).update(answers=left)
    if set(contact) & set(names):
        row.phone = row.email = ""
    _find_anew(row, left)
    return gone


def erase_beside(row: Row) -> None:
    """Erase what stands beside: names, marks, earlier answers, corrections, notes; its proof is written already."""
    Content.objects.filter(dossier=row).update(circumstances={}, ways={})
    CheckMark.objects.filter(dossier=row).delete()
    row.subject_name = row.applicant_name = row.phone = row.email = ""
    _find_anew(row, {})
    with connection.cursor() as cursor:
        cursor.execute("select dossiers_erase_beside(%s)", [row.pk])


@transaction.atomic
def erase_events(row: Row, kept_class: str, at: datetime) -> int:
    """Erase what the history says of people, under a class whose proof is written; return of how many events.

    What is left of each is entered in the log anew; its first entry stands, with every proof of it.
    """
    changed = [event for event in _history(row) if _cleared(event)]
    for event in changed:
        event.salt, event.erased = new_salt(), kept_class
    contents, salts = (
        [sealing(Event, name)(getattr(event, name)) for event in changed]
        for name in ("data", "salt")
    )
    places = [event.seq for event in changed]
    with connection.cursor() as cursor:
        cursor.execute(
            "select dossiers_erase_events(%s, %s, %s, %s::bytea[], %s::bytea[])",
            [row.pk, kept_class, places, contents, salts],
        )
    enter_erased(row.code, changed, at)
    return len(changed)


def erase_words(row: Row) -> int:
    """Erase why work changed hands, and what was written of emergencies; return of how many. Its proof is written already.

    That it was done, when, by whom and under which code stays; neither's words ever stood in the log.
    """
    hands = [hand for hand in Handover.objects.filter(dossier=row) if hand.reason]
    seal = sealing(Handover, "reason")
    with connection.cursor() as cursor:
        cursor.execute(
            "select dossiers_erase_reasons(%s, %s::bigint[], %s::bytea[])",
            [row.pk, [hand.pk for hand in hands], [seal(ERASED) for _ in hands]],
        )
    opened = list(Emergency.objects.filter(dossier=row))
    for emergency in opened:
        emergency.words = ERASED
        emergency.remark = ERASED if emergency.remark else ""
    Emergency.objects.bulk_update(opened, ["words", "remark"])
    return len(hands) + len(opened)


def _history(row: Row) -> list[Event]:
    return list(Event.objects.filter(dossier=row, erased="").order_by("seq"))


def _cleared(event: Event) -> bool:
    """Take what is about people out of an event; tell whether there was anything."""
    told = restored(event.kind, event.data)
    left = without_people(told)
    event.data = stored(left)[1]
    return left != told


def forget_readings(before: datetime) -> int:
    """Forget who looked before a moment, of dossiers that had ended by then; return how many entries."""
    with connection.cursor() as cursor:
        cursor.execute("select dossiers_forget_readings(%s)", [before])
        return int(cursor.fetchone()[0])


def _find_anew(row: Row, answers: Mapping[str, Any]) -> None:
    names = f"{row.subject_name} {row.applicant_name}"
    row.refresh_from_db(fields=["terms"])
    terms = search.renamed(
        row.terms, code=row.code, names=names, phone=row.phone, answers=dict(answers)
    )
    Row.objects.filter(pk=row.pk).update(
        subject_name=row.subject_name, applicant_name=row.applicant_name, phone=row.phone,
        email=row.email, terms=terms,
    )  # fmt: skip
