"""What administrators do about the officials of their agency: invite, give and end posts, reset.

Every deed is written down. A leader's and an administrator's post, and the reset of whoever holds one, need a second
person; where an agency has only one administrator, the operator of the installation (the province) is the second.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from motcua.agencies import stays
from motcua.agencies.models import Agency, Deed, Invitation, Official, Passkey, Post, RecoveryCode
from motcua.agencies.queries import posts_of
from motcua.agencies.rules.access_refusals import (
    DeedDone,
    DeedUnknown,
    InvitationUnknown,
    OneselfNot,
    UsernameTaken,
)
from motcua.agencies.rules.appointing import checked_days, checked_name, needs_two
from motcua.agencies.rules.places import day_of
from motcua.agencies.rules.roles import Role
from motcua.agencies.rules.second_factor import INVITED_FOR, bare_code, new_code
from motcua.agencies.rules.signing_lines import checked_line
from motcua.audit import operations as audit
from motcua.toolkit.sealing import keyed

_CODE = "agencies.invitation"


@dataclass(frozen=True)
class By:
    """Who does it, for which agency; without an official, the operator of the installation by command."""

    agency: Agency
    official: Official | None
    key: str
    at: datetime


@dataclass(frozen=True)
class Wanted:
    """A post as it is to be: which, from and until which day (both counted; open without an end).

    `signs`, `title`: what stands above its holder's name on papers.
    """

    role: Role
    valid_from: date
    valid_to: date | None
    signs: str = ""
    title: str = ""


def invite(by: By, *, username: str, full_name: str, wanted: Wanted) -> tuple[Official, str]:
    """Add an official to the agency; return them and the code of their first sign-in, to be shown once.

    Sent twice the second answer's code counts. Raises UsernameTaken, PostUnsound; DeedDone once the code was used.
    """
    name = checked_name(username)
    with transaction.atomic():
        if known := _done_before(by, Deed.Kind.INVITE):
            return known.official, _code_again(known.official, by.at)
        official = _add(by, name, full_name)
        _give(by, official, wanted)
        return official, _new_invitation(official, by.at)


def _done_before(by: By, kind: Deed.Kind) -> Deed | None:
    """Return what was done under this key already."""
    return Deed.objects.select_related("official").filter(key=f"{by.key}:{kind}").first()


def _add(by: By, username: str, full_name: str) -> Official:
    nameless = not full_name.strip() or Official.objects.filter(username=username).exists()
    if nameless:
        raise UsernameTaken
    try:
        with transaction.atomic():
            official = Official.objects.create(
                username=username, full_name=full_name.strip()[:200], password=make_password(None)
            )
    except IntegrityError as faster:
        raise UsernameTaken from faster
    _write(by, Deed.Kind.INVITE, official, by_two=False)
    return official


@transaction.atomic
def give_post(by: By, *, official: Official, wanted: Wanted) -> Deed:
    """Give a post, or propose it where two people are needed; once per key.

    A post that is held already with another line above the name ends on the first day, and goes on with this one.
    Raises OneselfNot, PostUnsound, LineUnsound.
    """
    return _give(by, official, wanted)


def _give(by: By, official: Official, wanted: Wanted) -> Deed:
    checked_days(wanted.valid_from, wanted.valid_to, day_of(by.at))
    signs, title = checked_line(wanted.signs, wanted.title)
    two = (needs_two(wanted.role) or bool(signs)) and by.official is not None
    deed = _write(
        by, Deed.Kind.POST, official, by_two=two, role=wanted.role.value,
        valid_from=wanted.valid_from, valid_to=wanted.valid_to, signs=signs, title=title,
    )  # fmt: skip
    if deed.accepted:
        _carry_out(deed)
    return deed


def _write(by: By, kind: Deed.Kind, official: Official, *, by_two: bool, **what: object) -> Deed:
    if by.official is not None and by.official.pk == official.pk:
        raise OneselfNot
    values = {
        "kind": kind, "agency": by.agency, "official": official, "by": by.official, "at": by.at,
        "by_two": by_two, "accepted": None if by_two else True,
        "decided_at": None if by_two else by.at, **what,
    }  # fmt: skip
    deed, made = Deed.objects.get_or_create(key=f"{by.key}:{kind}", defaults=values)
    if made:
        _log(deed, by.official, by.at)
    return deed


def _log(deed: Deed, by: Official | None, at: datetime) -> None:
    """Enter it in the log that nobody can rewrite: ids, no names."""
    told = {
        "kind": deed.kind, "official": deed.official_id, "agency": deed.agency.code,
        "role": deed.role, "signs": deed.signs, "by": by.pk if by else None, "accepted": deed.accepted,
    }  # fmt: skip
    audit.append(kind="agencies.deed", reference=str(deed.pk), content=told, at=at)


def _carry_out(deed: Deed) -> None:
    """Let a deed have its effect; done twice it has it once."""
    if deed.kind == Deed.Kind.RESET:
        _clear(deed.official, deed.decided_at or deed.at)
    if deed.kind == Deed.Kind.POST and deed.valid_from:
        _hold(deed, deed.valid_from)


def _hold(deed: Deed, since: date) -> None:
    """Let somebody hold the post; the one they hold with another line above their name ends where it begins."""
    line = {"signs": deed.signs, "title": deed.title}
    of_it = Post.objects.filter(official=deed.official, agency=deed.agency, role=deed.role)
    held = of_it.filter(valid_to__isnull=True)
    if held.filter(**line).exists():
        return
    for before in held:
        if before.valid_from >= since:  # it had not begun: it begins with the new line
            of_it.filter(pk=before.pk).update(**line, valid_to=deed.valid_to)
            return
        of_it.filter(pk=before.pk).update(valid_to=since)
    Post.objects.get_or_create(
        official=deed.official, agency=deed.agency, role=deed.role, valid_from=since,
        defaults={"valid_to": deed.valid_to, **line},
    )  # fmt: skip


@transaction.atomic
def end_post(by: By, *, post: Post) -> Deed:
    """End a post of the agency now. Raises OneselfNot for one's own."""
    today = day_of(by.at)
    deed = _write(
        by, Deed.Kind.END, post.official, by_two=False, role=post.role,
        valid_from=post.valid_from, valid_to=None,
    )  # fmt: skip
    Post.objects.filter(pk=post.pk).update(valid_to=today)
    return deed


@transaction.atomic
def reset(by: By, *, official: Official) -> tuple[Deed, str]:
    """Take away password, app, keys and codes, as after a lost telephone; return the code to begin anew.

    Where two people are needed nothing is taken yet, and the code is empty. Sent twice it takes away once.
    Raises OneselfNot; DeedDone once the code was used.
    """
    if known := _done_before(by, Deed.Kind.RESET):
        if known.official_id != official.pk:
            raise DeedDone
        return known, "" if known.by_two else _code_again(official, by.at)
    held = {Role(post.role) for post in posts_of(official, by.at) if post.in_place_of is None}
    two = by.official is not None and any(map(needs_two, held))
    deed = _write(by, Deed.Kind.RESET, official, by_two=two)
    return deed, "" if two else _begin_anew(deed, by.at)


def _begin_anew(deed: Deed, at: datetime) -> str:
    _carry_out(deed)
    return _new_invitation(deed.official, at)


def _clear(official: Official, at: datetime) -> None:
    Official.objects.filter(pk=official.pk).update(
        password=make_password(None), totp_secret="", totp_last_counter=0, wrong_tries=0,
        locked_until=None,
    )  # fmt: skip
    Passkey.objects.filter(official=official).delete()
    RecoveryCode.objects.filter(official=official).delete()
    stays.end_all(official=official, at=at)
    stays.end_trust(official=official, at=at)


@transaction.atomic
def decide(*, deed: int, agency: Agency, by: Official | None, accept: bool, at: datetime) -> str:
    """Confirm or turn down what another administrator proposed; return the code of a reset, else nothing.

    Without `by` it is the operator. Raises DeedUnknown, OneselfNot.
    """
    found = Deed.objects.select_for_update(of=("self",)).select_related("official", "agency")
    waiting = found.filter(pk=deed, agency=agency, accepted__isnull=True).first()
    if waiting is None:
        raise DeedUnknown
    if by is not None and by.pk in (waiting.by_id, waiting.official_id):
        raise OneselfNot
    waiting.accepted, waiting.decided_by, waiting.decided_at = accept, by, at
    waiting.save(update_fields=["accepted", "decided_by", "decided_at"])
    _log(waiting, by, at)
    if accept and waiting.kind == Deed.Kind.RESET:
        return _begin_anew(waiting, at)
    if accept:
        _carry_out(waiting)
    return ""


def _new_invitation(official: Official, at: datetime) -> str:
    code = new_code()
    Invitation.objects.filter(official=official, ended_at__isnull=True).update(ended_at=at)
    Invitation.objects.create(
        official=official, hashed=keyed(_CODE, bare_code(code)), made_at=at, until=at + INVITED_FOR
    )
    return code


def _code_again(official: Official, at: datetime) -> str:
    """Return another code in place of one that nobody has used yet, for as long as that one was to last.

    Never a code for somebody who works here already: an old form, sent again, would open what is theirs today.
    Raises DeedDone.
    """
    waiting = Invitation.objects.select_for_update().filter(official=official, ended_at=None)
    known = waiting.filter(until__gt=at).first()
    if known is None:
        raise DeedDone
    code = new_code()
    Invitation.objects.filter(pk=known.pk).update(hashed=keyed(_CODE, bare_code(code)))
    return code


def invited(*, username: str, code: str, at: datetime) -> tuple[Official, Invitation]:
    """Return who begins with this code. Raises InvitationUnknown, whichever of the two is wrong."""
    found = Invitation.objects.select_related("official").filter(
        hashed=keyed(_CODE, bare_code(code)), ended_at__isnull=True, until__gt=at,
        official__username=username, official__is_active=True,
    )  # fmt: skip
    invitation = found.first()
    if invitation is None:
        raise InvitationUnknown
    return invitation.official, invitation


def invitation_open(invitation: int, at: datetime) -> Invitation | None:
    """Return an invitation, with its official, while its code is neither used up nor replaced nor over."""
    found = Invitation.objects.select_related("official").filter(
        pk=invitation, ended_at=None, until__gt=at, official__is_active=True
    )
    return found.first()


def hold_invitation(invitation: Invitation, at: datetime) -> None:
    """Keep it open until the commit: what is done by its code is done before it is used up, or not at all.

    Raises InvitationUnknown.
    """
    rows = Invitation.objects.select_for_update()
    if not rows.filter(pk=invitation.pk, ended_at=None, until__gt=at).exists():
        raise InvitationUnknown


def end_invitation(official: Official, at: datetime) -> None:
    """Use the code up: the official has a password and a second factor now."""
    Invitation.objects.filter(official=official, ended_at__isnull=True).update(ended_at=at)


def deeds_of(agency: Agency) -> list[Deed]:
    """Return what was done about the officials of an agency, the latest first; one query."""
    found = Deed.objects.filter(agency=agency).select_related("official", "by", "decided_by")
    return list(found.order_by("-pk")[:100])


def deeds_about(official: Official) -> list[Deed]:
    """Return what administrators did about an official, the latest first; one query."""
    found = Deed.objects.filter(official=official).select_related("agency", "by", "decided_by")
    return list(found.order_by("-pk")[:20])
