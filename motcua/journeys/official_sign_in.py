"""An official comes in: name and password, then the six digits of their app."""

from datetime import datetime

from motcua.agencies import operations
from motcua.agencies.models import Official


def first_step(*, username: str, password: str, at: datetime) -> Official:
    """Return the official whose name and password these are; nobody is in yet.

    Raises WrongPassword, TooManyTries(minutes). Not inside a transaction.
    """
    return operations.check_password(username=username, password=password, at=at)


def second_step(*, official: Official, code: str, at: datetime) -> Official:
    """Use up the six digits once and let the official in.

    Raises WrongSecondFactor, SecondFactorUsed, TooManyTries(minutes). Not inside a transaction.
    """
    return operations.check_second_factor(official=official, code=code, at=at)
