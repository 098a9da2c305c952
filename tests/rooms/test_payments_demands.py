import pytest
from django.db import IntegrityError, connection, transaction

from motcua.payments import events
from motcua.payments.confirmation import confirm, reconcile
from motcua.payments.ledger import book
from motcua.payments.models import Anomaly, Attempt, Demand, Entry, Journal, Receipt
from motcua.payments.operations import (
    cancel,
    demand,
    refund,
    resolve_anomaly,
    settle_in_cash,
    start_attempt,
    waive,
)
from motcua.payments.queries import balances, demands_about, open_anomalies, returned
from motcua.payments.rules import (
    FeeLine,
    KeyReused,
    NotDue,
    NothingToCollect,
    NotPaid,
    Outcome,
    Verdict,
)
from tests.rooms.outside import NOON, Ear, at_once, later

pytestmark = pytest.mark.django_db
RESIDENCE = FeeLine("residence", "Lệ phí đăng ký cư trú", 10_000, "TT 75/2022/TT-BTC")
COPIES = FeeLine("copies", "Bản sao trích lục", 16_000, "TT 281/2016/TT-BTC")


def asked(key="d1", lines=(RESIDENCE, COPIES), agency="11284"):
    return demand(
        key=key, subject="11284-261124-0001", agency=agency, title="Lệ phí đăng ký thường trú",
        lines=list(lines), payer_name="Nguyễn Thị Hoa", at=NOON,
    )  # fmt: skip


def on_the_way(world, key="d1"):
    start_attempt(key=key, at=NOON, return_url="https://motcua.example/ve", payer_ip="127.0.0.1")
    return world.gateway.orders[-1].ref


def paid(world, **said):
    return confirm(query=world.gateway.settle(on_the_way(world), **said), at=later(minutes=2))


def test_a_demand_adds_up_its_lines_and_keeps_their_law():
    assert asked().amount_vnd == 26_000
    assert [line.basis for line in demands_about("11284-261124-0001")[0].lines.all()] == [
        "TT 75/2022/TT-BTC",
        "TT 281/2016/TT-BTC",
    ]


def test_the_same_key_asks_once():
    assert asked().pk == asked().pk
    assert Demand.objects.get().lines.count() == 2


def test_a_key_used_for_another_amount_is_refused():
    asked()
    with pytest.raises(KeyReused):
        asked(lines=[RESIDENCE])


def test_nothing_is_demanded_for_nothing():
    with pytest.raises(NothingToCollect):
        asked(lines=[FeeLine("free", "Miễn phí", 0, "NQ 23/2026/NQ-HĐND")])


def test_paying_settles_once_with_receipt_ledger_and_news(world):
    asked()
    with Ear(events.board) as ear:
        assert paid(world) is Verdict.CONFIRMED
    assert [event.receipt_number for event in ear.heard] == ["2026/00000001"]
    assert balances() == {"gateway": 26_000, "payer": -26_000}
    assert Demand.objects.get().state == "paid"


def test_the_same_confirmation_again_changes_nothing(world):
    asked()
    word = world.gateway.settle(on_the_way(world))
    assert [confirm(query=word, at=NOON) for _ in range(3)] == [
        Verdict.CONFIRMED,
        Verdict.ALREADY,
        Verdict.ALREADY,
    ]
    assert Journal.objects.count() == Receipt.objects.count() == 1


def test_a_listener_that_fails_undoes_the_settlement(world):
    asked()
    word = world.gateway.settle(on_the_way(world))
    with Ear(events.board) as ear:
        ear.fails = True
        with pytest.raises(RuntimeError):
            confirm(query=word, at=NOON)
    assert confirm(query=word, at=NOON) is Verdict.CONFIRMED


def test_a_forged_confirmation_does_nothing(world):
    asked()
    ref = on_the_way(world)
    assert confirm(query=f"{ref}|26000|9|paid|other", at=NOON) is Verdict.FORGED
    assert Demand.objects.get().state == "due"


def test_an_unknown_order_is_not_found_but_its_money_is_kept(world):
    assert confirm(query="nobody|5000|9|paid|hand", at=NOON) is Verdict.UNKNOWN
    assert [found.kind for found in open_anomalies()] == ["unknown"]
    assert sum(balances().values()) == 0


def test_a_wrong_amount_settles_nothing_and_is_kept_once(world):
    asked()
    word = world.gateway.settle(on_the_way(world), amount=25_000)
    assert {confirm(query=word, at=NOON) for _ in range(2)} == {Verdict.WRONG_AMOUNT}
    assert Anomaly.objects.get().kind == "wrong_amount"
    assert Demand.objects.get().state == "due"


def test_paying_twice_under_one_order_keeps_the_second_payment_for_refund(world):
    asked()
    ref = on_the_way(world)
    confirm(query=world.gateway.settle(ref, number="1"), at=NOON)
    assert confirm(query=world.gateway.settle(ref, number="2"), at=NOON) is Verdict.ALREADY
    assert Anomaly.objects.get().kind == "double"
    assert balances()["gateway"] == 52_000


def test_paying_in_two_tabs_keeps_the_second_payment_for_refund(world):
    asked()
    first, second = on_the_way(world), on_the_way(world)
    confirm(query=world.gateway.settle(first, number="1"), at=NOON)
    assert confirm(query=world.gateway.settle(second, number="2"), at=NOON) is Verdict.CONFIRMED
    assert Anomaly.objects.get().kind == "double"
    assert Receipt.objects.count() == 1


def test_paying_after_the_dossier_ended_is_kept_as_late(world):
    asked()
    word = world.gateway.settle(on_the_way(world))
    cancel(key="d1", reason="Đã rút hồ sơ", at=NOON)
    with Ear(events.board) as ear:
        assert confirm(query=word, at=NOON) is Verdict.CONFIRMED
    assert [event.kind for event in ear.heard] == ["late"]


def test_a_failed_attempt_leaves_the_demand_due_and_another_may_pay(world):
    asked()
    assert paid(world, outcome=Outcome.FAILED) is Verdict.CONFIRMED
    assert paid(world, number="2") is Verdict.CONFIRMED
    assert Demand.objects.get().state == "paid"


def test_what_is_paid_cannot_be_paid_waived_or_cancelled(world):
    asked()
    paid(world)
    with pytest.raises(NotDue):
        on_the_way(world)
    with pytest.raises(NotDue):
        waive(key="d1", reason="Hộ nghèo", at=NOON)


def test_closing_the_tab_after_paying_counts_within_two_minutes(world):
    asked()
    ref = on_the_way(world)
    world.gateway.settle(ref)
    assert reconcile(at=later(seconds=10)) == 0
    assert reconcile(at=later(seconds=31)) == 1
    assert Demand.objects.get().state == "paid"


def test_an_open_attempt_is_asked_about_again_and_again(world):
    asked()
    on_the_way(world)
    assert [reconcile(at=later(seconds=31 * n)) for n in range(1, 4)] == [1, 1, 1]
    assert Attempt.objects.get().state == "open"


def test_a_gateway_that_is_away_is_asked_later(world):
    asked()
    world.gateway.settle(on_the_way(world))
    world.gateway.away = True
    reconcile(at=later(seconds=31))
    world.gateway.away = False
    assert reconcile(at=later(seconds=62)) == 1
    assert Demand.objects.get().state == "paid"


def test_a_settled_attempt_is_asked_about_no_more(world):
    asked()
    paid(world)
    assert reconcile(at=later(days=1)) == 0


def test_receipts_are_numbered_without_gaps_per_agency_and_year(world):
    for number in range(3):
        asked(key=f"a{number}", agency="11284")
        asked(key=f"b{number}", agency="11290")
    settle_in_cash(key="a0", act="x0", received_by="Trần Văn Bình", at=NOON)
    with Ear(events.board) as ear:
        ear.fails = True
        with pytest.raises(RuntimeError):
            settle_in_cash(key="a1", act="x1", received_by="Trần Văn Bình", at=NOON)
    settle_in_cash(key="a2", act="x2", received_by="Trần Văn Bình", at=NOON)
    settle_in_cash(key="b0", act="x3", received_by="Trần Văn Bình", at=NOON)
    settle_in_cash(key="b1", act="x4", received_by="Trần Văn Bình", at=later(days=60))
    found = Receipt.objects.order_by("pk").values_list("agency", "year", "number")
    assert list(found) == [
        ("11284", 2026, 1), ("11284", 2026, 2), ("11290", 2026, 1), ("11290", 2027, 1),
    ]  # fmt: skip


def test_cash_at_the_counter_is_taken_once_per_act(world):
    asked()
    first = settle_in_cash(key="d1", act="click", received_by="Trần Văn Bình", at=NOON)
    assert settle_in_cash(key="d1", act="click", received_by="x", at=NOON).pk == first.pk
    assert balances() == {"agency": 26_000, "payer": -26_000}
    with pytest.raises(NotDue):
        settle_in_cash(key="d1", act="other", received_by="x", at=NOON)


def test_a_refund_books_the_reverse(world):
    asked()
    paid(world)
    refund(key="d1", reason="Nộp nhầm", at=NOON)
    refund(key="d1", reason="Nộp nhầm", at=NOON)
    assert balances() == {"gateway": 0, "payer": 0}
    assert Demand.objects.get().state == "refunded"


def test_what_was_not_paid_is_not_refunded(world):
    asked()
    with pytest.raises(NotPaid):
        refund(key="d1", reason="Nộp nhầm", at=NOON)


def test_money_astray_is_given_back_once(world):
    confirm(query="nobody|5000|9|paid|hand", at=NOON)
    found = open_anomalies()[0]
    resolve_anomaly(anomaly=found.pk, refunded=True, note="Đã chuyển trả", by="Bình", at=NOON)
    assert open_anomalies() == []
    assert balances() == {"gateway": 0, "payer": 0}
    with pytest.raises(NotPaid):
        resolve_anomaly(anomaly=found.pk, refunded=True, note="", by="Bình", at=NOON)


def test_a_returning_browser_only_shows(world):
    asked()
    word = world.gateway.settle(on_the_way(world))
    shown = returned(word)
    assert (shown.says, shown.demand.state) == ("paid", "due")
    assert returned("forged") is None


@transaction.atomic
def booked_crookedly():
    journal = book(
        Journal.Kind.SETTLEMENT, reference="r", demand=asked(), amount_vnd=5, into="agency", at=NOON
    )
    Entry.objects.create(journal=journal, account="gateway", holder="x", amount_vnd=1)
    connection.check_constraints()


@transaction.atomic
def booked_without_entries():
    Journal.objects.create(kind="refund", reference="r", at=NOON)
    connection.check_constraints()


@pytest.mark.parametrize("act", [booked_crookedly, booked_without_entries])
def test_the_database_refuses_a_movement_that_does_not_sum_to_zero(act):
    with pytest.raises(IntegrityError):
        act()


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_the_ledger(world, change):
    asked()
    paid(world)
    entries = Entry.objects.all()
    with pytest.raises(IntegrityError), transaction.atomic():
        entries.update(amount_vnd=1) if change == "update" else entries.delete()


@pytest.mark.django_db(transaction=True)
def test_two_confirmations_at_once_settle_once(world):
    asked()
    word = world.gateway.settle(on_the_way(world))
    verdicts = at_once(4, lambda: confirm(query=word, at=NOON))
    assert sorted(verdicts) == sorted([Verdict.CONFIRMED] + 3 * [Verdict.ALREADY])
    assert Journal.objects.count() == Receipt.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_tabs_paid_at_once_give_one_receipt_and_one_anomaly(world):
    asked()
    gateway = world.gateway
    words = [gateway.settle(on_the_way(world), number=str(n)) for n in range(4)]
    at_once(4, lambda: confirm(query=words.pop(), at=NOON))
    assert (Receipt.objects.count(), Anomaly.objects.count()) == (1, 3)
    assert balances() == {"gateway": 4 * 26_000, "payer": -4 * 26_000}


@pytest.mark.django_db(transaction=True)
def test_receipts_taken_at_once_have_no_gap(world):
    keys = [asked(key=f"d{n}").key for n in range(6)]
    at_once(6, lambda: cash(keys.pop()))
    assert sorted(Receipt.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


def cash(key):
    return settle_in_cash(key=key, act=key, received_by="Trần Văn Bình", at=NOON)
