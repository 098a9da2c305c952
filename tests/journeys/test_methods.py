"""Every address answers the methods it declares, and no other: whoever asks, and before anything else is asked."""

import re

import pytest
from django.test import Client

from motcua.config.policy import POLICY
from tests.journeys.places import NOBODYS

METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE")
EXAMPLES = {"uuid": NOBODYS, "int": "1", "str": "thu", "slug": "thu"}
CHECKED = re.compile(r"\^|\$|\(\?P<code>\[\^/\]\+\)|\(\?P<check>\[0-9A-Za-z\]\{8\}\)")


def address(route):
    """Return a path that leads to a route, and to nothing there."""
    plain = CHECKED.sub(lambda part: "" if part[0] in "^$" else "12345678", route)
    return "/" + re.sub(r"<(\w+):\w+>", lambda part: EXAMPLES[part[1]], plain)


def test_whatever_is_not_declared_is_answered_405_with_what_is():
    browser, wrong = Client(enforce_csrf_checks=True), []
    for route, rule in POLICY.items():
        for method in set(METHODS) - set(rule.allowed):
            found = browser.generic(method, address(route))
            told = (found.status_code, found.headers.get("Allow"))
            wrong += [] if told == (405, ", ".join(rule.allowed)) else [(method, route, *told)]
    assert not wrong


def test_only_where_files_arrive_is_there_more_than_pages_and_forms_need():
    more = {route for route, rule in POLICY.items() if set(rule.allowed) - {"GET", "HEAD", "POST"}}
    assert len(more) == 4
    assert all("/gui/<" in route for route in more)


@pytest.mark.django_db
def test_head_is_answered_as_get_is_without_a_body():
    browser, wrong = Client(raise_request_exception=False), []
    for route, rule in POLICY.items():
        if {"GET", "HEAD"} <= set(rule.allowed):
            full, bare = browser.get(address(route)), browser.head(address(route))
            same = (full.status_code, full.headers.get("Location")) == (
                bare.status_code, bare.headers.get("Location"),
            )  # fmt: skip
            wrong += [] if same and not bare.content else [(route, bare.status_code)]
    assert not wrong
