"""The gateway's word: told by it, or asked for when nobody told us."""

import logging
from datetime import datetime

from django.db import transaction

from motcua.payments import events
from motcua.payments.ledger import book
from motcua.payments.models import Anomaly, Attempt, Demand, Journal
from motcua.payments.operations import gateway, settle
from motcua.payments.ports import Confirmation, Forged
from motcua.payments.rules import Facts, Outcome, Step, Verdict, next_look, weigh
from motcua.toolkit.gates import gate
from motcua.toolkit.http import Unreachable
from motcua.toolkit.outbox import claim

log = logging.getLogger(__name__)


@gate
def confirm(*, query: str, at: datetime) -> Verdict:
    """Take the gateway's server-to-server message; the same message again changes nothing."""
    try:
        word = gateway().read(query)
    except Forged:
        return Verdict.FORGED
    return apply(word, at=at)


@transaction.atomic
def apply(word: Confirmation, *, at: datetime) -> Verdict:
    """Record what the gateway says of an attempt, with all that follows, in one transaction."""
    attempt = Attempt.objects.select_for_update().filter(ref=word.ref).first()
    if attempt is None:
        return _for_nothing_known(word, at)
    wanted = Demand.objects.select_for_update().get(pk=attempt.demand_id)
    facts = Facts(attempt.amount_vnd, attempt.state, attempt.gateway_number, wanted.state)
    step = weigh(facts, outcome=word.outcome, amount_vnd=word.amount_vnd, number=word.number)
    if step == "wait":
        return Verdict.CONFIRMED
    if step == "already":
        return Verdict.ALREADY
    return _follow(step, attempt, wanted, word, at)


def _follow(
    step: Step, attempt: Attempt, wanted: Demand, word: Confirmation, at: datetime
) -> Verdict:
    if step == "fail":
        _answered(attempt, Attempt.State.FAILED, word, at)
        return Verdict.CONFIRMED
    if step == "settle":
        _answered(attempt, Attempt.State.PAID, word, at)
        settle(wanted, way="gateway", reference=_reference(word), at=at)
        return Verdict.CONFIRMED
    new = _astray(Anomaly.Kind(step), attempt, wanted, word, at)
    if step == "wrong_amount":
        return Verdict.WRONG_AMOUNT
    first = attempt.state != Attempt.State.PAID
    if first:
        _answered(attempt, Attempt.State.PAID, word, at)
    return Verdict.CONFIRMED if new and first else Verdict.ALREADY


def _reference(word: Confirmation) -> str:
    return f"{gateway().name}:{word.ref}:{word.number}"


def _answered(attempt: Attempt, state: Attempt.State, word: Confirmation, at: datetime) -> None:
    attempt.state, attempt.answered_at, attempt.gateway_number = state, at, word.number
    attempt.next_attempt_at = None
    attempt.save(update_fields=["state", "answered_at", "gateway_number", "next_attempt_at"])


def _astray(
    kind: Anomaly.Kind,
    attempt: Attempt | None,
    wanted: Demand | None,
    word: Confirmation,
    at: datetime,
) -> bool:
    """Keep money that settles nothing; return False when this very payment is kept already."""
    reference = _reference(word)
    if Journal.objects.filter(reference=reference).exists():
        return False
    journal = book(
        Journal.Kind.ASTRAY,
        reference=reference,
        demand=wanted,
        amount_vnd=word.amount_vnd,
        into="gateway",
        at=at,
    )
    kept = Anomaly.objects.create(
        kind=kind,
        journal=journal,
        attempt=attempt,
        amount_vnd=word.amount_vnd,
        raw=dict(word.raw),
        at=at,
    )
    log.warning("payments: money astray, anomaly %s of kind %s", kept.pk, kind.value)
    key, subject = (wanted.key, wanted.subject) if wanted else ("", "")
    events.publish(events.MoneyAstray(kept.pk, kind.value, key, subject, word.amount_vnd, at))
    return True


def _for_nothing_known(word: Confirmation, at: datetime) -> Verdict:
    if word.outcome is Outcome.PAID and word.amount_vnd > 0:
        _astray(Anomaly.Kind.UNKNOWN, None, None, word, at)
    return Verdict.UNKNOWN


def reconcile(*, at: datetime, limit: int = 50) -> int:
    """Ask the gateway about attempts nobody told us of; return how many were asked about.

    Holds no lock and no transaction while it waits for the gateway.
    """
    rows = Attempt.objects.filter(state=Attempt.State.OPEN)
    asked = claim(rows, at=at, limit=limit)
    for number, attempt in enumerate(asked):
        if not _ask(attempt, at):
            for left in asked[number + 1 :]:
                _look_again(left, at)
            break
    return len(asked)


def _ask(attempt: Attempt, at: datetime) -> bool:
    """Ask about one attempt; return False when the gateway is away."""
    try:
        word = gateway().ask(ref=attempt.ref, started_at=attempt.started_at, at=at)
    except Unreachable:
        _look_again(attempt, at)
        return False
    except Forged:
        log.warning("payments: the gateway's answer about attempt %s is not signed", attempt.pk)
        word = None
    if word is not None and word.outcome is not Outcome.PENDING:
        apply(word, at=at)
    _look_again(attempt, at)
    return True


def _look_again(attempt: Attempt, at: datetime) -> None:
    """Set the next look at an attempt that is still open."""
    moment = next_look(started_at=attempt.started_at, at=at)
    still_open = Attempt.objects.filter(pk=attempt.pk, state=Attempt.State.OPEN)
    still_open.update(next_attempt_at=moment)
