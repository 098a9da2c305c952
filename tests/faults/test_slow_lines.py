"""Phones on bad lines: sending slowly keeps nobody else waiting."""

import http.client
import os
import socket
import subprocess
import time
from collections.abc import Iterator

import pytest

from motcua.config import start
from motcua.config.environment import Environment
from tests.running import ROOT, free_ports, wait_until

PHOTO = 300_000


@pytest.fixture
def port(tmp_path: object) -> Iterator[int]:
    """The web server as `make start` runs it, before a small application, one process."""
    (port,) = free_ports(1)
    given = Environment(
        {"MOTCUA_HOME": str(tmp_path), "MOTCUA_PORT": str(port), "MOTCUA_WEB_WORKERS": "1"}
    )
    web = next(command for name, command, _ in start._programs(given) if name == "web")
    command = [*web[:-1], "tests.faults.small_app:application"]
    process = subprocess.Popen(command, cwd=ROOT, env=dict(os.environ))
    try:
        wait_until(lambda: _answers(port), 20, "the first answer")
        yield port
    finally:
        process.terminate()
        process.wait()


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


def test_twenty_slow_uploads_hold_nobody_up_and_all_arrive(port: int) -> None:
    slow = [_begin_to_send(port) for _ in range(20)]
    assert _get(port).startswith("0 ")
    for line in slow:
        line.sendall(b"x" * (PHOTO - 1))
        assert str(PHOTO).encode() in line.recv(4096)
        line.close()


def test_everything_is_answered_in_one_thread_which_owns_the_connection(port: int) -> None:
    assert {_get(port).split()[1] for _ in range(20)} == {"django_0"}


def test_an_upload_that_is_cut_off_harms_nobody(port: int) -> None:
    for line in [_begin_to_send(port) for _ in range(40)]:
        line.close()
    assert _get(port).startswith("0 ")


def test_half_a_form_is_no_form(port: int) -> None:
    _begin_to_send(port, "application/x-www-form-urlencoded").close()
    time.sleep(0.3)
    assert _last_posted(port) == 0


def test_of_a_piece_of_a_file_what_came_before_the_cut_is_kept(port: int) -> None:
    _begin_to_send(port, "application/offset+octet-stream").close()
    wait_until(lambda: _last_posted(port) == 1, 5, "what came before the cut")
