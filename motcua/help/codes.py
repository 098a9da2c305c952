"""Help by a code: made by the owner, used by one helper, who comes back by it; ended by either or by time."""

import hashlib
import hmac
import secrets
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from motcua.help.models import MEMBER_PHONE, Helping, Invitation, Member, Touch
from motcua.help.rules.helping import CODE_DIGITS, LASTING, Lasts, Who, code_ends, tidy_code
from motcua.help.rules.refusals import CodeUnknown, HelpOver, NotInTheTeam, OwnPhone
from motcua.kernel.working_calendar import local
from motcua.toolkit.gates import gate
from motcua.toolkit.sealing import keyed

TRIES = 5
"""How often another code is drawn when the one drawn is somebody's live one."""


@dataclass(frozen=True)
class Owner:
    """Who asks to be helped, and where they are told that somebody came in; `phone` is E.164."""

    phone: str
    name: str = ""
    language: str = "vi"


def code_of(invitation: Invitation) -> str:
    """Return the digits of an invitation: made from its id by this installation's key, so that they are stored nowhere."""
    mac = salted_hmac("motcua.help.code", invitation.pk.hex, algorithm="sha256").digest()
    return f"{int.from_bytes(mac[:8], 'big') % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def _found_by(code: str) -> str:
    return salted_hmac("motcua.help.code-hash", code, algorithm="sha256").hexdigest()


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def invite(
    *, subject: str, agency_id: int, owner: Owner, lasts: Lasts, key: str, at: datetime
) -> Invitation:
    """Make a code for a draft, in place of one that nobody has used; the same key again returns the same code."""
    known = Invitation.objects.filter(act_key=key, subject=subject).first()
    if known is not None:
        return known
    for _ in range(TRIES):
        made = Invitation(
            id=uuid.uuid4(), subject=subject, agency_id=agency_id, owner_name=owner.name[:120],
            owner_phone=owner.phone, language=owner.language, lasts=lasts, act_key=key, made_at=at,
            expires_at=code_ends(at),
        )  # fmt: skip
        made.code_hash = _found_by(code_of(made))
        try:
            with transaction.atomic():
                _end_codes(at)
                take_back(subject=subject, at=at)
                made.save(force_insert=True)
        except IntegrityError:  # the same click at the same moment, or a code that is somebody's
            known = Invitation.objects.filter(act_key=key, subject=subject).first()
            if known is not None:
                return known
        else:
            return made
    raise CodeUnknown


def _end_codes(at: datetime) -> None:
    """Let codes whose time is over make room for the same digits."""
    Invitation.objects.filter(ended_at__isnull=True, expires_at__lte=at).update(ended_at=at)


def take_back(*, subject: str, at: datetime) -> None:
    """Let the code that waits for a helper open nothing any more; again is harmless."""
    Invitation.objects.filter(subject=subject, ended_at__isnull=True).update(ended_at=at)


def live_code(subject: str, at: datetime) -> Invitation | None:
    """Return the code of a draft that waits for a helper."""
    return Invitation.objects.filter(
        subject=subject, ended_at__isnull=True, expires_at__gt=at
    ).first()


def _holding(at: datetime) -> Q:
    """Codes nobody has used yet, and those whose helper may come back: the tab was closed, the phone was off."""
    waits = Q(ended_at__isnull=True, expires_at__gt=at)
    return waits | Q(helping__ended_at__isnull=True, helping__until__gt=at)


def invitation_by_code(typed: str, at: datetime) -> Invitation:
    """Return the invitation of the digits somebody typed. Raises CodeUnknown for every kind of wrong one alike.

    The caller has counted the try.
    """
    rows = Invitation.objects.select_related("agency").filter(_holding(at))
    mine = rows.filter(code_hash=_found_by(tidy_code(typed)))
    found = mine.order_by(F("ended_at").desc(nulls_first=True)).first()
    if found is None:
        raise CodeUnknown
    return found


def invitation_by_id(invitation_id: UUID, at: datetime) -> Invitation:
    """Return an invitation that is still open to whoever typed its code a moment ago. Raises CodeUnknown."""
    rows = Invitation.objects.select_related("agency")
    found = rows.filter(_holding(at), pk=invitation_id).first()
    if found is None:
        raise CodeUnknown
    return found


@dataclass(frozen=True)
class Helper:
    """Who comes to help; `phone` is E.164, proved by a code before they come in."""

    name: str
    phone: str
    who: Who


def fits(*, helper: Helper, invitation: Invitation, at: datetime) -> Member | None:
    """Return the member of the team the helper is; None for family. Raises NotInTheTeam, OwnPhone.

    Where somebody has come in by this code, nobody else does: Raises CodeUnknown.
    """
    came = Helping.objects.filter(invitation=invitation).select_related("member").first()
    if came is not None and came.phone != helper.phone:
        raise CodeUnknown
    if came is not None:
        return came.member
    if helper.phone == invitation.owner_phone:
        raise OwnPhone
    if helper.who is Who.FAMILY:
        return None
    found = Member.objects.filter(
        agency_id=invitation.agency_id, phone_key=keyed(MEMBER_PHONE, helper.phone),
        removed_at__isnull=True, until__gte=local(at).date(),
    ).first()  # fmt: skip
    if found is None:
        raise NotInTheTeam
    return found


@transaction.atomic
def enter(*, invitation_id: UUID, helper: Helper, at: datetime) -> tuple[Helping, str]:
    """Let the helper in, one for a code, and back in while the help lasts; return it with the secret of their browser.

    Who comes back leaves the browser they had: its secret opens nothing any more.
    Raises CodeUnknown when it was used, taken back or ran out meanwhile, NotInTheTeam, OwnPhone.
    """
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("agency")
    found = rows.filter(_holding(at), pk=invitation_id).first()
    if found is None:
        raise CodeUnknown
    member = fits(helper=helper, invitation=found, at=at)
    secret = secrets.token_urlsafe(18)
    if found.ended_at is not None:
        return _back(found, secret), secret
    Invitation.objects.filter(pk=found.pk).update(ended_at=at)
    made = Helping.objects.create(
        invitation=found, subject=found.subject, name=helper.name[:120], phone=helper.phone,
        who=helper.who, member=member, secret_hash=_hashed(secret),
        stop_token=secrets.token_urlsafe(12), began_at=at,
        until=at + LASTING[Lasts(found.lasts)],
    )  # fmt: skip
    return made, secret


def _back(invitation: Invitation, secret: str) -> Helping:
    """Give the helper of a code another secret. Raises CodeUnknown when the owner ended the help this moment."""
    mine = Helping.objects.filter(invitation=invitation, ended_at__isnull=True)
    if not mine.update(secret_hash=_hashed(secret)):
        raise CodeUnknown
    return mine.select_related("invitation__agency").get()


def opened(helping_id: UUID, *, subject: str, secret: str, at: datetime) -> Helping:
    """Return the helping to the browser that holds its secret. Raises CodeUnknown; HelpOver once it has ended."""
    found = (
        Helping.objects.select_related("invitation").filter(pk=helping_id, subject=subject).first()
    )
    if found is None or not hmac.compare_digest(found.secret_hash, _hashed(secret)):
        raise CodeUnknown
    if found.ended_at is not None or found.until <= at:
        raise HelpOver
    return found


def end(*, helping_id: UUID, subject: str, ending: Helping.Ending, at: datetime) -> None:
    """Let a helper in no more, from this moment on; again is harmless."""
    Helping.objects.filter(pk=helping_id, subject=subject, ended_at__isnull=True).update(
        ended_at=at, ending=ending
    )


@gate
def helping_to_stop(token: str) -> Helping:
    """Return the helping whose end stands in the owner's message. Raises CodeUnknown."""
    rows = Helping.objects.select_related("invitation__agency")
    found = rows.filter(stop_token=token).first()
    if found is None:
        raise CodeUnknown
    return found


def end_all(*, subject: str, ending: Helping.Ending, at: datetime) -> None:
    """End the help and the codes of a draft, as when it is filed."""
    take_back(subject=subject, at=at)
    Helping.objects.filter(subject=subject, ended_at__isnull=True).update(
        ended_at=at, ending=ending
    )


def saw(*, helping: Helping, page: str, at: datetime) -> None:
    """Note that a helper has seen a page; once a page."""
    row = Touch(helping=helping, page=page, doing=Touch.Doing.SAW, at=at)
    Touch.objects.bulk_create([row], ignore_conflicts=True)


def saved(*, helping: Helping, page: str, revision: int, at: datetime) -> None:
    """Note that a helper has saved a page; `revision` is the draft's after it. A save that changed nothing is none."""
    rows = Touch.objects.filter(helping=helping, page=page, doing=Touch.Doing.SAVED)
    if page.startswith("page:") and rows.filter(revision=revision).exists():
        return
    Touch.objects.create(
        helping=helping, page=page, doing=Touch.Doing.SAVED, revision=revision, at=at
    )


@contextmanager
def together(
    *, helping: Helping, page: str, revision: Callable[[], int], at: datetime
) -> Iterator[None]:
    """Let what a helper saves and the note that it was they become durable together; what is refused leaves neither."""
    with transaction.atomic():
        yield
        saved(helping=helping, page=page, revision=revision(), at=at)


def helpings(subject: str) -> list[Helping]:
    """Return who has helped with a draft, the last first, with what they touched; two queries."""
    rows = Helping.objects.filter(subject=subject).select_related("member")
    return list(rows.prefetch_related("touches").order_by("-began_at"))


def who_saved(subject: str) -> list[Helping]:
    """Return the helpers who have written something into a draft, in the order in which they came."""
    rows = Helping.objects.filter(subject=subject, touches__doing=Touch.Doing.SAVED)
    return list(rows.select_related("member").distinct().order_by("began_at"))
