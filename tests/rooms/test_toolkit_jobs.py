from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from motcua.toolkit import jobs
from motcua.toolkit.clock import now
from motcua.toolkit.models import Spending

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


@jobs.job(name="test.note")
def note(*, key: str) -> None:
    Spending.objects.create(key=key, stretch=0, used=0, ends_at=AT)


@jobs.job(name="test.fall", attempts=2)
def fall(*, key: str) -> None:
    Spending.objects.create(key=key, stretch=0, used=0, ends_at=AT)
    raise ConnectionError(key)


def waiting() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("select status::text, attempts from procrastinate_jobs order by id")
        return cursor.fetchall()


def make_due() -> None:
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set scheduled_at = null")


def test_a_deferred_job_is_done_once_and_leaves_no_row() -> None:
    note.defer(key="a")
    assert jobs.run_due() == 1
    assert jobs.run_due() == 0
    assert Spending.objects.get().key == "a"
    assert waiting() == []


def test_a_job_of_a_transaction_that_failed_was_never_queued() -> None:
    with transaction.atomic():
        note.defer(key="a")
        transaction.set_rollback(True)
    assert waiting() == []


def test_a_job_is_not_done_before_its_time() -> None:
    note.defer(key="a", schedule_at=now() + timedelta(hours=1))
    assert jobs.run_due() == 0


def test_jobs_with_one_lock_are_done_in_the_order_they_came() -> None:
    note.defer(key="a", lock="dossier:1", schedule_at=now() + timedelta(hours=1))
    note.defer(key="b", lock="dossier:1")
    assert jobs.run_due() == 0


def test_a_second_job_with_a_waiting_queueing_lock_is_not_queued() -> None:
    with transaction.atomic():
        assert note.defer(key="a", queueing_lock="sweep") is not None
        assert note.defer(key="b", queueing_lock="sweep") is None
        Spending.objects.create(key="c", stretch=0, used=0, ends_at=AT)  # the transaction lives
    assert len(waiting()) == 1


def test_a_queueing_lock_is_free_again_when_its_job_has_begun() -> None:
    note.defer(key="a", queueing_lock="sweep")
    jobs.run_due()
    assert note.defer(key="b", queueing_lock="sweep") is not None


def test_many_jobs_are_queued_at_once() -> None:
    assert len(note.defer_many([{"key": "a"}, {"key": "b"}])) == 2
    assert jobs.run_due() == 2
    assert note.defer_many([]) == []


def test_a_job_that_fails_leaves_nothing_written_and_waits_for_another_try() -> None:
    fall.defer(key="a")
    jobs.run_due()
    assert not Spending.objects.exists()
    (stuck,) = jobs.struggling()
    assert (stuck.name, stuck.attempts, stuck.arguments) == ("test.fall", 1, {"key": "a"})
    assert stuck.next_try is not None


def test_a_job_given_up_stays_visible_and_can_be_tried_again() -> None:
    fall.defer(key="a")
    for _ in range(2):
        make_due()
        jobs.run_due()
    (given_up,) = jobs.failed()
    jobs.try_again(given_up.id, AT)
    assert jobs.failed() == []
    assert waiting()[0][0] == "todo"


def test_old_ended_jobs_are_dropped_and_failed_ones_stay() -> None:
    for _ in range(3):
        note.defer(key="a")
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set status = 'doing'")
        cursor.execute(
            "update procrastinate_jobs set status = (array['succeeded','failed','cancelled'])"
            "[1 + id - (select min(id) from procrastinate_jobs)]::procrastinate_job_status"
        )
    assert jobs.drop_old(before=now() - timedelta(hours=1)) == 0
    assert jobs.drop_old(before=now() + timedelta(hours=1)) == 2
    assert [status for status, _ in waiting()] == ["failed"]
