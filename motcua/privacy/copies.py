"""Copies of one's data: asked for, made by the worker, kept for 72 hours, then gone."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from motcua.identity.models import Account
from motcua.privacy.models import Copy
from motcua.privacy.rules.refusals import CopyNotReady, CopyUnknown
from motcua.toolkit.gates import gate

LASTS = timedelta(hours=72)
PATIENCE = timedelta(hours=1)
"""A copy that is not made by then does not keep its person from asking again."""


@transaction.atomic
def ask(*, account_id: int, language: str, at: datetime) -> tuple[Copy, bool]:
    """Return the copy that is being made for the account, and whether it was only begun now.

    Two presses at once wait for one another and get the same copy.
    """
    Account.objects.select_for_update().get(pk=account_id)
    waiting = Copy.objects.filter(
        account_id=account_id, ready_at__isnull=True, asked_at__gt=at - PATIENCE
    ).first()
    if waiting is not None:
        return waiting, False
    return Copy.objects.create(account_id=account_id, language=language, asked_at=at), True


def made(*, copy: Copy, digest: str, size: int, at: datetime) -> None:
    """Note that the bytes lie ready, from now on for 72 hours."""
    Copy.objects.filter(pk=copy.pk, ready_at__isnull=True).update(
        digest=digest, size=size, ready_at=at, until=at + LASTS
    )


@gate
def copy_of_account(copy_id: UUID, accounts: Collection[int], at: datetime) -> Copy:
    """Return a copy of one of these accounts. Raises CopyUnknown, also once its time is over."""
    found = Copy.objects.filter(pk=copy_id, account_id__in=accounts).first()
    if found is None or (found.until is not None and found.until <= at):
        raise CopyUnknown
    return found


def ready(copy: Copy) -> str:
    """Return the digest of a copy's bytes. Raises CopyNotReady."""
    if not copy.digest:
        raise CopyNotReady
    return copy.digest


def latest(accounts: Collection[int], at: datetime) -> Copy | None:
    """Return the last copy that is being made or can still be fetched; one query."""
    rows = Copy.objects.filter(account_id__in=accounts).exclude(until__lte=at)
    return rows.order_by("-asked_at").first()


def over(at: datetime) -> list[Copy]:
    """Return the copies whose bytes are to go."""
    return list(Copy.objects.filter(until__lte=at).exclude(digest="")[:100])


def forgotten(copies: Collection[Copy]) -> None:
    """Note that the bytes are gone."""
    Copy.objects.filter(pk__in=[one.pk for one in copies]).update(digest="")
