"""Calls back: asked for once, promised for an hour, tried at most three times, cancelled by whoever asked."""

import secrets
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count

from motcua.agencies.models import Agency
from motcua.agencies.queries import calendar_for
from motcua.agencies.rules.codes import code_list
from motcua.help.models import Call, Try
from motcua.help.rules.calling import (
    CALLS_IN_A_SLOT,
    MOST_TRIES,
    free_slots,
    promised_until,
    share_in_time,
)
from motcua.help.rules.refusals import CallAskedAlready, CallOver, CallTimeTaken, CallUnknown
from motcua.kernel.words import within
from motcua.toolkit.gates import gate

TOPICS = "call_topics"
LONGEST_WORDS = 300
S = Call.State
PAGE = 50


@dataclass(frozen=True)
class Wish:
    """What somebody wants to be called for; `phone` is E.164, `about` a service or a dossier code."""

    phone: str
    topic: str
    starts_at: datetime
    name: str = ""
    about: str = ""
    words: str = ""
    language: str = "vi"


def times(agency: Agency, at: datetime) -> list[datetime]:
    """Return the hours in which the office can still promise a call, the earliest first; one query."""
    waiting = Call.objects.filter(agency=agency, until__gt=at).exclude(state=S.CANCELLED)
    taken = Counter(waiting.values_list("starts_at", flat=True))
    return free_slots(at, calendar_for(agency.province_code), taken)


def topic_words(code: str, language: str) -> str:
    """Return what a call is about, in words; an unknown code is the last topic, something else."""
    known = code_list(TOPICS)
    return known.label(code if known.has(code) else known.rows[-1].code, language)


def ask(*, agency: Agency, wish: Wish, key: str, at: datetime) -> Call:
    """Promise a call; the same key again returns the same call.

    Not inside another transaction: a place taken meanwhile is seen only by asking anew.
    Raises CallTimeTaken, CallAskedAlready, WordsTooLong.
    """
    known = call_of_act(key)
    if known is not None:
        return known
    if wish.starts_at not in times(agency, at):
        raise CallTimeTaken
    return _placed(agency, wish, lambda place: _written(agency, wish, place, key=key, at=at), key)


def call_of_act(key: str) -> Call | None:
    """Return the call that a form with this key has asked for already."""
    return Call.objects.select_related("agency").filter(act_key=key).first()


def _written(agency: Agency, wish: Wish, place: int, *, key: str, at: datetime) -> Call:
    return Call.objects.create(
        agency=agency, phone=wish.phone, name=wish.name[:120], topic=wish.topic,
        about=wish.about[:80], words=within(wish.words, LONGEST_WORDS), language=wish.language,
        starts_at=wish.starts_at, until=promised_until(wish.starts_at), place=place,
        token=secrets.token_urlsafe(16), act_key=key, made_at=at,
    )  # fmt: skip


def _placed(agency: Agency, wish: Wish, write: Callable[[int], Call], key: str) -> Call:
    """Write a call on the first free place of its hour; whoever loses it to somebody faster tries the next."""
    for _ in range(CALLS_IN_A_SLOT):
        rows = Call.objects.filter(agency=agency, starts_at=wish.starts_at)
        taken = set(rows.exclude(state=S.CANCELLED).values_list("place", flat=True))
        place = next((n for n in range(1, CALLS_IN_A_SLOT + 1) if n not in taken), None)
        if place is None:
            break
        try:
            with transaction.atomic():
                return write(place)
        except IntegrityError as clash:
            same = call_of_act(key)
            if same is not None:
                return same
            if "phone_waits_for_one_call" in str(clash):
                raise CallAskedAlready from clash
    raise CallTimeTaken


@gate
def call_by_token(token: str) -> Call:
    """Return a call by the secret of its address. Raises CallUnknown."""
    found = Call.objects.select_related("agency").filter(token=token).first()
    if found is None:
        raise CallUnknown
    return found


def cancel(*, call: Call, at: datetime) -> None:
    """Ask for the call no more; again is harmless. Raises CallOver for one that was made or given up."""
    if call.state == S.CANCELLED:
        return
    waiting = Call.objects.filter(pk=call.pk, state=S.WAITING)
    if not waiting.update(state=S.CANCELLED, ended_at=at):
        raise CallOver


def waiting_calls(agency_ids: Collection[int]) -> list[Call]:
    """Return the calls that offices have promised, the earliest first; one query."""
    rows = Call.objects.filter(agency_id__in=agency_ids, state=S.WAITING)
    return list(rows.select_related("agency").order_by("starts_at", "place")[:PAGE])


@gate
def call_of_office(call_id: UUID, agency_ids: Collection[int]) -> Call:
    """Return a call of these offices. Raises CallUnknown, for another office's as for none."""
    rows = Call.objects.select_related("agency").filter(pk=call_id, agency_id__in=agency_ids)
    found = rows.first()
    if found is None:
        raise CallUnknown
    return found


@dataclass(frozen=True)
class Rung:
    """How a try ended, by which official."""

    official_id: int
    outcome: Try.Outcome
    note: str = ""


@transaction.atomic
def note_try(*, call_id: UUID, rung: Rung, key: str, at: datetime) -> Call:
    """Write down a try; who was reached, or tried three times, or has another number, waits no more.

    The same key again changes nothing. Raises CallUnknown, CallOver, WordsTooLong.
    """
    call = Call.objects.select_for_update(of=("self",)).filter(pk=call_id).first()
    if call is None:
        raise CallUnknown
    if Try.objects.filter(key=key).exists():
        return call
    if call.state != S.WAITING:
        raise CallOver
    Try.objects.create(
        call=call, official_id=rung.official_id, outcome=rung.outcome, note=within(rung.note, LONGEST_WORDS),
        key=key, at=at,
    )  # fmt: skip
    call.tries += 1
    call.first_tried_at = call.first_tried_at or at
    call.state = _after(rung.outcome, call.tries)
    call.ended_at = None if call.state == S.WAITING else at
    call.save(update_fields=["tries", "first_tried_at", "state", "ended_at"])
    return call


def _after(outcome: Try.Outcome, tries: int) -> Call.State:
    if outcome == Try.Outcome.REACHED:
        return S.REACHED
    over = outcome == Try.Outcome.WRONG_NUMBER or tries >= MOST_TRIES
    return S.UNREACHED if over else S.WAITING


@dataclass(frozen=True)
class Kept:
    """How an office kept its promises: calls asked for since a day, reached, and of a hundred tried in time."""

    asked: int
    reached: int
    in_time: int | None


def kept(agency_ids: Collection[int], since: datetime, at: datetime) -> Kept:
    """Return how offices kept the calls asked for since a moment; a call not tried yet counts once its hour is over.

    Two queries.
    """
    rows = Call.objects.filter(agency_id__in=agency_ids, made_at__gte=since).exclude(
        state=S.CANCELLED
    )
    states = dict(rows.values_list("state").annotate(n=Count("pk")).order_by())
    tried = [
        (until, first or at)
        for until, first in rows.values_list("until", "first_tried_at")
        if first or until < at
    ]
    return Kept(sum(states.values()), states.get(S.REACHED, 0), share_in_time(tried))


def attempts(call: Call) -> list[Try]:
    """Return the tries of a call in their order, with who rang; one query."""
    return list(call.attempts.select_related("official").order_by("at"))
