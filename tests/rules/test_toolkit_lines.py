"""How long a body is waited for, and what of a request comes through to the application."""

import asyncio
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from motcua.toolkit.arrivals import LARGEST, in_one_thread
from motcua.toolkit.lines import PACE, Lines, Patience, environ_of


def _seconds(length: int, piece: int, pause: float) -> float | None:
    """Return when a body that comes in such pieces is cut; None when it arrives."""
    patience, at, left = Patience(PACE, 0.0), 0.0, length
    while left > 0:
        at += pause
        if at > patience.until:
            return patience.until
        left -= piece
        patience.got(piece, at)
    return None


def test_five_megabytes_at_400_kbit_a_second_arrive():
    assert _seconds(5_000_000, 1_460, 1_460 / 50_000) is None


def test_all_papers_of_a_dossier_arrive_over_such_a_line():
    assert _seconds(101 * 1_048_576, 50_000, 1.0) is None


def test_a_byte_a_second_is_cut_after_half_a_minute():
    assert 30 <= (_seconds(300_000, 1, 1.0) or 0) < 31


def test_a_tunnel_of_twenty_five_seconds_cuts_nobody():
    assert _seconds(3_000_000, 1_250_000, 25.0) is None


@given(st.integers(1, 1_000), st.floats(1.0, 29.0))
def test_below_a_kilobyte_a_second_a_long_body_is_cut_and_no_place_is_kept_for_an_hour(
    piece, pause
):
    slow = piece / pause < 1_000
    assert not slow or (_seconds(10_000_000, piece, pause) or 9_999) <= PACE.in_all


@given(st.lists(st.tuples(st.integers(1, 10**9), st.floats(0, 29)), max_size=50))
def test_whatever_came_nobody_is_waited_for_longer_than_half_a_minute_nor_an_hour(pieces):
    patience, at = Patience(PACE, 0.0), 0.0
    for size, pause in pieces:
        at += pause
        patience.got(size, at)
        assert patience.until <= min(at + PACE.ahead, PACE.in_all)


def test_of_a_body_that_is_too_long_not_a_byte_is_taken_in():
    class Line:
        def __aiter__(self):
            raise AssertionError("read")

    hall = in_one_thread(lambda *_: [])
    body, missing, late = asyncio.run(Lines(hall, hall)._whole(LARGEST + 1, Line()))
    assert (body.read(), missing, late) == (b"", 0, False)


def asked(*headers: tuple[str, str], path: str = "/") -> dict[str, object]:
    scope = SimpleNamespace(
        server="[::1]:8000", client="[2001:db8::7]:4711", scheme="http", method="GET", path=path,
        query_string="a=%C3%A9", authority=None, http_version="1.1",
        headers=SimpleNamespace(items=lambda: list(headers)),
    )  # fmt: skip
    return environ_of(scope)


def test_the_address_is_told_without_its_port_and_the_path_as_wsgi_wants_it():
    told = asked(path="/tìm/")
    assert (told["REMOTE_ADDR"], told["SERVER_PORT"]) == ("2001:db8::7", "8000")
    assert str(told["PATH_INFO"]).encode("latin-1").decode() == "/tìm/"


def test_a_header_with_an_underscore_does_not_pass_for_what_a_proxy_says():
    told = asked(("x_forwarded_for", "192.0.2.1"), ("x-forwarded-for", "203.0.113.7"))
    assert told["HTTP_X_FORWARDED_FOR"] == "203.0.113.7"


def test_what_comes_twice_is_seen_to_come_twice():
    told = asked(("host", "ours"), ("host", "evil"), ("cookie", "a=1"), ("cookie", "b=2"))
    assert told["HTTP_HOST"] == "ours,evil"
    assert told["HTTP_COOKIE"] == "a=1; b=2"
