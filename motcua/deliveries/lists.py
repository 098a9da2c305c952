"""Lists of letters for the postman: opened, filled with what waits, closed once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count, Max, QuerySet

from motcua.deliveries.models import Delivery, PostList, PostListLine
from motcua.deliveries.rules import ListClosed, ListUnknown, State
from motcua.kernel.working_time import ZONE
from motcua.toolkit.gates import gate

SHOWN = 30
LONGEST_NUMBER = 60
LONGEST_PROBLEM = 300


@transaction.atomic
def open_list(*, office: str, at: datetime) -> PostList:
    """Return the office's open list, a new one when there is none, with every letter that waits on it."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"post:{office}"])
    day = at.astimezone(ZONE).date()
    found = PostList.objects.filter(office=office, closed_at__isnull=True).first()
    if found is None:
        of_day = PostList.objects.filter(office=office, day=day)
        last = of_day.aggregate(last=Max("number"))["last"] or 0
        found = PostList.objects.create(office=office, day=day, number=last + 1, opened_at=at)
    waiting = _waiting(office)
    PostListLine.objects.bulk_create(
        [PostListLine(list=found, delivery_id=delivery) for delivery in waiting]
    )
    return found


def _waiting(office: str) -> list[int]:
    """Return the letters of an office that lie on no list, oldest first."""
    letters = Delivery.objects.filter(
        office=office, way="post", state__in=[State.READY, State.CREATED]
    )
    # A letter already given waits for the post's first scan: it is not given again.
    letters = letters.exclude(listed__given_at__isnull=False)
    letters = letters.exclude(pk__in=_listed())
    return list(letters.order_by("ready_at", "pk").values_list("pk", flat=True))


def _listed() -> QuerySet[PostListLine, int]:
    lying = PostListLine.objects.filter(given_at__isnull=True, problem="")
    return lying.values_list("delivery_id", flat=True)


def waiting_count(office: str) -> int:
    """Return how many letters of an office wait for the postman and lie on no list."""
    return len(_waiting(office))


def lists_of(offices: Sequence[str]) -> list[PostList]:
    """Return the last lists of these offices, newest first, with how many letters lie on each; one query."""
    rows = PostList.objects.filter(office__in=offices).annotate(letters=Count("lines"))
    return list(rows.order_by("-day", "-number")[:SHOWN])


@gate
def list_of(list_id: UUID, offices: Sequence[str]) -> PostList:
    """Return a list of one of these offices. Raises ListUnknown."""
    found = PostList.objects.filter(pk=list_id, office__in=offices).first()
    if found is None:
        raise ListUnknown
    return found


def lines_of(found: PostList) -> list[PostListLine]:
    """Return the letters on a list, in their order, with whom they go to; one query."""
    rows = PostListLine.objects.filter(list=found).select_related("delivery", "delivery__letter")
    return list(rows.order_by("pk"))


@transaction.atomic
def write_down(*, found: PostList, numbers: Mapping[int, str], left_out: Sequence[int]) -> None:
    """Keep the numbers typed from the post's slips, and take letters off the list. Raises ListClosed."""
    _locked_open(found)
    for line in PostListLine.objects.filter(list=found, pk__in=list(numbers)):
        line.tracking_number = numbers[line.pk][:LONGEST_NUMBER]
        line.save(update_fields=["tracking_number"])
    PostListLine.objects.filter(list=found, pk__in=left_out, given_at__isnull=True).delete()


def _locked_open(found: PostList) -> None:
    fresh = PostList.objects.select_for_update().get(pk=found.pk)
    if fresh.closed_at is not None:
        raise ListClosed


def given(*, line: PostListLine, at: datetime) -> None:
    """Note that the postman took a letter; again is harmless."""
    PostListLine.objects.filter(pk=line.pk, given_at__isnull=True).update(given_at=at)


def not_given(*, line: PostListLine, problem: str) -> None:
    """Note why a letter was not given; it may lie on another list from now on."""
    waiting = PostListLine.objects.filter(pk=line.pk, given_at__isnull=True)
    waiting.update(problem=problem[:LONGEST_PROBLEM])


def closed(*, found: PostList, by: str, at: datetime) -> None:
    """Close a list for good; again is harmless."""
    still_open = PostList.objects.filter(pk=found.pk, closed_at__isnull=True)
    still_open.update(closed_at=at, closed_by=by)
