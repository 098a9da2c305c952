"""Form 07: what an office received in a period, on a page, on paper, and as a list."""

import csv
import io
import re
import uuid

import pytest
from pypdf import PdfReader

from motcua.reports import register
from motcua.reports.models import ListFile
from motcua.toolkit.jobs import run_due

pytestmark = pytest.mark.django_db
PAGE, FILES = "/can-bo/so-lieu/so-theo-doi/", "/can-bo/so-lieu/tep/"


def made(browser, kind):
    """Ask for the register of this month; return the file."""
    about = browser.get(PAGE).context["hidden"]
    answer = browser.post(FILES, {"key": str(uuid.uuid4()), "loai": kind, **about})
    run_due()
    return browser.get(f"{answer.headers['Location']}tai-ve")


def test_what_was_received_stands_in_the_register_and_nothing_else(office):
    office.filed()
    row = office.received()
    page = office.browser("front_desk").get(PAGE)
    assert page.context["total"] == 1
    assert [code for code, _ in page.context["rows"]] == [row.code]


def test_the_register_is_a_paper_of_a4_across(office):
    row = office.received()
    sheet = PdfReader(io.BytesIO(made(office.browser("leader"), "pdf").content)).pages[0]
    words = re.sub(r"\s+", " ", sheet.extract_text())
    assert "SỔ THEO DÕI HỒ SƠ" in words
    assert row.code in words.replace(" ", "")
    assert sheet.mediabox.width > sheet.mediabox.height


def test_a_list_numbers_its_lines_through_all_batches(office, monkeypatch):
    monkeypatch.setattr(register.batches, "__defaults__", (1,))
    codes = [office.received().code, office.received().code]
    text = made(office.browser("leader"), "csv").content.decode("utf-8-sig")
    head, *lines = csv.reader(io.StringIO(text))
    assert head[:2] == ["Số", "Mã hồ sơ"]
    assert [line[:2] for line in lines] == [["1", codes[0]], ["2", codes[1]]]


def test_a_register_too_long_for_paper_says_so(office, monkeypatch):
    office.received()
    monkeypatch.setattr(register, "MOST_PRINTED", 0)
    leader = office.browser("leader")
    made(leader, "pdf")
    assert ListFile.objects.get().failure == "reports.list-too-long"


def test_another_offices_register_shows_nothing_of_ours(office):
    office.received()
    assert office.browser("elsewhere").get(PAGE).context["total"] == 0
