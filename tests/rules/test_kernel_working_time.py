"""The clock against a table of legal vectors, and against what must hold for any dossier."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from motcua.kernel.working_time import (
    ZONE,
    Calendar,
    DayException,
    Limit,
    LimitUnsound,
    MomentWithoutZone,
    OfficeHoursUnsound,
    Pause,
    PauseBackwards,
    Promise,
    RestartBeforeReception,
    add_working_hours,
    next_working_start,
    promise,
    working_minutes_between,
)

ROOT = Path(__file__).resolve().parents[2]
VECTORS = yaml.safe_load((Path(__file__).parent / "vectors" / "working_time.yaml").read_text())
KINDS = {"start", "after_cutoff", "counted", "weekend", "holiday", "swap_working", "paused", "due"}


def load_calendar() -> Calendar:
    data = yaml.safe_load((ROOT / "catalogue/calendars/vietnam.yaml").read_text())
    days = {
        row["date"]: DayException(row["working"], row["note"], row["decision"])
        for row in data["days"]
    }
    return Calendar(days, decided_until=data["decided_until"])


VIETNAM = load_calendar()


def at(text: str | datetime | None) -> datetime | None:
    if text is None:
        return None
    moment = datetime.fromisoformat(text) if isinstance(text, str) else text
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)


def moment(text: str) -> datetime:
    found = at(text)
    assert found
    return found


def limit_of(text: str) -> Limit:
    amount, unit = text.split()
    return Limit(int(amount), unit)  # type: ignore[arg-type]


def pauses_of(rows: list[list[Any]]) -> list[Pause]:
    return [Pause(moment(start), at(end), "chờ bổ sung giấy tờ") for start, end in rows]


def answer(case: dict[str, Any]) -> Promise:
    return promise(
        moment(case["received"]),
        limit_of(case["limit"]),
        VIETNAM,
        pauses_of(case.get("pauses", [])),
        restarted_at=at(case.get("restarted_at")),
    )


@pytest.mark.parametrize("case", VECTORS, ids=[case["why"] for case in VECTORS])
def test_the_law_gives_this_date(case: dict[str, Any]) -> None:
    given_answer = answer(case)
    assert given_answer.due == at(case["due"])
    assert given_answer.provisional == case.get("provisional", False)
    if "started" in case:
        assert given_answer.started == at(case["started"])


@pytest.mark.parametrize("case", VECTORS, ids=[case["why"] for case in VECTORS])
def test_every_vector_is_explained_day_by_day(case: dict[str, Any]) -> None:
    steps = answer(case).steps
    begun = at(case.get("restarted_at")) or moment(case["received"])
    first = begun.astimezone(ZONE).date()
    assert [step.date for step in steps] == [first + timedelta(days=i) for i in range(len(steps))]
    assert all(step.note and step.kind in KINDS for step in steps)
    assert (steps[-1].kind == "due") == (case["due"] is not None)


def test_there_are_enough_vectors_and_each_says_why() -> None:
    reasons = [case["why"] for case in VECTORS]
    assert len(set(reasons)) == len(reasons) >= 60


def test_the_derivation_names_each_kind_of_day() -> None:
    steps = promise(moment("2026-11-20 15:30"), Limit(2), VIETNAM).steps
    assert [(step.date.day, step.kind, step.number) for step in steps] == [
        (20, "after_cutoff", None),
        (21, "weekend", None),
        (22, "weekend", None),
        (23, "start", 0),
        (24, "holiday", None),
        (25, "counted", 1),
        (26, "due", 2),
    ]


def test_the_derivation_speaks_to_people() -> None:
    steps = promise(moment("2026-11-20 15:30"), Limit(2), VIETNAM).steps
    assert [step.note for step in steps] == [
        "Nhận lúc 15:30, sau 15:00: tính từ ngày làm việc tiếp theo",
        "Thứ Bảy, nghỉ hằng tuần",
        "Chủ nhật, nghỉ hằng tuần",
        "Bắt đầu tính thời hạn lúc 07:30; ngày này chưa tính",
        "Ngày Văn hóa Việt Nam",
        "Ngày làm việc thứ 1 (Thứ Tư, ngày làm việc)",
        "Ngày làm việc thứ 2 (Thứ Năm, ngày làm việc), hạn trả kết quả 17:00",
    ]


def test_a_worked_saturday_is_shown_as_a_swap() -> None:
    steps = promise(moment("2026-08-21 09:00"), Limit(2), VIETNAM).steps
    assert (steps[1].kind, steps[1].number) == ("swap_working", 1)
    assert "làm bù" in steps[1].note


def test_an_open_pause_says_since_when_and_why() -> None:
    waiting = Pause(moment("2026-11-17 10:00"), None, "chờ bổ sung giấy chứng sinh")
    steps = promise(moment("2026-11-16 09:00"), Limit(3), VIETNAM, [waiting]).steps
    assert steps[-1].kind == "paused"
    assert steps[-1].note == (
        "Thời hạn đang tạm dừng từ 10:00 17/11/2026: chờ bổ sung giấy chứng sinh"
    )


def test_the_day_on_which_the_last_day_is_interrupted_is_shown_as_paused() -> None:
    waiting = Pause(moment("2026-11-19 10:00"), moment("2026-11-23 10:00"), "chờ bổ sung")
    steps = promise(moment("2026-11-16 09:00"), Limit(3), VIETNAM, [waiting]).steps
    kinds = [step.kind for step in steps]
    assert kinds == [
        *("start", "counted", "counted", "paused"),
        *("paused", "weekend", "weekend", "due"),
    ]


def test_the_day_on_which_a_pause_begins_still_counts() -> None:
    waiting = Pause(moment("2026-11-17 10:00"), moment("2026-11-18 10:00"), "chờ bổ sung")
    steps = promise(moment("2026-11-16 09:00"), Limit(2), VIETNAM, [waiting]).steps
    assert [step.kind for step in steps] == ["start", "counted", "paused", "due"]


def test_same_day_work_that_was_paused_is_not_called_same_day() -> None:
    waiting = Pause(moment("2026-11-16 10:00"), moment("2026-11-17 09:00"), "chờ bổ sung")
    steps = promise(moment("2026-11-16 09:00"), Limit(0), VIETNAM, [waiting]).steps
    assert steps[-1].note == "Thứ Ba, ngày làm việc, hạn trả kết quả 17:00"


def test_a_consecutive_count_numbers_weekends_once_and_moves_its_end() -> None:
    steps = promise(moment("2026-11-18 09:00"), Limit(3, "days"), VIETNAM).steps
    assert [(step.kind, step.number) for step in steps] == [
        *(("start", 0), ("counted", 1), ("counted", 2), ("counted", 3)),
        *(("weekend", None), ("due", None)),
    ]


def test_a_local_day_off_moves_the_due_date() -> None:
    storm = Calendar({date(2026, 9, 17): DayException(False, "Nghỉ tránh bão", "Công điện số 12")})
    found = promise(moment("2026-09-16 09:00"), Limit(1), storm)
    assert (found.due, found.steps[1].note) == (moment("2026-09-18 17:00"), "Nghỉ tránh bão")


def test_an_office_with_other_hours_closes_when_it_closes() -> None:
    south = Calendar(opens=time(7, 0), closes=time(16, 30))
    assert promise(moment("2026-06-01 09:00"), Limit(1), south).due == moment("2026-06-02 16:30")


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(MomentWithoutZone):
        promise(datetime(2026, 11, 16, 9), Limit(1), VIETNAM)  # noqa: DTZ001 - the point of it


def test_a_pause_without_zone_is_refused() -> None:
    with pytest.raises(MomentWithoutZone):
        Pause(datetime(2026, 11, 16, 9), None, "chờ")  # noqa: DTZ001 - the point of it


@pytest.mark.parametrize(
    ("amount", "unit"), [(-1, "days"), (0, "working_hours"), (10_001, "days"), (1, "weeks")]
)
def test_a_limit_that_cannot_be_counted_is_refused(amount: int, unit: Any) -> None:
    with pytest.raises(LimitUnsound):
        Limit(amount, unit)


def test_a_pause_cannot_end_before_it_begins() -> None:
    with pytest.raises(PauseBackwards):
        Pause(moment("2026-11-17 10:00"), moment("2026-11-17 09:59"), "nhầm")


def test_the_count_cannot_restart_before_reception() -> None:
    with pytest.raises(RestartBeforeReception):
        promise(
            moment("2026-11-16 09:00"),
            Limit(1),
            VIETNAM,
            restarted_at=moment("2026-11-16 08:59"),
        )


@pytest.mark.parametrize(
    "hours",
    [
        {"opens": time(17), "closes": time(7, 30)},
        {"cutoff": time(17, 30)},
        {"cutoff": time(7, 0)},
        {"lunch": (time(13), time(12))},
    ],
)
def test_office_hours_that_cannot_be_are_refused(hours: dict[str, Any]) -> None:
    with pytest.raises(OfficeHoursUnsound):
        Calendar(**hours)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-11-16 07:30", "2026-11-16 17:00", 480),
        ("2026-11-16 11:00", "2026-11-16 13:30", 60),
        ("2026-11-20 16:00", "2026-11-23 08:30", 120),
        ("2026-11-23 16:30", "2026-11-25 08:00", 60),
        ("2026-11-21 08:00", "2026-11-22 20:00", 0),
        ("2026-11-17 08:30", "2026-11-16 16:30", -90),
    ],
)
def test_working_minutes_leave_out_lunch_nights_and_days_off(
    start: str, end: str, minutes: int
) -> None:
    assert working_minutes_between(moment(start), moment(end), VIETNAM) == minutes


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        ("2026-11-16 09:00", "2026-11-16 09:00"),
        ("2026-11-16 12:00", "2026-11-16 13:00"),
        ("2026-11-16 17:00", "2026-11-17 07:30"),
        ("2026-11-23 18:00", "2026-11-25 07:30"),
        ("2026-11-22 09:00", "2026-11-23 07:30"),
    ],
)
def test_work_begins_at_the_next_open_moment(now: str, begins: str) -> None:
    assert next_working_start(moment(now), VIETNAM) == moment(begins)


def test_an_office_without_lunch_counts_its_whole_day() -> None:
    through = Calendar(lunch=None)
    assert through.spans(date(2026, 6, 1)) == (
        (moment("2026-06-01 07:30"), moment("2026-06-01 17:00")),
    )


def test_each_date_knows_whether_and_why() -> None:
    assert VIETNAM.day(date(2026, 11, 24)).note == "Ngày Văn hóa Việt Nam"
    assert VIETNAM.day(date(2026, 1, 10)).working
    assert VIETNAM.day(date(2026, 11, 25)).note == "Thứ Tư, ngày làm việc"


# What must hold for any dossier -----------------------------------------------------------------

MOMENTS = st.datetimes(
    min_value=datetime(2024, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2027, 10, 1),  # noqa: DTZ001
    timezones=st.just(ZONE),
)
AMOUNTS = st.integers(min_value=0, max_value=40)
UNITS = st.sampled_from(["working_days", "days", "working_hours"])
WORKING_DAYS = st.dates(date(2024, 1, 2), date(2027, 10, 1)).filter(VIETNAM.is_working)
OFFICE_TIMES = st.times(time(7, 30), time(15, 0))


@st.composite
def pauses(draw: st.DrawFn, received: datetime) -> Pause:
    start = received + timedelta(minutes=draw(st.integers(0, 60 * 24 * 30)))
    return Pause(
        start, start + timedelta(minutes=draw(st.integers(0, 60 * 24 * 20))), "chờ bổ sung"
    )


@given(MOMENTS, AMOUNTS, UNITS)
def test_a_longer_limit_is_never_due_earlier(received: datetime, amount: int, unit: Any) -> None:
    shorter = promise(received, lasting(amount, unit), VIETNAM).due
    longer = promise(received, lasting(amount + 1, unit), VIETNAM).due
    assert shorter
    assert longer
    assert shorter < longer or (unit == "days" and shorter <= longer)


@given(MOMENTS, MOMENTS, AMOUNTS, UNITS)
def test_what_came_later_is_never_due_earlier(
    one: datetime, two: datetime, amount: int, unit: Any
) -> None:
    first, second = sorted([one, two])
    early = promise(first, lasting(amount, unit), VIETNAM).due
    late = promise(second, lasting(amount, unit), VIETNAM).due
    assert early
    assert late
    assert early <= late


@given(st.data(), MOMENTS, AMOUNTS, st.sampled_from(["working_days", "days"]))
def test_it_falls_due_at_closing_time_of_a_working_day(
    data: st.DataObject, received: datetime, amount: int, unit: Any
) -> None:
    held = data.draw(st.lists(pauses(received), max_size=3))
    due = promise(received, lasting(amount, unit), VIETNAM, held).due
    assert due
    assert due == VIETNAM.closing(due.date())
    assert VIETNAM.is_working(due.date())
    assert not any(pause.stands_at(due) for pause in held)


@given(st.data(), MOMENTS, AMOUNTS, UNITS)
def test_the_derivation_holds_every_date_once(
    data: st.DataObject, received: datetime, amount: int, unit: Any
) -> None:
    held = data.draw(st.lists(pauses(received), max_size=3))
    found = promise(received, lasting(amount, unit), VIETNAM, held)
    assert found.due
    span = (found.due.date() - received.date()).days
    assert [step.date for step in found.steps] == [
        received.date() + timedelta(days=day) for day in range(span + 1)
    ]
    assert [step.kind for step in found.steps].count("due") == 1


@given(st.data(), MOMENTS, AMOUNTS)
def test_the_numbers_in_the_derivation_run_from_one_without_a_gap(
    data: st.DataObject, received: datetime, amount: int
) -> None:
    found = promise(received, Limit(amount), VIETNAM)
    assert [step.number for step in found.steps if step.number] == list(range(1, amount + 1))


@given(st.data(), MOMENTS, AMOUNTS, UNITS)
def test_a_pause_never_makes_it_earlier(
    data: st.DataObject, received: datetime, amount: int, unit: Any
) -> None:
    held = data.draw(st.lists(pauses(received), max_size=3))
    plain = promise(received, lasting(amount, unit), VIETNAM).due
    paused = promise(received, lasting(amount, unit), VIETNAM, held).due
    assert plain
    assert paused
    assert plain <= paused


@given(WORKING_DAYS, OFFICE_TIMES, st.integers(1, 20), st.integers(0, 19), st.integers(1, 15))
def test_a_pause_over_k_working_days_moves_it_by_k(
    day: date, clock: time, amount: int, after: int, length: int
) -> None:
    assume(after <= amount)
    received = datetime.combine(day, clock, ZONE)
    begins = max(forward(day, after), day)
    ends = forward(begins, length)
    pause = Pause(
        max(received, VIETNAM.opening(begins)), VIETNAM.opening(ends) + timedelta(hours=1), "chờ"
    )
    plain = promise(received, Limit(amount), VIETNAM).due
    paused = promise(received, Limit(amount), VIETNAM, [pause]).due
    assert plain
    assert paused
    assert paused.date() == forward(plain.date(), length)


@given(st.data(), MOMENTS, AMOUNTS, UNITS)
def test_an_open_pause_stops_the_clock_unless_it_was_due_before(
    data: st.DataObject, received: datetime, amount: int, unit: Any
) -> None:
    begun = received + timedelta(minutes=data.draw(st.integers(0, 60 * 24 * 60)))
    plain = promise(received, lasting(amount, unit), VIETNAM).due
    paused = promise(received, lasting(amount, unit), VIETNAM, [Pause(begun, None, "chờ")]).due
    assert plain
    assert paused == (plain if plain <= begun else None)


@given(MOMENTS, AMOUNTS, UNITS, st.integers(0, 60 * 24 * 30))
def test_counted_anew_it_is_as_if_received_then(
    received: datetime, amount: int, unit: Any, minutes: int
) -> None:
    again = received + timedelta(minutes=minutes)
    anew = promise(received, lasting(amount, unit), VIETNAM, restarted_at=again)
    assert anew == promise(again, lasting(amount, unit), VIETNAM)


@given(MOMENTS, AMOUNTS)
def test_hours_added_are_hours_worked(received: datetime, hours: int) -> None:
    end = add_working_hours(received, hours, VIETNAM)
    assert working_minutes_between(received, end, VIETNAM) == hours * 60


@given(MOMENTS, st.integers(1, 40))
def test_a_limit_in_hours_is_the_hours_added(received: datetime, hours: int) -> None:
    due = promise(received, Limit(hours, "working_hours"), VIETNAM).due
    assert due == add_working_hours(received, hours, VIETNAM)


@given(MOMENTS, MOMENTS, MOMENTS)
def test_working_minutes_add_up(one: datetime, two: datetime, three: datetime) -> None:
    a, b, c = (t.replace(second=0, microsecond=0) for t in sorted([one, two, three]))
    parts = working_minutes_between(a, b, VIETNAM) + working_minutes_between(b, c, VIETNAM)
    assert parts == working_minutes_between(a, c, VIETNAM)


@given(MOMENTS, AMOUNTS, UNITS)
def test_the_zone_in_which_a_moment_is_written_does_not_matter(
    received: datetime, amount: int, unit: Any
) -> None:
    here = promise(received, lasting(amount, unit), VIETNAM)
    assert here == promise(received.astimezone(UTC), lasting(amount, unit), VIETNAM)


def forward(day: date, count: int) -> date:
    """Return the working day that comes `count` working days after `day`."""
    while count:
        day += timedelta(days=1)
        count -= VIETNAM.is_working(day)
    return day


def lasting(amount: int, unit: Any) -> Limit:
    """Return a limit that can be: hours begin at one."""
    return Limit(amount + (unit == "working_hours"), unit)
