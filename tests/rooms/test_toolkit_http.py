"""Telephoning other systems: where an answer sends us we do not go, and none keeps us or fills us up."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import urllib3

from motcua.toolkit import http
from motcua.toolkit.http import LARGEST_REPLY, Unreachable, call

ASKED: list[str] = []


class Other(BaseHTTPRequestHandler):
    """Another system, not always well behaved."""

    def do_GET(self) -> None:
        ASKED.append(self.path)
        if self.path == "/slow":
            threading.Event().wait(2)
        self.send_response(302 if self.path == "/elsewhere" else 200)
        self.send_header("Location", "/secret")
        self.end_headers()
        if self.path == "/endless":
            for _ in range(LARGEST_REPLY // 65_536 + 2):
                self.wfile.write(bytes(65_536))

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def other() -> Iterator[str]:
    ASKED.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Other) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_where_an_answer_sends_us_we_do_not_go(other: str) -> None:
    assert call("GET", f"{other}/elsewhere").status == 302
    assert ASKED == ["/elsewhere"]


def test_an_answer_without_end_is_cut(other: str) -> None:
    with pytest.raises(Unreachable):
        call("GET", f"{other}/endless")


def test_an_answer_that_does_not_come_is_not_waited_for(
    other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasty = urllib3.PoolManager(timeout=urllib3.Timeout(connect=1, read=0.3), retries=False)
    monkeypatch.setattr(http, "_pool", hasty)
    with pytest.raises(Unreachable):
        call("GET", f"{other}/slow")


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "gopher://x/", "ftp://x/", "//x/", "x", "http://169.254.169.254/latest",
     "http://[fe80::1]/"],
)  # fmt: skip
def test_what_is_no_address_of_another_system_is_not_called(url: str) -> None:
    with pytest.raises(Unreachable):
        call("GET", url)
