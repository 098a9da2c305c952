"""A crawler: every page that somebody finds by following links and sending forms, and everybody else at those addresses.

Two agencies, each with a dossier of a person whose name is met nowhere else: that name is the canary.
"""

import re
from html import unescape

import pytest
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from tests.journeys.doors import citizens
from tests.journeys.test_doors import shielded

pytestmark = pytest.mark.django_db
OURS, THEIRS = "Chim Hoàng Yến", "Chim Sáo Đen"
LINK = re.compile(r'(?:href|src|action)="(/[^"#]*)')
FORM = re.compile(r'<form\b[^>]*method="post"[^>]*>.*?</form>', re.DOTALL | re.IGNORECASE)
FIELD = re.compile(r'<(?:input|select|textarea)\b[^>]*\bname="([^"]+)"', re.IGNORECASE)
ACTION = re.compile(r'<form\b[^>]*\baction="([^"]*)"', re.IGNORECASE)
NONSENSE = ('"><script>alert(1)</script>', "9" * 400, "\u202e\ufffd'--")
EACH = 1
"""How many addresses of one route each looks at; officials stay at the desk, since outside they are nobody."""
AWAY = ("/dang-xuat/", "/can-bo/dang-xuat/", "/static/", "/ngon-ngu/")


def route_of(path):
    try:
        return resolve(path.split("?")[0]).route
    except Resolver404:
        return None


def text_of(found):
    raw = b"".join(found.streaming_content) if found.streaming else found.content
    return unescape(raw.decode(errors="replace"))


class Crawl:
    """What one person found, and what was wrong with it."""

    def __init__(self, client, start, foreign, inside=""):
        self.client, self.foreign, self.inside = client, foreign, inside
        self.client.raise_request_exception = False
        self.found, self.wrong, self.seen, self.sent = [], [], {}, set()
        self._follow(start)

    def _follow(self, waiting):
        while waiting:
            path = waiting.pop(0)
            route = route_of(path)
            if (
                route is None
                or not route.startswith(self.inside)
                or self.seen.get(route, 0) >= EACH
                or path in self.found
            ):
                continue
            self.seen[route] = self.seen.get(route, 0) + 1
            page = self.look(path)
            self.found.append(path)
            waiting += [
                one for one in map(unescape, LINK.findall(page)) if not one.startswith(AWAY)
            ]
            self._send_forms(path, page)

    def look(self, path):
        answer = self.client.get(path)
        text = text_of(answer)
        self._judge(path, answer, text)
        return text if answer.headers.get("Content-Type", "").startswith("text/html") else ""

    def _judge(self, path, answer, text):
        if answer.status_code >= 500 and answer.status_code != 503:
            self.wrong.append((path, answer.status_code))
        if self.foreign and self.foreign in text:
            self.wrong.append((path, "shows somebody of another agency"))
        if lacks := shielded(answer):
            self.wrong.append((path, lacks))

    def _send_forms(self, path, page):
        for form in FORM.findall(page):
            to = unescape((ACTION.findall(form) or [""])[0]) or path
            if route_of(to) in self.sent or to.startswith(AWAY):
                continue
            self.sent.add(route_of(to))
            for nonsense in NONSENSE:
                with transaction.atomic():
                    answer = self.client.post(to, dict.fromkeys(FIELD.findall(form), nonsense))
                    transaction.set_rollback(True)
                text = text_of(answer)
                self._judge(to, answer, text)
                raw = answer.content if not answer.streaming else b""
                self.wrong += [(to, "script")] if b"<script>alert(1)" in raw else []


@pytest.fixture
def crawls(office):
    ours = office.received(child=OURS)
    office.filed(published=office.counter, commune="11284", child=THEIRS)
    people, account = citizens()
    type(ours).objects.filter(pk=ours.pk).update(account=account)
    desk = ["/can-bo/", f"/can-bo/?tim={OURS}", f"/can-bo/?tim={THEIRS}"]
    home = ["/", "/ho-so-cua-toi/", f"/theo-doi/{ours.code}/"]
    return {
        **{
            who: Crawl(office.browser(who), [*desk], THEIRS, "can-bo/")
            for who in ("front_desk", "registrar", "leader", "police", "administrator")
        },
        "elsewhere": Crawl(office.browser("elsewhere"), [*desk], OURS, "can-bo/"),
        "owner": Crawl(people.owner, [*home], THEIRS),
        "stranger": Crawl(people.stranger, [*home], OURS),
        "nobody": Crawl(Client(), [*home], OURS),
    }


def test_nobody_finds_a_fault_or_a_stranger_nor_stands_unshielded_wherever_they_go(crawls):
    assert {who: crawl.wrong for who, crawl in crawls.items() if crawl.wrong} == {}
    assert len(crawls["front_desk"].found) > 15
    for who in ("elsewhere", "stranger", "nobody"):
        crawl = crawls[who]
        before = set(crawl.found)
        for other in crawls.values():
            for path in other.found:
                if path not in before and "?tim=" not in path:
                    crawl.look(path)
        assert crawl.wrong == [], who
