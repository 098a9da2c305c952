"""Recoveries: an account whose number is lost, from the card at the counter to the day its new number opens it."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.audit import operations as audit
from motcua.identity import links
from motcua.identity.models import Account, Recovery
from motcua.identity.rules.recovering import (
    WAITS,
    RecoveryOver,
    RecoveryThere,
    RecoveryUnknown,
    SameNumber,
    SecondOfficial,
    VneidIsTheWay,
    moves_at,
)
from motcua.identity.rules.refusals import NumberInUse
from motcua.toolkit.gates import gate

SHOWN = 50
AT_ONCE = 1000
Ending = Recovery.Ending


@dataclass(frozen=True)
class Lost:
    """What was found: the account, the dossier that stands for the card, and the number it is to have."""

    account: Account
    dossier: str
    new_phone: str


@dataclass(frozen=True)
class Office:
    """Who does it and where, by their keys."""

    agency: int
    official: int


def begun(key: str) -> Recovery | None:
    """Return what was written down under this key of an act, if it was."""
    return Recovery.objects.select_related("person").filter(act_key=key).first()


def record(*, lost: Lost, by: Office, key: str, at: datetime) -> Recovery:
    """Write down that somebody showed their card; the same key again returns the same one. Nothing moves yet.

    Raises VneidIsTheWay, SameNumber, NumberInUse, RecoveryThere.
    """
    if (known := begun(key)) is not None:
        return known
    person = lost.account.person
    if person.verified_at is not None:
        raise VneidIsTheWay
    if person.phone == lost.new_phone:
        raise SameNumber
    links.must_be_free(lost.new_phone, person.pk, at)
    row = Recovery(
        account=lost.account, person=person, new_phone=lost.new_phone, dossier=lost.dossier, office=by.agency,
        token=secrets.token_urlsafe(16), act_key=key, recorded_by=by.official, recorded_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            end_late(at=at)
            row.save(force_insert=True)
            _log(row, "recorded", by.official, at)
    except IntegrityError as clash:
        raise RecoveryThere from clash
    return row


@transaction.atomic
def end_late(*, at: datetime) -> None:
    """End what waited too long for its code or its second official, so that there is room for another."""
    rows = Recovery.objects.select_for_update(of=("self",), skip_locked=True)
    for row in rows.filter(ended_at=None, checked_at=None, recorded_at__lt=at - WAITS):
        _end(row, Ending.TIME, at)


@transaction.atomic
def proved(*, recovery_id: UUID, at: datetime) -> Recovery:
    """Note that the code sent to the new number was right; again is harmless. Raises RecoveryOver."""
    row = _open(recovery_id)
    if row.proved_at is None:
        row.proved_at = at
        row.save(update_fields=["proved_at"])
        _log(row, "proved", None, at)
    return row


@transaction.atomic
def check(*, recovery_id: UUID, official: int, at: datetime) -> Recovery:
    """Let a second official confirm: the cooling time begins; again changes nothing. Raises SecondOfficial, RecoveryOver."""
    row = _open(recovery_id)
    if row.checked_at is not None:
        return row
    if row.proved_at is None:
        raise RecoveryOver
    if official == row.recorded_by:
        raise SecondOfficial
    row.checked_by, row.checked_at, row.moves_at = official, at, moves_at(at)
    row.save(update_fields=["checked_by", "checked_at", "moves_at"])
    _log(row, "checked", official, at)
    return row


@transaction.atomic
def stop(*, recovery_id: UUID, official: int | None, at: datetime) -> Recovery:
    """Stop it: at the counter, or, without an official, by whoever the old number belongs to. Raises RecoveryOver."""
    row = _open(recovery_id)
    row.stopped_by = official
    _end(row, Ending.OFFICE if official else Ending.HOLDER, at)
    return row


@transaction.atomic
def move(*, recovery_id: UUID, at: datetime) -> Recovery:
    """Let the new number open the account, where its time has come and the account is still what it was.

    What VNeID has proved meanwhile, or whose new number is somebody else's by now, ends without a move. Raises RecoveryOver.
    """
    row = _open(recovery_id)
    if row.moves_at is None or row.moves_at > at:
        raise RecoveryOver
    account = Account.objects.select_related("person").get(pk=row.account_id)
    if account.person_id != row.person_id or account.person.verified_at is not None:
        return _end(row, Ending.OVERTAKEN, at)
    try:
        links.recover_number(phone=row.new_phone, person_id=row.person_id, at=at)
    except NumberInUse:
        return _end(row, Ending.OVERTAKEN, at)
    return _end(row, Ending.MOVED, at)


def _open(recovery_id: UUID) -> Recovery:
    rows = Recovery.objects.select_for_update(of=("self",)).select_related("person")
    row = rows.filter(pk=recovery_id, ended_at=None).first()
    if row is None:
        raise RecoveryOver
    return row


def _end(row: Recovery, ending: Recovery.Ending, at: datetime) -> Recovery:
    row.ended_at, row.ending = at, ending
    row.save(update_fields=["ended_at", "ending", "stopped_by"])
    _log(row, ending.value, row.stopped_by, at)
    return row


def _log(row: Recovery, what: str, official: int | None, at: datetime) -> None:
    """Enter it in the log that nobody can rewrite: keys, no names, no numbers."""
    told = {
        "what": what, "account": row.account_id, "office": row.office, "official": official, "dossier": row.dossier,
    }  # fmt: skip
    audit.append(kind="identity.recovery", reference=row.pk.hex, content=told, at=at)


@transaction.atomic
def forget(*, before: datetime) -> dict[str, str]:
    """Erase recoveries that ended before a moment, a thousand at most; return each number by its key, for the proof.

    That there was one, its steps and its end stay in the log, by keys.
    """
    rows = Recovery.objects.select_for_update(of=("self",)).filter(ended_at__lt=before)
    gone = {row.pk.hex: row.new_phone for row in rows.order_by("ended_at")[:AT_ONCE]}
    Recovery.objects.filter(pk__in=list(gone)).delete()
    return gone


def due(at: datetime) -> list[UUID]:
    """Return what is to move now, the oldest first."""
    rows = Recovery.objects.filter(ended_at=None, moves_at__lte=at).order_by("moves_at")
    return list(rows.values_list("pk", flat=True))


def of_person(person_id: int) -> list[Recovery]:
    """Return the recoveries of a person that two officials stood for, latest first; one query."""
    rows = Recovery.objects.filter(person_id=person_id, checked_at__isnull=False)
    return list(rows.order_by("-recorded_at")[:SHOWN])


def of_offices(offices: Collection[int]) -> list[Recovery]:
    """Return what these offices have begun, latest first; one query."""
    rows = Recovery.objects.filter(office__in=offices).select_related("person")
    return list(rows.order_by("-recorded_at")[:SHOWN])


@gate
def of_office(recovery_id: UUID, offices: Collection[int]) -> Recovery:
    """Return one that these offices have begun. Raises RecoveryUnknown."""
    rows = Recovery.objects.filter(office__in=offices).select_related("person")
    row = rows.filter(pk=recovery_id).first()
    if row is None:
        raise RecoveryUnknown
    return row


@gate
def by_token(token: str) -> Recovery:
    """Return the one whose address stood in a message. Raises RecoveryUnknown."""
    row = Recovery.objects.select_related("person").filter(token=token).first()
    if row is None:
        raise RecoveryUnknown
    return row
