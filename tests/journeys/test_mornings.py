"""The morning of an office: counted once, for each role its own, the whole for who leads."""

from datetime import date, datetime, timedelta

import pytest

from motcua.agencies.models import Agency
from motcua.agencies.queries import calendar_for
from motcua.dossiers.models import Morning, Work
from motcua.dossiers.mornings import behind, mornings, write_mornings
from motcua.journeys.reactions.warning import bounds, working_day
from motcua.kernel.working_time import ZONE, Calendar, DayException
from motcua.toolkit.clock import now
from tests.journeys.desk_pages import words
from tests.journeys.office import COMMUNE, POLICE

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 7, 0, tzinfo=ZONE)
LATE, LONG_LATE = MONDAY - timedelta(minutes=1), MONDAY - timedelta(days=3)
TODAY, TOMORROW = MONDAY.replace(hour=17), MONDAY.replace(hour=17) + timedelta(days=1)
NEXT_WEEK = TODAY + timedelta(days=7)


def waits(office, row, due, *, code=COMMUNE, role="registrar", kind="step", step="draft"):
    return Work.objects.create(
        dossier=row, kind=kind, leg="birth", step=step, agency=Agency.objects.get(code=code),
        office=row.agency, role=role, due_at=due, since=MONDAY,
    )  # fmt: skip


@pytest.fixture
def row(office):
    found = office.filed()
    Work.objects.all().delete()
    return found


def written(at=MONDAY):
    write_mornings(province="31", bounds=bounds(calendar_for("31"), at))
    return {
        (one.agency.code, one.role): (one.near, one.late, one.overdue, one.unanswered)
        for one in Morning.objects.select_related("agency")
    }


def test_each_role_reads_its_own_near_and_late_and_the_leader_the_whole(office, row):
    for step, due in enumerate((LONG_LATE, TODAY, TOMORROW, NEXT_WEEK)):
        waits(office, row, due, step=str(step))
    assert written() == {(COMMUNE, "registrar"): (2, 1, 0, 0), (COMMUNE, "leader"): (0, 0, 1, 0)}


def test_what_waits_to_be_fetched_is_nobodys_delay(office, row):
    waits(office, row, LONG_LATE, kind="return", role="front_desk")
    assert written() == {}


def test_overdue_opinions_are_told_to_the_office_that_asked(office, row):
    waits(office, row, LATE, code=POLICE, role="police_officer", kind="consultation")
    told = written()
    assert told[COMMUNE, "front_desk"] == (0, 0, 0, 1)
    assert told[COMMUNE, "leader"] == (0, 0, 0, 1)
    assert told[POLICE, "police_officer"] == (0, 1, 0, 0)


def test_a_morning_is_written_once(office, row):
    waits(office, row, LATE)
    assert written() == written()
    assert Morning.objects.filter(role="registrar").count() == 1


def test_no_query_more_for_more_dossiers(office, row, django_assert_num_queries):
    for number in range(20):
        waits(office, row, LATE, step=str(number))
    calendar_for("31")
    with django_assert_num_queries(6):
        write_mornings(province="31", bounds=bounds(calendar_for("31"), MONDAY))


def test_it_is_read_on_its_day_by_those_it_is_for(office, row):
    waits(office, row, LATE)
    written()
    seat = (row.agency_id, "registrar")
    assert [one.late for one in mornings({seat}, MONDAY.date())] == [1]
    assert mornings({seat}, MONDAY.date() + timedelta(days=1)) == []
    assert mornings({(row.agency_id, "front_desk")}, MONDAY.date()) == []


def test_behind_a_warning_stands_what_is_long_late_the_longest_first(office, row):
    for step, due in enumerate((LATE, LONG_LATE, TOMORROW)):
        waits(office, row, due, step=str(step))
    found = behind([row.agency_id], bounds(calendar_for("31"), MONDAY).overdue, limit=10)
    assert [work.step for work in found] == ["1", "0"]


@pytest.mark.parametrize(("number", "day"), [(0, 30), (1, 1), (2, 3), (-1, 27)])
def test_working_days_step_over_what_is_not_worked(number, day):
    closed = Calendar({date(2026, 12, 2): DayException(working=False, note="Bão")})
    assert working_day(closed, MONDAY.date(), number).day == day


def test_the_queue_begins_with_the_warning_and_leads_the_leader_to_what_is_behind(office, row):
    at = now()
    waits(office, row, at - timedelta(days=10))
    write_mornings(province="31", bounds=bounds(calendar_for("31"), at))
    leader = office.browser("leader")
    page = words(leader.get("/can-bo/"))
    assert "Cả cơ quan có 1 hồ sơ trễ từ 1 ngày làm việc." in page
    assert row.code in words(leader.get("/can-bo/nhac-han/"))
    assert "1 việc đã trễ hạn." in words(office.browser("registrar").get("/can-bo/"))
    assert "Sáng nay cần lưu ý" not in words(office.browser("front_desk").get("/can-bo/"))
