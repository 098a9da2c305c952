"""The world outside, as fakes that behave: they remember, refuse, go away and come back."""

import threading
from collections import deque
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from motcua.deliveries import events as delivery_events
from motcua.deliveries import ports as post_ports
from motcua.exchange import events as exchange_events
from motcua.exchange.keys import own_jwks
from motcua.exchange.ports import Reply
from motcua.notices.ports import Refused, Sent
from motcua.payments import events as payment_events
from motcua.payments.ports import Confirmation, Forged
from motcua.payments.rules import Outcome
from motcua.toolkit import wiring
from motcua.toolkit.http import Unreachable

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


def later(**much):
    return NOON + timedelta(**much)


class Road:
    """A road that takes a message once per key."""

    def __init__(self):
        self.away = False
        self.refuses = set()
        self.loses_answer = False
        self.letters = {}
        self.calls = 0
        self.reached = None

    def send(self, letter):
        self.calls += 1
        if self.away:
            raise Unreachable("ConnectTimeoutError")
        if letter.to in self.refuses:
            raise Refused("answered 422")
        self.letters.setdefault(letter.key, letter)
        if self.loses_answer:
            raise Unreachable("ReadTimeoutError")
        return Sent(provider_id=letter.key, final=False)

    def arrived(self, provider_id):
        assert provider_id in self.letters
        return self.reached


class SmsRoad(Road):
    pass


class EmailRoad(Road):
    pass


class Gateway:
    """A gateway whose words are `ref|dong|number|outcome` and whose hand is the last part."""

    name = "fakepay"

    def __init__(self):
        self.away = False
        self.known = {}
        self.orders = []

    def checkout_url(self, order):
        self.orders.append(order)
        self.known[order.ref] = (order.amount_vnd, "0", Outcome.PENDING)
        return f"https://gateway.example/{order.ref}"

    def settle(self, ref, *, amount=None, number="77", outcome=Outcome.PAID, knows=True):
        asked = next((o.amount_vnd for o in self.orders if o.ref == ref), 0)
        amount = asked if amount is None else amount
        if knows:
            self.known[ref] = (amount, number, outcome)
        return f"{ref}|{amount}|{number}|{outcome.value}|hand"

    def read(self, query):
        parts = query.split("|")
        if len(parts) != 5 or parts[4] != "hand":
            raise Forged
        return Confirmation(parts[0], int(parts[1]), parts[2], Outcome(parts[3]))

    def ask(self, *, ref, started_at, at):
        if self.away:
            raise Unreachable("answered 503")
        if ref not in self.known:
            return None
        return Confirmation(ref, *self.known[ref])


class PostOffice:
    """A post that takes an order once per number."""

    def __init__(self):
        self.away = False
        self.refuses = False
        self.quotes = 0
        self.orders = {}
        self.seen = {}

    def _there(self):
        if self.away:
            raise Unreachable("answered 503")

    def quote(self, *, from_place, to_place, weight_grams):
        self._there()
        self.quotes += 1
        return post_ports.Quote(fee_vnd=25_000, days=3)

    def order(self, order):
        self._there()
        if self.refuses:
            raise post_ports.Refused("answered 422")
        self.orders.setdefault(order.number, f"EA{len(self.orders) + 1:09d}VN")
        return self.orders[order.number]

    def scans(self, order_number):
        self._there()
        return self.seen.get(order_number, [])

    def read_scan(self, *, body, signature):
        raise post_ports.Forged


class Line:
    """A line on which the other side is us under another code: it checks nothing, keeps all."""

    def __init__(self):
        self.away = set()
        self.status = 202
        self.taken = []
        self.jwks = {}
        self.keys_asked = 0
        self.replies = deque()

    def post(self, url, *, headers, body):
        if any(part in url for part in self.away):
            raise Unreachable("NewConnectionError")
        self.taken.append((url, dict(headers), body))
        return self.status

    def keys(self, url):
        self.keys_asked += 1
        if url not in self.jwks:
            raise Unreachable("answered 404")
        return self.jwks[url]

    def get(self, url, *, headers):
        return self.replies.popleft() if self.replies else Reply(404, {}, b"{}")


BOARDS = (payment_events.board, delivery_events.board, exchange_events.board)
FAKES = {
    "NOTICE_ROADS": {
        "sms": "tests.rooms.outside.SmsRoad",
        "email": "tests.rooms.outside.EmailRoad",
    },
    "PAYMENT_GATEWAY": "tests.rooms.outside.Gateway",
    "POST_SERVICE": "tests.rooms.outside.PostOffice",
    "EXCHANGE_LINE": "tests.rooms.outside.Line",
}


class World:
    """Every fake of one test."""

    sms = property(lambda self: wiring.made("tests.rooms.outside.SmsRoad"))
    email = property(lambda self: wiring.made("tests.rooms.outside.EmailRoad"))
    gateway = property(lambda self: wiring.made("tests.rooms.outside.Gateway"))
    post = property(lambda self: wiring.made("tests.rooms.outside.PostOffice"))
    line = property(lambda self: wiring.made("tests.rooms.outside.Line"))


@pytest.fixture
def world(settings, monkeypatch):
    """The fakes in place of the adapters, fresh for this test, and nobody upstairs listening."""
    for board in BOARDS:
        monkeypatch.setattr(board, "_handlers", [])
    for name, value in FAKES.items():
        setattr(settings, name, value)
    wiring.made.cache_clear()
    yield World()
    wiring.made.cache_clear()


class Ear:
    """Hears the news of a room."""

    def __init__(self, board):
        self.board = board
        self.heard = []
        self.fails = False

    def __enter__(self):
        self.board.subscribe(self.hear)
        return self

    def __exit__(self, *_):
        self.board.unsubscribe(self.hear)

    def hear(self, event):
        if self.fails:
            raise RuntimeError("the listener failed")
        self.heard.append(event)


def own_key_set():
    return own_jwks()


def at_once(times, act):
    """Do it in as many threads, each with a connection of its own; return the results."""
    results, start = [], threading.Barrier(times)

    def run():
        start.wait()
        try:
            results.append(act())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == times
    return results
