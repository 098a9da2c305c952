import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils.translation import override

import motcua.ui
from motcua.kernel.refusal import Refusal, noop
from motcua.ui.fields import ErrorLink
from motcua.ui.refusals import problem_page, refusal_page
from motcua.ui.status import shape_of

HOUSE = Path(motcua.ui.__file__).parent


class TakenMeanwhile(Refusal):
    code = "ui_test.taken"
    text = noop("Hồ sơ đã được tiếp nhận lúc {at} bởi {who}. Hãy mở lại hồ sơ.")
    status = 409


def request():
    return RequestFactory().get("/ho-so")


@pytest.fixture(autouse=True)
def _vietnamese():
    with override("vi"):
        yield


def test_a_refusal_says_what_happened_in_the_words_of_people():
    at = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
    page = refusal_page(request(), TakenMeanwhile(at=at, who="chị Hoa"))
    assert page.status_code == 409
    assert "lúc 15:30 ngày 23/11/2026 bởi chị Hoa" in page.content.decode()


def test_a_refusal_without_its_data_is_still_a_page():
    page = refusal_page(request(), TakenMeanwhile())
    assert "lúc … bởi …" in page.content.decode()


def test_the_data_of_a_refusal_cannot_carry_markup():
    page = refusal_page(request(), TakenMeanwhile(at="9 giờ", who="<b>ai</b>"))
    assert "<b>ai" not in page.content.decode()


def test_a_refusal_gives_a_way_on_and_a_code_for_support():
    way_on = {"label": "Mở hồ sơ", "href": "/ho-so/1"}
    page = refusal_page(request(), TakenMeanwhile(), way_on=way_on)
    assert 'href="/ho-so/1"' in page.content.decode()
    assert page["X-Request-ID"] in page.content.decode()


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 410, 413, 418, 429, 500, 502, 503])
def test_every_error_page_has_a_title_and_a_next_step(status):
    html = problem_page(request(), status=status, text="Chưa được.").content.decode()
    assert re.search(r"<h1>[^<]+</h1>", html)
    assert re.search(r"<h2>Có thể làm gì tiếp</h2>\s*<ul>\s*<li>[^<]+</li>", html)


def test_an_unknown_address_is_answered_in_words():
    page = Client().get("/khong-co-trang-nay")
    assert page.status_code == 404
    assert "Không tìm thấy trang này" in page.content.decode()


def test_the_page_stands_even_without_a_request():
    assert "Một Cửa" in render_to_string("ui/base.html")


def test_without_a_contact_the_footer_still_says_whom_to_ask():
    assert "Hãy hỏi bộ phận một cửa" in render_to_string("ui/base.html")


def test_the_contact_can_be_called_by_touching_its_number():
    support = {"unit": "Xã Nam Thanh Miện", "phone": "0225 000 0000", "hours": "giờ làm việc"}
    assert 'href="tel:02250000000"' in render_to_string("ui/base.html", {"support": support})


def test_a_language_is_remembered_and_the_person_returns_to_the_page():
    answer = Client().get("/ngon-ngu/en?next=/ho-so/1")
    assert answer["Location"] == "/ho-so/1"
    assert answer.cookies["django_language"].value == "en"


@pytest.mark.parametrize("away", ["https://la.vi-du.vn/", "//la.vi-du.vn", "javascript:alert(1)"])
def test_the_language_link_never_leads_away(away):
    assert Client().get("/ngon-ngu/vi", {"next": away})["Location"] == "/"


def test_a_language_the_house_does_not_speak_is_not_found():
    assert Client().get("/ngon-ngu/xx").status_code == 404


def test_no_page_of_the_gallery_carries_inline_style_or_script():
    html = Client().get("/ui").content.decode()
    assert not re.search(r"<style|<script(?! src=)|\s(style|on[a-z]+)=[\"']", html)


def test_each_national_status_has_a_shape_of_its_meaning():
    assert [shape_of(code) for code in range(1, 11)] == [
        "new", "running", "stopped", "running", "action",
        "action", "paused", "stopped", "done", "done",
    ]  # fmt: skip


def test_a_block_component_keeps_its_content_and_escapes_its_title():
    template = engines["django"].from_string(
        '{% load ui %}{% notice "warning" title %}<p>{{ text }}</p>{% endnotice %}'
    )
    html = template.render({"title": "<i>", "text": "<b>"})
    assert "&lt;i&gt;" in html
    assert "<p>&lt;b&gt;</p>" in html


@pytest.mark.parametrize(
    ("said", "heading"),
    [
        ({"errors": [ErrorLink("Ghi họ tên.", "#name")]}, "Có 1 chỗ cần sửa"),
        ({"errors": [ErrorLink("Mã vừa được gửi.")]}, "Chưa làm được việc này"),
        ({"errors": [ErrorLink("…", "#pledge")], "errors_title": "Cần cam đoan lại"}, "Cần cam đoan lại"),
    ],
)  # fmt: skip
def test_the_summary_counts_only_what_is_to_be_corrected(said, heading):
    assert f'id="error-summary-title">{heading}</h2>' in render_to_string("ui/base.html", said)
