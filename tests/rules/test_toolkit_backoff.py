from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from procrastinate.jobs import Job as QueuedJob

from motcua.toolkit.jobs import FIRST_WAIT, LONGEST_WAIT, Backoff, wait_before

chances = st.floats(0, 1)
tries = st.integers(0, 10_000)


def queued(attempts: int) -> QueuedJob:
    return QueuedJob(
        id=1, queue="q", lock=None, queueing_lock=None, task_name="t", attempts=attempts
    )


@given(attempt=tries, chance=chances)
def test_a_pause_is_never_longer_than_a_quarter_of_an_hour(attempt: int, chance: float) -> None:
    assert FIRST_WAIT / 2 <= wait_before(attempt, chance) <= LONGEST_WAIT


@given(attempt=st.integers(0, 8), chance=chances)
def test_pauses_double(attempt: int, chance: float) -> None:
    twice = wait_before(attempt, chance) * 2
    assert abs(wait_before(attempt + 1, chance) - twice) < timedelta(milliseconds=1)


def test_chance_takes_up_to_half_of_a_pause() -> None:
    assert wait_before(3, 0) == timedelta(seconds=8)
    assert wait_before(3, 1) == timedelta(seconds=4)


def test_the_last_try_is_not_followed_by_another() -> None:
    backoff = Backoff(attempts=3)
    wrong = ValueError()
    assert backoff.get_retry_decision(exception=wrong, job=queued(1)) is not None
    assert backoff.get_retry_decision(exception=wrong, job=queued(2)) is None
