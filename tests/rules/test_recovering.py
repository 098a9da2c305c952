"""An account whose number is lost: what its card must show, and with which dossiers a card was seen."""

from datetime import UTC, datetime

import pytest

from motcua.dossiers.rules.events import ResultReturned
from motcua.dossiers.rules.facts import Handing
from motcua.dossiers.rules.seen import applicant_was_seen
from motcua.identity.rules.holding import Known
from motcua.identity.rules.recovering import Card, is_of_card
from tests.cast import FRONT_DESK, LAN

CARD = Card(LAN.number, LAN.name, LAN.born)


def told(name=LAN.name, born=LAN.born, number=LAN.number):
    return Known(full_name=name, birth_date=born, personal_number=number)


@pytest.mark.parametrize(
    ("account", "is_hers"),
    [
        (told(), True),
        (told(name="PHẠM  THỊ LAN"), True),
        (told(born=""), True),
        (told(number=""), True),
        (told(number="", born="1958"), True),
        (told(number="030158009999"), False),
        (told(number="", born=""), False),
        (told(number="", born="1959"), False),
        (told(name="Lê Văn Lạ"), False),
    ],
)
def test_an_account_is_of_the_card_by_name_and_by_number_or_birth_date(account, is_hers):
    assert is_of_card(account, CARD) is is_hers


def fetched(**changes):
    shown = {"proof": "card", "digits": LAN.number[-3:], "confirmed": "code", **changes}
    receiver = shown.pop("receiver", LAN.name)
    return ResultReturned(
        at=datetime(2026, 11, 27, 2, tzinfo=UTC), by=FRONT_DESK, result="paper", way="counter",
        receiver=receiver, reference="", handing=Handing(**shown),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("event", "seen"),
    [
        (fetched(), True),
        (fetched(proof="vneid"), True),
        (fetched(proof="passport"), False),
        (fetched(digits="999"), False),
        (fetched(authority="Giấy ủy quyền số 3"), False),
        (fetched(receiver="Lê Văn Lạ"), False),
    ],
)
def test_who_fetched_a_result_with_their_own_card_was_seen(event, seen):
    assert applicant_was_seen([event], number=LAN.number, full_name=LAN.name) is seen
