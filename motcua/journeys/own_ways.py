"""One's own ways of signing in: joined, parted, changed, given up – proved first, told to both sides afterwards."""

from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime

from motcua.identity import links, queries
from motcua.identity import operations as identity
from motcua.identity.models import Link, Person
from motcua.identity.rules.holding import MOST_BIRTH_DATES, UNDONE_WITHIN, knows_birth_date
from motcua.identity.rules.people import SignedIn
from motcua.identity.rules.refusals import BirthDateWrong
from motcua.journeys import one_time_codes
from motcua.journeys.moving_contact import follow_number
from motcua.notices import operations as notices
from motcua.notices.operations import Recipient
from motcua.toolkit import limits

PURPOSE = "own-number"
_A_DAY = int(timedelta(days=1).total_seconds())


def send_code(*, phone: str, reference: str, at: datetime) -> None:
    """Send a code to a number that somebody signed in wants to call theirs. Raises ResendTooSoon(seconds)."""
    one_time_codes.send(purpose=PURPOSE, phone=phone, reference=reference, at=at)


def take_number(*, citizen: SignedIn, phone: str, reference: str, code: str, at: datetime) -> None:
    """Make a number one's own by the code sent to it: joined, new, or in place of the one before.

    Raises CodeWrong(tries_left), CodeExpired, CodeUsedUp, CodeUsedBefore, NumberInUse.
    """
    one_time_codes.check(purpose=PURPOSE, phone=phone, reference=reference, code=code, at=at)
    with transaction.atomic():
        before = queries.person(citizen.person_id)
        taken = links.take_number(
            phone=phone, person_id=citizen.person_id, opens=settings.PORTAL_ACCOUNTS, at=at
        )
        if taken.link:
            _tell_joined(taken.link, at)
        if before.phone and before.phone != phone:
            _tell_replaced(before, phone, at)
            follow_number(person_id=citizen.person_id, was=before.phone, phone=phone, at=at)


def join_vneid(*, phone_account: int, vneid_account: int, at: datetime) -> None:
    """Let the number somebody is signed in by join the person whom VNeID has just proved. Raises AnotherPerson."""
    with transaction.atomic():
        proven = queries.account(vneid_account)
        link = links.join(account_id=phone_account, person_id=proven.person_id, at=at)
        if link:
            _tell_joined(link, at)


def part(*, citizen: SignedIn, link_id: int, at: datetime) -> None:
    """Undo a link within its time. Raises LinkOver."""
    with transaction.atomic():
        link = links.undo(link_id=link_id, person_id=citizen.person_id, at=at)
        for side, to in _both(link):
            _send(f"link:{link.pk}:parted:{side}", to, "way_parted", at)


def give_up_number(*, citizen: SignedIn, at: datetime) -> None:
    """Let one's number sign nobody in any more. Raises OnlyWay."""
    links.give_up_number(person_id=citizen.person_id, at=at)


def prove_holder(*, phone: str, birth_date: str, at: datetime) -> None:
    """Check that whoever holds a number that fell silent is the person of its account (partial ISO text).

    The caller has checked the code. Three birth dates a day. Raises BirthDateWrong, TooOften.
    """
    account = queries.phone_account(phone)
    if account is None:
        return
    limits.spend(f"holder:{account.pk}", limit=MOST_BIRTH_DATES, per_seconds=_A_DAY, at=at)
    if not knows_birth_date(birth_date, account.person.birth_date):
        raise BirthDateWrong


def begin_anew(*, phone: str, at: datetime) -> None:
    """Close the account that a number which fell silent opened for somebody else; its new holder opens their own."""
    account = queries.phone_account(phone)
    if account is not None and identity.is_silent(account, at):
        links.close(account_id=account.pk, at=at)


def _both(link: Link) -> list[tuple[str, Recipient]]:
    """Return where both sides of a link are reached; the same place once."""
    phone, proven = _reached(link.came_from), _reached(link.joined)
    return [("phone", phone)] + ([("vneid", proven)] if proven != phone else [])


def _reached(person: Person) -> Recipient:
    return Recipient(phone=person.phone, email=person.email)


def _tell_joined(link: Link, at: datetime) -> None:
    until = f"{localtime(link.at + UNDONE_WITHIN):%d/%m/%Y}"
    for side, to in _both(link):
        _send(f"link:{link.pk}:joined:{side}", to, "way_joined", at, until=until)


def _tell_replaced(before: Person, phone: str, at: datetime) -> None:
    named = sha256(f"{before.phone} {phone}".encode()).hexdigest()[:12]
    key = f"number:{before.pk}:{named}:{int(at.timestamp())}"
    _send(key, _reached(before), "number_replaced", at, ending=phone[-3:])


def _send(key: str, to: Recipient, template: str, at: datetime, **data: str) -> None:
    address = f"{settings.BASE_URL}/tai-khoan/"
    notices.send(
        key=key, to=to, template=template, data={"url": address, **data}, subject="", at=at
    )
