"""An official comes in: name and password, then six digits, a code on paper, or a trusted browser; or a passkey alone."""

from datetime import datetime

from django.db import transaction

from motcua.agencies import coming_in, passkeys, stays
from motcua.agencies.models import Official, Stay
from motcua.agencies.rules.second_factor import PAUSE, TRIES
from motcua.audit import operations as audit
from motcua.toolkit import limits

DIGITS = 6


def first_step(*, username: str, password: str, at: datetime) -> Official:
    """Return the official whose name and password these are; nobody is in yet.

    Raises WrongPassword, TooManyTries(minutes). Not inside a transaction.
    """
    return coming_in.check_password(username=username, password=password, at=at)


def password_again(*, official: Official, password: str, at: datetime) -> None:
    """Let the password open what its official has locked; slips there are counted by themselves and forgiven by it.

    Raises WrongPassword, TooManyTries(minutes), TooOften. Not inside a transaction.
    """
    slips = f"official-lock:{official.pk}"
    limits.spend(slips, limit=TRIES, per_seconds=int(PAUSE.total_seconds()), at=at)
    coming_in.must_be_password_of(official, password, at)
    limits.forget(slips)


def second_step(*, official: Official, code: str, at: datetime) -> Official:
    """Use up the six digits once and let the official in.

    Raises WrongSecondFactor, SecondFactorUsed, TooManyTries(minutes). Not inside a transaction.
    """
    return coming_in.check_second_factor(official=official, code=code, at=at)


def second_step_on_paper(*, official: Official, code: str, at: datetime) -> Official:
    """Use up one recovery code and let the official in.

    Raises RecoveryCodeWrong, TooManyTries(minutes). Not inside a transaction.
    """
    return coming_in.use_recovery_code(official=official, code=code, at=at)


def second_step_either(*, official: Official, code: str, at: datetime) -> Official:
    """Take what was typed for what it looks like: six digits, or a longer code on paper. Raises what either does."""
    on_paper = len("".join(code.split())) > DIGITS
    step = second_step_on_paper if on_paper else second_step
    return step(official=official, code=code, at=at)


def by_passkey(
    *, answer: str, challenge: bytes, at: datetime, official: Official | None = None
) -> Official:
    """Let in whoever's key signed the question: both factors in one, for it was unlocked by finger, face or PIN.

    `official`: only theirs will do. Raises PasskeyRefused, PasskeyCopied. Not inside a transaction.
    """
    return passkeys.proven_by(answer=answer, challenge=challenge, at=at, official=official)


def needs_no_code(*, official: Official, token: str, at: datetime) -> bool:
    """Tell whether this browser is trusted for the second factor of this official."""
    return coming_in.has_second_factor(official) and stays.is_trusted(
        official=official, token=token, at=at
    )


def trust(*, official: Official, browser: str, at: datetime) -> str:
    """Trust this browser; return what its cookie holds."""
    return stays.trust(official=official, browser=browser, at=at)


@transaction.atomic
def come_in(*, official: Official, browser: str, at: datetime) -> Stay:
    """Note that they are in now, in the log too."""
    stay = stays.begin(official=official, browser=browser, at=at)
    told = {"stay": str(stay.pk), "browser": browser}
    audit.append(
        kind="agencies.signed-in", reference=f"official:{official.pk}", content=told, at=at
    )
    return stay
