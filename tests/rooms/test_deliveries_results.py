import pytest
from django.db import IntegrityError, transaction

from motcua.deliveries import events
from motcua.deliveries.letters import order_now, scanned, sweep
from motcua.deliveries.models import Delivery, PostOrder, PostScan
from motcua.deliveries.operations import (
    cancel,
    handed_over_at_counter,
    opened_online,
    plan,
    quote,
    ready,
    replay,
)
from motcua.deliveries.ports import Scan
from motcua.deliveries.queries import deliveries_about, stuck_letters
from motcua.deliveries.rules import (
    Address,
    AddressMissing,
    HandedOver,
    NotYetReady,
    PostAway,
    ReceiverMissing,
    UnknownOrder,
    Way,
)
from tests.rooms.outside import NOON, Ear, later

pytestmark = pytest.mark.django_db
OFFICE = Address("UBND xã Nam Thanh Miện", "02203742115", "Thôn Từ Ô", "11284")
HOA = Address("Nguyễn Thị Hoa", "0912345678", "Số 5, thôn Đoàn", "11290")


def planned(way=Way.POST, key="k1", **more):
    post = {"sender": OFFICE, "receiver": HOA} if way is Way.POST else {}
    plan(key=key, subject="D1", result_key="birth", way=way, at=NOON, **{**post, **more})
    return key


def ordered(key="k1"):
    ready(key=planned(key=key), at=NOON)
    order_now(Delivery.objects.filter(key=key).values_list("pk", flat=True), at=NOON)
    return PostOrder.objects.get(delivery__key=key)


def state(key="k1"):
    return Delivery.objects.get(key=key).state


def seen(letter, what, **when):
    return scanned(Scan(letter.order_number, what, later(**when), "Hải Phòng"), at=later(days=9))


def at_counter(key="k1", name="Nguyễn Thị Hoa"):
    return handed_over_at_counter(
        key=key, receiver_name=name, confirmation="Ký nhận", by="Trần Văn Bình", at=NOON
    )


def test_a_letter_without_a_full_address_is_refused():
    with pytest.raises(AddressMissing):
        planned(receiver=Address("Hoa", "", "", "11290"))


def test_planning_again_changes_nothing():
    planned(), planned()
    assert (Delivery.objects.count(), PostOrder.objects.count()) == (1, 1)


def test_nothing_is_ordered_before_the_result_is_there(world):
    planned()
    sweep(at=later(days=1))
    assert world.post.orders == {}


def test_the_post_is_ordered_once_when_the_result_is_there(world):
    with Ear(events.board) as ear:
        letter = ordered()
        ready(key="k1", at=NOON)
        sweep(at=later(hours=1))
    assert list(world.post.orders) == [letter.order_number]
    assert [event.tracking_number for event in ear.heard] == [letter.tracking_number]
    assert state() == "created"


def test_a_closed_post_gets_the_letter_when_it_opens(world):
    world.post.away = True
    letter = ordered()
    assert (letter.ordered_at, state()) == (None, "ready")
    world.post.away = False
    sweep(at=later(minutes=1))
    assert state() == "created"


def test_a_letter_the_post_refuses_is_stuck_and_can_be_replayed(world):
    world.post.refuses = True
    with Ear(events.board) as ear:
        letter = ordered()
    assert [type(event) for event in ear.heard] == [events.Stuck]
    assert [stuck.pk for stuck in stuck_letters()] == [letter.pk]
    world.post.refuses = False
    replay(key="k1", at=NOON)
    sweep(at=NOON)
    assert state() == "created"


def test_scans_move_the_delivery_to_its_end(world):
    letter = ordered()
    with Ear(events.board) as ear:
        seen(letter, "picked_up", hours=2)
        seen(letter, "delivered", hours=30)
    kinds = [type(event).__name__ for event in ear.heard]
    assert kinds == ["Scanned", "Scanned", "HandedOver"]
    assert state() == "delivered"


def test_a_scan_told_twice_counts_once(world):
    letter = ordered()
    assert [seen(letter, "picked_up", hours=2) for _ in range(2)] == [True, False]
    assert PostScan.objects.count() == 1


def test_a_late_scan_is_kept_but_moves_nothing(world):
    letter = ordered()
    seen(letter, "in_transit", hours=5)
    seen(letter, "picked_up", hours=2)
    assert state() == "in_transit"
    found = deliveries_about("D1")[0].letter.seen.all()
    assert [scan.state for scan in found] == ["picked_up", "in_transit"]


def test_nothing_follows_the_end(world):
    letter = ordered()
    seen(letter, "delivered", hours=30)
    seen(letter, "in_transit", hours=31)
    assert state() == "delivered"


def test_a_scan_of_a_stranger_or_in_unknown_words_is_refused(world):
    letter = ordered()
    with pytest.raises(UnknownOrder):
        scanned(Scan("MC0", "delivered", NOON), at=NOON)
    with pytest.raises(UnknownOrder):
        seen(letter, "eaten_by_dog", hours=1)


def test_scans_the_post_could_not_tell_are_asked_for(world):
    letter = ordered()
    world.post.seen[letter.order_number] = [Scan(letter.order_number, "delivered", later(hours=1))]
    sweep(at=later(hours=3))
    assert state() == "delivered"


def test_a_result_is_handed_over_at_the_counter_once(world):
    ready(key=planned(Way.COUNTER), at=NOON)
    with Ear(events.board) as ear:
        at_counter(), at_counter()
    assert [event.way for event in ear.heard] == ["counter"]
    with pytest.raises(HandedOver):
        at_counter(name="Người khác")


def test_a_hand_over_names_its_receiver_and_waits_for_the_result():
    planned(Way.COUNTER)
    with pytest.raises(NotYetReady):
        at_counter()
    ready(key="k1", at=NOON)
    with pytest.raises(ReceiverMissing):
        at_counter(name=" ")


def test_what_the_post_carries_is_not_handed_over_at_the_counter(world):
    ordered()
    with pytest.raises(HandedOver):
        at_counter()


def test_what_the_post_brought_back_is_handed_over_at_the_counter(world):
    letter = ordered()
    seen(letter, "returned", hours=90)
    at_counter()
    assert state() == "handed_over"


def test_who_comes_while_the_post_is_closed_gets_the_result_and_no_letter_follows(world):
    world.post.away = True
    ordered()
    at_counter()
    world.post.away = False
    sweep(at=later(days=1))
    assert world.post.orders == {}


def test_opening_a_result_online_hands_it_over_once(world):
    ready(key=planned(Way.ONLINE), at=NOON)
    with Ear(events.board) as ear:
        opened_online(key="k1", receiver_name="Nguyễn Thị Hoa", at=NOON)
        opened_online(key="k1", receiver_name="Nguyễn Thị Hoa", at=NOON)
    assert len(ear.heard) == 1


def test_a_cancelled_delivery_orders_nothing(world):
    ready(key=planned(), at=NOON)
    cancel(key="k1", at=NOON)
    sweep(at=later(days=1))
    assert (world.post.orders, state()) == ({}, "cancelled")


def fee(at=NOON):
    return quote(from_place="11284", to_place="11290", at=at).fee_vnd


def test_a_fee_is_asked_once_a_day_per_route(world):
    assert [fee(), fee(), fee(later(hours=25))] == [25_000] * 3
    assert world.post.quotes == 2


def test_a_closed_post_leaves_yesterdays_fee(world):
    fee()
    world.post.away = True
    assert fee(later(days=2)) == 25_000


def test_a_closed_post_that_never_told_a_fee_is_said_so(world):
    world.post.away = True
    with pytest.raises(PostAway):
        fee()


def test_the_database_refuses_a_counter_hand_over_without_receiver():
    planned(Way.COUNTER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.update(state="handed_over", ended_at=NOON)
