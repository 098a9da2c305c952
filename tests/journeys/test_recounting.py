"""A storm day: the dates that it moves are shown, then promised anew and told; killed in the middle, it goes on."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.agencies.caches import CALENDAR
from motcua.agencies.models import CalendarChange
from motcua.agencies.queries import calendar_for
from motcua.agencies.rules.refusals import DayOutOfReach, DayWithoutGrounds
from motcua.dossiers import recounts
from motcua.dossiers.models import Dossier, LegRow, Work
from motcua.dossiers.operations import record
from motcua.dossiers.rules import acts as a
from motcua.journeys import recounting
from motcua.journeys.actors import official
from motcua.journeys.recounting import carry_out, preview, set_day
from motcua.journeys.recounting_requests import would_move
from motcua.kernel.working_time import ZONE
from motcua.notices.models import Notice
from motcua.privacy import requests
from motcua.privacy.models import Request
from motcua.toolkit.clock import now
from motcua.visits import bookings
from motcua.visits.halls import hall_of
from tests.rules.heart import FAULT
from tests.signing_in import as_citizen

pytestmark = pytest.mark.django_db
HAI_PHONG, ELSEWHERE = "31", "01"
DEFAULTS = recounts.promised_over.__kwdefaults__


def due_day(row):
    return Dossier.objects.get(pk=row.pk).due_at.astimezone(ZONE).date()


def storm(day, *, province=HAI_PHONG, working=False, key=None):
    return set_day(
        key=key or uuid.uuid4(), day=day, province=province, working=working, note="Bão số 3",
        decision="12/CĐ-UBND", by="Lương Minh Nhật", at=now(),
    )  # fmt: skip


def next_working(day):
    calendar, day = calendar_for(HAI_PHONG), day + timedelta(days=1)
    while not calendar.is_working(day):
        day += timedelta(days=1)
    return day


def test_a_storm_moves_the_date_of_who_waits_and_they_are_told(office):
    row = office.received()
    was = due_day(row)
    then = next_working(was)
    change = carry_out(storm(was).pk)
    office.catch_up(row.code)
    assert due_day(row) == then
    assert [move.case for move in change.moves.all()] == [row.code]
    assert f"{then:%d/%m/%Y}" in Notice.objects.get(template="recounted").body


def test_the_queue_and_the_part_follow(office):
    row = office.received()
    carry_out(storm(LegRow.objects.get(dossier=row, leg="birth").due_at.date()).pk)
    leg = LegRow.objects.get(dossier=row, leg="birth")
    assert Work.objects.get(dossier=row).due_at == leg.due_at


def test_a_storm_elsewhere_moves_nothing_here(office):
    row = office.received()
    was = due_day(row)
    change = carry_out(storm(was, province=ELSEWHERE).pk)
    assert (due_day(row), change.moves.count()) == (was, 0)


def test_what_is_shown_before_is_what_happens(office):
    rows = [office.received(), office.received(), office.filed()]
    day = due_day(rows[0])
    shown = preview(day=day, province=HAI_PHONG, working=False)
    change = carry_out(storm(day).pk)
    assert [(one.case, one.due) for one in shown.moves] == list(
        change.moves.order_by("case").values_list("case", "due")
    )
    assert shown.count == 2


def test_a_preview_writes_nothing(office):
    row = office.received()
    seq = Dossier.objects.get(pk=row.pk).seq
    preview(day=due_day(row), province=HAI_PHONG, working=False)
    assert Dossier.objects.get(pk=row.pk).seq == seq
    assert not CalendarChange.objects.exists()


def asked_about_data(office):
    """Return an open request about one's data to the office, made now."""
    office_asked, account = office.received().agency, as_citizen(Client())
    wish = requests.Wish(kind=Request.Kind.ACCESS, subject="", words="Cho tôi xem.", name="Mai")
    return requests.ask(account_id=account.pk, agency=office_asked, wish=wish, key="data", at=now())


def test_a_request_about_data_gets_the_time_a_storm_takes_and_is_told_once(office):
    request = asked_about_data(office)
    day, was = request.due_at.astimezone(ZONE).date(), request.due_at
    shown = preview(day=day, province=HAI_PHONG, working=False)
    change = storm(day)
    for _ in range(2):
        carry_out(change.pk)
        CalendarChange.objects.filter(pk=change.pk).update(finished_at=None)
    request.refresh_from_db()
    (move,) = change.moves.filter(what="data_request")
    assert request.due_at.astimezone(ZONE).date() == next_working(day)
    assert (move.case, move.was, move.due) == (request.number, was, request.due_at)
    assert (request.number, request.due_at) in [(one.case, one.due) for one in shown.moves]
    told = Notice.objects.get(template="data_request_moved", road="sms").body
    assert f"{request.due_at.astimezone(ZONE):%d/%m/%Y}" in told


def test_a_request_about_data_keeps_the_time_it_was_told_when_more_is_worked(office):
    request = asked_about_data(office)
    off = storm(request.due_at.astimezone(ZONE).date())
    carry_out(off.pk)
    told = Request.objects.get().due_at
    carry_out(storm(off.day, working=True).pk)
    assert Request.objects.get().due_at == told


def test_whoever_has_a_time_on_a_day_off_is_asked_once_to_choose_another(office):
    hall = hall_of(office.received().agency)
    start = max(bookings.times_by_day(hall, now()).items())[1][0].starts_at
    visitor = bookings.Visitor("Nguyễn Thị Mai", "+84912345001")
    bookings.book(hall=hall, starts_at=start, kind_code="file", visitor=visitor, key="t", at=now())
    for province in (ELSEWHERE, HAI_PHONG):
        change = carry_out(storm(start.astimezone(ZONE).date(), province=province).pk)
    CalendarChange.objects.filter(pk=change.pk).update(finished_at=None)
    carry_out(change.pk)
    assert "Bão số 3" in Notice.objects.get(template="visit_day_closed").body


def test_an_answered_request_and_one_elsewhere_stay_as_they_are(office):
    request = asked_about_data(office)
    day = request.due_at.astimezone(ZONE).date()
    assert not list(would_move(day, province=ELSEWHERE, but=[], working=False))
    assert not list(would_move(day, province="", but=[HAI_PHONG], working=False))
    assert [one.request for one in would_move(day, province="", but=[], working=False)] == [request]
    assert not requests.give_time(request_id=uuid.uuid4(), until=request.due_at)


def test_a_national_day_spares_a_province_with_a_day_of_its_own(office):
    row = office.received()
    day = due_day(row)
    storm(day, working=True)
    assert carry_out(storm(day, province="").pk).moves.count() == 0


def test_killed_in_the_middle_it_goes_on_where_it_was(office, monkeypatch):
    rows = [office.received() for _ in range(3)]
    day = due_day(rows[0])
    change = storm(day)
    real, done = recounting.record, []

    def dies_after_two(**how):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(how["code"])
        return real(**how)

    monkeypatch.setattr(recounting, "record", dies_after_two)
    with pytest.raises(KeyboardInterrupt):
        carry_out(change.pk)
    monkeypatch.setattr(recounting, "record", real)
    again = carry_out(change.pk)
    assert again.moves.count() == 3
    assert [office.kinds(row).count("Recounted") for row in rows] == [1, 1, 1]


def test_a_long_recounting_lets_others_work_between_its_batches(office, monkeypatch):
    rows = [office.received() for _ in range(3)]
    monkeypatch.setattr(recounts.promised_over, "__kwdefaults__", {**DEFAULTS, "limit": 2})
    change = storm(due_day(rows[0]))
    recounting.recount(change=str(change.pk))
    assert change.moves.count() == 2
    recounting.recount(change=str(change.pk))
    change.refresh_from_db()
    assert (change.moves.count(), change.finished_at is not None) == (3, True)


def test_the_same_change_sent_twice_is_one_change(office):
    row, key = office.received(), uuid.uuid4()
    day = due_day(row)
    assert storm(day, key=key).pk == storm(day, key=key).pk
    carry_out(key)
    carry_out(key)
    assert office.kinds(row).count("Recounted") == 1


def test_a_paused_clock_is_counted_by_the_new_calendar_when_it_goes_on(office):
    row = office.received()
    day = due_day(row)
    office.withdraw(row)
    assert carry_out(storm(day).pk).moves.count() == 0


def test_queries_grow_with_batches_not_with_dossiers(office):
    for _ in range(4):
        office.received()
    day = due_day(Dossier.objects.first())
    with CaptureQueriesContext(connection) as asked:
        preview(day=day, province=HAI_PHONG, working=False)
    assert len(asked) <= 6


def asked(office):
    """Return a dossier of which something is asked for, and until when."""
    row = office.received()
    act = a.AskSupplement(leg="birth", faults=(FAULT,))
    post = office.post("registrar")
    record(code=row.code, act=act, by=official(post), key=uuid.uuid4().hex, at=now())
    office.catch_up(row.code)
    return row, office.now(row).requests["birth"].until


def test_who_is_asked_for_something_is_told_of_the_later_date_and_waited_for(office):
    row, until = asked(office)
    change = carry_out(storm(until.astimezone(ZONE).date()).pk)
    office.catch_up(row.code)
    later = office.now(row).requests["birth"].until
    assert later > until
    assert [(move.what, move.was, move.due) for move in change.moves.all()] == [
        ("supplement", until, later)
    ]
    assert Work.objects.get(dossier=row, kind="applicant").due_at == later
    assert f"{later.astimezone(ZONE):%d/%m/%Y}" in Notice.objects.get(template="more_time").body
    lapses = ProcrastinateJob.objects.filter(task_name="journeys.request_lapses")
    assert max(job.scheduled_at for job in lapses) == later


def test_the_other_dates_are_counted_apart_before_anything_is_set(office):
    _row, until = asked(office)
    shown = preview(day=until.astimezone(ZONE).date(), province=HAI_PHONG, working=False)
    assert (shown.count, shown.others, shown.moves[0].what) == (0, 1, "supplement")


def test_what_is_expected_of_a_dossier_at_the_door_follows_without_a_message(office):
    row = office.filed()
    expected = Dossier.objects.get(pk=row.pk).expected_at
    carry_out(storm(expected.astimezone(ZONE).date()).pk)
    office.catch_up(row.code)
    assert Dossier.objects.get(pk=row.pk).expected_at > expected
    assert not Notice.objects.filter(template__in=("recounted", "more_time"))


@pytest.mark.parametrize("days", [-90, 500])
def test_a_day_out_of_reach_is_refused(office, days):
    with pytest.raises(DayOutOfReach):
        storm((now() + timedelta(days=days)).date())


def test_a_day_needs_its_grounds(office):
    with pytest.raises(DayWithoutGrounds):
        set_day(
            key=uuid.uuid4(), day=localdate(), province=HAI_PHONG, working=False, note="Bão",
            decision="", by="–", at=now(),
        )  # fmt: skip
    CALENDAR.forget()
