"""What every answer carries, whom the house telephones, and what a crowd is told: read off the code itself."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import DisallowedHost
from django.test import RequestFactory

from motcua.toolkit.arrivals import Bounds, in_one_thread
from motcua.toolkit.shield import shield
from motcua.ui.busy import LONGEST, busy_page

ROOT = Path(__file__).parents[2]
FORM = "application/x-www-form-urlencoded"
TELEPHONES = re.compile(
    r"^\s*(?:import|from) (urllib3|urllib\.request|http\.client|requests|httpx|aiohttp|smtplib)\b",
    re.MULTILINE,
)
OVER_TLS = """
import django, json
django.setup()
from django.conf import settings as s
from motcua.toolkit.shield import shield
print(json.dumps([s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.CSRF_COOKIE_HTTPONLY, s.SESSION_COOKIE_HTTPONLY,
    s.SESSION_COOKIE_SAMESITE, s.CSRF_COOKIE_SAMESITE, s.ALLOWED_HOSTS, s.CSRF_TRUSTED_ORIGINS, shield()]))
"""


def test_only_one_module_telephones_by_http_and_one_by_smtp():
    found = {
        (str(path.relative_to(ROOT / "motcua")), name)
        for path in (ROOT / "motcua").rglob("*.py")
        for name in TELEPHONES.findall(path.read_text(encoding="utf-8"))
    }
    assert found == {("toolkit/http.py", "urllib3"), ("adapters/smtp/road.py", "smtplib")}


def test_over_tls_cookies_stay_there_and_browsers_too(tmp_path):
    told = subprocess.run(
        [sys.executable, "-c", OVER_TLS], cwd=ROOT, capture_output=True, text=True, check=True,
        env={"PATH": os.environ["PATH"], "MOTCUA_HOME": str(tmp_path), "MOTCUA_URL": "https://xa.example.vn",
             "DJANGO_SETTINGS_MODULE": "motcua.config.settings"},
    )  # fmt: skip
    *flags, lax, csrf_lax, hosts, origins, headers = json.loads(told.stdout)
    assert flags == [True] * 4
    assert (lax, csrf_lax) == ("Lax", "Lax")
    assert set(hosts) == {"localhost", "127.0.0.1", "xa.example.vn"}
    assert origins == ["https://xa.example.vn"]
    assert headers["Strict-Transport-Security"] == "max-age=31536000"


def test_the_policy_of_every_answer_allows_nothing_inline_from_elsewhere_or_around_it():
    told = shield()
    policy = told["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "*" not in policy
    for rule in (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ):
        assert rule in policy
    assert (told["X-Frame-Options"], told["Cache-Control"]) == ("DENY", "private, no-store")


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost@evil.example"]
)
def test_a_host_that_is_not_ours_is_not_answered(host, settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    with pytest.raises(DisallowedHost):
        RequestFactory().get("/", headers={"Host": host}).get_host()


# --- a crowd ---


def busy(method="GET", body=b"", **environ):
    told = {"REQUEST_METHOD": method, "PATH_INFO": "/khai/", "HTTP_ACCEPT": "text/html", **environ}
    kind, content = busy_page(told, io.BytesIO(body), 5)
    return kind, content.decode()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_who_comes_to_a_full_house_is_told_when_to_come_again_before_anything_is_asked(method):
    said = []
    hall = in_one_thread(lambda *_: pytest.fail("asked"), bounds=Bounds(looking=0, acting=0))
    hall({"REQUEST_METHOD": method, "PATH_INFO": "/"}, lambda *words: said.append(words))
    [(status, headers)] = said
    told = dict(headers)
    assert status.startswith("503")
    assert 3 <= int(told["Retry-After"]) <= 10
    assert told.get("Refresh") == (told["Retry-After"] if method == "GET" else None)
    assert told["Content-Security-Policy"] == shield()["Content-Security-Policy"]


def test_who_only_looks_comes_back_by_itself():
    kind, page = busy(QUERY_STRING="a=1")
    assert kind.startswith("text/html")
    assert "5 giây" in page
    assert 'href="/khai/?a=1"' in page


def test_who_filled_in_a_form_sends_the_same_again_with_its_key():
    body = b"csrfmiddlewaretoken=t&key=k1&name=Nguy%E1%BB%85n+Th%E1%BB%8B+Mai&empty="
    _, page = busy("POST", body, CONTENT_TYPE=f"{FORM}; charset=utf-8")
    for name, value in {
        "csrfmiddlewaretoken": "t",
        "key": "k1",
        "name": "Nguyễn Thị Mai",
        "empty": "",
    }.items():
        assert f'name="{name}" value="{value}"' in page


def test_what_was_posted_is_text_and_leads_nowhere_else():
    _, page = busy(
        "POST",
        b"a%22%3E%3Cscript%3E=%3Cscript%3Ealert(1)",
        CONTENT_TYPE=FORM,
        PATH_INFO='//evil.example/"><script>',
    )
    assert "<script" not in page
    assert 'action="/evil.example/' in page


@pytest.mark.parametrize(
    ("body", "kind"), [(b"x" * (LONGEST + 1), FORM), (b"--b", "multipart/form-data; boundary=b")]
)
def test_what_the_page_cannot_carry_on_is_said_not_to_have_arrived(body, kind):
    _, page = busy("POST", body, CONTENT_TYPE=kind)
    assert "chưa được nhận" in page
    assert "<form" not in page


def test_it_speaks_the_language_that_was_chosen_and_to_programs_in_json():
    assert "Very many people" in busy(HTTP_COOKIE="django_language=en")[1]
    kind, told = busy(HTTP_ACCEPT="*/*")
    assert kind == "application/json"
    assert json.loads(told)["code"] == "toolkit.busy"
