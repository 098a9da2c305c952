"""Phones on bad lines, and crowds: neither keeps anybody else from being answered, and nothing is lost."""

import http.client
import os
import select
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from motcua.config import start
from motcua.config.environment import Environment
from motcua.toolkit.arrivals import BOUNDS
from tests.running import ROOT, free_ports, wait_until

PHOTO = 300_000
HEAD_WITHIN = 2
"""Seconds for the head of a request; twenty in the product."""
CROWD = 300
"""People who send at once: many times what is let in to wait."""


@contextmanager
def serving(home: Path, lines: str, *, head_within: int) -> Iterator[int]:
    """Run the web server as `make start` does before a small application, one process; give its port."""
    (port,) = free_ports(1)
    given = Environment(
        {"MOTCUA_HOME": str(home), "MOTCUA_PORT": str(port), "MOTCUA_WEB_WORKERS": "1"}
    )
    web = next(command for name, command, _ in start._programs(given) if name == "web")
    web[web.index("--http1-header-read-timeout") + 1] = f"{head_within * 1000}"
    command = [*web[:-1], f"tests.faults.small_app:{lines}"]
    process = subprocess.Popen(command, cwd=ROOT, env=dict(os.environ))
    try:
        wait_until(lambda: _answers(port), 20, "the first answer")
        yield port
    finally:
        process.terminate()
        process.wait()


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    with serving(tmp_path, "lines", head_within=HEAD_WITHIN) as port:
        yield port


def _answers(port: int) -> bool:
    try:
        return _get(port).startswith("0 ")
    except OSError:
        return False


def _get(port: int) -> str:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    line.request("GET", "/")
    told = line.getresponse().read().decode()
    line.close()
    return told


def _begin_to_send(port: int, kind: str = "text/plain") -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), timeout=5)
    head = f"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nContent-Length: {PHOTO}\r\n\r\n"
    line.sendall(f"{head}x".encode())
    return line


def _last_posted(port: int) -> int:
    return int(_get(port).split()[2])


def test_a_dozen_slow_uploads_hold_nobody_up_and_all_arrive(port: int) -> None:
    slow = [_begin_to_send(port) for _ in range(BOUNDS.receiving_from_one)]
    assert _get(port).startswith("0 ")
    for line in slow:
        line.sendall(b"x" * (PHOTO - 1))
        assert str(PHOTO).encode() in line.recv(4096)
        line.close()


def test_whoever_sends_slowly_from_one_address_keeps_a_few_places_and_no_page(port: int) -> None:
    slow = [_begin_to_send(port) for _ in range(40)]
    wait_until(lambda: len(_turned_away(slow)) >= 40 - BOUNDS.receiving_from_one, 5, "a no")
    for line in _turned_away(slow):
        told = line.recv(4096)
        assert told.startswith(b"HTTP/1.1 503")
        assert b"retry-after: " in told.lower()
    assert _get(port).startswith("0 ")
    for line in slow:
        line.close()


def _turned_away(lines: list[socket.socket]) -> list[socket.socket]:
    return select.select(lines, [], [], 0)[0]


def test_who_sends_no_whole_head_is_hung_up_on(port: int) -> None:
    line = socket.create_connection(("127.0.0.1", port), timeout=15)
    line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
    begun = time.monotonic()
    line.recv(4096)
    assert HEAD_WITHIN - 1 < time.monotonic() - begun < HEAD_WITHIN + 4


def test_of_a_crowd_each_is_answered_or_told_when_to_come_again_and_no_act_is_lost(
    port: int,
) -> None:
    with ThreadPoolExecutor(CROWD) as crowd:
        first = list(crowd.map(lambda _: _act(port), range(CROWD)))
        alive = _get(port)
    done = [status for status, _ in first].count(200)
    assert {status for status, _ in first} == {200, 503}
    assert all(again for status, again in first if status == 503)
    assert done >= BOUNDS.acting
    assert int(alive.split()[3]) == 1 + done  # who was turned away has had no effect
    with ThreadPoolExecutor(BOUNDS.acting // 2) as later:
        rest = list(later.map(lambda _: _act(port), range(CROWD - done)))
    assert {status for status, _ in rest} == {200}
    assert int(_get(port).split()[3]) == 1 + CROWD


def test_while_a_crowd_waits_its_health_is_told(port: int) -> None:
    with ThreadPoolExecutor(200) as crowd:
        waiting = [crowd.submit(_act, port) for _ in range(200)]
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        line.request("GET", "/healthz")
        assert line.getresponse().status == 200
        assert {one.result()[0] for one in waiting} <= {200, 503}


def _act(port: int) -> tuple[int, str]:
    """Send an act; return the status, and when to come again."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    line.request("POST", "/slow", b"x=1", {"Content-Type": "application/x-www-form-urlencoded"})
    told = line.getresponse()
    told.read()
    line.close()
    return told.status, told.headers.get("Retry-After", "")


def test_everything_is_answered_in_one_thread_which_owns_the_connection(port: int) -> None:
    assert {_get(port).split()[1] for _ in range(20)} == {"django_0"}


def test_an_upload_that_is_cut_off_harms_nobody(port: int) -> None:
    for line in [_begin_to_send(port) for _ in range(12)]:
        line.close()
    assert _get(port).startswith("0 ")


def test_half_a_form_is_no_form(port: int) -> None:
    _begin_to_send(port, "application/x-www-form-urlencoded").close()
    time.sleep(0.3)
    assert _last_posted(port) == 0


def test_of_a_piece_of_a_file_what_came_before_the_cut_is_kept(port: int) -> None:
    _begin_to_send(port, "application/offset+octet-stream").close()
    wait_until(lambda: _last_posted(port) == 1, 5, "what came before the cut")
