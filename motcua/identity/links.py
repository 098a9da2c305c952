"""Two ways of signing in become one person's, never by a mere claim; and a number comes and goes (docs/why/0028).

Each act here is called only after both sides were proved in the same visit: a code to the number, VNeID for the person.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from motcua.identity import sign_ins
from motcua.identity.models import Account, Link, Person
from motcua.identity.operations import is_silent, new_phone_account, one_at_a_time
from motcua.identity.queries import phone_account
from motcua.identity.rules.holding import UNDONE_WITHIN, Known, must_be_one_person
from motcua.identity.rules.refusals import AnotherPerson, LinkOver, NumberInUse, OnlyWay

if TYPE_CHECKING:
    from django.db.models import QuerySet


@transaction.atomic
def join(*, account_id: int, person_id: int, at: datetime) -> Link | None:
    """Let a phone's account join the person whom VNeID has proved; None when it is theirs already.

    Sign-ins by that phone go on and are the person's from now. Raises AnotherPerson.
    """
    account = Account.objects.select_for_update().get(pk=account_id)
    if account.person_id == person_id:
        return None
    before, proven = account.person, Person.objects.get(pk=person_id)
    if before.verified_at is not None or proven.verified_at is None:
        raise AnotherPerson
    must_be_one_person(known(before), known(proven))
    Account.objects.filter(pk=account_id).update(person=proven)
    return Link.objects.create(account=account, came_from=before, joined=proven, at=at)


def known(person: Person) -> Known:
    """Return what the rules compare of a person."""
    return Known(
        full_name=person.full_name,
        birth_date=person.birth_date,
        personal_number=person.personal_number or "",
        verified=person.verified_at is not None,
    )


@transaction.atomic
def undo(*, link_id: int, person_id: int, at: datetime) -> Link:
    """Give the account back to who it was before; whoever is in by it is signed out. Raises LinkOver."""
    link = _open_links(person_id, at).select_for_update(of=("self",)).filter(pk=link_id).first()
    if link is None:
        raise LinkOver
    Link.objects.filter(pk=link.pk).update(undone_at=at)
    Account.objects.filter(pk=link.account_id).update(person=link.came_from)
    sign_ins.end_by(account_id=link.account_id, at=at)
    return link


def links_to_undo(person_id: int, *, at: datetime) -> list[Link]:
    """Return the links of a person that one press still undoes."""
    return list(_open_links(person_id, at).order_by("-at"))


def _open_links(person_id: int, at: datetime) -> "QuerySet[Link]":
    since = at - UNDONE_WITHIN
    rows = Link.objects.select_related("account", "came_from", "joined")
    return rows.filter(joined_id=person_id, undone_at=None, at__gte=since, account__closed_at=None)


@dataclass(frozen=True)
class Taken:
    """A number that is somebody's own now: the account it opens, and the link where it had one."""

    account: Account | None
    link: Link | None


@transaction.atomic
def take_number(*, phone: str, person_id: int, opens: bool, at: datetime) -> Taken:
    """Make a number that its holder has just proved this person's own; their number before it is given up.

    An account the number opened joins them where it shows the same person. Where it shows somebody else, it is closed
    once it fell silent – the number changed hands, the person behind it stays theirs – and refused before that.
    With `opens` the number signs in from now on; else it is only where they are reached. Raises NumberInUse.
    """
    one_at_a_time(phone)
    there, link = phone_account(phone), None
    if there:
        try:
            link = join(account_id=there.pk, person_id=person_id, at=at)
        except AnotherPerson:
            if not is_silent(there, at):
                raise NumberInUse from None
            close(account_id=there.pk, at=at)
            there = None
    others = _numbers_of(person_id)
    for other in others.exclude(pk=there.pk) if there else others:
        close(account_id=other.pk, at=at)
    person = Person.objects.get(pk=person_id)
    person.phone, person.updated_at = phone, at
    person.save(update_fields=["phone", "updated_at"])
    if there is None and opens:
        there = new_phone_account(person=person, phone=phone, at=at)
    return Taken(there, link)


@transaction.atomic
def recover_number(*, phone: str, person_id: int, at: datetime) -> None:
    """Let a person sign in by another number, whose holder showed their card; every number before it is closed.

    An account that the new number has opened meanwhile joins the person where it told of the same; where it tells of
    somebody else it is closed once it fell silent, and refused before that. Raises NumberInUse.
    """
    one_at_a_time(phone)
    person, there = Person.objects.get(pk=person_id), phone_account(phone)
    if there and there.person_id != person_id and not _joins_lost(there, person, at):
        close(account_id=there.pk, at=at)
        there = None
    for lost in _numbers_of(person_id):
        if there is None or lost.pk != there.pk:
            close(account_id=lost.pk, at=at)
    person.phone, person.updated_at = phone, at
    person.save(update_fields=["phone", "updated_at"])
    if there is None:
        new_phone_account(person=person, phone=phone, at=at)


def must_be_free(phone: str, person_id: int, at: datetime) -> None:
    """Refuse a number that is somebody else's and in use, before anybody waits for it. Raises NumberInUse."""
    there = phone_account(phone)
    if (
        there
        and there.person_id != person_id
        and not _is_one(there.person, Person.objects.get(pk=person_id))
    ):
        _must_be_silent(there, at)


def _joins_lost(there: Account, person: Person, at: datetime) -> bool:
    """Let the account of the new number join, the way back kept; False where it is somebody else's that fell silent."""
    if not _is_one(there.person, person):
        _must_be_silent(there, at)
        return False
    Account.objects.filter(pk=there.pk).update(person=person)
    Link.objects.create(account=there, came_from=there.person, joined=person, at=at)
    return True


def _is_one(told: Person, shown: Person) -> bool:
    if told.verified_at is not None:
        return False
    try:
        must_be_one_person(known(told), known(shown))
    except AnotherPerson:
        return False
    return True


def _must_be_silent(account: Account, at: datetime) -> None:
    if not is_silent(account, at):
        raise NumberInUse


def _numbers_of(person_id: int) -> "QuerySet[Account]":
    return Account.objects.filter(person_id=person_id, kind=Account.Kind.PHONE, closed_at=None)


@transaction.atomic
def give_up_number(*, person_id: int, at: datetime) -> None:
    """Let the person's number sign nobody in any more. Raises OnlyWay where VNeID has not proved them."""
    if Person.objects.get(pk=person_id).verified_at is None:
        raise OnlyWay
    for account in _numbers_of(person_id):
        close(account_id=account.pk, at=at)


def close(*, account_id: int, at: datetime) -> None:
    """Close an account: it lets nobody in, and what was filed through it stays its person's."""
    Account.objects.filter(pk=account_id, closed_at=None).update(closed_at=at)
    sign_ins.end_by(account_id=account_id, at=at)
