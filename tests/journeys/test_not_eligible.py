"""Not eligible after appraisal: the whole goes back with reasons; late is said and kept, never barred."""

import uuid
from datetime import timedelta

import pytest

from motcua.dossiers.models import Event
from motcua.dossiers.rules.status import Status
from motcua.journeys import handling
from motcua.notices.models import Notice
from motcua.toolkit.clock import now
from tests.journeys.desk_pages import act_page, did, dossier_page, pressed, words

pytestmark = pytest.mark.django_db
ITEM = "reason::not_entitled"
TYPED = {f"text:{ITEM}": "Không có quyền yêu cầu", f"how:{ITEM}": "Nhờ người có quyền nộp"}


def returned(office, row, name="registrar"):
    browser = office.browser(name)
    answer = pressed(browser, row, "khong-tiep-nhan", _stage="send", item=ITEM, **TYPED)
    assert did(answer), words(answer)
    office.catch_up(row.code)
    return answer


def test_the_registrar_returns_the_whole_and_the_citizen_is_told_why(office):
    row = office.received()
    page = words(office.browser("registrar").get(dossier_page(row)))
    assert "Trả hồ sơ: không đủ điều kiện" in page
    returned(office, row)
    assert office.now(row).status is Status.DECLINED
    assert "Không có quyền yêu cầu" in Notice.objects.get(template="returned").body


def test_the_page_says_until_when_it_is_in_time(office):
    row = office.received()
    page = words(office.browser("registrar").get(act_page(row, "khong-tiep-nhan")))
    assert "Trả vì không đủ điều kiện là đúng hạn đến" in page


def test_the_front_desk_no_longer_declines_what_it_has_received(office):
    row = office.received()
    assert office.browser("front_desk").get(act_page(row, "khong-tiep-nhan")).status_code == 409


def test_late_it_is_returned_all_the_same_and_the_history_says_so(office):
    row = office.filed()
    handling.receive(
        code=row.code, post=office.post("front_desk"), key=uuid.uuid4().hex, seen=None,
        at=now() - timedelta(days=14),
    )  # fmt: skip
    page = words(office.browser("registrar").get(act_page(row, "khong-tiep-nhan")))
    assert "Đã quá 03 ngày làm việc" in page
    returned(office, row)
    assert Event.objects.get(kind="Declined").data["late"] is True
    assert "Trả lại muộn hơn 03 ngày" in words(office.browser("leader").get(dossier_page(row)))
