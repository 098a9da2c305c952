"""What identity can be asked; nothing here writes."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from motcua.identity.models import DESTINATION, SUBJECT, Account, OneTimeCode, Person
from motcua.identity.rules import codes
from motcua.toolkit.sealing import keyed


def phone_account(phone: str) -> Account | None:
    """Return the open portal account of an E.164 number with its person, if there is one."""
    open_ones = Account.objects.select_related("person").filter(closed_at=None)
    return open_ones.filter(kind=Account.Kind.PHONE, subject_key=keyed(SUBJECT, phone)).first()


def phone_accounts(phones: Collection[str]) -> dict[str, Account]:
    """Return the open portal accounts of E.164 numbers with their people, by number; one query."""
    by_key = {keyed(SUBJECT, phone): phone for phone in phones}
    open_ones = Account.objects.select_related("person").filter(closed_at=None)
    found = open_ones.filter(kind=Account.Kind.PHONE, subject_key__in=by_key)
    return {by_key[one.subject_key]: one for one in found}


def accounts_by_id(ids: Collection[int]) -> dict[int, Account]:
    """Return people's own accounts, closed ones too, with their people, by key; one query."""
    found = Account.objects.select_related("person").filter(pk__in=ids, organisation=None)
    return {one.pk: one for one in found}


def seconds_until_resend(*, purpose: str, destination: str, at: datetime) -> int:
    """Return how long until another code may go to a destination; 0 for at once."""
    sent = list(
        OneTimeCode.objects.filter(
            destination_key=keyed(DESTINATION, destination),
            created_at__gt=at - codes.WINDOW,
            used_at=None,
        )
        .order_by("created_at")
        .values_list("purpose", "created_at")
    )
    may_send = codes.may_send_from(
        same_purpose=[moment for of, moment in sent if of == purpose],
        any_purpose=[moment for _, moment in sent],
    )
    return codes.seconds_until(may_send, at) if may_send else 0


def code_holds_until(*, purpose: str, destination: str, reference: str, at: datetime) -> datetime:
    """Return until when the newest code is good; of one that is only being made, as if it were made now."""
    live = OneTimeCode.objects.filter(
        purpose=purpose,
        destination_key=keyed(DESTINATION, destination),
        reference=reference,
        used_at=None,
        replaced_at=None,
    )
    found = live.values_list("expires_at", flat=True).first()
    return found or codes.expires(at)


def person(person_id: int) -> Person:
    """Return all that is known of a person, to prefill forms. Raises Person.DoesNotExist."""
    return Person.objects.get(pk=person_id)


def account(account_id: int) -> Account:
    """Return an account with its person. Raises Account.DoesNotExist."""
    return Account.objects.select_related("person").get(pk=account_id)


def opened_by(account: Account) -> QuerySet[Account]:
    """Return the accounts whose dossiers a sign-in by this one opens; what is asked through it reaches no further.

    An organisation's opens the organisation's; a phone's the phones' of its person, never what VNeID filed.
    """
    if account.organisation_id:
        return Account.objects.filter(organisation_id=account.organisation_id)
    mine = Account.objects.filter(person_id=account.person_id, organisation=None)
    return mine.filter(kind=Account.Kind.PHONE) if account.kind == Account.Kind.PHONE else mine


def accounts_of(person_id: int) -> list[Account]:
    """Return the ways a person can sign in for themselves, oldest first."""
    ways = Account.objects.filter(person_id=person_id, organisation=None, closed_at=None)
    return list(ways.order_by("created_at", "pk"))
