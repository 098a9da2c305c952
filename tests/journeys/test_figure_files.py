"""Lists as files: the lines of the page, for whoever asked, for a day, nothing a spreadsheet would run."""

import csv
import io
import re
import uuid
import zipfile
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from motcua.agencies.models import Post
from motcua.desk.figures import views
from motcua.dossiers.models import Dossier, ReadLog
from motcua.reports import operations
from motcua.reports.models import ListFile
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import run_due

pytestmark = pytest.mark.django_db
TODAY, LIST, FILES = "/can-bo/so-lieu/", "/can-bo/so-lieu/danh-sach/", "/can-bo/so-lieu/tep/"


@pytest.fixture
def leader(office):
    return office.browser("leader")


def ask(browser, kind="csv", key=None, **about):
    """Ask for a list as a file; return the page that shows its progress."""
    sent = {"key": key or str(uuid.uuid4()), "loai": kind, "so": "nop", **about}
    return browser.post(FILES, sent).headers["Location"]


def rows_of(browser, address):
    text = browser.get(f"{address}tai-ve").content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_a_csv_holds_the_lines_and_the_columns_of_the_page_and_no_more(office, leader):
    row = office.filed()
    page = leader.get(f"{LIST}?so=nop")
    address = ask(leader)
    assert "Tệp đang chờ đến lượt." in leader.get(address).content.decode()
    run_due()
    head, line = rows_of(leader, address)
    assert tuple(head) == page.context["columns"]
    assert line[:3] == [row.code, "Khai sinh liên thông", "Trần Minh An"]
    assert "Nguyễn Thị Mai" not in line


@pytest.mark.parametrize("about", [{"so": "nop"}, {"so": "so-theo-doi"}])
def test_whoever_has_a_list_made_stands_in_the_log_of_each_dossier_in_it(office, leader, about):
    row = office.received()
    ask(leader, **about)
    run_due()
    entry = ReadLog.objects.get(dossier=row, purpose="list_file")
    assert (entry.official_name, entry.role) == (office.officials["leader"].full_name, "leader")


def test_an_xlsx_is_a_sheet_of_text(office, leader):
    row = office.filed()
    Dossier.objects.filter(code=row.code).update(subject_name='=HYPERLINK("//x")')
    address = ask(leader, "xlsx")
    run_due()
    answer = leader.get(f"{address}tai-ve")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert row.code in sheet
    assert "'=HYPERLINK" in sheet
    assert not re.search("<f[ >]", sheet)
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_file_is_whole_however_many_batches_it_takes(office, leader, monkeypatch):
    monkeypatch.setattr(operations, "BATCH", 1)
    codes = {office.filed().code, office.filed().code}
    address = ask(leader)
    run_due()
    assert {line[0] for line in rows_of(leader, address)[1:]} == codes
    made = ListFile.objects.get()
    assert (made.done, made.total) == (2, 2)


def test_the_page_tells_how_far_the_file_is(leader):
    address = ask(leader)
    ListFile.objects.update(total=400, done=100)
    page = leader.get(address).content.decode()
    assert "Đang lập tệp: 100 trên 400 dòng." in page
    assert 'http-equiv="refresh"' in page
    assert leader.get(f"{address}tai-ve").status_code == 409


def test_the_same_form_sent_twice_makes_one_file(leader):
    key = str(uuid.uuid4())
    assert ask(leader, key=key) == ask(leader, key=key)
    assert ListFile.objects.count() == 1


def test_nobody_else_fetches_it_not_even_of_the_same_office(office, leader):
    address = ask(leader)
    run_due()
    for who in ("front_desk", "elsewhere", "registrar"):
        assert office.browser(who).get(address).status_code == 404
        assert office.browser(who).get(f"{address}tai-ve").status_code == 404
    assert leader.get(f"{address}tai-ve").status_code == 200


def test_who_has_lost_the_post_gets_no_file(office, leader):
    address = ask(leader)
    yesterday = localdate() - timedelta(days=1)
    Post.objects.filter(official=office.officials["leader"]).update(valid_to=yesterday)
    run_due()
    assert ListFile.objects.get().failure == "reports.figures-not-yours"
    assert leader.get(f"{address}tai-ve").status_code == 403


def test_after_a_day_it_is_gone(leader):
    address = ask(leader)
    run_due()
    ListFile.objects.update(asked_at=now() - operations.KEPT - timedelta(minutes=1))
    assert leader.get(address).status_code == 404
    assert operations.forget_old(before=now() - operations.KEPT) == 1


def test_nobody_has_more_than_three_files_made_at_once(leader):
    for _ in range(operations.AT_ONCE):
        ask(leader)
    answer = leader.post(FILES, {"key": str(uuid.uuid4()), "loai": "csv", "so": "nop"})
    assert answer.status_code == 429
    run_due()
    assert ask(leader)


def test_a_list_longer_than_a_file_is_refused_in_words(office, leader, monkeypatch):
    monkeypatch.setattr(operations, "LONGEST", 0)
    office.filed()
    address = ask(leader)
    run_due()
    assert "Hãy chọn kỳ ngắn hơn." in leader.get(address).content.decode()


def test_a_list_goes_on_where_the_page_before_ended(office, leader, monkeypatch):
    monkeypatch.setattr(views, "PAGE", 1)
    codes = [office.filed().code, office.filed().code]
    first = leader.get(f"{LIST}?so=nop")
    second = leader.get(first.context["next"])
    shown = [line.code for line in (*first.context["lines"], *second.context["lines"])]
    assert shown == codes[::-1]
    assert second.context["next"] == ""


def test_the_pages_cost_as_many_queries_for_one_dossier_as_for_many(office, leader):
    pages = (TODAY, "/can-bo/so-lieu/ky/", "/can-bo/so-lieu/chi-so/", f"{LIST}?so=nop")
    office.filed()
    for page in pages:
        leader.get(page)
    office.received()
    office.filed()
    for page in pages:
        with CaptureQueriesContext(connection) as asked:
            assert leader.get(page).status_code == 200
        assert len(asked) <= 10, page


def test_the_indicators_are_a_file_too_with_what_is_not_measured_left_empty(office, leader):
    office.filed()
    csv_href = leader.get("/can-bo/so-lieu/chi-so/").context["files"][1]["href"]
    rows = list(csv.reader(io.StringIO(leader.get(csv_href).content.decode("utf-8-sig"))))
    told = {row[1]: row for row in rows}
    assert told["Hồ sơ nộp trực tuyến"][2:5] == ["100,0 %", "1", "1"]
    assert told["Mức độ hài lòng"][2:5] == ["", "", ""]
    assert leader.get(csv_href.replace("tep.csv", "tep.exe")).status_code == 404
