"""Where officials are told that something waits at their desk: their own phone or address, given by themselves."""

from collections.abc import Collection
from datetime import datetime

from motcua.agencies.models import Contact, Official
from motcua.kernel import email as emails
from motcua.kernel import phone as phones


def keep(*, official: Official, phone: str, email: str, at: datetime) -> None:
    """Keep where the official is told, in place of what was there; nothing for a road they do not want.

    Raises what `phone.read` and `email.read` do.
    """
    Contact.objects.update_or_create(
        official=official,
        defaults={
            "phone": phones.read(phone) if phone.strip() else "",
            "email": emails.read(email) if email.strip() else "",
            "at": at,
        },
    )


def of(official: Official) -> dict[str, str]:
    """Return their phone and address, empty where there is none; one query."""
    found = Contact.objects.filter(official=official).first()
    return {"phone": found.phone, "email": found.email} if found else {"phone": "", "email": ""}


def masked(official: Official) -> list[str]:
    """Return where they are told, as it is shown; one query."""
    known = of(official)
    phone = [phones.mask(phones.read(known["phone"]))] if known["phone"] else []
    return phone + ([emails.mask(emails.read(known["email"]))] if known["email"] else [])


def of_all(officials: Collection[Official]) -> dict[int, Contact]:
    """Return what is known of these officials, by their keys; one query."""
    found = Contact.objects.filter(official__in=officials)
    return {contact.official_id: contact for contact in found}
