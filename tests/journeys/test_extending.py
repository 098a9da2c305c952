"""Apology and extension at the desk: drafted in the morning, signed by the leader, told to the citizen at once."""

from datetime import datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.dossiers.models import Event, Work
from motcua.journeys.reactions.warning import begin_day, propose_extension, void_extension
from motcua.kernel.working_time import ZONE
from motcua.notices.models import Notice
from motcua.portal.following import access
from motcua.toolkit.clock import now
from tests.journeys.desk_pages import act_page, did, dossier_page, opened, pressed, words

pytestmark = pytest.mark.django_db
CHOSEN = {"days": "2", "reason": "verification"}


def drafted(office):
    """Return a dossier whose part went past its own date, with the apology drafted for it."""
    row = office.received()
    due = office.now(row).clock.due
    propose_extension(code=row.code, due=due.isoformat(), at=morning_before(due))
    office.catch_up(row.code)
    return row


def morning_before(due):
    return due.replace(hour=7, minute=0) - timedelta(days=1)


def test_the_leader_signs_and_the_citizen_reads_both_dates_and_why(office):
    row = office.received()
    was = office.now(row).clock.due
    assert did(pressed(office.browser("leader"), row, "gia-han", **CHOSEN))
    office.catch_up(row.code)
    due = office.now(row).clock.due
    assert due > was
    told = Notice.objects.get(template="extended")
    assert "Xin lỗi" in told.body
    assert f"{due.astimezone(ZONE):%H:%M %d/%m/%Y}" in told.body
    assert f"{was.astimezone(ZONE):%H:%M %d/%m/%Y}" in told.body


def test_the_citizens_page_apologises_and_derives_the_new_date(office):
    row = office.received()
    pressed(office.browser("leader"), row, "gia-han", **CHOSEN)
    citizen = as_owner(row)
    page = words(citizen.get(f"/theo-doi/{row.code}/"))
    assert "Chúng tôi xin lỗi quý vị" in page
    assert "cần xác minh thêm thông tin" in page
    assert "Ngày hẹn cũ, được gia hạn 2 ngày làm việc" in page
    assert "Riêng phần:" in page


def as_owner(row):
    """Return a browser that has shown the dossier to be its own."""
    answer, citizen = HttpResponse(), Client()
    access.grant(answer, row.code)
    citizen.cookies.update(answer.cookies)
    return citizen


def test_a_double_click_extends_once(office):
    row = office.received()
    leader = office.browser("leader")
    carried = opened(leader, row, "gia-han")
    assert all(did(pressed(leader, row, "gia-han", carried=carried, **CHOSEN)) for _ in range(2))
    assert office.kinds(row).count("Extended") == 1


def test_a_second_time_the_page_says_what_to_do_instead(office):
    row = office.received()
    leader = office.browser("leader")
    pressed(leader, row, "gia-han", **CHOSEN)
    answer = leader.get(act_page(row, "gia-han"))
    assert answer.status_code == 409
    assert "đã được gia hạn một lần" in words(answer)
    assert "gia-han" not in words(leader.get(dossier_page(row)))


def test_what_is_missing_is_asked_for(office):
    row = office.received()
    leader = office.browser("leader")
    assert "Hãy chọn ngày hẹn mới" in words(pressed(leader, row, "gia-han", reason="workload"))
    said = pressed(leader, row, "gia-han", days="1", reason="other")
    assert "hãy viết lời xin lỗi" in words(said)
    assert office.kinds(row).count("Extended") == 0


def test_nobody_but_the_leader_finds_the_page(office):
    row = office.received()
    for name in ("front_desk", "registrar"):
        assert office.browser(name).get(act_page(row, "gia-han")).status_code == 409


def test_the_draft_waits_for_the_leader_and_is_signed_as_drafted(office):
    row = drafted(office)
    work = Work.objects.get(dossier=row, kind="extension")
    assert (work.role, work.due_at.astimezone(ZONE).hour) == ("leader", 23)
    leader = office.browser("leader")
    page = words(leader.get(act_page(row, "gia-han")))
    assert "selected" in page
    assert did(pressed(leader, row, "gia-han", **CHOSEN))
    assert not Work.objects.filter(dossier=row, kind="extension").exists()


def test_the_draft_is_dismissed_with_a_reason_and_nobody_is_told(office):
    row = drafted(office)
    leader = office.browser("leader")
    assert pressed(leader, row, "khong-gia-han").status_code == 400
    assert did(pressed(leader, row, "khong-gia-han", remark="Chiều nay ký xong"))
    office.catch_up(row.code)
    assert not Work.objects.filter(dossier=row, kind="extension").exists()
    assert not Notice.objects.filter(template="extended").exists()


def test_a_draft_is_made_once_and_not_where_there_is_time(office):
    row = office.received()
    due = office.now(row).clock.due
    propose_extension(code=row.code, due=due.isoformat(), at=now())
    assert "ExtensionProposed" not in office.kinds(row)
    for _ in range(2):
        propose_extension(code=row.code, due=due.isoformat(), at=morning_before(due))
    assert office.kinds(row).count("ExtensionProposed") == 1


def test_the_morning_queues_a_draft_for_what_is_due_in_two_working_days(office):
    row = office.received()
    due = office.now(row).clock.due
    begin_day(at=morning_before(due))
    jobs = ProcrastinateJob.objects.filter(task_name="journeys.draft_extension")
    assert [job.args["code"] for job in jobs] == [row.code]
    assert Event.objects.filter(kind="ExtensionProposed").count() == 0
    sunday = datetime(2026, 11, 29, 7, 0, tzinfo=ZONE)
    begin_day(at=sunday)
    assert jobs.count() == 1


def test_what_waits_for_another_system_is_drafted_with_that_reason(office):
    row = office.received()
    office.step(row, "registrar", "birth", "draft")
    office.agree(row)
    due = office.now(row).clock.due
    propose_extension(code=row.code, due=due.isoformat(), at=morning_before(due))
    proposal = office.now(row).clock.proposal
    assert proposal.reason == "waiting_agency"
    assert "cơ quan phối hợp chưa gửi kết quả" in proposal.text
    page = words(office.browser("leader").get(act_page(row, "gia-han")))
    assert "cơ quan phối hợp chưa gửi kết quả" in page


def test_a_draft_nobody_signed_in_time_is_taken_away(office):
    row = drafted(office)
    Work.objects.filter(dossier=row, kind="extension").update(due_at=now() - timedelta(days=1))
    monday = datetime(2026, 12, 7, 7, 0, tzinfo=ZONE)
    begin_day(at=monday)
    void = ProcrastinateJob.objects.get(task_name="journeys.void_extension")
    for _ in range(2):
        void_extension(**void.args)
    assert office.kinds(row).count("ExtensionDismissed") == 1
    assert office.now(row).clock.proposal is None
