"""How an official proves who they are: a password, then six digits or a code on paper. Keys are in `passkeys`."""

from datetime import datetime
from functools import cache

from django.contrib.auth.hashers import check_password as is_password
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.db import transaction

from motcua.agencies import stays
from motcua.agencies.models import Official, RecoveryCode
from motcua.agencies.rules import passwords
from motcua.agencies.rules.access_refusals import RecoveryCodeWrong
from motcua.agencies.rules.refusals import (
    SecondFactorUsed,
    TooManyTries,
    WrongPassword,
    WrongSecondFactor,
)
from motcua.agencies.rules.second_factor import (
    PAUSE,
    RECOVERY_CODES,
    TRIES,
    after_wrong_try,
    bare_code,
    counter_of,
    minutes_left,
    new_code,
    new_secret,
)
from motcua.kernel.refusal import Refusal
from motcua.toolkit import limits
from motcua.toolkit.sealing import keyed

_A_WEEK = 7 * 24 * 3600
PAPER = "agencies.recovery"


def check_password(*, username: str, password: str, at: datetime) -> Official:
    """First step of signing in: return the official whose name and password these are.

    Nobody is signed in by it: the second factor is still to come. A wrong try counts whatever
    happens afterwards, so this must not run inside another transaction; a right one does not
    reset the count – only the second factor does, else a known password would allow endless
    guesses at the second. An unknown name costs as much time as a wrong password, and gets the same pause.
    Raises `WrongPassword`, `TooManyTries(minutes)`.
    """
    with transaction.atomic(durable=True):
        official = Official.objects.select_for_update().filter(username=username).first()
        if official is None or not official.is_active:
            refusal: Refusal | None = _refusal_of_nobody(username, at)
        else:
            refusal = _password_refusal(official, passwords.normal(password), at)
    if refusal:
        raise refusal
    assert official is not None  # noqa: S101 - an unknown name was refused
    return official


def _refusal_of_nobody(username: str, at: datetime) -> Refusal:
    """Refuse a name that nobody has as one that somebody has: a pause of its own would tell which names there are."""
    whose = keyed("agencies.nobody", username)
    tries, pause = f"nobody:{whose}", f"nobody-pause:{whose}"
    if waits := minutes_left(limits.held_until(pause, at), at):
        return TooManyTries(minutes=waits)
    make_password(username)
    if limits.spend(tries, limit=TRIES, per_seconds=_A_WEEK, at=at):
        return WrongPassword()
    limits.forget(tries)
    limits.hold(pause, until=at + PAUSE)
    return TooManyTries(minutes=minutes_left(at + PAUSE, at))


def _password_refusal(official: Official, password: str, at: datetime) -> Refusal | None:
    waits = minutes_left(official.locked_until, at)
    if waits:
        return TooManyTries(minutes=waits)
    if is_password(password, official.password):
        return None
    return _count_wrong(official, at) or WrongPassword()


def check_second_factor(*, official: Official, code: str, at: datetime) -> Official:
    """Second step of signing in: use up the six digits of the official's app, once.

    Raises `WrongSecondFactor`, `SecondFactorUsed`, `TooManyTries(minutes)`. Must not run inside
    another transaction: a wrong try counts whatever happens afterwards.
    """
    with transaction.atomic(durable=True):
        held = Official.objects.select_for_update().get(pk=official.pk)
        refusal = _second_factor_refusal(held, code, at)
    if refusal:
        raise refusal
    return held


def _second_factor_refusal(official: Official, code: str, at: datetime) -> Refusal | None:
    waits = minutes_left(official.locked_until, at)
    if waits:
        return TooManyTries(minutes=waits)
    counter = counter_of(official.totp_secret, code, at) if official.totp_secret else None
    if counter is None or not official.is_active:
        return _count_wrong(official, at) or WrongSecondFactor()
    if counter <= official.totp_last_counter:
        return _count_wrong(official, at) or SecondFactorUsed()
    official.totp_last_counter = counter
    _let_in(official, at)
    return None


def use_recovery_code(*, official: Official, code: str, at: datetime) -> Official:
    """Second step of signing in without the telephone: use up one of the codes on paper.

    Raises `RecoveryCodeWrong`, `TooManyTries(minutes)`. Must not run inside another transaction.
    """
    with transaction.atomic(durable=True):
        held = Official.objects.select_for_update().get(pk=official.pk)
        refusal = _recovery_refusal(held, code, at)
    if refusal:
        raise refusal
    return held


def _recovery_refusal(official: Official, code: str, at: datetime) -> Refusal | None:
    waits = minutes_left(official.locked_until, at)
    if waits:
        return TooManyTries(minutes=waits)
    unused = RecoveryCode.objects.filter(official=official, used_at__isnull=True)
    hit = (
        unused.filter(hashed=keyed(PAPER, bare_code(code))) if official.is_active else unused.none()
    )
    if not hit.update(used_at=at):
        return _count_wrong(official, at) or RecoveryCodeWrong()
    _let_in(official, at)
    return None


def _let_in(official: Official, at: datetime) -> None:
    official.wrong_tries, official.locked_until, official.last_login = 0, None, at
    official.save(update_fields=["totp_last_counter", "wrong_tries", "locked_until", "last_login"])


def _count_wrong(official: Official, at: datetime) -> Refusal | None:
    """Write the wrong try down; return the refusal when it was one too many."""
    official.wrong_tries, official.locked_until = after_wrong_try(official.wrong_tries, at)
    official.save(update_fields=["wrong_tries", "locked_until"])
    waits = minutes_left(official.locked_until, at)
    return TooManyTries(minutes=waits) if waits else None


def must_be_password_of(official: Official, password: str, at: datetime) -> None:
    """Check the password of somebody who is in already. Whoever calls counts the tries, apart from those at the sign-in.

    A right one resets nothing: else whoever knows it could guess at the second factor for ever, forgiven by each
    look at the lock. Raises `WrongPassword`, `TooManyTries(minutes)`.
    """
    held = Official.objects.get(pk=official.pk)
    if waits := minutes_left(held.locked_until, at):
        raise TooManyTries(minutes=waits)
    if not held.is_active or not is_password(passwords.normal(password), held.password):
        raise WrongPassword


def hashed(official: Official, password: str) -> str:
    """Return a new password as it is kept. Raises PasswordTooShort, PasswordTooLong, PasswordWellKnown."""
    agencies = official.posts.values_list("agency__name", flat=True) if official.pk else ()
    own = [official.username, official.full_name, *agencies]
    passwords.check(password, own=own, known=_well_known())
    return make_password(passwords.normal(password))


@cache
def _well_known() -> frozenset[str]:
    """Return the twenty thousand passwords that are used most, as Django brings them along."""
    return frozenset(CommonPasswordValidator().passwords)


@transaction.atomic
def set_password(*, official: Official, password: str) -> None:
    """Replace the password, forgive earlier wrong tries, end the trust in devices.

    Raises what `hashed` does.
    """
    Official.objects.filter(pk=official.pk).update(
        password=hashed(official, password), wrong_tries=0, locked_until=None
    )


@transaction.atomic
def change_password(*, official: Official, password: str, keep: str, at: datetime) -> None:
    """Replace one's own password: all other sign-ins end, and no device is trusted any more.

    `keep`: the stay in which it happens. Raises what `hashed` does.
    """
    set_password(official=official, password=password)
    stays.end_others(official=official, keep=keep, at=at)
    stays.end_trust(official=official, at=at)


def renew_second_factor(*, official: Official, secret: str = "", last: int = 0) -> str:
    """Give the official's app another secret, as with a new telephone; return it for the QR.

    `last`: the time step whose digits have served already.
    """
    secret = secret or new_secret()
    Official.objects.filter(pk=official.pk).update(totp_secret=secret, totp_last_counter=last)
    return secret


@transaction.atomic
def new_recovery_codes(*, official: Official) -> list[str]:
    """Return ten new codes, to be shown once; those before are worthless."""
    codes = [new_code() for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(official=official).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(official=official, hashed=keyed(PAPER, bare_code(code))) for code in codes
    )
    return codes


def has_second_factor(official: Official) -> bool:
    """Tell whether there is an app or a key that works: without one nobody works."""
    return bool(official.totp_secret) or official.passkeys.filter(stopped_at__isnull=True).exists()
