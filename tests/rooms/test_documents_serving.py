"""Answers that carry papers: nothing a person sent is ever active on our pages."""

import io
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.test import RequestFactory
from PIL import Image

from motcua.documents import operations, queries, serving
from motcua.documents.rules.refusals import PageUnknown
from tests import documents_samples as samples

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 20, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def page_of(content, filename):
    paper = operations.add_page(
        owner="draft:lan", key="birth-notice", filename=filename, content=content, at=AT
    )
    return queries.open_page(paper, paper.page_list[0].id)


def body(response) -> bytes:
    return response.getvalue() if response.streaming else response.content


def test_a_picture_is_shown_under_a_policy_that_allows_nothing():
    opened = page_of(samples.jpeg(), "Giấy chứng sinh.HEIC")
    response = serving.page_response(opened)
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Content-Disposition"] == (
        "attachment; filename*=UTF-8''Gi%E1%BA%A5y%20ch%E1%BB%A9ng%20sinh.jpg"
    )
    assert len(body(response)) == opened.page.size == int(response["Content-Length"])


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({"Sec-Fetch-Dest": "image", "Accept": "image/avif,*/*"}, "image/jpeg"),
        ({"Accept": "image/webp,*/*"}, "image/jpeg"),
        ({"Sec-Fetch-Dest": "document"}, "text/html; charset=utf-8"),
        ({"Sec-Fetch-Dest": "iframe"}, "text/html; charset=utf-8"),
        ({"Accept": "text/html,*/*"}, "text/html; charset=utf-8"),
    ],
)
def test_a_picture_is_part_of_a_page_and_never_a_page(headers, kind):
    opened = page_of(samples.jpeg(), "a.jpg")
    door = serving.PictureFrame(lambda _request: serving.page_response(opened))
    answer = door(RequestFactory().get("/anh?a=%22%3E", headers=headers))
    assert answer["Content-Type"] == kind
    if kind.startswith("text"):
        assert 'src="/anh?a=%22%3E"' in answer.content.decode()
        assert "Content-Disposition" not in answer


def test_a_picture_is_saved_by_a_word_in_its_address():
    opened = page_of(samples.jpeg(), "a.jpg")
    door = serving.PictureFrame(lambda _request: serving.page_response(opened))
    answer = door(RequestFactory().get("/a?tai=1", headers={"Sec-Fetch-Dest": "document"}))
    assert answer["Content-Type"] == "image/jpeg"


def test_a_pdf_opened_by_itself_is_saved_and_no_page():
    opened = page_of(samples.pdf(), "a.pdf")
    door = serving.PictureFrame(lambda _request: serving.page_response(opened))
    answer = door(RequestFactory().get("/a", headers={"Sec-Fetch-Dest": "document"}))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; ")


def test_a_pdf_is_only_ever_saved():
    response = serving.page_response(page_of(samples.active_pdf(), "giấy.pdf"))
    assert response["Content-Disposition"].startswith("attachment; ")
    assert "no-store" in response["Cache-Control"]
    assert b"/JavaScript" not in body(response)


def test_a_file_name_cannot_break_out_of_its_header():
    response = serving.page_response(page_of(samples.jpeg(), 'a"\r\nSet-Cookie: x=1.jpg'))
    assert "\n" not in response["Content-Disposition"]
    assert '"' not in response["Content-Disposition"]


@pytest.mark.parametrize(
    ("content", "filename"), [(samples.jpeg(1200, 900), "a.jpg"), (samples.pdf(3), "a.pdf")]
)
def test_a_preview_is_small_and_made_once(content, filename, monkeypatch):
    opened = page_of(content, filename)
    first = body(serving.thumbnail_response(opened))
    assert max(Image.open(io.BytesIO(first)).size) == 320
    monkeypatch.setattr(serving.thumbnail.__globals__["images"], "shrink", None)
    assert body(serving.thumbnail_response(opened)) == first


def test_a_pdf_preview_shows_its_first_sheet():
    small = body(serving.thumbnail_response(page_of(samples.pdf(1), "a.pdf")))
    image = Image.open(io.BytesIO(small)).convert("L")
    assert image.getpixel((image.width // 8, image.height // 2)) < 100
    assert image.getpixel((image.width * 7 // 8, image.height // 2)) > 200


def test_a_receipt_made_on_the_spot_is_saved_under_its_name():
    response = serving.pdf_response(b"%PDF", "Giấy tiếp nhận.pdf")
    assert response["Content-Disposition"].startswith("attachment; filename*=UTF-8''Gi")
    assert response["Content-Type"] == "application/pdf"


def test_every_sheet_of_a_pdf_can_be_read_as_a_picture():
    opened = page_of(samples.pdf(3), "a.pdf")
    for number in (1, 3):
        drawn = body(serving.sheet_response(opened, number))
        assert 1000 < max(Image.open(io.BytesIO(drawn)).size) <= 2000


@pytest.mark.parametrize("number", [0, 4])
def test_a_sheet_that_is_not_there_is_refused(number):
    with pytest.raises(PageUnknown):
        serving.sheet_response(page_of(samples.pdf(3), "a.pdf"), number)


def test_what_is_erased_leaves_no_picture_behind(settings):
    opened = page_of(samples.pdf(2), "a.pdf")
    serving.sheet_response(opened, 2)
    serving.thumbnail_response(opened)
    operations.remove_all(owner="draft:lan", at=AT)
    operations.sweep(before=AT + timedelta(days=2))
    assert list(Path(settings.FILES_ROOT).rglob(f"{opened.page.digest}*")) == []
