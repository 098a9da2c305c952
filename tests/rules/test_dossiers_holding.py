"""Restricting the use of a dossier's data, and letting it go again: who may, and what stands afterwards."""

import pytest

from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.decide import decide
from motcua.dossiers.rules.evolve import evolve, fold
from motcua.dossiers.rules.holding import HoldWithoutReason
from motcua.dossiers.rules.refusals import NotYours
from tests.cast import FRONT_DESK, MOTHER, OTHER_DESK, REGISTRAR
from tests.rules.heart import LAW, MONDAY, submission

FILED = fold(decide(LAW, None, submission(), MOTHER, MONDAY))


def done(dossier, act, by=FRONT_DESK):
    for event in decide(LAW, dossier, act, by, MONDAY):
        dossier = evolve(dossier, event)
    return dossier


def test_a_restriction_lasts_until_the_hold_of_its_request_ends():
    restricted = done(FILED, a.Restrict(request="DL-1"))
    assert restricted.restricted_since == MONDAY
    other = done(restricted, a.EndHold(request="DL-2", reason="Đã giải quyết"))
    assert other.restrictions
    assert not done(
        restricted, a.EndHold(request="DL-1", reason="Người dân rút yêu cầu")
    ).restrictions


def test_a_hold_does_not_end_without_a_reason():
    with pytest.raises(HoldWithoutReason):
        done(FILED, a.EndHold(request="DL-1", reason="  "))


@pytest.mark.parametrize("by", [MOTHER, REGISTRAR, OTHER_DESK])
def test_only_the_front_desk_and_the_leader_of_the_office_hold_and_let_go(by):
    with pytest.raises(NotYours):
        done(FILED, a.Restrict(request="DL-1"), by)


def test_the_dossier_goes_on_as_before():
    restricted = done(FILED, a.Restrict(request="DL-1"))
    assert done(restricted, a.Receive()).status == done(FILED, a.Receive()).status
