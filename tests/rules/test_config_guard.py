"""The guard: what the policy does not declare is not answered, and what no gate stood behind does not leave."""

import logging

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from motcua.config import guard, policy
from motcua.config.policy import BUTTON, POLICY, unsound
from motcua.config.rows import holder, official, shown
from motcua.config.urls import urlpatterns as house
from motcua.kernel.refusal import Refusal
from motcua.toolkit.gates import gate


class NotTheirs(Refusal):
    code = "test.not-theirs"
    status = 404


@gate
def may_have(key):
    if key == "of-another":
        raise NotTheirs
    return key != "false"


def forgetful(_request, key):
    return HttpResponse(f"what is behind {key}")


def careful(_request, key):
    may_have(key)
    return HttpResponse(f"what is behind {key}")


urlpatterns = [
    path("undeclared/", forgetful, {"key": "a"}),
    path("forgetful/<key>/", forgetful),
    path("careful/<key>/", careful),
    path("pressed/", forgetful, {"key": "a"}),
    path("can-bo/thu/", forgetful, {"key": "a"}),
    *house,
]


@pytest.fixture
def client(settings, monkeypatch):
    settings.ROOT_URLCONF = __name__
    thing = holder(may_have)
    rules = {
        "forgetful/<key>/": shown(thing), "careful/<key>/": shown(thing), "pressed/": BUTTON,
        "can-bo/thu/": shown(official()),
    }  # fmt: skip
    monkeypatch.setattr(guard, "POLICY", {**POLICY, **rules})
    return Client(raise_request_exception=False)


def answer(client, address, caplog):
    with caplog.at_level(logging.ERROR, logger="motcua.config.guard"):
        return client.get(address), [record.message for record in caplog.records]


def test_an_address_that_nobody_declared_is_answered_to_nobody(client, caplog):
    found, said = answer(client, "/undeclared/", caplog)
    assert found.status_code == 403
    assert "behind" not in found.content.decode()
    assert said == ["denied: no policy for this address"]


def test_a_view_that_forgot_to_ask_its_gate_gives_nothing_away(client, caplog):
    found, said = answer(client, "/forgetful/mine/", caplog)
    assert found.status_code == 403
    assert "behind" not in found.content.decode()
    assert said == ["denied: no gate was asked"]


def test_a_gate_that_said_false_was_no_way_in(client, caplog):
    found, _ = answer(client, "/careful/false/", caplog)
    assert found.status_code == 403


def test_whom_the_gate_lets_in_is_answered(client, caplog):
    found, said = answer(client, "/careful/mine/", caplog)
    assert (found.content, said) == (b"what is behind mine", [])


def test_what_a_request_passed_counts_for_that_request_only(client, caplog):
    client.get("/careful/mine/")
    assert answer(client, "/forgetful/mine/", caplog)[0].status_code == 403


def test_a_refusal_of_the_gate_is_the_answer(client, caplog):
    found, said = answer(client, "/careful/of-another/", caplog)
    assert (found.status_code, said) == (404, [])


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE"])
def test_a_method_that_is_not_declared_is_not_there(client, method):
    found = client.generic(method, "/pressed/")
    assert (found.status_code, found["Allow"]) == (405, "POST")
    assert b"behind" not in found.content


def test_an_officials_address_sends_everybody_else_to_sign_in(client):
    assert client.get("/can-bo/thu/")["Location"].startswith("/can-bo/dang-nhap/")


def test_every_address_has_its_row_and_every_gate_is_one():
    assert unsound() == []


def test_a_new_address_without_a_row_fails_the_check(settings):
    settings.ROOT_URLCONF = __name__
    assert "/undeclared/ has no row in motcua/config/policy.py" in unsound()


def test_a_row_that_leads_nowhere_fails_the_check_and_so_does_a_gate_that_is_none(monkeypatch):
    monkeypatch.setattr(policy, "POLICY", {**POLICY, "gone/": shown(holder(forgetful))})
    assert unsound() == [
        "/gone/ stands in the policy, but leads nowhere",
        "tests.rules.test_config_guard.forgetful is named as a gate and is none",
    ]
