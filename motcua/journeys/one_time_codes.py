"""Send somebody a code and check what they type: for signing in, for confirming a filing."""

from datetime import datetime

from django.db import transaction

from motcua.identity import operations as identity
from motcua.notices import operations as notices


@transaction.atomic
def send(*, purpose: str, phone: str, reference: str, at: datetime) -> None:
    """Send a new code by SMS; an earlier one of the same purpose and reference ends.

    `phone` is E.164, `reference` ties the code to one browser or one draft. The code and its message
    are committed together. Raises ResendTooSoon(seconds).
    """
    code = identity.issue_code(purpose=purpose, destination=phone, reference=reference, at=at)
    notices.send_code(to=phone, code=code, purpose=purpose, at=at)


def check(*, purpose: str, phone: str, reference: str, code: str, at: datetime) -> None:
    """Use up the code once. Not inside a transaction: a failed try must stay counted.

    Raises CodeWrong(tries_left), CodeExpired, CodeUsedUp, CodeUsedBefore.
    """
    identity.check_code(purpose=purpose, destination=phone, reference=reference, code=code, at=at)
