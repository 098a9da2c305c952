"""The box's post office: quotes, orders taken once, scans told in order."""

import hashlib
import hmac
import uuid
from collections.abc import Iterator

import pytest

from tests.sandbox_box import SECRETS, RunningBox, SmallMotcua, eventually, running

TOKEN = SECRETS["SANDBOX_POST_TOKEN"]
SCANS = "/api/deliveries/post/scans"
PARTY = {"name": "Nguyễn Thị Mai", "phone": "0900000101", "address": "Thôn Đông", "place": "11284"}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningBox, SmallMotcua]]:
    yield from running(tmp_path_factory.mktemp("box"))


def order(box: RunningBox, number: str, **changed: object):
    body = {"order_number": number, "sender": PARTY, "receiver": PARTY, "reference": "H1"}
    return box.json("/post/orders", body | changed, TOKEN)


def scan(box: RunningBox, number: str, *states: str) -> None:
    for state in states:
        assert box.form("/post/scan", order_number=number, state=state).status == 303


def state(box: RunningBox, number: str) -> dict:
    return box.get(f"/post/orders/{number}", Authorization=f"Bearer {TOKEN}").json()


def test_a_quote_names_fee_and_days(world):
    asked = {"from_place": "11284", "to_place": "00070", "weight_grams": 100}
    assert world[0].json("/post/quotes", asked, TOKEN).json() == {"fee_vnd": 25000, "days": 3}


@pytest.mark.parametrize("wrong", [{"weight_grams": 0}, {"to_place": "x"}, {"weight_grams": "1"}])
def test_a_quote_for_nonsense_is_refused(world, wrong):
    asked = {"from_place": "11284", "to_place": "00070", "weight_grams": 100} | wrong
    assert world[0].json("/post/quotes", asked, TOKEN).status == 400


def test_without_the_token_the_post_does_nothing(world):
    asked = {"from_place": "11284", "to_place": "00070", "weight_grams": 100}
    assert world[0].json("/post/quotes", asked).status == 401


def test_the_same_order_again_is_the_same_letter(world):
    box, _ = world
    number = uuid.uuid4().hex
    first, second = order(box, number), order(box, number)
    assert (first.status, second.status) == (201, 200)
    assert first.json() == second.json()
    assert first.json()["state"] == "created"


def test_a_number_used_for_another_letter_is_refused(world):
    box, _ = world
    number = uuid.uuid4().hex
    order(box, number)
    assert order(box, number, reference="H2").status == 409


def test_scans_are_shown_and_told_in_order_with_a_right_signature(world):
    box, motcua = world
    number = uuid.uuid4().hex
    order(box, number)
    states = ["picked_up", "in_transit", "out_for_delivery", "delivered"]
    scan(box, number, *states)
    found = eventually(lambda: f if len(f := motcua.got(SCANS, number)) == 4 else None)
    assert [received.json()["state"] for received in found] == states
    for received in found:
        signature = hmac.new(TOKEN.encode(), received.body, hashlib.sha256).hexdigest()
        assert received.headers["x-signature"] == signature
    shown = state(box, number)
    assert [s["state"] for s in shown["scans"]] == ["created", *states]
    assert shown["state"] == "delivered"


def test_a_scan_that_cannot_follow_is_refused(world):
    box, _ = world
    number = uuid.uuid4().hex
    order(box, number)
    assert box.form("/post/scan", order_number=number, state="delivered").status == 409
    assert state(box, number)["state"] == "created"


def test_a_scan_nobody_took_comes_again_before_the_next_even_after_a_kill(tmp_path):
    for box, motcua in running(tmp_path):
        number = uuid.uuid4().hex
        order(box, number)
        motcua.fail[SCANS] = 3
        scan(box, number, "picked_up", "in_transit")
        box.kill()
        box.start()
        found = eventually(lambda m=motcua: f if len(f := m.got(SCANS)) >= 5 else None)
        assert [r.json()["state"] for r in found] == ["picked_up"] * 4 + ["in_transit"]
