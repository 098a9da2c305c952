"""The hall: numbers given and called once, times booked and moved."""

from datetime import datetime, timedelta

import pytest

from motcua.agencies.caches import AGENCIES
from motcua.agencies.models import Agency, AgencySuccession
from motcua.kernel.working_calendar import ZONE
from motcua.visits import bookings, halls, tickets
from motcua.visits.bookings import Visitor
from motcua.visits.models import Booking, Ticket
from motcua.visits.rules import refusals
from tests.cast import LAN, MAI, NAM
from tests.journeys import ground

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 8, 0, tzinfo=ZONE)
NINE = datetime(2026, 11, 26, 9, 0, tzinfo=ZONE)
SUNDAY = datetime(2026, 11, 22, 8, 0, tzinfo=ZONE)


@pytest.fixture
def hall():
    ground.lay()
    yield halls.hall_of(Agency.objects.get(code="H24.239"))
    ground.forget()


def take(hall, key, kind="file", at=AT, **more):
    return tickets.take(hall=hall, kind_code=kind, key=key, at=at, **more)


def call(hall, counter=1, seen="", kinds=(), at=AT):
    return tickets.call_next(hall=hall, counter=counter, kinds=kinds, seen=seen, at=at)


def book(hall, who=MAI, start=NINE, key="k1", at=AT):
    visitor = Visitor(who.name, f"+84{who.phone[1:]}")
    return bookings.book(
        hall=hall, starts_at=start, kind_code="file", visitor=visitor, key=key, at=at
    )


def test_numbers_count_up_by_kind_and_begin_anew_each_day(hall):
    first, second, other = take(hall, "1"), take(hall, "2"), take(hall, "3", "fetch")
    assert [tickets.label(one) for one in (first, second, other)] == ["A001", "A002", "B001"]
    assert tickets.label(take(hall, "4", at=AT + timedelta(days=1))) == "A001"


def test_the_same_click_gives_the_same_number(hall):
    assert take(hall, "1").pk == take(hall, "1").pk


def test_on_a_closed_day_no_number_is_given(hall):
    with pytest.raises(refusals.HallClosed):
        take(hall, "1", at=SUNDAY)


def test_the_next_is_called_and_the_one_before_is_done(hall):
    first, second = take(hall, "1"), take(hall, "2")
    assert call(hall).pk == first.pk
    assert call(hall, seen=first.token).pk == second.pk
    first.refresh_from_db()
    assert first.state == "done"


def test_a_second_click_calls_nobody_more(hall):
    first, second = take(hall, "1"), take(hall, "2")
    call(hall)
    assert call(hall).pk == first.pk
    second.refresh_from_db()
    assert second.state == "waiting"


def test_a_counter_calls_only_its_kinds(hall):
    take(hall, "1")
    fetching = take(hall, "2", "fetch")
    assert call(hall, kinds=("fetch",)).pk == fetching.pk


def test_somebody_sent_on_goes_first_at_that_counter_and_nowhere_else(hall):
    first, second = take(hall, "1"), take(hall, "2")
    call(hall)
    first.refresh_from_db()
    tickets.send_on(ticket=first, hall=hall, counter=2)
    assert call(hall).pk == second.pk
    assert call(hall, counter=2).pk == first.pk


def test_who_does_not_come_is_missed_and_called_no_more(hall):
    first = take(hall, "1")
    call(hall)
    first.refresh_from_db()
    tickets.missed(ticket=first, at=AT)
    assert call(hall) is None


def test_there_is_no_counter_beyond_the_halls(hall):
    with pytest.raises(refusals.CounterUnknown):
        call(hall, counter=99)


def test_a_turn_counts_who_is_ahead_and_whoever_goes_first(hall):
    mine, _ = take(hall, "1"), take(hall, "2")
    assert tickets.turn_of(mine).ahead == 0
    take(hall, "3", first=True)
    assert tickets.turn_of(mine).ahead == 1


def test_a_slot_gives_out_its_places_and_no_more(hall):
    halls.arrange(hall=hall, sizes=halls.Sizes(counters=3, slot_minutes=15, places=2))
    book(hall, MAI, key="1")
    book(hall, NAM, key="2")
    with pytest.raises(refusals.SlotFull):
        book(hall, LAN, key="3")


def test_the_same_click_books_once(hall):
    assert book(hall).pk == book(hall).pk
    assert Booking.objects.count() == 1


def test_a_phone_has_one_time_a_day(hall):
    book(hall)
    with pytest.raises(refusals.BookedAlready):
        book(hall, start=NINE + timedelta(hours=1), key="k2")


def test_a_cancelled_time_is_somebody_elses(hall):
    halls.arrange(hall=hall, sizes=halls.Sizes(counters=3, slot_minutes=15, places=1))
    bookings.cancel(booking=book(hall), at=AT)
    assert book(hall, NAM, key="k2").seat == 1


def test_a_moved_time_leaves_its_place_to_others(hall):
    halls.arrange(hall=hall, sizes=halls.Sizes(counters=3, slot_minutes=15, places=1))
    mine = book(hall)
    bookings.move(booking=mine, to=NINE + timedelta(minutes=15), at=AT)
    assert book(hall, NAM, key="k2").starts_at == NINE
    with pytest.raises(refusals.SlotFull):
        bookings.move(booking=mine, to=NINE, at=AT)


def test_a_time_that_has_come_is_not_moved(hall):
    mine = book(hall)
    with pytest.raises(refusals.BookingOver):
        bookings.move(booking=mine, to=NINE + timedelta(days=1), at=NINE)


def test_a_closed_day_offers_no_times(hall):
    halls.close_day(hall=hall, day=NINE.date(), reason="Cúp điện")
    with pytest.raises(refusals.SlotUnknown):
        book(hall)


def test_a_booked_person_goes_first_when_their_time_has_come(hall):
    booking = book(hall)
    take(hall, "1", at=NINE)
    booked = take(hall, "2", at=NINE, booking=booking)
    assert call(hall, at=NINE).pk == booked.pk


def test_a_new_key_closes_the_old_addresses(hall):
    old = hall.key
    halls.replace_key(hall=hall)
    with pytest.raises(refusals.HallUnknown):
        halls.hall_by_key(old, AT)


def test_reminding_is_due_again_after_a_move(hall):
    mine = book(hall)
    bookings.reminded(booking=mine)
    assert not bookings.to_remind(NINE.date(), 10)
    bookings.move(booking=mine, to=NINE + timedelta(minutes=15), at=AT)
    assert bookings.to_remind(NINE.date(), 10) == [mine]


def test_the_line_is_read_in_one_query(hall, django_assert_num_queries):
    for key in range(5):
        take(hall, str(key))
    tickets.waiting(hall, AT)  # which offices became this one is known from here on
    with django_assert_num_queries(1):
        assert len(tickets.waiting(hall, AT)) == 5
    assert Ticket.objects.count() == 5


@pytest.fixture
def successor(hall):
    """The hall of another office, with one place a time."""
    there = halls.hall_of(Agency.objects.get(code="H24.284"), like=hall)
    return halls.arrange(hall=there, sizes=halls.Sizes(1, 15, 1))


def follow(hall, successor):
    mine = bookings.to_follow(hall.agency, NINE.date(), AT)
    return [bookings.come_along(booking=one, hall=successor) for one in mine]


def test_what_is_booked_comes_along_at_its_time_though_the_new_hall_is_full(hall, successor):
    book(successor, LAN)
    mine = book(hall, MAI, key="k2")
    follow(hall, successor)
    mine.refresh_from_db()
    assert (mine.hall_id, mine.starts_at, mine.seat) == (successor.pk, NINE, 2)
    left = {slot.starts_at: slot.left for slot in bookings.times_by_day(successor, AT)[NINE.date()]}
    assert left[NINE] == 0
    assert follow(hall, successor) == []


def test_who_had_a_time_at_both_keeps_both(hall, successor):
    book(successor, MAI)
    book(hall, MAI, key="k2")
    assert len(follow(hall, successor)) == 1
    assert len(bookings.bookings_of_day(successor, NINE.date())) == 2


def test_a_pin_that_somebody_has_there_is_drawn_anew(hall, successor):
    theirs, mine = book(successor, LAN), book(hall, MAI, key="k2")
    Booking.objects.filter(pk=mine.pk).update(pin=theirs.pin)
    (moved,) = follow(hall, successor)
    assert moved.pin != theirs.pin
    assert bookings.booking_by_pin(successor, moved.pin, NINE).pk == mine.pk


@pytest.fixture
def merged(hall, successor):
    """The successor, on the day the first office became its own: each has given out A001."""
    take(hall, "1")
    take(successor, "2")
    Agency.objects.filter(pk=hall.agency_id).update(valid_to=AT.date())
    AgencySuccession.objects.create(
        old=hall.agency, new=successor.agency, since=AT.date(), decision="1/NQ", recorded_at=AT
    )
    AGENCIES.forget()
    yield successor
    AGENCIES.forget()


def test_numbers_of_an_office_that_became_another_are_called_there_in_turn(hall, merged):
    first = call(merged)
    second = call(merged, seen=first.token)
    assert [tickets.taken_at(one, merged) for one in (first, second)] == [hall.agency.name, ""]
    assert (tickets.label(first), tickets.label(second)) == ("A001", "A001")


def test_whoever_waits_is_told_their_turn_in_the_line_of_both(hall, merged):
    theirs = Ticket.objects.get(hall=merged)
    assert tickets.turn_of(theirs).ahead == 1


def test_two_called_to_one_counter_before_their_halls_became_one_both_end(hall, merged):
    Ticket.objects.update(state="called", counter=1, called_at=AT)
    seen = tickets.at_counter(merged, 1, AT)
    assert call(merged, seen=seen.token) is None
    assert not Ticket.objects.filter(state="called").exists()


def test_before_its_day_a_merger_brings_no_numbers(hall, merged):
    Agency.objects.filter(pk=hall.agency_id).update(valid_to=AT.date() + timedelta(days=1))
    assert len(tickets.waiting(merged, AT)) == 1


def test_from_the_day_an_office_ends_it_offers_no_times(hall):
    Agency.objects.filter(pk=hall.agency_id).update(valid_to=NINE.date())
    there = halls.hall_by_key(hall.key, AT)
    assert max(bookings.times_by_day(there, AT)) < NINE.date()
    with pytest.raises(refusals.SlotUnknown):
        book(there)
