"""The matrix: every address of the house, asked as every person, both ways, against what the policy says.

Rows and answers come from `config/policy`; a new address without a row there fails the check, one with a new
parameter has its example in `places.py`. People are of every role, in the agency whose things they are, in one
that takes part, in another; the citizen whose things they are, another one, nobody.
"""

import json

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from motcua.agencies.rules.roles import Role
from motcua.config.permissions import LINKED_ROLES, Answer, Near, Person, answer, reference, unit
from motcua.config.policy import POLICY
from motcua.config.rows import Group
from motcua.journeys.tracking_address import check_of
from motcua.ui import display
from tests.journeys.doors import (
    NEVER_WAS,
    SIGN_IN,
    Things,
    at_the_counter,
    body,
    citizens,
    opinions_and_calls,
    things_of,
    written,
)
from tests.journeys.office import ELSEWHERE, official_of
from tests.journeys.places import SECRETS, UNKNOWN, leads_nowhere, place
from tests.signing_in import as_official

pytestmark = pytest.mark.django_db
MINE = {
    Role.FRONT_DESK: "second_desk", Role.REGISTRAR: "registrar", Role.SOCIAL_OFFICER: "social",
    Role.ECONOMIC_OFFICER: "economic", Role.LEADER: "leader", Role.POLICE_OFFICER: "police",
    Role.INSURANCE_CLERK: "clerk", Role.ADMINISTRATOR: "administrator",
}  # fmt: skip
CITIZENS = {
    "nobody": Person(Near.OTHER),
    "stranger": Person(Near.OTHER, level=0),
    "owner": Person(Near.OWN, level=2),
}
OFFICIALS = {
    "maker": Person(Near.OWN, Role.FRONT_DESK),
    **{f"{role} here": unit(role) for role in Role},
    **{f"{role} elsewhere": Person(Near.OTHER, role) for role in Role},
}
ASKED = "dong-y/<str:code>/<str:leg>/"
"""Whoever is asked to consent: not the dossier's owner."""
DESK = "can-bo/"
SHIELD = {
    "X-Content-Type-Options": ("nosniff",), "X-Frame-Options": ("DENY",),
    "Referrer-Policy": ("same-origin", "no-referrer"),
}  # fmt: skip


class House:
    """The office with its things, and a fresh browser of each who comes."""

    def __init__(self, office):
        self.office = office
        people, account = citizens()
        self.things: Things = at_the_counter(office, things_of(office, account))
        opinions_and_calls(office, self.things)
        self.things.registrar = str(office.officials["registrar"].pk)
        self.things.check = check_of(self.things.waiting)
        self._cookies = {name: client.cookies for name, client in vars(people).items()}
        self._cookies["maker"] = office.browser("front_desk").cookies
        for role in Role:
            self._cookies[f"{role} here"] = office.browser(MINE[role]).cookies
            far, client = official_of(f"xa.{role}", "Vũ Xa Lạ", ELSEWHERE, role), Client()
            as_official(client, far)
            self._cookies[f"{role} elsewhere"] = client.cookies

    def browser(self, who, **how):
        """Return a browser that has done nothing yet: what one door did, the next does not see."""
        client = Client(raise_request_exception=False, **how)
        for name, morsel in self._cookies[who].items():
            client.cookies[name] = morsel.value
            client.cookies[name]["path"] = morsel["path"]
        return client

    def path(self, route, **others):
        return place(route).format(**{**self.things.names(), **others})


@pytest.fixture
def house(office):
    return House(office)


def asked(client, method, path):
    """Return the answer, and leave no trace of the question; no block around it, for some acts want to be the outermost."""
    before = transaction.savepoint()
    found = getattr(client, method.lower())(path)
    transaction.savepoint_rollback(before)
    return found


def let_in(who, found):
    """Tell whether the gates opened: what is then refused is what was typed, or there is nothing of that kind."""
    return bool(who and who.gates) and found.wsgi_request.gates_passed.issuperset(who.gates)


def verdict(found):
    to = found.headers.get("Location", "")
    if SIGN_IN.match(to):
        return Answer.SIGN_IN
    if not found.streaming and found.content.startswith(b'{"RspCode"'):
        return Answer.IN if json.loads(found.content)["RspCode"] == "00" else Answer.NO
    if found.status_code == 405:
        return Answer.NO_SUCH_METHOD
    return Answer.NO if found.status_code in (401, 403, 404) else Answer.IN


def fits(rule, method, got, wanted, *, nothing_there):
    """Tell whether an answer is what the policy says.

    What is everybody's, or every official's, may be refused for what was typed, and lead to the sign-in.
    """
    who = rule.who(method)
    if who is not None and who.group is Group.EVERYBODY:
        return got is not Answer.NO_SUCH_METHOD
    if wanted is Answer.IN and (not (who.roles or who.gates) or nothing_there):
        return got is not Answer.SIGN_IN
    return got is wanted or (wanted is Answer.LIST and got in (Answer.IN, Answer.NO))


_READ_BY_PAGES = (settings.LANGUAGE_COOKIE_NAME, display.COOKIE)


def shielded(found):
    """Return what an answer lacks that every answer has."""
    lacks = [name for name, right in SHIELD.items() if found.headers.get(name) not in right]
    lacks += [] if "default-src" in found.headers.get("Content-Security-Policy", "") else ["CSP"]
    lacks += [
        name
        for name, morsel in found.cookies.items()
        if morsel["max-age"] != 0  # else it is taken away
        and not (morsel["samesite"] == "Lax" and (morsel["httponly"] or name in _READ_BY_PAGES))
    ]
    return lacks


def kept_in_a_cache(rule, method, found):
    control = found.headers.get("Cache-Control", "")
    own = rule.who(method) is None or rule.who(method).group is not Group.EVERYBODY
    return own and ("public" in control or not ("no-store" in control or "no-cache" in control))


def walk(house, routes, people):
    """Ask every one of these addresses as every one of these people; return what was not as it should be."""
    wrong = []
    for route in routes:
        rule, before = POLICY[route], written()
        empty = leads_nowhere(route)
        for who, person in people.items():
            secrets = {} if person.near is Near.OWN else SECRETS
            here = Person(Near.OTHER, level=2) if (route, who) == (ASKED, "owner") else person
            path = house.path(route, **(secrets if not route.startswith(DESK) else {}))
            for method in ("GET", "POST"):
                found = asked(house.browser(who), method, path)
                got, wanted = verdict(found), answer(rule, method, here)
                if (
                    not fits(
                        rule,
                        method,
                        got,
                        wanted,
                        nothing_there=empty or let_in(rule.who(method), found),
                    )
                    or found.status_code == 500
                ):
                    wrong.append((method, path, who, found.status_code, wanted.value))
                if lacks := shielded(found):
                    wrong.append((method, path, who, lacks))
                if kept_in_a_cache(rule, method, found):
                    wrong.append((method, path, who, found.headers["Cache-Control"]))
        wrong += [] if written() == before else [(route, "something was written")]
    return wrong


def test_every_official_gets_the_declared_answer_everywhere(house):
    assert walk(house, [route for route in POLICY if route.startswith(DESK)], OFFICIALS) == []


def test_every_citizen_gets_the_declared_answer_everywhere(house):
    assert walk(house, POLICY, CITIZENS) == []


def test_an_official_is_nobody_outside_the_desk(house):
    routes = [route for route in POLICY if not route.startswith(DESK)]
    assert walk(house, routes, {f"{Role.REGISTRAR} here": Person(Near.OTHER)}) == []


def test_the_page_of_permissions_is_fresh():
    page = settings.ROOT / "docs" / "reference" / "permissions.md"
    assert page.read_text(encoding="utf-8") == reference(), "run python -m motcua permissions"


def test_linked_roles_are_those_that_work_in_agencies_which_take_part(office):
    there = {office.post(MINE[role]).agency.code for role in LINKED_ROLES}
    assert there.isdisjoint({office.post("registrar").agency.code})


def _told(house, who, path, code):
    found = asked(house.browser(who), "GET", path)
    return found.status_code, body(found, code)


def test_what_is_somebody_elses_is_answered_word_for_word_like_what_never_was(house):
    told_apart = []
    people = {**CITIZENS, f"{Role.REGISTRAR} elsewhere": Person(Near.OTHER, Role.REGISTRAR)}
    people[f"{Role.ADMINISTRATOR} here"] = unit(Role.ADMINISTRATOR)
    for route, rule in POLICY.items():
        name = next((name for name in UNKNOWN if f"{{{name}}}" in place(route)), "")
        for who, person in people.items():
            if not name or answer(rule, "GET", person) is not Answer.NO:
                continue
            theirs = _told(house, who, house.path(route, **SECRETS), getattr(house.things, name))
            never = _told(house, who, house.path(route, **{**SECRETS, **UNKNOWN}), UNKNOWN[name])
            told_apart += [(route, who)] if theirs != never else []
    assert not told_apart


def test_a_receipts_address_with_another_check_is_answered_like_a_code_that_never_was(house):
    waiting, check = house.things.waiting, house.things.check
    guessed = check[:-1] + ("0" if check[-1] != "0" else "1")
    theirs = _told(house, "nobody", f"/theo-doi/{waiting}/{guessed}/", waiting)
    assert theirs == _told(house, "nobody", f"/theo-doi/{NEVER_WAS}/{guessed}/", NEVER_WAS)


TOKENLESS = {"xac-thuc/tep", "xac-thuc/<str:typed>"}
"""Beside machines, forms that write nothing."""


def test_no_form_is_taken_without_its_token_not_even_from_whoever_may_send_it(house):
    taken, before = [], written()
    for route, rule in POLICY.items():
        if route in TOKENLESS or route.startswith("api/") or not rule.who("POST"):
            continue
        who = "maker" if route.startswith(DESK) else "owner"
        found = house.browser(who, enforce_csrf_checks=True).post(house.path(route))
        taken += [route] if found.status_code != 403 else []
    assert not taken
    assert written() == before


def test_no_door_leads_off_the_site(house):
    for path in ("/ngon-ngu/en?next=", "/dang-nhap/?next=", "/can-bo/dang-nhap/?next="):
        for evil in (
            "//example.org",
            "https://example.org",
            "/\\example.org",
            "javascript:alert(1)",
        ):
            for who in ("owner", f"{Role.REGISTRAR} here"):
                found = house.browser(who).get(path + evil)
                assert "example.org" not in found.headers.get("Location", "")


def test_a_foreign_host_is_not_answered(house):
    found = house.browser("nobody").get("/", headers={"host": "example.org"})
    assert found.status_code == 400
