"""A one-time code for whoever has only a dossier code: sent to the phone the dossier was filed with.

Nothing here tells whether the dossier exists. The request only queues a job, the same for every code;
the job makes a one-time code for any dossier code and sends it when there is somebody to send it to;
trying a code costs and answers the same in both cases.
"""

from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac

from motcua.dossiers.models import Dossier as Row
from motcua.identity import operations as identity
from motcua.identity.rules.refusals import ResendTooSoon
from motcua.notices import operations as notices
from motcua.toolkit import limits
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import job
from motcua.toolkit.refusals import TooOften

PURPOSE = "track"
FIRST = 100
MOST_IN_AN_HOUR = 10
"""Codes to one phone for all its dossiers together."""


def ask(*, code: str, reference: str) -> None:
    """Have a code sent, if there is such a dossier; `reference` ties it to one browser."""
    send.defer(priority=FIRST, code=code, reference=reference)


@job(name="journeys.send_tracking_code", queue="reactions", attempts=3)
@transaction.atomic
def send(*, code: str, reference: str) -> None:
    """Make the code and send it; one asked for too soon after another is not made."""
    at = now()
    row = Row.objects.filter(code=code).only("phone", "email", "language").first()
    to = (row.phone or row.email) if row else ""
    try:
        secret = identity.issue_code(purpose=PURPOSE, destination=code, reference=reference, at=at)
    except ResendTooSoon:
        return
    # Counted only once there is a code: whoever asks again and again takes nobody's allowance, and learns nothing
    if row and to and _phone_has_peace(to, at):
        notices.send_code(to=to, code=secret, purpose=PURPOSE, at=at, language=row.language)


def _phone_has_peace(to: str, at: datetime) -> bool:
    """Tell whether this address may get one more: whoever has many dossiers is not written to for each."""
    whose = salted_hmac("motcua.journeys.tracking-codes", to).hexdigest()
    try:
        limits.spend(f"track:{whose}", limit=MOST_IN_AN_HOUR, per_seconds=3600, at=at)
    except TooOften:
        return False
    return True


def check(*, code: str, reference: str, typed: str, at: datetime) -> None:
    """Use up the code once. Not inside a transaction: a failed try must stay counted.

    Raises CodeWrong(tries_left), CodeExpired, CodeUsedUp, CodeUsedBefore.
    """
    identity.check_code(purpose=PURPOSE, destination=code, reference=reference, code=typed, at=at)
