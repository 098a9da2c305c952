"""Going on with a draft on another device: its short code, then a one-time code to the person's phone.

Nothing here tells whether a draft exists. Asking only queues a job, the same for every code; the job makes a
one-time code for any draft code and sends it when there is somebody to send it to; trying one costs and answers
the same in both cases.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.timezone import localtime

from motcua.dossiers import draft_keys, drafts
from motcua.dossiers.models import Draft, DraftKey
from motcua.dossiers.queries import draft_called
from motcua.dossiers.rules import draft_codes
from motcua.dossiers.rules.refusals import DraftUnknown
from motcua.identity import operations as identity
from motcua.identity.rules.refusals import ResendTooSoon
from motcua.journeys import refusals
from motcua.kernel import email as emails
from motcua.kernel import phone as phones
from motcua.notices import operations as notices
from motcua.notices.operations import Recipient
from motcua.procedures.queries import by_digest
from motcua.toolkit import limits
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import job
from motcua.toolkit.refusals import TooOften

PURPOSE = "draft"
FIRST = 100
MOST_IN_AN_HOUR = 10
"""Messages about drafts to one address, for all drafts together."""
MOST_CONTACTS = 5
"""Addresses left in one draft within a day: a draft is no way to write to many people."""
DAY = 24 * 3600


def address_of(draft: Draft) -> str:
    """Return the address at which this draft is gone on with elsewhere."""
    return f"{settings.BASE_URL}/khai-tiep/?ma={draft_codes.show(draft.code or '')}"


def reached_at(draft: Draft) -> Recipient:
    """Return where the person is told of the draft: as they left it for this, else as they declared it."""
    if draft.phone or draft.email:
        return Recipient(draft.phone, draft.email, draft.language)
    who = by_digest(draft.version.digest).procedure.applicant
    phone = str(draft.answers.get(who.phone) or "")
    email = str(draft.answers.get(who.email) or "") if who.email else ""
    return Recipient(phone, email, draft.language)


@dataclass(frozen=True)
class Contact:
    """Where a person wants to be reached, as they typed it; one of both is enough."""

    phone: str = ""
    email: str = ""


def leave_contact(*, draft: Draft, contact: Contact, language: str, at: datetime) -> None:
    """Note where the person can be reached, and send the draft's code there, once to each address.

    Raises ContactMissing, TooOften, DraftFiled and what reading a phone or an address raises.
    """
    phone = phones.read(contact.phone) if contact.phone.strip() else ""
    email = emails.read(contact.email) if contact.email.strip() else ""
    if not phone and not email:
        raise refusals.ContactMissing
    if (phone, email) != (draft.phone, draft.email):
        limits.spend(f"draft-contact:{draft.pk.hex}", limit=MOST_CONTACTS, per_seconds=DAY, at=at)
        for address in filter(None, (phone, email)):
            _spend_peace(address, at)
    with transaction.atomic():
        drafts.leave_contact(found=draft, phone=phone, email=email, language=language)
        _send_the_code(draft, at)


def _send_the_code(draft: Draft, at: datetime) -> None:
    published = by_digest(draft.version.digest)
    to = Recipient(draft.phone, draft.email, draft.language)
    whose = _hash(draft.phone + draft.email)[:16]
    notices.send(
        key=f"draft:{draft.pk.hex}:kept:{whose}",
        to=to,
        template="draft_kept",
        data=words_of(draft) | {"procedure": published.procedure.short.to(draft.language)},
        subject=f"draft:{draft.pk.hex}",
        at=at,
    )


def words_of(draft: Draft) -> dict[str, str]:
    """Return what every message about a draft says: its code, its address, until when it is kept, whom to ask."""
    office = draft.agency
    return {
        "draft_code": draft_codes.show(draft.code or ""),
        "url": address_of(draft),
        "until": f"{localtime(draft.expires_at):%d/%m/%Y}",
        "support": f"{office.support_name}, {office.support_phone}",
    }


def ask(*, code: str, reference: str) -> None:
    """Have a one-time code sent, if there is such a draft; `reference` ties it to one browser."""
    send.defer(priority=FIRST, code=code, reference=reference)


@job(name="journeys.send_draft_code", queue="reactions", attempts=3)
@transaction.atomic
def send(*, code: str, reference: str) -> None:
    """Make the one-time code and send it; one asked for too soon after another is not made."""
    at = now()
    draft = draft_called(code, at)
    to = reached_at(draft) if draft else Recipient()
    address = to.phone or to.email
    try:
        secret = identity.issue_code(purpose=PURPOSE, destination=code, reference=reference, at=at)
        # Counted only once there is a code: whoever asks again and again takes nobody's allowance
        if address:
            _spend_peace(address, at)
    except (ResendTooSoon, TooOften):
        return
    if address:
        notices.send_code(to=address, code=secret, purpose=PURPOSE, at=at, language=to.language)


def _spend_peace(address: str, at: datetime) -> None:
    """Count a message to this address: nobody is written to for ever. Raises TooOften."""
    limits.spend(f"draft:{_hash(address)}", limit=MOST_IN_AN_HOUR, per_seconds=3600, at=at)


def _hash(address: str) -> str:
    return salted_hmac("motcua.journeys.continuing", address).hexdigest()


def open_here(
    *, code: str, reference: str, typed: str, device: str, at: datetime
) -> tuple[Draft, str]:
    """Use up the one-time code; return the draft, kept for its whole time again, with a key for this device.

    Not inside a transaction: a failed try must stay counted. Raises CodeWrong(tries_left), CodeExpired, CodeUsedUp,
    CodeUsedBefore; DraftUnknown when the draft ended in between.
    """
    identity.check_code(purpose=PURPOSE, destination=code, reference=reference, code=typed, at=at)
    with transaction.atomic():
        draft = draft_called(code, at)
        if draft is None:
            raise DraftUnknown
        drafts.prolong(found=draft, at=at)
        way = DraftKey.Way.CODE
        return draft, draft_keys.cut_another(draft_id=draft.pk, way=way, device=device, at=at)
