"""What identity writes down: codes, accounts, what is known of people."""

import secrets
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from motcua.identity.models import (
    DESTINATION,
    NUMBER,
    SUBJECT,
    Account,
    OneTimeCode,
    Organisation,
    Person,
)
from motcua.identity.queries import phone_account, seconds_until_resend
from motcua.identity.rules import codes
from motcua.identity.rules.holding import fell_silent
from motcua.identity.rules.people import PersonDetails, ProvenIdentity, ProvenOrganisation
from motcua.identity.rules.refusals import (
    CodeExpired,
    CodeUsedBefore,
    CodeUsedUp,
    CodeWrong,
    ResendTooSoon,
    SignInLost,
)
from motcua.kernel.refusal import Refusal
from motcua.toolkit.sealing import keyed

KEEP_CODES = timedelta(days=1)


@transaction.atomic
def issue_code(*, purpose: str, destination: str, reference: str, at: datetime) -> str:
    """Make a code of 6 digits, replacing an earlier one, and return it for sending.

    `destination` is an E.164 number; `reference` ties the code to one browser or one dossier.
    Only a keyed hash is kept. Raises ResendTooSoon(seconds).
    """
    one_at_a_time(destination)
    _refuse_if_too_soon(purpose, destination, at)
    live = _codes_of(purpose, destination, reference)
    live.filter(used_at=None, replaced_at=None).update(replaced_at=at)
    code = f"{secrets.randbelow(10**codes.DIGITS):0{codes.DIGITS}}"
    OneTimeCode.objects.create(
        purpose=purpose,
        destination_key=keyed(DESTINATION, destination),
        reference=reference,
        code_hash=_hash(purpose, destination, reference, code),
        created_at=at,
        expires_at=codes.expires(at),
    )
    return code


def check_code(*, purpose: str, destination: str, reference: str, code: str, at: datetime) -> None:
    """Use up a code once, or refuse.

    Raises CodeWrong(tries_left), CodeExpired, CodeUsedUp, CodeUsedBefore. Every call costs a try, and
    the try is kept whatever happens afterwards – so this must not run inside another transaction.
    """
    with transaction.atomic(durable=True):
        refusal = _spend_try(purpose, destination, reference, codes.tidy_code(code), at)
    if refusal:
        raise refusal


def forget_old_codes(*, at: datetime) -> int:
    """Delete codes a day after their end; returns how many."""
    return OneTimeCode.objects.filter(expires_at__lt=at - KEEP_CODES).delete()[0]


def _codes_of(purpose: str, destination: str, reference: str) -> "QuerySet[OneTimeCode]":
    return OneTimeCode.objects.filter(
        purpose=purpose, destination_key=keyed(DESTINATION, destination), reference=reference
    ).order_by("-pk")


def _hash(purpose: str, destination: str, reference: str, code: str) -> str:
    whole = f"{purpose}\x1f{destination}\x1f{reference}\x1f{code}"
    return salted_hmac("motcua.identity.one-time-code", whole, algorithm="sha256").hexdigest()


def one_at_a_time(destination: str) -> None:
    """Let two requests for one destination pass one after the other, so that both are counted."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [destination])


def _refuse_if_too_soon(purpose: str, destination: str, at: datetime) -> None:
    seconds = seconds_until_resend(purpose=purpose, destination=destination, at=at)
    if seconds:
        raise ResendTooSoon(seconds=seconds)


def _spend_try(
    purpose: str, destination: str, reference: str, code: str, at: datetime
) -> Refusal | None:
    """Count a try and judge the code; the counted row stays locked until the transaction ends."""
    known = _codes_of(purpose, destination, reference)
    live = known.filter(used_at=None, replaced_at=None)
    good = live.filter(tries__lt=codes.MOST_TRIES, expires_at__gt=at)
    if not good.update(tries=F("tries") + 1):
        return _why_not(known.first(), at)
    found = live.get()
    if constant_time_compare(found.code_hash, _hash(purpose, destination, reference, code)):
        OneTimeCode.objects.filter(pk=found.pk).update(used_at=at)
        return None
    left = codes.MOST_TRIES - found.tries
    return CodeWrong(tries_left=left) if left else CodeUsedUp()


def _why_not(newest: OneTimeCode | None, at: datetime) -> Refusal:
    if newest and newest.used_at:
        return CodeUsedBefore()
    if newest and newest.tries >= codes.MOST_TRIES and newest.expires_at > at:
        return CodeUsedUp()
    return CodeExpired()


@transaction.atomic
def account_of_proven(*, proven: ProvenIdentity, at: datetime) -> tuple[Account, bool]:
    """Return the account of somebody VNeID vouches for, and whether it is new here.

    A proved personal number names one person, so a second provider pseudonym of it joins that
    person; so does each organisation they act for, with an account of its own. A phone account that merely claims the
    number stays apart. What VNeID says replaces what was known, except a phone or e-mail it does not give.
    """
    one_at_a_time(proven.personal_number)
    subject = _subject(proven)
    account = Account.objects.filter(
        kind=Account.Kind.VNEID, subject_key=keyed(SUBJECT, subject), closed_at=None
    ).first()
    person = _verified_person(proven, account, at)
    account, is_new = (
        (account, False) if account else (Account(subject=subject, created_at=at), True)
    )
    account.person, account.kind, account.last_sign_in = person, Account.Kind.VNEID, at
    account.level = max(proven.level, proven.account_level)
    account.organisation = _organisation(proven.organisation, at)
    account.capacity = proven.organisation.capacity[:100] if proven.organisation else ""
    account.save()
    return account, is_new


def _subject(proven: ProvenIdentity) -> str:
    """Return what names the account: several people may act for one organisation, each by an account of their own."""
    if proven.organisation is None:
        return proven.subject
    return f"{proven.subject}:{keyed('identity.officer', proven.personal_number)}"


def _organisation(told: ProvenOrganisation | None, at: datetime) -> Organisation | None:
    if told is None:
        return None
    facts = {"name": told.name[:300], "updated_at": at}
    return Organisation.objects.update_or_create(code=told.code, defaults=facts)[0]


def _verified_person(proven: ProvenIdentity, account: Account | None, at: datetime) -> Person:
    known = Person.objects.filter(
        number_key=keyed(NUMBER, proven.personal_number), verified_at__isnull=False
    )
    person = known.first() or (account.person if account else Person())
    person.personal_number = proven.personal_number
    person.verified_at, person.verified_by = at, Account.Kind.VNEID.value
    person.full_name, person.birth_date, person.sex = (
        proven.full_name,
        proven.birth_date or person.birth_date,
        proven.sex or person.sex,
    )
    if (
        proven.organisation is None
    ):  # an organisation's account tells its own address and telephone [U]
        person.phone = person.phone if _proved_a_number(person) else proven.phone or person.phone
        person.email = proven.email or person.email
        person.address = proven.address or person.address
    person.updated_at = at
    person.save()
    return person


def _proved_a_number(person: Person) -> bool:
    """Tell whether the person signs in by a number too, which they changed here and not at VNeID."""
    numbers = Account.objects.filter(kind=Account.Kind.PHONE, closed_at=None)
    return person.pk is not None and numbers.filter(person=person).exists()


@transaction.atomic
def open_phone_account(
    *, phone: str, details: PersonDetails | None, at: datetime
) -> tuple[Account, bool]:
    """Open the account of a phone whose holder has just proved to hold it.

    Returns the account and whether it is new; a phone that has one keeps it, with the details known
    before, and needs none. `phone` is E.164. Raises SignInLost where it has none after all and no details came.
    """
    one_at_a_time(phone)
    known = phone_account(phone)
    if known:
        note_sign_in(account_id=known.pk, at=at)
        return known, False
    if details is None:
        raise SignInLost
    person = Person.objects.create(
        personal_number=details.personal_number or None,
        full_name=details.full_name,
        birth_date=details.birth_date,
        sex=details.sex,
        phone=phone,
        email=details.email,
        updated_at=at,
    )
    return new_phone_account(person=person, phone=phone, at=at), True


def new_phone_account(*, person: Person, phone: str, at: datetime) -> Account:
    """Let a number, just proved, sign its person in from now on. `phone` is E.164."""
    return Account.objects.create(
        person=person,
        kind=Account.Kind.PHONE,
        subject=phone,
        level=0,
        created_at=at,
        last_sign_in=at,
    )


def is_silent(account: Account, at: datetime) -> bool:
    """Tell whether a number has not opened its account for so long that somebody else may hold it now."""
    return fell_silent(account.last_sign_in, at)


def note_sign_in(*, account_id: int, at: datetime) -> None:
    """Write down that somebody signed in by this account."""
    Account.objects.filter(pk=account_id).update(last_sign_in=at)
