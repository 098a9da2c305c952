"""An official looks after their own ways in: the first ones with their administrator's code, later ones from inside."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.agencies import administering, coming_in, passkeys, stays
from motcua.agencies.models import Deed, Invitation, Official, Passkey, Stay, TrustedDevice
from motcua.agencies.rules.refusals import WrongPassword, WrongSecondFactor
from motcua.agencies.rules.second_factor import counter_of
from motcua.toolkit.sessions import WHOLE


def begin(*, username: str, code: str, at: datetime) -> Invitation:
    """Return the invitation, with who begins by it. Raises InvitationUnknown."""
    return administering.invited(username=username, code=code, at=at)[1]


def first_password(*, invitation: Invitation, password: str, at: datetime) -> None:
    """Give the password; alone it lets nobody in. Raises what `coming_in.hashed` does, InvitationUnknown."""
    with transaction.atomic():
        administering.hold_invitation(invitation, at)
        coming_in.set_password(official=invitation.official, password=password)


def first_app(*, invitation: Invitation, secret: str, code: str, at: datetime) -> list[str]:
    """Take the app into use that shows these digits; return ten codes for paper.

    Raises WrongSecondFactor; InvitationUnknown where the code was used up meanwhile, in another browser.
    """
    with transaction.atomic():
        administering.hold_invitation(invitation, at)
        take_app(official=invitation.official, secret=secret, code=code, at=at)
        return _complete(invitation.official, at)


def first_key(
    *, invitation: Invitation, answer: str, challenge: bytes, name: str, at: datetime
) -> list[str]:
    """Take the key into use that this browser made; return ten codes for paper.

    Raises PasskeyRefused, PasskeyTaken; InvitationUnknown as `first_app` does.
    """
    official = invitation.official
    with transaction.atomic():
        administering.hold_invitation(invitation, at)
        passkeys.register(official=official, answer=answer, challenge=challenge, name=name, at=at)
        return _complete(official, at)


def _complete(official: Official, at: datetime) -> list[str]:
    administering.end_invitation(official, at)
    return coming_in.new_recovery_codes(official=official)


def take_app(*, official: Official, secret: str, code: str, at: datetime) -> None:
    """Let six digits of a new app prove that it took the secret; they serve once. Raises WrongSecondFactor."""
    counter = counter_of(secret, code, at)
    if counter is None:
        raise WrongSecondFactor
    coming_in.renew_second_factor(official=official, secret=secret, last=counter)


def change_password(*, official: Official, old: str, new: str, keep: str, at: datetime) -> None:
    """Replace one's password; other sign-ins end. Raises WrongPassword, TooManyTries, what `hashed` does.

    Not inside a transaction.
    """
    known = coming_in.check_password(username=official.username, password=old, at=at)
    if known.pk != official.pk:
        raise WrongPassword
    coming_in.change_password(official=official, password=new, keep=keep, at=at)


@dataclass(frozen=True)
class Ways:
    """How an official comes in, where they are in, and what administrators did about it."""

    keys: list[Passkey]
    has_app: bool
    codes_left: int
    devices: list[TrustedDevice]
    stays: list[Stay]
    deeds: list[Deed]


def ways(official: Official, at: datetime) -> Ways:
    """Return all of it; five queries."""
    return Ways(
        keys=passkeys.keys_of(official),
        has_app=bool(official.totp_secret),
        codes_left=official.recovery_codes.filter(used_at__isnull=True).count(),
        devices=stays.trusted_devices(official, at),
        stays=stays.open_stays(official, at - WHOLE),
        deeds=administering.deeds_about(official),
    )


def uuid_of(told: str) -> UUID | None:
    """Return the name of a device or a sign-in as it was posted; None for what is none."""
    try:
        return UUID(told)
    except ValueError:
        return None
