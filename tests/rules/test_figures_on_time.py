"""On time or late by the national index: vectors of the stop-clock, of parts, of what ended otherwise."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.rules.status import Status
from motcua.kernel.working_time import ZONE, Calendar
from motcua.reports.rules.facts import Case, Mark, Part
from motcua.reports.rules.timeliness import (
    Cause,
    Verdict,
    cause,
    deadline,
    late,
    part_verdict,
    verdict,
    waits,
    worked_minutes,
)
from tests import cast


def day(number, hour=9):
    """A day of March 2026; the 2nd is a Monday."""
    return datetime(2026, 3, number, hour, tzinfo=ZONE)


def received(on=2, due=5):
    return Mark("Received", day(on), due=day(due, 17))


def asked(on, number=1):
    return Mark("SupplementAsked", day(on), number=number)


def answered(on, due=None):
    return Mark("Supplemented", day(on), due=day(due, 17) if due else None)


def case(*marks, finished=None, ended=None, status=Status.FINISHED, due=None, parts=()):
    came = next((mark.at for mark in marks if mark.kind == "Received"), None)
    return Case(
        dossier=1, digest="d", status=status, channel="online", submitted_at=day(1),
        expected_at=day(5, 17), received_at=came, due_at=due, finished_at=finished,
        ended_at=ended, marks=marks, parts=parts,
    )  # fmt: skip


VECTORS = {
    "on the last minute": (case(received(), finished=day(5, 17)), Verdict.ON_TIME),
    "a minute later": (case(received(), finished=day(5, 17) + timedelta(minutes=1)), Verdict.LATE),
    "one supplement, its time subtracted": (
        case(received(), asked(3), answered(10, due=12), finished=day(12)), Verdict.ON_TIME),
    "one supplement, and late all the same": (
        case(received(), asked(3), answered(10, due=12), finished=day(13)), Verdict.LATE),
    "a second supplement, though in time": (
        case(received(), asked(3), answered(4, due=6), asked(5, 2), answered(6, due=9),
             finished=day(6)), Verdict.LATE),
    "two agencies asked once each": (
        case(received(), asked(3), answered(4, due=6), asked(5), answered(6, due=9),
             finished=day(9)), Verdict.ON_TIME),
    "extended in time, done by the new date": (
        case(received(), Mark("Extended", day(4), due=day(9, 17)), finished=day(9)), Verdict.ON_TIME),
    "extended, and late all the same": (
        case(received(), Mark("Extended", day(4), due=day(9, 17)), finished=day(10)), Verdict.LATE),
    "extended, then a second supplement": (
        case(received(), Mark("Extended", day(4), due=day(9, 17)), asked(5), answered(6, due=10),
             asked(6, 2), answered(6, due=10), finished=day(6)), Verdict.LATE),
    "declined at the door": (
        case(Mark("Declined", day(2)), ended=day(2), status=Status.DECLINED), Verdict.UNPROMISED),
    "withdrawn before reception": (
        case(Mark("WithdrawalAsked", day(2)), Mark("Withdrawn", day(20)), ended=day(20),
             status=Status.STOPPED), Verdict.UNPROMISED),
    "withdrawn in time, answered late": (
        case(received(), Mark("WithdrawalAsked", day(4)), Mark("Withdrawn", day(20)), ended=day(20),
             status=Status.STOPPED), Verdict.ON_TIME),
    "withdrawn when it was late already": (
        case(received(), Mark("WithdrawalAsked", day(6)), Mark("Withdrawn", day(7)), ended=day(7),
             status=Status.STOPPED), Verdict.LATE),
    "stopped because nothing was supplied": (
        case(received(), asked(3), Mark("Stopped", day(16)), ended=day(16), status=Status.STOPPED),
        Verdict.ON_TIME),
    "stopped after its date": (
        case(received(), Mark("Stopped", day(9)), ended=day(9), status=Status.STOPPED),
        Verdict.LATE),
    "the fee was waited for": (
        case(received(), Mark("FeeAwaited", day(3)),
             Mark("FeeNoLongerAwaited", day(11), due=day(13, 17)), finished=day(13)),
        Verdict.ON_TIME),
    "finished in time, handed out late": (
        case(received(), finished=day(4), ended=day(25), status=Status.RETURNED), Verdict.ON_TIME),
    "still open": (case(received(), status=Status.PROCESSING), None),
}  # fmt: skip


@pytest.mark.parametrize("name", VECTORS)
def test_a_dossier_counts_as_the_index_says(name):
    told, expected = VECTORS[name]
    assert verdict(told) is expected


def test_the_clock_stands_until_the_last_request_is_answered():
    marks = (received(), asked(3), asked(4), answered(5), answered(9, due=11))
    (wait,) = waits(marks)
    assert (wait.start, wait.end) == (day(3), day(9))


def test_before_reception_nothing_runs_that_could_stand_still():
    assert waits((asked(2), answered(3), received(4, 9))) == ()


@given(st.lists(st.sampled_from(["asked", "answered", "fee", "paid"]), max_size=12))
def test_waits_never_overlap_and_go_forward(kinds):
    marks = [received()]
    for hour, kind in enumerate(kinds):
        at = day(3) + timedelta(hours=hour)
        due = at + timedelta(days=3) if kind in {"answered", "paid"} else None
        name = {"asked": "SupplementAsked", "fee": "FeeAwaited"}.get(kind, "Supplemented")
        marks.append(Mark(name, at, due=due))
    borders = [
        moment for wait in waits(tuple(marks)) for moment in (wait.start, wait.end) if moment
    ]
    assert borders == sorted(borders)


def test_the_time_worked_leaves_out_the_waiting():
    told = case(received(), asked(3), answered(5, due=9), finished=day(6))
    plain = case(received(), finished=day(4))
    assert worked_minutes(told, Calendar({})) == worked_minutes(plain, Calendar({})) > 0


def test_what_was_declined_or_withdrawn_has_no_time_of_work():
    told = case(received(), Mark("Withdrawn", day(4)), ended=day(4), status=Status.STOPPED)
    assert worked_minutes(told, Calendar({})) is None


# --- open dossiers -------------------------------------------------------------------------------


def test_an_open_dossier_is_late_after_its_date_and_not_while_its_clock_stands():
    running = case(received(), status=Status.PROCESSING, due=day(5, 17))
    standing = case(received(), asked(3), status=Status.SUPPLEMENT)
    assert [late(running, day(5)), late(running, day(6))] == [False, True]
    assert (late(standing, day(30)), deadline(standing)) == (False, None)


def test_before_reception_the_date_told_at_filing_counts():
    told = case(status=Status.REGISTERED)
    assert late(told, day(6))
    assert cause(told, day(6)) == (Cause.RECEPTION, None)


# --- why -----------------------------------------------------------------------------------------


def part(leg, agency, due, ended=None, state="open", status=Status.PROCESSING):
    return Part(
        dossier=1, leg=leg, agency=agency, state=state, step="s", digest="d", status=status,
        opened_at=day(2), due_at=day(due, 17), ended_at=day(ended) if ended else None,
    )  # fmt: skip


def test_the_part_that_is_furthest_behind_is_the_cause():
    birth = part("birth", cast.COMMUNE, due=3, ended=4, state="done")
    police = part("residence", cast.POLICE, due=5)
    told = case(received(), status=Status.PROCESSING, due=day(5, 17), parts=(birth, police))
    assert cause(told, day(6)) == (Cause.PART, birth)
    assert cause(told, day(20)) == (Cause.PART, police)


def test_where_no_part_is_late_the_second_supplement_or_the_gap_between_is_the_cause():
    birth = part("birth", cast.COMMUNE, due=5, ended=4, state="done")
    marks = (received(), asked(3), answered(4, due=6), asked(5, 2), answered(5, due=9))
    twice = case(*marks, finished=day(6), parts=(birth,))
    gap = case(received(), finished=day(9), parts=(birth,))
    assert cause(twice, day(30)) == (Cause.SECOND_SUPPLEMENT, None)
    assert cause(gap, day(30)) == (Cause.BETWEEN, None)


def test_what_is_on_time_has_no_cause():
    assert cause(case(received(), finished=day(3)), day(30)) is None


@pytest.mark.parametrize(
    ("ended", "state", "expected"),
    [
        (4, "done", Verdict.ON_TIME),
        (6, "done", Verdict.LATE),
        (6, "refused", Verdict.LATE),
        (6, "cancelled", Verdict.UNPROMISED),
        (None, "open", None),
    ],
)
def test_a_part_counts_by_its_own_date(ended, state, expected):
    assert part_verdict(part("residence", cast.POLICE, 5, ended, state)) is expected


def test_a_part_whose_dossier_waits_for_the_applicant_is_not_late():
    waiting = part("residence", cast.POLICE, due=5, status=Status.SUPPLEMENT)
    assert not waiting.late(day(20))
    assert part("residence", cast.POLICE, due=5).late(day(20))
