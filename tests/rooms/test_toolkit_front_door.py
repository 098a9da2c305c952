import gzip
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from motcua.config import urls
from motcua.kernel.refusal import Refusal
from motcua.toolkit.logs import JsonLines
from motcua.toolkit.middleware import ID_ALPHABET


class Closed(Refusal):
    code = "test.closed"
    text = "Đóng cửa lúc {hour} giờ."
    status = 409


def refuse(_request: HttpRequest) -> HttpResponse:
    raise Closed(hour=17)


def refuse_often(_request: HttpRequest) -> HttpResponse:
    raise Closed(hour=17, retry_after=30)


def fault(_request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError("a secret of the house")


def public(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("x" * 5000, headers={"Cache-Control": "public, max-age=60"})


def page(_request: HttpRequest, code: str) -> HttpResponse:
    return HttpResponse(f"{code} " * 500)


def photograph(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"\xff" * 5000, content_type="image/jpeg")


urlpatterns = [
    path("t/refuse", refuse),
    path("t/often", refuse_often),
    path("api/t/refuse", refuse),
    path("t/fault", fault),
    path("t/public", public),
    path("t/page/<str:code>/", page),
    path("t/photograph", photograph),
    *urls.urlpatterns,
]
handler500 = urls.handler500
handler404 = urls.handler404

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture(autouse=True)
def without_the_guard(settings: Any) -> None:
    """The addresses of this file stand in no policy."""
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if ".guard." not in each]


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def log_lines() -> Iterator[list[dict[str, object]]]:
    lines: list[dict[str, object]] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(json.loads(JsonLines().format(record)))

    logger, kept = logging.getLogger("motcua.toolkit.middleware"), Kept()
    level = logger.level
    logger.addHandler(kept)
    logger.setLevel(logging.INFO)
    yield lines
    logger.removeHandler(kept)
    logger.setLevel(level)


def test_every_answer_has_an_id_that_can_be_read_out(visitor: Client) -> None:
    first, second = (visitor.get("/healthz")["X-Request-ID"] for _ in range(2))
    assert first != second
    assert len(first) == 8
    assert set(first) <= ID_ALPHABET


def test_a_page_allows_only_our_own_scripts_and_no_frame_around_it(visitor: Client) -> None:
    policy = visitor.get("/t/page/a/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self' http://127.0.0.1:8100" in policy


def test_a_page_is_not_kept_by_anybody_unless_it_says_so(visitor: Client) -> None:
    assert visitor.get("/t/page/a/")["Cache-Control"] == "private, no-store"
    assert visitor.get("/t/public")["Cache-Control"] == "public, max-age=60"


def test_a_page_is_sent_compressed_and_a_photograph_as_it_is(visitor: Client) -> None:
    squeezed = visitor.get("/t/page/a/", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(squeezed.content).startswith(b"a a a")
    photo = visitor.get("/t/photograph", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in photo


def test_lengths_of_one_page_differ_so_that_they_tell_nothing(visitor: Client) -> None:
    asked = {"Accept-Encoding": "gzip"}
    lengths = {len(visitor.get("/t/page/a/", headers=asked).content) for _ in range(30)}
    assert len(lengths) > 1


def test_a_refusal_becomes_its_page_with_its_status(visitor: Client) -> None:
    answer = visitor.get("/t/refuse")
    assert answer.status_code == 409
    assert "Đóng cửa lúc 17 giờ." in answer.content.decode()
    assert answer["X-Request-ID"] in answer.content.decode()


def test_a_machine_reads_a_refusal_as_json(visitor: Client) -> None:
    answer = visitor.get("/api/t/refuse")
    assert answer.status_code == 409
    assert answer.json() == {
        "code": "test.closed",
        "message": "Đóng cửa lúc 17 giờ.",
        "request": answer["X-Request-ID"],
    }


def test_a_refusal_that_knows_when_to_come_back_says_so(visitor: Client) -> None:
    assert visitor.get("/t/often")["Retry-After"] == "30"


def test_a_fault_shows_a_code_and_no_trace(visitor: Client) -> None:
    answer = visitor.get("/t/fault")
    text = answer.content.decode()
    assert answer.status_code == 500
    assert answer["X-Request-ID"] in text
    assert "secret of the house" not in text
    assert "Traceback" not in text


def test_the_log_names_the_route_and_never_the_address(
    visitor: Client, log_lines: list[dict[str, object]]
) -> None:
    visitor.get("/t/page/TOKEN123/?phone=0912345678")
    (line,) = log_lines
    assert line["route"] == "/t/page/<str:code>/"
    assert line["status"] == 200
    assert "TOKEN123" not in str(line)
    assert "0912345678" not in str(line)


def test_a_fault_is_logged_with_its_trace_under_the_id_the_person_sees(
    visitor: Client, log_lines: list[dict[str, object]]
) -> None:
    answer = visitor.get("/t/fault")
    trace = next(line for line in log_lines if "trace" in line)
    assert trace["request"] == answer["X-Request-ID"]
    assert "ZeroDivisionError" in str(trace["trace"])


@override_settings(BASE_URL="https://motcua.example.vn")
def test_over_tls_browsers_are_told_to_stay_with_it() -> None:
    assert "Strict-Transport-Security" in Client().get("/healthz")


def test_over_plain_http_they_are_not(visitor: Client) -> None:
    assert "Strict-Transport-Security" not in visitor.get("/healthz")
