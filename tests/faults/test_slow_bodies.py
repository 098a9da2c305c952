"""Who sends a body too slowly is hung up on, in the time of the server that is shipped; who is only slow is not."""

import socket
import time
from collections.abc import Iterator
from functools import partial

import pytest

from tests.faults.test_slow_lines import PHOTO, _get, _last_posted, serving
from tests.running import wait_until

AHEAD, HEAD_WITHIN = 3, 2
"""Seconds of patience here (`small_app.hurried`), and for a head; thirty and twenty in the product."""
PIECES = "application/offset+octet-stream"
BOUND = 60
"""Seconds after which a test gives up: far more than any of them needs."""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with serving(tmp_path_factory.mktemp("hurried"), "hurried", head_within=HEAD_WITHIN) as port:
        yield port


def _begin(port: int, length: int, kind: str = "text/plain") -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), timeout=BOUND)
    head = f"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n"
    line.sendall(head.encode())
    return line


def _drip(line: socket.socket) -> tuple[bytes, float]:
    """Send a byte each half second until the line ends; return what was answered, and after how many seconds."""
    begun, told = time.monotonic(), b""
    line.settimeout(0.5)
    while time.monotonic() - begun < BOUND:
        try:
            line.sendall(b"x")
            if not (more := line.recv(4096)):
                break
            told += more
        except TimeoutError:
            continue
        except OSError:
            break
    return told, time.monotonic() - begun


def test_who_sends_a_byte_now_and_then_is_told_so_and_hung_up_on(port: int) -> None:
    told, seconds = _drip(_begin(port, PHOTO))
    assert told.startswith(b"HTTP/1.1 408")
    assert AHEAD <= seconds < BOUND


def test_others_are_answered_while_it_drips_and_its_place_is_free_afterwards(port: int) -> None:
    slow = [_begin(port, PHOTO) for _ in range(12)]
    assert _get(port).startswith("0 ")
    assert {line.recv(12) for line in slow} == {b"HTTP/1.1 408"}
    line = _begin(port, PHOTO)
    line.sendall(b"x" * PHOTO)
    assert line.recv(12) == b"HTTP/1.1 200"


def test_a_body_that_keeps_moving_is_waited_for_longer_than_one_that_stops(port: int) -> None:
    line, begun = _begin(port, 20 * 10_000, PIECES), time.monotonic()
    for _ in range(20):  # 50 KB a second, as a phone at 400 kbit/s
        line.sendall(b"x" * 10_000)
        time.sleep(0.2)
    assert line.recv(12) == b"HTTP/1.1 200"
    assert time.monotonic() - begun > AHEAD


def test_of_a_piece_that_comes_too_slowly_what_came_is_kept(port: int) -> None:
    line = _begin(port, PHOTO, PIECES)
    line.sendall(b"x" * 1234)
    assert line.recv(12) == b"HTTP/1.1 200"
    assert _last_posted(port) == 1234


def test_a_line_that_says_nothing_more_is_closed(port: int) -> None:
    never, no_more = (socket.create_connection(("127.0.0.1", port), BOUND) for _ in range(2))
    no_more.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    for line in (never, no_more):
        wait_until(partial(_is_closed, line), BOUND, "the end of a silent line")


def _is_closed(line: socket.socket) -> bool:
    return line.recv(65_536) == b""
