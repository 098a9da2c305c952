"""What each act asks for, and who has too little (journeys/assurance)."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from motcua.identity.rules.people import SignedIn
from motcua.journeys.assurance import FRESH, NEEDS, Act, Short, service_level, short_of
from motcua.procedures.rules.procedure import LaterAct

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def citizen(level=0, *, verified=False, ago=timedelta()):
    return SignedIn(
        sign_in_id=1, account_id=1, accounts=frozenset({1}), person_id=1, kind="vneid", level=level,
        full_name="Nguyễn Thị Hoa", phone="", email="", personal_number="", verified=verified,
        since=NOON - ago,
    )  # fmt: skip


def short(act, who, service=0):
    return short_of(act, who, service=service, at=NOON)


def service(sign_in, **acts):
    start = SimpleNamespace(sign_in=sign_in, acts=acts)
    return SimpleNamespace(procedure=SimpleNamespace(start=start))


def test_every_act_has_its_row():
    assert set(NEEDS) == set(Act)


def test_whoever_has_enough_is_never_asked_again():
    assert all(short(act, citizen(2, verified=True), service=2) is None for act in Act)


@pytest.mark.parametrize("act", [act for act in Act if NEEDS[act].as_service])
def test_acts_on_a_dossier_ask_for_what_its_service_asks(act):
    assert short(act, citizen(1), service=2) == Short(2)
    assert short(act, citizen(0), service=0) is None


def test_consent_asks_for_level_two_whatever_the_service():
    assert short(Act.CONSENT, citizen(1)) == Short(2)


def test_a_phone_alone_does_not_change_what_vneid_stands_behind():
    assert short(Act.CHANGE_NUMBER, citizen(0, verified=True)) == Short(1)
    assert short(Act.CHANGE_NUMBER, citizen(0)) is None


def test_a_forgotten_browser_changes_no_way_of_signing_in():
    old = citizen(2, verified=True, ago=FRESH + timedelta(seconds=1))
    assert short(Act.CHANGE_NUMBER, old) == Short(1, fresh=True)
    assert short(Act.PART_WAYS, old) == Short(0, fresh=True)


def test_nobody_has_too_little_for_everything():
    assert all(short(act, None) is not None for act in Act)


def test_an_account_is_vneid_where_the_installation_opens_none(settings):
    settings.PORTAL_ACCOUNTS = True
    assert service_level(service("account")) == 0
    settings.PORTAL_ACCOUNTS = False
    assert service_level(service("account")) == 1


def test_a_service_may_ask_more_of_a_later_act_than_of_filing():
    declared = service("account", withdraw="level_2")
    assert service_level(declared, Act.WITHDRAW) == 2
    assert service_level(declared, Act.SEE_RESULT) == service_level(declared)
    assert service_level(service("none")) is None


def test_every_act_a_service_may_declare_is_one_of_the_table():
    assert {act.value for act in Act} > set(LaterAct.__args__)
