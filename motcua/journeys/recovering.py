"""At the counter: who signs in by a number only, and has lost it, gets back to their account (docs/why/0028).

An official compares the card and names the account; the person says the code sent to the new number; a second official
looks at the card too; for three days the old number and address may say no; then the number moves.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime

from motcua.agencies import wall
from motcua.agencies.models import Official
from motcua.agencies.queries import posts_of
from motcua.agencies.rules.roles import Role
from motcua.dossiers import readings
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.queries import content, told
from motcua.dossiers.rules.seen import applicant_was_seen
from motcua.dossiers.search import found_by_officials
from motcua.identity import queries, recoveries
from motcua.identity.links import known
from motcua.identity.models import Account, Recovery
from motcua.identity.recoveries import Lost, Office
from motcua.identity.rules.recovering import (
    MOST_A_DAY,
    MOST_OF_ONE,
    Card,
    NeverSeen,
    NobodyByCard,
    NotAtRecovery,
    RecoveryOver,
    SeveralAccounts,
    VneidIsTheWay,
    is_of_card,
)
from motcua.identity.rules.refusals import AccountsClosed, ResendTooSoon
from motcua.journeys import mandating, one_time_codes
from motcua.journeys.in_posts import InPosts
from motcua.journeys.moving_contact import follow_number
from motcua.notices import operations as notices
from motcua.notices.operations import Recipient
from motcua.procedures.queries import by_digest
from motcua.toolkit import limits
from motcua.toolkit.clock import now
from motcua.toolkit.gates import gate
from motcua.toolkit.jobs import every, job

PURPOSE = "recovery"
RECOVERERS = frozenset({Role.FRONT_DESK, Role.LEADER})
_A_DAY = int(timedelta(days=1).total_seconds())


@dataclass(frozen=True)
class Recoverer(InPosts):
    """An official in the posts that let them open an account again, and confirm a colleague's."""


@dataclass(frozen=True)
class Shown:
    """What the person brought: their card, the number they have now, and a dossier's code where they know one."""

    card: Card
    new_phone: str
    code: str = ""


@gate
def recoverer(official: Official, at: datetime) -> Recoverer:
    """Return who may do this; one query. Raises NotAtRecovery."""
    posts = tuple(post for post in posts_of(official, at) if post.role in RECOVERERS)
    if not posts:
        raise NotAtRecovery
    return Recoverer(official, posts)


def begin(*, mine: Recoverer, shown: Shown, key: str, at: datetime) -> Recovery:
    """Find the account behind a card, write the new number down and send it a code. The same key again begins one.

    Not inside a transaction: tries stay counted. Raises AccountsClosed, TooOften, NobodyByCard, NeverSeen,
    VneidIsTheWay, SeveralAccounts, SameNumber, NumberInUse, RecoveryThere.
    """
    if not settings.PORTAL_ACCOUNTS:
        raise AccountsClosed
    recovery = recoveries.begun(key) or _begun(mine, shown, key, at)
    with suppress(ResendTooSoon):
        send_code(row=recovery, at=at)
    return recovery


def _begun(mine: Recoverer, shown: Shown, key: str, at: datetime) -> Recovery:
    limits.spend(
        f"recovery:official:{mine.official.pk}", limit=MOST_A_DAY, per_seconds=_A_DAY, at=at
    )
    # By card and number, what no office may read: only the one it has is written down
    with wall.aside():
        row, account = _found(mine, shown)
    limits.spend(f"recovery:of:{account.person_id}", limit=MOST_OF_ONE, per_seconds=_A_DAY, at=at)
    post = next(post for post in mine.posts if post.agency_id == row.agency_id)
    readings.note_once(row=row, post=post, at=at)
    lost = Lost(account, row.code, shown.new_phone)
    by = Office(row.agency_id, mine.official.pk)
    with wall.aside():
        return recoveries.record(lost=lost, by=by, key=key, at=at)


def _found(mine: Recoverer, shown: Shown) -> tuple[Row, Account]:
    """Return the dossier with which the card was seen, and the account it leads to."""
    leads = _leads(mine, shown)
    of_card = [(row, one) for row, one in leads if is_of_card(known(one.person), shown.card)]
    if not of_card:
        raise NobodyByCard
    by_number = [(row, one) for row, one in of_card if one.person.verified_at is None]
    if not by_number:
        raise VneidIsTheWay
    seen = {one.person_id: (row, one) for row, one in by_number if _was_seen(row, shown.card)}
    if not seen:
        raise NeverSeen
    if len(seen) > 1:
        raise SeveralAccounts
    return next(iter(seen.values()))


def _leads(mine: Recoverer, shown: Shown) -> list[tuple[Row, Account]]:
    """Return the office's dossiers that name the card's number, with the account each was filed by or is phoned at."""
    offices = mine.agency_ids
    sought = shown.code or shown.card.number
    rows = [row for row in found_by_officials(sought, offices) if row.agency_id in offices]
    accounts = queries.accounts_by_id({row.account_id for row in rows if row.account_id})
    phones = queries.phone_accounts({row.phone for row in rows if not row.account_id})
    leads = [
        (row, accounts.get(row.account_id) if row.account_id else phones.get(row.phone))
        for row in rows
    ]
    return [(row, account) for row, account in leads if account]


def _was_seen(row: Row, card: Card) -> bool:
    """Tell whether an official saw this card with the dossier, whose applicant told its number."""
    if _applicants_number(row) != card.number:
        return False
    _row, _dossier, history = told(row.code)
    return applicant_was_seen(history, number=card.number, full_name=card.full_name)


def _applicants_number(row: Row) -> str:
    fields = by_digest(row.version.digest).definition.fields.values()
    asked = [field.id for field in fields if field.prefill == "personal_number"]
    answers = content(row).answers if asked else {}
    return next((str(answers[name]) for name in asked if answers.get(name)), "")


def send_code(*, row: Recovery, at: datetime) -> None:
    """Send the new number its code. Raises ResendTooSoon(seconds)."""
    one_time_codes.send(purpose=PURPOSE, phone=row.new_phone, reference=row.pk.hex, at=at)


def prove(*, row: Recovery, code: str, at: datetime) -> Recovery:
    """Take the code the person reads out. Not inside a transaction: a failed try stays counted.

    Raises CodeWrong(tries_left), CodeExpired, CodeUsedUp, CodeUsedBefore, RecoveryOver.
    """
    one_time_codes.check(
        purpose=PURPOSE, phone=row.new_phone, reference=row.pk.hex, code=code, at=at
    )
    return recoveries.proved(recovery_id=row.pk, at=at)


@transaction.atomic
def confirm(*, mine: Recoverer, row: Recovery, at: datetime) -> Recovery:
    """Let a second official confirm; the old number and address are told, and have three days. Raises SecondOfficial, RecoveryOver."""
    checked = recoveries.check(recovery_id=row.pk, official=mine.official.pk, at=at)
    until = f"{localtime(checked.moves_at):%H:%M %d/%m/%Y}"
    _tell(checked, "recovery_begun", _old(checked), at, until=until, url=stop_address(checked))
    return checked


@transaction.atomic
def stop(*, row: Recovery, official: Official | None = None, at: datetime) -> Recovery:
    """Stop it: from the message to the old number, or at the counter; whoever waited is told. Raises RecoveryOver."""
    stopped = recoveries.stop(recovery_id=row.pk, official=official.pk if official else None, at=at)
    if stopped.checked_at is not None:
        _tell(stopped, "recovery_stopped", Recipient(phone=stopped.new_phone), at, url=_help())
    return stopped


def of_office(*, mine: Recoverer, recovery_id: UUID) -> Recovery:
    """Return one of the official's office. Raises RecoveryUnknown."""
    return recoveries.of_office(recovery_id, mine.agency_ids)


def names_of(rows: Sequence[Recovery]) -> dict[int, str]:
    """Return the names of the officials who took part, by their keys; one query."""
    keys = {key for row in rows for key in (row.recorded_by, row.checked_by, row.stopped_by) if key}
    return dict(Official.objects.filter(pk__in=keys).values_list("pk", "full_name"))


@every("*/10 * * * *")
@job(name="journeys.recoveries", queue="default")
def move_due(*, timestamp: int) -> None:
    """Move the numbers whose cooling time is over, and end what nobody confirmed in time."""
    del timestamp
    move_all(at=now())


def move_all(*, at: datetime) -> int:
    """Do it, each in a transaction of its own; return how many numbers moved."""
    recoveries.end_late(at=at)
    moved = 0
    for one in recoveries.due(at):
        with suppress(RecoveryOver):  # stopped a moment ago: the others move all the same
            moved += _move(one, at)
    return moved


@transaction.atomic
def _move(recovery_id: UUID, at: datetime) -> bool:
    before = Recovery.objects.select_related("person").get(pk=recovery_id)
    old = _old(before)
    row = recoveries.move(recovery_id=recovery_id, at=at)
    if row.ending != Recovery.Ending.MOVED:
        _tell(row, "recovery_stopped", Recipient(phone=row.new_phone), at, url=_help())
        return False
    follow_number(person_id=row.person_id, was=old.phone, phone=row.new_phone, at=at)
    mandating.end_what_a_number_gave(
        person_id=row.person_id,
        phone=old.phone,
        official_id=row.checked_by or row.recorded_by,
        at=at,
    )
    _tell(row, "recovery_moved", old, at, url=_help())
    _tell(row, "recovery_moved", Recipient(phone=row.new_phone), at, url=_help())
    return True


def _old(row: Recovery) -> Recipient:
    return Recipient(phone=row.person.phone, email=row.person.email)


def stop_address(row: Recovery) -> str:
    """Return the address in the message to the old number: there one stops it."""
    return f"{settings.BASE_URL}/doi-so/{row.token}/"


def _help() -> str:
    return f"{settings.BASE_URL}/dang-nhap/khong-vao-duoc/"


def _tell(row: Recovery, template: str, to: Recipient, at: datetime, **data: str) -> None:
    place = sha256(f"{to.phone} {to.email}".encode()).hexdigest()[:8]
    # The message, with the address that stops it, is between the house and the person
    with wall.aside():
        notices.send(
            key=f"{template}:{row.pk.hex}:{place}", to=to, template=template,
            data={"ending": row.new_phone[-3:], **data}, subject="", at=at,
        )  # fmt: skip
