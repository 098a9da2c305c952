"""Send somebody a code and check what they type: for signing in, for confirming a filing.

At a counter too it is between the house and that person: beside the second wall, no official's request reads codes.
"""

from datetime import datetime

from django.db import transaction

from motcua.agencies import wall
from motcua.identity import operations as identity
from motcua.identity import queries
from motcua.notices import operations as notices


@transaction.atomic
def send(*, purpose: str, phone: str, reference: str, at: datetime) -> None:
    """Send a new code by SMS; an earlier one of the same purpose and reference ends.

    `phone` is E.164, `reference` ties the code to one browser or one draft. The code and its message
    are committed together. Raises ResendTooSoon(seconds).
    """
    with wall.aside():
        code = identity.issue_code(purpose=purpose, destination=phone, reference=reference, at=at)
        notices.send_code(to=phone, code=code, purpose=purpose, at=at)


def check(*, purpose: str, phone: str, reference: str, code: str, at: datetime) -> None:
    """Use up the code once. Not inside a transaction: a failed try must stay counted.

    Raises CodeWrong(tries_left), CodeExpired, CodeUsedUp, CodeUsedBefore.
    """
    with wall.aside():
        identity.check_code(
            purpose=purpose, destination=phone, reference=reference, code=code, at=at
        )


def wait(*, purpose: str, phone: str, at: datetime) -> int:
    """Return how many seconds until another code may go to a phone; 0 for at once."""
    with wall.aside():
        return queries.seconds_until_resend(purpose=purpose, destination=phone, at=at)
