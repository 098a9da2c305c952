"""Sign-ins: each time somebody came in on a device, seen by them, and ended by them from any other device."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q

from motcua.identity.models import Account, SignIn
from motcua.identity.rules.people import SignedIn

NOTED_EVERY = timedelta(minutes=5)
KEPT_FOR = timedelta(days=90)
"""How long a person sees when and how they came in; then it is forgotten."""
SHOWN = 20
PROVEN = 1
"""The level from which a sign-in opens what was filed by VNeID too: a phone alone opens what a phone filed."""


def begin(*, account_id: int, level: int, device: str, at: datetime) -> int:
    """Write down that somebody came in; return the key of this sign-in. `device` is a kind, as "android"."""
    made = SignIn.objects.create(
        account_id=account_id, level=level, device=device[:10], began_at=at, seen_at=at
    )
    return made.pk


def signed_in(sign_in_id: int, *, at: datetime) -> SignedIn | None:
    """Return who sits behind a sign-in, and note that they were here; one query, now and then two.

    None when it was ended from another device, or its account was closed.
    """
    rows = SignIn.objects.select_related("account__person", "account__organisation")
    rows = rows.filter(pk=sign_in_id, ended_at=None, account__closed_at=None)
    mine = Account.objects.filter(person=OuterRef("account__person"), organisation=None)
    ours = Account.objects.filter(organisation=OuterRef("account__organisation"))
    found = rows.annotate(
        phones=ArraySubquery(mine.filter(kind=Account.Kind.PHONE).values("pk")),
        proven=ArraySubquery(mine.filter(kind=Account.Kind.VNEID).values("pk")),
        ours=ArraySubquery(ours.values("pk")),
    ).first()
    if found is None:
        return None
    if at - found.seen_at > NOTED_EVERY:
        SignIn.objects.filter(pk=found.pk).update(seen_at=at)
    level = min(found.level, found.account.level)
    return _told(found, level)


def _opens(found: Any, level: int) -> frozenset[int]:
    """Return the accounts whose drafts and dossiers this sign-in opens."""
    if found.account.organisation_id:
        return frozenset(found.ours)
    return frozenset([*found.phones, *(found.proven if level >= PROVEN else ())])


def _told(found: Any, level: int) -> SignedIn:
    account, person = found.account, found.account.person
    return SignedIn(
        sign_in_id=found.pk,
        account_id=account.pk,
        accounts=_opens(found, level),
        kind=account.kind,
        level=level,
        since=found.began_at,
        person_id=person.pk,
        full_name=person.full_name,
        phone=person.phone,
        email=person.email,
        personal_number=person.personal_number or "",
        verified=person.verified_at is not None,
        organisation=account.organisation.name if account.organisation else "",
        capacity=account.capacity,
        hidden=0 if level >= PROVEN else len(found.proven),
    )


def sign_ins_of(person_id: int) -> list[SignIn]:
    """Return how a person came in, latest first: what goes on, and what has ended."""
    rows = SignIn.objects.select_related("account").filter(account__person_id=person_id)
    return list(rows.order_by("-began_at", "-pk")[:SHOWN])


def end(*, sign_in_id: int, person_id: int, at: datetime) -> bool:
    """End one sign-in of the person; tell whether there was one to end."""
    mine = SignIn.objects.filter(pk=sign_in_id, account__person_id=person_id, ended_at=None)
    return bool(mine.update(ended_at=at))


def end_all(*, person_id: int, at: datetime, but: int | None = None) -> int:
    """End every sign-in of the person, on all devices but one; return how many went on."""
    mine = SignIn.objects.filter(account__person_id=person_id, ended_at=None)
    return mine.filter(~Q(pk=but) if but else Q()).update(ended_at=at)


def end_here(*, sign_in_id: int, at: datetime) -> None:
    """End the sign-in that a browser carried, as when somebody comes in there anew."""
    SignIn.objects.filter(pk=sign_in_id, ended_at=None).update(ended_at=at)


def end_by(*, account_id: int, at: datetime) -> None:
    """End every sign-in made by this account, as when it is closed or goes to another person."""
    SignIn.objects.filter(account_id=account_id, ended_at=None).update(ended_at=at)


def forget_old(*, at: datetime) -> int:
    """Delete sign-ins that nobody has used for 90 days; return how many."""
    return SignIn.objects.filter(seen_at__lt=at - KEPT_FOR).delete()[0]
