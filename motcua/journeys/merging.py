"""Agencies become others: their work, their archive, their people, their books and booked times go to the successor.

What a merger says of agencies is one transaction, valid from its day. The dossiers follow in a job on that day, what
waits for somebody first, each in an act of its own (docs/why/0018): killed in the middle, the job goes on with what
is left; whoever acts on a dossier at that moment is not overwritten.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction

from motcua.agencies import mergers
from motcua.agencies.caches import AGENCIES, ASK_AGAIN_SECONDS
from motcua.agencies.models import AgencySuccession, Post, ServiceArea
from motcua.agencies.queries import agency, find_place
from motcua.agencies.rules.mergers import Plan
from motcua.dossiers.models import Dossier, Draft, LegRow, Transfer, Work
from motcua.dossiers.operations import record
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.facts import SYSTEM, Office
from motcua.dossiers.rules.refusals import NothingMoves
from motcua.dossiers.transfers import drafts_follow, to_follow
from motcua.journeys import visiting
from motcua.kernel.working_time import ZONE
from motcua.registers import operations as registers
from motcua.registers.models import Book
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import job
from motcua.visits import bookings

BEHIND_OTHERS = -1
"""The priority of a long job's next piece: what citizens and officials wait for comes first."""
HEARD_BY_ALL = 2 * ASK_AGAIN_SECONDS
"""Seconds after which no process knows the agencies as they were."""


@dataclass(frozen=True)
class Outlook:
    """What one agency hands on: dossiers alive and in the archive, parts of others', drafts, posts, places, times, books."""

    old: str
    new: str
    alive: int
    archive: int
    parts: int
    waiting: int
    drafts: int
    posts: int
    places: int
    bookings: int
    books: tuple[str, ...]
    moved: int = 0
    finished_at: datetime | None = None


def problems(plan: Plan) -> list[str]:
    """Return what keeps a plan from being carried out, a line for each; a place that is not known yet is named."""
    found = mergers.problems(plan)
    for new in plan.new:
        for code in (new.place_code, *new.serves):
            if find_place(code, plan.since) is None:
                found.append(
                    f"{new.code}: no place {code} on {plan.since}; write it in catalogue/places first"
                )
    return found


def outlook(plan: Plan) -> list[Outlook]:
    """Return what each agency of the plan hands on, as it stands now; a few counts for each."""
    known = {row.old.code: row for row in AgencySuccession.objects.select_related("old")}
    return [_outlook(old, new, known.get(old)) for old, new in plan.successors.items()]


def _outlook(old: str, new: str, done: AgencySuccession | None) -> Outlook:
    office = agency(old)
    mine = Dossier.objects.filter(agency=office)
    parts = LegRow.objects.filter(agency_code=old, ended_at__isnull=True)
    books = Book.objects.filter(agency=office, closed_at__isnull=True).order_by("kind", "year")
    return Outlook(
        old=old,
        new=new,
        alive=mine.filter(ended_at__isnull=True).count(),
        archive=mine.filter(ended_at__isnull=False).count(),
        parts=parts.exclude(dossier__agency=office).count(),
        waiting=Work.objects.filter(agency=office).count(),
        drafts=Draft.objects.filter(agency=office, dossier__isnull=True).count(),
        posts=Post.objects.filter(agency=office, valid_to__isnull=True).count(),
        places=ServiceArea.objects.filter(agency=office, valid_to__isnull=True).count(),
        bookings=len(bookings.to_follow(office, now().astimezone(ZONE).date(), now())),
        books=tuple(f"{book.kind} {book.year}: {book.next}" for book in books),
        moved=done.moved if done else 0,
        finished_at=done.finished_at if done else None,
    )


@transaction.atomic
def apply(plan: Plan, *, at: datetime) -> list[AgencySuccession]:
    """Carry out a plan that has no `problems`, and queue the dossiers' move; done again, nothing is doubled."""
    made = mergers.merge(plan, at=at)
    for one in made:
        visiting.follow(old=one.old, new=one.new, since=one.since, at=at)
    begins = datetime.combine(plan.since, time(0), ZONE)
    soon = max(begins, at).timestamp() + HEARD_BY_ALL
    olds = sorted(plan.successors)
    transfer.defer(
        lock="merging", queueing_lock=f"merge:{','.join(olds)}"[:100],
        schedule_at=datetime.fromtimestamp(soon, tz=ZONE), olds=olds,
        books=[one.continue_books_of for one in plan.becomes if one.continue_books_of],
    )  # fmt: skip
    return made


@job(name="journeys.merge", queue="reactions")
def transfer(*, olds: list[str], books: list[str]) -> None:
    """Let a batch of what the old agencies have go to what they became, then queue up behind whoever waits."""
    if not carry_out(olds, books, batches=1):
        transfer.defer(lock="merging", priority=BEHIND_OTHERS, olds=olds, books=books)


def carry_out(olds: list[str], books: Iterable[str] = (), *, batches: int | None = None) -> bool:
    """Move drafts, books and dossiers, or so many batches of them; tell whether all has moved.

    Done again, only what is left moves.
    """
    AGENCIES.forget()
    rows = AgencySuccession.objects.filter(old__code__in=olds).select_related("old", "new")
    successions = list(rows.order_by("pk"))
    for one in successions:
        drafts_follow(one.old.code, one.new.code)
        _books(one, goes_on=one.old.code in books)
        visiting.follow(old=one.old, new=one.new, since=one.since, at=now())
    offices = {one.old.code: _office(one) for one in successions}
    for number, codes in enumerate(to_follow(olds)):
        if number == batches:
            _counted(successions)
            return False
        for code in codes:
            _transfer(code, offices, successions[0])
    _counted(successions, over=now())
    return True


def _office(one: AgencySuccession) -> Office:
    new = one.new
    return Office(agency=new.code, agency_name=new.name, party=new.exchange_party)


def _transfer(code: str, offices: dict[str, Office], first: AgencySuccession) -> None:
    act = a.Transfer(offices=offices, decision=first.decision)
    try:
        record(code=code, act=act, by=SYSTEM, key=f"merge:{first.pk}:{code}", at=now())
    except NothingMoves:
        return  # it has gone already, by another of its parts


def _counted(successions: list[AgencySuccession], over: datetime | None = None) -> None:
    for one in successions:
        one.moved = Transfer.objects.filter(was=one.old).count()
        one.finished_at = over
        one.save(update_fields=["moved", "finished_at"])


def _books(one: AgencySuccession, *, goes_on: bool) -> None:
    """Close the old agency's books; the successor's go on with their numbers, or begin with 1."""
    at = now()
    for book in Book.objects.filter(agency=one.old, closed_at__isnull=True).order_by("year"):
        registers.close_book(book=book.pk, at=at)
        there = Book.objects.filter(agency=one.new, kind=book.kind, year=book.year).exists()
        if there or book.year != at.astimezone(ZONE).year:
            continue
        first, volume = (book.next, book.volume) if goes_on else (1, 1)
        registers.open_book(
            agency_id=one.new_id, kind=book.kind, year=book.year, volume=volume, first=first,
            by="motcua", at=at,
        )  # fmt: skip
