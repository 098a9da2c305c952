"""Several processes at the hall at once: no place twice, no number twice, nobody called twice."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from motcua.agencies.models import Agency
from motcua.kernel.working_calendar import ZONE
from motcua.visits import bookings, halls, tickets
from motcua.visits.bookings import Visitor
from motcua.visits.models import Booking, Hall
from motcua.visits.rules.refusals import SlotFull
from tests.faults.at_once import in_processes
from tests.journeys import ground

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
PROCESSES = 8
EACH = 5
AT = datetime(2026, 11, 25, 8, 0, tzinfo=ZONE)
NINE = AT + timedelta(days=1, hours=1)


@pytest.fixture
def hall():
    ground.lay()
    found = halls.hall_of(Agency.objects.get(code="H24.239"))
    halls.arrange(hall=found, sizes=halls.Sizes(counters=PROCESSES, slot_minutes=15, places=3))
    yield found
    ground.forget()


def test_of_forty_who_want_the_last_three_places_three_get_them(hall: Hall) -> None:
    def want(process: int) -> list[str]:
        return [outcome(hall, process * EACH + nth) for nth in range(EACH)]

    told = [one for wanted in in_processes(PROCESSES, want) for one in wanted]
    assert Counter(told) == {"booked": 3, "full": 37}
    assert sorted(Booking.objects.values_list("seat", flat=True)) == [1, 2, 3]


def outcome(hall: Hall, number: int) -> str:
    visitor = Visitor("Nguyễn Thị Mai", f"+849123{number:05}")
    try:
        bookings.book(
            hall=hall, starts_at=NINE, kind_code="file", visitor=visitor, key=f"k{number}", at=AT
        )
    except SlotFull:
        return "full"
    return "booked"


def test_numbers_taken_at_once_are_all_different_and_without_a_gap(hall: Hall) -> None:
    def draw(process: int) -> list[int]:
        return [
            tickets.take(hall=hall, kind_code="file", key=f"{process}:{nth}", at=AT).number
            for nth in range(EACH)
        ]

    numbers = [number for drawn in in_processes(PROCESSES, draw) for number in drawn]
    assert sorted(numbers) == list(range(1, PROCESSES * EACH + 1))


def test_counters_that_call_at_once_call_different_people(hall: Hall) -> None:
    for number in range(PROCESSES):
        tickets.take(hall=hall, kind_code="file", key=str(number), at=AT)

    def call(process: int) -> int:
        called = tickets.call_next(hall=hall, counter=process + 1, kinds=(), seen="", at=AT)
        return called.number if called else 0

    assert sorted(in_processes(PROCESSES, call)) == list(range(1, PROCESSES + 1))
