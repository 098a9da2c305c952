"""What identity can be asked; nothing here writes."""

from motcua.identity.models import Account, Person
from motcua.identity.rules.people import SignedIn


def phone_account(phone: str) -> Account | None:
    """Return the portal account of an E.164 number, if there is one."""
    return Account.objects.filter(kind=Account.Kind.PHONE, subject=phone).first()


def signed_in(account_id: int, *, level: int) -> SignedIn | None:
    """Return who an account belongs to, at the level this sign-in reached; None when it is gone."""
    account = Account.objects.select_related("person").filter(pk=account_id).first()
    if account is None:
        return None
    person = account.person
    return SignedIn(
        account_id=account.pk,
        person_id=person.pk,
        kind=account.kind,
        level=min(level, account.level),
        full_name=person.full_name,
        phone=person.phone,
        email=person.email,
        personal_number=person.personal_number or "",
        verified=person.verified_at is not None,
    )


def person(person_id: int) -> Person:
    """Return all that is known of a person, to prefill forms. Raises Person.DoesNotExist."""
    return Person.objects.get(pk=person_id)


def accounts_of(person_id: int) -> list[Account]:
    """Return the ways a person can sign in, oldest first."""
    return list(Account.objects.filter(person_id=person_id).order_by("created_at"))
