"""What an office should know when its day begins: counted once a day from the work that waits.

A reading of the queues, no event: a morning counted twice is the same row.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Greatest

from motcua.agencies.models import Agency
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.models import Emergency, Morning, Work
from motcua.dossiers.rules.status import Status
from motcua.kernel.working_time import ZONE
from motcua.privacy.models import Request
from motcua.toolkit import written_sql

LEADER = "leader"
HEADS = (LEADER, "front_desk")
"""Who answers for what an office asked of others (the head of the one-stop unit, NĐ 61/2018 Đ19.5)."""
_NOT_OURS = (Work.Kind.RETURN, Work.Kind.APPLICANT)
"""Waits for the applicant: the office is not behind with it."""


@dataclass(frozen=True)
class Bounds:
    """The moments a morning is told by: what is due until `near` is near, what was due before `overdue` long late."""

    day: date
    at: datetime
    near: datetime
    overdue: datetime


Seat = tuple[int, str]
"""An agency and a role there."""


def write_mornings(*, province: str, bounds: Bounds) -> None:
    """Write the morning of every office of a province, one row for each role that has something to know.

    Five statements and one insert, whatever the number of dossiers; what stands there stays.
    """
    found: dict[Seat, dict[str, int]] = defaultdict(dict)
    for seat, counts in _counts(province, bounds):
        found[seat] |= counts
    rows = [
        Morning(agency_id=agency, role=role, day=bounds.day, at=bounds.at, **counts)
        for (agency, role), counts in found.items()
        if any(counts.values())
    ]
    Morning.objects.bulk_create(rows, ignore_conflicts=True)


def _counts(province: str, bounds: Bounds) -> Iterator[tuple[Seat, dict[str, int]]]:
    work = Work.objects.filter(agency__province_code=province).exclude(kind__in=_NOT_OURS)
    late = Q(due_at__lt=bounds.at)
    own = work.exclude(role="").filter(due_at__lte=bounds.near).values("agency_id", "role")
    for row in own.annotate(late=Count("pk", filter=late), near=Count("pk", filter=~late)):
        yield (row["agency_id"], row["role"]), {"near": row["near"], "late": row["late"]}
    behind = work.filter(due_at__lt=bounds.overdue).values("agency_id")
    for row in behind.annotate(n=Count("dossier_id", distinct=True)):
        yield (row["agency_id"], LEADER), {"overdue": row["n"]}
    for agency, count in _emergencies(province).items():
        yield (agency, LEADER), {"emergencies": count}
    near = Request.objects.filter(outcome="", escalated_at__isnull=False)
    for row in (
        near.filter(agency__province_code=province).values("agency_id").annotate(n=Count("pk"))
    ):
        yield (row["agency_id"], LEADER), {"data_requests": row["n"]}
    asked = unanswered(bounds.at).filter(office__province_code=province).values("office_id")
    for row in asked.annotate(n=Count("pk")):
        for role in HEADS:
            yield (row["office_id"], role), {"unanswered": row["n"]}


def _emergencies(province: str) -> Counter[int]:
    """Count what waits for review: for whose dossier it is, and for whose official opened it."""
    here = Q(office__province_code=province) | Q(agency__province_code=province)
    waiting = Emergency.objects.filter(here, reviewed_at__isnull=True)
    seats = waiting.values_list("office_id", "agency_id")
    return Counter(agency for both in seats for agency in {*both})


def tell_leader(agency: int, at: datetime, *, data_requests: int) -> None:
    """Count at once, for the leader of an office, requests about data that are nearly due; less, when one is answered."""
    seat = {"agency_id": agency, "role": LEADER, "day": at.astimezone(ZONE).date()}
    if data_requests > 0:
        Morning.objects.get_or_create(**seat, defaults={"at": at})
    counted = Greatest(F("data_requests") + data_requests, 0)
    Morning.objects.filter(**seat).update(data_requests=counted)


def unanswered(at: datetime) -> QuerySet[Work]:
    """Return the questions to others whose date is over, by the office whose dossier it is."""
    return Work.objects.filter(kind=Work.Kind.CONSULTATION, due_at__lt=at)


def mornings(seats: Collection[Seat], day: date) -> list[Morning]:
    """Return what today began with, for these seats; one query."""
    agencies, roles = {agency for agency, _ in seats}, {role for _, role in seats}
    found = []
    for row, agency in written_sql.rows(_READ, _MORNINGS, [list(agencies), list(roles), day]):
        row.agency = agency
        found.append(row)
    return [row for row in found if (row.agency_id, row.role) in seats]


_READ = {"m": Morning, "a": Agency}
_MORNINGS = """
from dossiers_morning m join agencies_agency a on a.id = m.agency_id
where m.agency_id = any(%s) and m.role = any(%s) and m.day = %s order by a.code, m.role
"""


def behind(agency_ids: Iterable[int], overdue: datetime, *, limit: int) -> list[Work]:
    """Return the work of whole offices that was due before a moment, the longest late first; one query."""
    rows = Work.objects.filter(agency_id__in=list(agency_ids), due_at__lt=overdue)
    rows = rows.exclude(kind__in=_NOT_OURS)
    return list(_with_dossiers(rows).order_by("due_at", "pk")[:limit])


def waited_for(office_ids: Iterable[int], at: datetime, *, limit: int) -> list[Work]:
    """Return the late questions of whole offices, the longest late first; one query."""
    rows = unanswered(at).filter(office_id__in=list(office_ids))
    return list(_with_dossiers(rows).order_by("due_at", "pk")[:limit])


def _with_dossiers(rows: QuerySet[Work]) -> QuerySet[Work]:
    rows = rows.select_related("dossier", "dossier__version", "dossier__agency", "agency")
    return rows.defer("dossier__version__content", "dossier__version__guides")


def due_between(province: str, start: datetime, end: datetime) -> list[tuple[str, datetime]]:
    """Return code and date of the dossiers at work that are due in a stretch; one query."""
    rows = Row.objects.filter(
        agency__province_code=province, status=Status.PROCESSING, due_at__gte=start, due_at__lte=end,
        finished_at__isnull=True, ended_at__isnull=True,
    )  # fmt: skip
    return list(rows.order_by("pk").values_list("code", F("due_at")))


def stale_proposals(province: str, at: datetime) -> list[str]:
    """Return the codes of dossiers whose drafted apology can no longer be signed; one query."""
    rows = Work.objects.filter(
        agency__province_code=province, kind=Work.Kind.EXTENSION, due_at__lt=at
    )
    return list(rows.order_by("pk").values_list("dossier__code", flat=True))
