"""Granting, confirming, ending a mandate, and noting what was done by it: one transaction each, every change kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.kernel.working_calendar import local
from motcua.mandates.models import Change, Mandate, Use
from motcua.mandates.queries import party_key, told
from motcua.mandates.rules.grounds import Terms, Way, must_be_sound, needs_check
from motcua.mandates.rules.mandates import About, Act
from motcua.mandates.rules.refusals import (
    HolderUnproved,
    MandateOver,
    MandateThere,
    MandateUnknown,
    Oneself,
    OtherEyes,
)
from motcua.toolkit.sealing import keyed

_NUMBER = "mandates.number"


@dataclass(frozen=True)
class Party:
    """One of the two people; `phone` is E.164. `person_id`: who they are here, where they have an account."""

    name: str
    phone: str
    person_id: int | None = None
    language: str = "vi"
    number: str = ""

    @property
    def key(self) -> str:
        """By what equal people are told: their phone, which no mandate is without."""
        return party_key(self.phone)


@dataclass(frozen=True)
class Recorded:
    """At which counter a paper was recorded, and by whom."""

    agency_id: int
    official_id: int


@dataclass(frozen=True)
class Granting:
    """A mandate about to be: who gives, who holds, what, and who asked for it."""

    giver: Party
    holder: Party
    terms: Terms
    asked_by: Mandate.Side
    word: Mandate.Word | None = None
    """How the giver has given their word already; None when it is still awaited."""
    recorded: Recorded | None = None

    @property
    def way(self) -> Way:
        """How it comes about."""
        return "counter" if self.recorded else "online"


def grant(*, granting: Granting, key: str, at: datetime) -> Mandate:
    """Write a mandate down; the same key again returns the same one.

    What waited for the same two people and the same thing, or has run out, makes room. Raises Oneself,
    MandateThere, and what `must_be_sound` does.
    """
    known = Mandate.objects.filter(act_key=key).first()
    if known is not None:
        return known
    giver, holder = granting.giver, granting.holder
    if giver.key == holder.key or (giver.person_id and giver.person_id == holder.person_id):
        raise Oneself
    must_be_sound(granting.terms, granting.way, at=at)
    row = _row(granting, key, at)
    try:
        with transaction.atomic():
            _make_room(row, at)
            row.save(force_insert=True)
            _note(row, Change.Kind.GRANTED, _by(granting.asked_by), at, row.recorded_by_id)
            if granting.word:
                _note(row, Change.Kind.GIVER_AGREED, _by_word(granting), at, row.recorded_by_id)
            if row.holder_agreed_at:
                _note(row, Change.Kind.HOLDER_AGREED, Change.By.HOLDER, at)
            _count(row, at)
    except IntegrityError as clash:  # the same click at the same moment, or somebody was faster
        known = Mandate.objects.filter(act_key=key).first()
        if known is None:
            raise MandateThere from clash
        return known
    return row


def _by(side: Mandate.Side) -> Change.By:
    return Change.By(side.value)


def _by_word(granting: Granting) -> Change.By:
    return Change.By.OFFICE if granting.recorded else Change.By.GIVER


def _row(granting: Granting, key: str, at: datetime) -> Mandate:
    giver, holder, terms = granting.giver, granting.holder, granting.terms
    recorded = granting.recorded
    asked_by_holder = granting.asked_by == Mandate.Side.HOLDER
    return Mandate(
        ground=terms.ground, acts=sorted(terms.acts), reach=terms.scope.reach, of=terms.scope.of,
        starts=terms.starts, until=terms.until,
        giver_key=giver.key, giver_person_id=giver.person_id, giver_name=giver.name[:120],
        giver_phone=giver.phone, giver_language=giver.language,
        giver_token=secrets.token_urlsafe(12), giver_word=granting.word or "",
        giver_agreed_at=at if granting.word else None,
        holder_key=holder.key, holder_name=holder.name[:120], holder_phone=holder.phone,
        holder_language=holder.language, holder_token=secrets.token_urlsafe(12),
        holder_number=number_key(holder.number),
        holder_person_id=holder.person_id if asked_by_holder else None,
        holder_agreed_at=at if asked_by_holder else None,
        asked_by=granting.asked_by, agency_id=recorded.agency_id if recorded else None,
        recorded_by_id=recorded.official_id if recorded else None,
        needs_check=needs_check(terms, granting.way), act_key=key, made_at=at,
    )  # fmt: skip


def number_key(number: str) -> str:
    """Return by what a personal number is compared; empty for none."""
    return keyed(_NUMBER, number) if number else ""


def _make_room(row: Mandate, at: datetime) -> None:
    """End what waits or has run out between the two for the same thing."""
    others = Mandate.objects.select_for_update().filter(
        giver_key=row.giver_key, holder_key=row.holder_key, reach=row.reach, of=row.of,
        ended_at__isnull=True,
    )  # fmt: skip
    for other in others:
        if other.until <= at:
            _end(other, Mandate.Ending.TIME, Change.By.TIME, at)
        elif other.confirmed_at is None:
            _end(
                other,
                Mandate.Ending.REPLACED,
                _by(Mandate.Side(row.asked_by)),
                at,
                row.recorded_by_id,
            )


@dataclass(frozen=True)
class Accepting:
    """Who gives their word: the person of a sign-in, and the personal number that VNeID proved, if it did."""

    person_id: int
    name: str
    proved_number: str = ""
    language: str = "vi"


@transaction.atomic
def giver_agrees(
    *, mandate_id: UUID, word: Mandate.Word, who: Accepting | None = None, at: datetime
) -> Mandate:
    """Take the giver's word; again is harmless. `who`: the person of their sign-in, where it is their word.

    Raises MandateOver, Oneself.
    """
    row = _open(mandate_id, at)
    if row.giver_agreed_at is None:
        row.giver_agreed_at, row.giver_word = at, word
        if who is not None:
            if who.person_id == row.holder_person_id:
                raise Oneself
            row.giver_person_id, row.giver_name = who.person_id, who.name[:120]
            row.giver_language = who.language
        _save(
            row, "giver_agreed_at", "giver_word", "giver_person_id", "giver_name", "giver_language"
        )
        _note(row, Change.Kind.GIVER_AGREED, Change.By.GIVER, at)
        _count(row, at)
    return row


def holder_agrees(*, mandate_id: UUID, who: Accepting, at: datetime) -> Mandate:
    """Let the holder accept; from then on it is theirs. Again is harmless.

    Raises MandateOver, HolderUnproved, Oneself, MandateUnknown for somebody else than who has accepted.
    """
    try:
        with transaction.atomic():
            return _accepted(mandate_id, who, at)
    except IntegrityError as same:
        raise Oneself from same


def _accepted(mandate_id: UUID, who: Accepting, at: datetime) -> Mandate:
    row = _open(mandate_id, at)
    if row.holder_person_id is not None:
        if row.holder_person_id != who.person_id:
            raise MandateUnknown
        return row
    if row.holder_number and row.holder_number != number_key(who.proved_number):
        raise HolderUnproved
    row.holder_person_id, row.holder_agreed_at = who.person_id, at
    row.holder_name, row.holder_language = who.name[:120], who.language
    _save(row, "holder_person_id", "holder_agreed_at", "holder_name", "holder_language")
    _note(row, Change.Kind.HOLDER_AGREED, Change.By.HOLDER, at)
    _count(row, at)
    return row


@transaction.atomic
def check(*, mandate_id: UUID, official_id: int, at: datetime) -> Mandate:
    """Take the word of a second official; again is harmless. Raises MandateOver, OtherEyes."""
    row = _open(mandate_id, at)
    if row.recorded_by_id == official_id:
        raise OtherEyes
    if row.needs_check and row.checked_by_id is None:
        row.checked_by_id = official_id
        _save(row, "checked_by_id")
        _note(row, Change.Kind.CHECKED, Change.By.OFFICE, at, official_id)
        _count(row, at)
    return row


@transaction.atomic
def end(
    *, mandate_id: UUID, by: Mandate.Side, official_id: int | None = None, at: datetime
) -> bool:
    """End a mandate at once; tell whether this call did it. Again is harmless."""
    row = _locked(mandate_id)
    if row.ended_at is not None:
        return False
    if row.until <= at:
        _end(row, Mandate.Ending.TIME, Change.By.TIME, at)
        return False
    _end(row, Mandate.Ending(by.value), _by(by), at, official_id)
    return True


@transaction.atomic
def use(*, mandate_id: UUID, act: Act, about: About, at: datetime) -> Mandate:
    """Do an act by a mandate, on the dossier that `about` names: whoever ends it meanwhile waits, or was first.

    Raises MandateOver when it allows the act no more.
    """
    row = _locked(mandate_id)
    if not told(row).allows(act, about, at):
        raise MandateOver
    note_use(mandate_id=mandate_id, act=act, dossier=about.dossier, at=at)
    return row


def note_use(*, mandate_id: UUID, act: Act, dossier: str, at: datetime) -> None:
    """Keep that the holder did this on a dossier; once an act and day."""
    row = Use(mandate_id=mandate_id, dossier=dossier, act=act, day=local(at).date(), at=at)
    Use.objects.bulk_create([row], ignore_conflicts=True)


@transaction.atomic
def end_what_ran_out(*, at: datetime) -> int:
    """Note the end of mandates whose time is over; they count no more already. Returns how many."""
    over = Mandate.objects.select_for_update().filter(ended_at__isnull=True, until__lte=at)
    rows = list(over[:1000])
    for row in rows:
        _end(row, Mandate.Ending.TIME, Change.By.TIME, at)
    return len(rows)


def _locked(mandate_id: UUID) -> Mandate:
    row = Mandate.objects.select_for_update().filter(pk=mandate_id).first()
    if row is None:
        raise MandateUnknown
    return row


def _open(mandate_id: UUID, at: datetime) -> Mandate:
    row = _locked(mandate_id)
    if row.ended_at is not None or row.until <= at:
        raise MandateOver
    return row


def _count(row: Mandate, at: datetime) -> None:
    """Let the mandate count from now on, when every word is there."""
    checked = not row.needs_check or row.checked_by_id is not None
    if row.confirmed_at is None and row.giver_agreed_at and row.holder_person_id and checked:
        row.confirmed_at = at
        _save(row, "confirmed_at")
        _note(row, Change.Kind.CONFIRMED, _last_word(row), at, _last_official(row))


def _last_word(row: Mandate) -> Change.By:
    last = row.changes.order_by("-pk").first()
    return Change.By(last.by) if last else Change.By.TIME


def _last_official(row: Mandate) -> int | None:
    last = row.changes.order_by("-pk").first()
    return last.official_id if last else None


def _end(
    row: Mandate,
    ending: Mandate.Ending,
    by: Change.By,
    at: datetime,
    official_id: int | None = None,
) -> None:
    row.ended_at, row.ending = at, ending
    _save(row, "ended_at", "ending")
    _note(row, Change.Kind.ENDED, by, at, official_id)


def _save(row: Mandate, *names: str) -> None:
    values: dict[str, Any] = {name: getattr(row, name) for name in names}
    Mandate.objects.filter(pk=row.pk).update(**values)


def _note(
    row: Mandate, kind: Change.Kind, by: Change.By, at: datetime, official_id: int | None = None
) -> None:
    official = official_id if by == Change.By.OFFICE else None
    Change.objects.create(mandate=row, kind=kind, by=by, official_id=official, at=at)
