"""A person comes in: by VNeID, or by the portal account of the broadcast (domain §12 R17–R19)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.conf import settings

from motcua.identity import operations, queries, sign_ins
from motcua.identity.models import Account
from motcua.identity.ports import Departure, identity_provider
from motcua.identity.rules.people import PersonDetails
from motcua.identity.rules.refusals import AccountsClosed, LevelTooLow
from motcua.journeys import one_time_codes, own_ways

PURPOSE = "sign-in"


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """Somebody who is in."""

    account_id: int
    level: int
    """The level this sign-in reached, 0–2."""
    is_new: bool
    """Whether this is the account's first time here."""


def depart_to_vneid(*, return_to: str, level: int, at: datetime) -> Departure:
    """Begin a sign-in by VNeID of at least this level. Raises ProviderSilent."""
    return identity_provider().depart(return_to=return_to, level=level, at=at)


def arrive_from_vneid(
    *, departure: Departure, answer: Mapping[str, str], return_to: str, level: int, at: datetime
) -> Arrival:
    """Take in the person whom VNeID vouches for.

    Raises SignInLost, ConsentRefused, ProviderRefused, ProviderDistrusted, ProviderSilent and
    LevelTooLow(needed). The provider is asked before the database is touched.
    """
    proven = identity_provider().arrive(
        departure=departure, answer=answer, return_to=return_to, at=at
    )
    if proven.level < level:
        raise LevelTooLow(needed=level)
    account, is_new = operations.account_of_proven(proven=proven, at=at)
    return Arrival(account_id=account.pk, level=proven.level, is_new=is_new)


def send_code(*, phone: str, reference: str, at: datetime) -> None:
    """Send a sign-in code to a mobile number, known here or not.

    Raises ResendTooSoon(seconds), AccountsClosed.
    """
    _refuse_unless_open()
    one_time_codes.send(purpose=PURPOSE, phone=phone, reference=reference, at=at)


class Missing(Enum):
    """What a proved phone still lacks."""

    DETAILS = "details"
    """It has no account: its holder says who they are (`open_account`)."""
    HOLDER = "holder"
    """Its account fell silent: its holder shows to be the person it was opened for (`arrive_as_holder`)."""


def arrive_by_phone(
    *, phone: str, reference: str, code: str, details: PersonDetails | None, at: datetime
) -> Arrival | Missing:
    """Take in the holder of a phone by the code sent to it; what they still have to tell, otherwise.

    Without an account one is opened from the details. An account that exists keeps what it knows. Raises CodeWrong(tries_left), CodeExpired, CodeUsedUp, CodeUsedBefore,
    AccountsClosed.
    """
    _refuse_unless_open()
    one_time_codes.check(purpose=PURPOSE, phone=phone, reference=reference, code=code, at=at)
    known = queries.phone_account(phone)
    if known and operations.is_silent(known, at):
        return Missing.HOLDER
    if known or details:
        return open_account(phone=phone, details=details, at=at)
    return Missing.DETAILS


def arrive_as_holder(*, phone: str, birth_date: str, at: datetime) -> Arrival:
    """Take in whom a silent phone's account was opened for, by their birth date; the code was right in this sign-in.

    Raises BirthDateWrong, TooOften, AccountsClosed.
    """
    _refuse_unless_open()
    own_ways.prove_holder(phone=phone, birth_date=birth_date, at=at)
    return open_account(phone=phone, details=None, at=at)


def open_account(*, phone: str, details: PersonDetails | None, at: datetime) -> Arrival:
    """Open the account of a phone that its holder has proved in this same sign-in; one that is there needs no details.

    Raises AccountsClosed.
    """
    _refuse_unless_open()
    account, is_new = operations.open_phone_account(phone=phone, details=details, at=at)
    return _by_phone(account, is_new=is_new)


def let_in(*, arrival: Arrival, device: str, before: int | None, at: datetime) -> int:
    """Write down that somebody came in on a device; return the key of this sign-in, the one before in this browser ends."""
    if before is not None:
        sign_ins.end_here(sign_in_id=before, at=at)
    return sign_ins.begin(account_id=arrival.account_id, level=arrival.level, device=device, at=at)


def leave(*, sign_in_id: int, person_id: int, everywhere: bool, at: datetime) -> None:
    """Sign a person out: here, or on all devices."""
    if everywhere:
        sign_ins.end_all(person_id=person_id, at=at)
    else:
        sign_ins.end(sign_in_id=sign_in_id, person_id=person_id, at=at)


def leave_others(*, sign_in_id: int, person_id: int, at: datetime) -> None:
    """Sign a person out on every device but this one."""
    sign_ins.end_all(person_id=person_id, but=sign_in_id, at=at)


def _by_phone(account: Account, *, is_new: bool) -> Arrival:
    return Arrival(account_id=account.pk, level=0, is_new=is_new)


def _refuse_unless_open() -> None:
    if not settings.PORTAL_ACCOUNTS:
        raise AccountsClosed
