"""Helping somebody to fill in: the owner makes a code, a helper comes in by it, the owner is told and can end it.

What a helper may do is decided by `help.rules.helping`; every save keeps its helper beside the draft's revision,
and the dossier's history names those who helped.
"""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from motcua.dossiers import drafts
from motcua.dossiers.rules.facts import Helped
from motcua.help import codes
from motcua.help.codes import Helper, Owner
from motcua.help.models import Helping, Invitation
from motcua.help.rules.helping import WHO_WORDS, Lasts, Who, kept_from_helpers
from motcua.help.rules.refusals import CodeUnknown, PhoneMissing
from motcua.identity.models import Account
from motcua.journeys import one_time_codes
from motcua.journeys.case import Case
from motcua.kernel import phone as phones
from motcua.notices import operations as notices
from motcua.notices.operations import Recipient
from motcua.toolkit import limits

PURPOSE = "help"
HOUR = 3600
MOST_WRONG = 2000
"""Wrong codes an hour in the whole installation: with eight digits, a live code is met once in years."""


def owners_phone(case: Case, account: Account | None) -> str:
    """Return where the owner is reached: the phone in the declaration, else the account's; empty when there is none."""
    field = case.published.procedure.applicant.phone
    told = str(case.settled.answers.get(field) or "")
    return told or (account.person.phone if account else "")


def invite(
    *, case: Case, account: Account | None, phone: str, lasts: Lasts, key: str, language: str,
    at: datetime,
) -> Invitation:  # fmt: skip
    """Make a help code for the draft, in place of one that waits.

    `phone`: what the owner typed where the declaration has none yet; it becomes the declaration's, for that is
    where the confirmation code goes and no helper can change it. Raises PhoneMissing, InvalidPhone.
    """
    reached = owners_phone(case, account) or (phones.read(phone) if phone.strip() else "")
    if not reached:
        raise PhoneMissing
    asked = case.published.procedure.applicant
    name = str(case.settled.answers.get(asked.name) or "")
    with transaction.atomic():
        if not case.settled.answers.get(asked.phone) and asked.phone in case.definition.fields:
            drafts.save(found=case.draft, changes={asked.phone: reached}, at=at)
        return codes.invite(
            subject=case.owner, agency_id=case.draft.agency_id,
            owner=Owner(reached, name or (account.person.full_name if account else ""), language),
            lasts=lasts, key=key, at=at,
        )  # fmt: skip


def kept_fields(case: Case) -> frozenset[str]:
    """Return the questions of the declaration that no helper answers."""
    asked = case.published.procedure.applicant
    return kept_from_helpers(case.definition.fields, (asked.phone, asked.email))


def find(*, typed: str, at: datetime) -> Invitation:
    """Return the invitation of a typed code. Not inside a transaction: a wrong try must stay counted.

    The face has counted the network's tries; here those of the whole installation are. Raises CodeUnknown, TooOften.
    """
    try:
        return codes.invitation_by_code(typed, at)
    except CodeUnknown:
        limits.spend("help-codes", limit=MOST_WRONG, per_seconds=HOUR, at=at)
        raise


def send_code(*, invitation: Invitation, helper: Helper, at: datetime) -> None:
    """Send a code to the helper's phone, so that they cannot come in under another's. Raises NotInTheTeam, OwnPhone, ResendTooSoon."""
    codes.fits(helper=helper, invitation=invitation, at=at)
    one_time_codes.send(purpose=PURPOSE, phone=helper.phone, reference=invitation.pk.hex, at=at)


def enter(*, invitation_id: UUID, helper: Helper, code: str, at: datetime) -> tuple[Helping, str]:
    """Let a helper in whose phone is proved, and tell the owner; return the helping and its secret.

    Not inside a transaction: a failed try must stay counted.
    Raises CodeWrong, CodeExpired, CodeUsedUp, CodeUsedBefore, CodeUnknown, NotInTheTeam, OwnPhone.
    """
    one_time_codes.check(
        purpose=PURPOSE, phone=helper.phone, reference=invitation_id.hex, code=code, at=at
    )
    with transaction.atomic():
        made, secret = codes.enter(invitation_id=invitation_id, helper=helper, at=at)
        _tell_owner(made, at)
    return made, secret


def _tell_owner(helping: Helping, at: datetime) -> None:
    invitation, office = helping.invitation, helping.invitation.agency
    with override(invitation.language):
        who = gettext(WHO_WORDS[Who(helping.who)])
    notices.send(
        key=f"helping:{helping.pk.hex}",
        to=Recipient(phone=invitation.owner_phone, language=invitation.language),
        template="helper_entered",
        data={
            "name": helping.name,
            "who": who,
            "url": f"{settings.BASE_URL}/thoi-nho/{helping.stop_token}/",
            "support": f"{office.support_name}, {office.support_phone}",
        },
        subject=helping.subject,
        at=at,
    )


def helped_by(subject: str) -> tuple[Helped, ...]:
    """Return who wrote something into a draft beside its owner, each once, as its dossier's history names them."""
    found = [
        Helped(
            name=one.name,
            who="team" if one.member else "family",
            unit=one.member.unit if one.member else "",
        )
        for one in codes.who_saved(subject)
    ]
    return tuple(dict.fromkeys(found))


def filed(*, subject: str, at: datetime) -> None:
    """End the help with a draft that has become a dossier: helpers see nothing of its further life."""
    codes.end_all(subject=subject, ending=Helping.Ending.FILED, at=at)
