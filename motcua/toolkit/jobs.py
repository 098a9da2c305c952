"""Work for later, kept in PostgreSQL: a job and its cause are committed together or not at all.

    @job(name="notices.send", queue="notices")
    def send(*, notice: int) -> None: ...

    send.defer(lock=f"person:{person}", notice=7)

Delivery is at least once: a worker that dies in the middle leaves the job to another one, so
every job must be harmless when done again.
"""

import json
import logging
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, ParamSpec

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.jobs import Job as QueuedJob
from procrastinate.retry import BaseRetryStrategy, RetryDecision

from motcua.toolkit.clock import now

P = ParamSpec("P")
log = logging.getLogger(__name__)

FIRST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = timedelta(minutes=15)
DEFAULT_ATTEMPTS = 40  # with the waits above: about seven hours


def wait_before(attempt: int, chance: float) -> timedelta:
    """Return the pause before try number `attempt` + 1: doubling, at most 15 minutes.

    `chance` (0…1) takes up to half of it away, so that many failed at once do not return at once.
    """
    full = min(FIRST_WAIT * 2.0 ** min(attempt, 20), LONGEST_WAIT)
    return full * (1 - chance / 2)


class NotYet(Exception):  # noqa: N818 - nothing is wrong
    """What a job needs from outside is not there yet; it waits as long as that takes, and is not given up."""


class Backoff(BaseRetryStrategy):
    """Try again after a growing pause, `attempts` times in all, then leave the job as failed."""

    def __init__(self, attempts: int = DEFAULT_ATTEMPTS) -> None:
        """Remember how often a job is tried."""
        self.attempts = attempts

    def get_retry_decision(
        self, *, exception: BaseException, job: QueuedJob
    ) -> RetryDecision | None:
        """Return when to try again, or None when it was the last try."""
        waits = isinstance(exception, NotYet)
        if not waits and job.attempts + 1 >= self.attempts:
            return None
        pause = wait_before(job.attempts, random.random())  # noqa: S311 - not a secret
        return RetryDecision(retry_at=now() + pause)


@dataclass(frozen=True)
class Job(Generic[P]):
    """A function that can be done later. Calling it does it now."""

    name: str
    queue: str
    function: Callable[P, None]
    task: Any

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        self.function(*args, **kwargs)

    def defer(
        self,
        *,
        lock: str | None = None,
        queueing_lock: str | None = None,
        schedule_at: datetime | None = None,
        priority: int = 0,
        **arguments: Any,
    ) -> int | None:
        """Queue the job in the transaction that is open, and return its id.

        `lock`: jobs with the same one run strictly one after the other.
        `queueing_lock`: while one with it waits, another is not queued (and None returned).
        `schedule_at`: not before this moment. `arguments` must be JSON.
        """
        row = (self.name, self.queue, lock, queueing_lock, schedule_at, priority)
        return _queue(row, arguments)

    def defer_many(self, many: Iterable[dict[str, Any]]) -> list[int]:
        """Queue one job per set of arguments, in one statement."""
        rows = list(many)
        if not rows:
            return []
        with connection.cursor() as cursor:
            cursor.execute(
                """insert into procrastinate_jobs (task_name, queue_name, args)
                   select %s, %s, given from jsonb_array_elements(%s::jsonb) given returning id""",
                [self.name, self.queue, json.dumps(rows)],
            )
            return [int(row[0]) for row in cursor.fetchall()]


def _queue(row: tuple[Any, ...], arguments: dict[str, Any]) -> int | None:
    """Insert a job on Django's own connection, or nothing when one with its queueing lock waits.

    Not procrastinate's own way: inside a worker that goes over the worker's connections, and the
    job would be seen – and done – before the transaction that caused it commits. Its clash of
    queueing locks aborts the caller's transaction, and a savepoint costs two round trips.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """insert into procrastinate_jobs (task_name, queue_name, lock, queueing_lock,
                                               scheduled_at, priority, args)
               values (%s, %s, %s, %s, %s, %s, %s)
               on conflict (queueing_lock) where status = 'todo' do nothing returning id""",
            [*row, json.dumps(arguments)],
        )
        found = cursor.fetchone()
    return int(found[0]) if found else None


def job(
    *, name: str, queue: str = "default", attempts: int = DEFAULT_ATTEMPTS
) -> Callable[[Callable[P, None]], Job[P]]:
    """Make a function a job. `name` is stable (`room.what`): queued jobs remember it.

    `attempts`: how often it is tried before it stays visible as failed (see `failed`).
    """

    def wrap(function: Callable[P, None]) -> Job[P]:
        task = app.task(name=name, queue=queue, retry=Backoff(attempts))(function)
        return Job(name=name, queue=queue, function=function, task=task)

    return wrap


def every(cron: str) -> Callable[[Job[P]], Job[P]]:
    """Queue a job at the times of a five- or six-field cron line (the sixth: seconds).

    The job's function takes one keyword, `timestamp` (seconds since 1970). Two workers queue it once.
    """

    def wrap(of: Job[P]) -> Job[P]:
        app.periodic(cron=cron, periodic_id=of.name)(of.task)
        return of

    return wrap


@dataclass(frozen=True)
class FailedJob:
    """A job that was given up, or is being retried: for the page that shows what is stuck."""

    id: int
    name: str
    arguments: dict[str, Any]
    attempts: int
    next_try: datetime | None


def failed() -> list[FailedJob]:
    """Return the jobs that failed for good, oldest first."""
    return _listed("status = 'failed'")


def struggling() -> list[FailedJob]:
    """Return the jobs that failed at least once and will be tried again, oldest first."""
    return _listed("status = 'todo' and attempts > 0")


def _listed(condition: str) -> list[FailedJob]:
    query = f"""select id, task_name, args, attempts, scheduled_at from procrastinate_jobs
                where {condition} order by id limit 500"""  # noqa: S608 - constants of this module
    with connection.cursor() as cursor:
        cursor.execute(query)
        rows = cursor.fetchall()
    return [FailedJob(row[0], row[1], _mapping(row[2]), row[3], row[4]) for row in rows]


def _mapping(value: Any) -> dict[str, Any]:
    """Return JSON as a mapping, whether or not the driver has parsed it."""
    return dict(json.loads(value) if isinstance(value, str) else value)


def try_again(job_id: int, at: datetime) -> None:
    """Queue a failed job once more, not before `at`."""
    with connection.cursor() as cursor:
        cursor.execute("select procrastinate_retry_job_v2(%s, %s, null, null, null)", [job_id, at])


def drop_old(before: datetime) -> int:
    """Delete jobs that ended before that moment, except failed ones; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            """delete from procrastinate_jobs j
               where status in ('succeeded', 'cancelled', 'aborted') and not exists
                 (select 1 from procrastinate_events e where e.job_id = j.id and e.at >= %s)""",
            [before],
        )
        return int(cursor.rowcount)


def run_due(limit: int = 1000) -> int:
    """Do the jobs that are due, in this process and this connection; return how many were done.

    For tests and for `worker --once`. A job that fails is queued again as a worker would; its
    exception does not leave this function.
    """
    done = 0
    while done < limit and (found := _take()) is not None:
        _do(found)
        done += 1
    return done


def _take() -> QueuedJob | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, queue_name, task_name, priority, lock, queueing_lock, args, attempts"
            " from procrastinate_fetch_job_v2(null, null)"
        )
        row = cursor.fetchone()
    if row is None or row[0] is None:
        return None
    names = ("id", "queue", "task_name", "priority", "lock", "queueing_lock", "task_kwargs")
    return QueuedJob(**dict(zip(names, row, strict=False)) | _rest(row), status="doing")


def _rest(row: tuple[Any, ...]) -> dict[str, Any]:
    return {"task_kwargs": _mapping(row[6]), "attempts": row[7]}


def _do(found: QueuedJob) -> None:
    task = app.tasks[found.task_name]
    try:
        with transaction.atomic():
            task(**found.task_kwargs)
    except Exception as wrong:
        log.exception("job failed", extra={"job": found.task_name, "job_id": found.id})
        again = task.get_retry_exception(wrong, found)
        _settle(found, again.retry_decision.retry_at if again else None, "failed")
    else:
        _settle(found, None, "succeeded")


def _settle(found: QueuedJob, retry_at: datetime | None, status: str) -> None:
    with connection.cursor() as cursor:
        if retry_at is not None:
            sql = "select procrastinate_retry_job_v2(%s, %s, null, null, null)"
            cursor.execute(sql, [found.id, retry_at])
        else:
            sql = "select procrastinate_finish_job_v1(%s, %s, %s)"
            cursor.execute(sql, [found.id, status, status == "succeeded"])
