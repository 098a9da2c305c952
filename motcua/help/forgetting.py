"""Phones and free words that have served are wiped, ninety days after their end."""

from datetime import datetime, timedelta

from motcua.help.models import Call, Helping, Invitation

KEPT = timedelta(days=90)


def forget_old(*, at: datetime) -> int:
    """Wipe the phones of helpers and owners, and what callers said of themselves; return how many rows."""
    before = at - KEPT
    calls = Call.objects.filter(ended_at__lt=before).exclude(phone="")
    helpers = Helping.objects.filter(until__lt=before).exclude(phone="")
    owners = Invitation.objects.filter(expires_at__lt=before).exclude(owner_phone="")
    return (
        calls.update(phone="", phone_key="", name="", words="", about="")
        + helpers.update(phone="")
        + owners.update(owner_phone="", owner_name="")
    )
