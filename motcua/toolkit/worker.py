"""The process that does the jobs, and takes over those of a worker that died.

It is procrastinate's worker with connections of its own making: one round trip an operation, and
no wait for the disk when a job is taken or ticked off. Losing such a tick in a crash of the
database only means that the job is done again, which every job must bear.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.job_context import JobContext
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.worker import Worker
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from motcua.toolkit.loaded import leave_to_itself

log = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 2.0
STALLED_AFTER_SECONDS = 8.0
RESCUE_EVERY_SECONDS = 1.0
POLL_SECONDS = 0.5
ABORT_POLL_SECONDS = 60.0
GRACE_SECONDS = 20.0
MOST_DEATHS = 20


def _pool(*, check: object = None, **settings: Any) -> AsyncConnectionPool:
    """Return a small pool without a question before each use: a dead worker is restarted anyway."""
    del check
    return AsyncConnectionPool(min_size=1, max_size=3, **settings)


async def _without_begin(connection: AsyncConnection) -> None:
    await connection.set_autocommit(True)


def _connector() -> PsycopgConnector:
    parameters = connector_params()
    options = f"{parameters.get('options') or ''} -c synchronous_commit=off".strip()
    given = parameters | {"options": options}
    return PsycopgConnector(pool_factory=_pool, configure=_without_begin, kwargs=given)


class HouseWorker(Worker):
    """A worker that also gives back the jobs of workers that died."""

    async def _process_job(self, context: JobContext) -> None:
        await super()._process_job(context)
        self._new_job_event.set()  # a job with the same lock may go now: do not wait for the poll

    async def _keep_rescuing(self) -> None:
        lost_before: set[int] = set()
        while True:
            await asyncio.sleep(RESCUE_EVERY_SECONDS)
            await self.app.job_manager.prune_stalled_workers(STALLED_AFTER_SECONDS)
            lost_before = await self._rescue(lost_before)

    async def _rescue(self, lost_before: set[int]) -> set[int]:
        """Queue the jobs again whose worker is gone; return those of ours that look forgotten."""
        connector = self.app.connector
        running = [context.job.id for context in self._running_jobs.values()]
        rows = await connector.execute_query_all_async(
            """select id, worker_id, attempts from procrastinate_jobs where status = 'doing'
               and (worker_id is null or (worker_id = %(me)s and not id = any(%(running)s)))""",
            me=self.worker_id,
            running=running,
        )
        forgotten = {row["id"] for row in rows if row["worker_id"] is not None}
        for row in rows:
            if row["worker_id"] is None or row["id"] in lost_before:
                await self._give_back(row["id"], row["attempts"])
        return forgotten - lost_before

    async def _give_back(self, job_id: int, attempts: int) -> None:
        log.warning("job of a dead worker", extra={"job_id": job_id, "attempts": attempts})
        if attempts >= MOST_DEATHS:  # it kills its workers: keep it for a person to look at
            sql = "select procrastinate_finish_job_v1(%(id)s, 'failed', false)"
        else:
            sql = "select procrastinate_retry_job_v2(%(id)s, now(), null, null, null)"
        await self.app.connector.execute_query_async(sql, id=job_id)

    def _start_side_tasks(self) -> list[asyncio.Task[Any]]:
        started: list[asyncio.Task[Any]] = super()._start_side_tasks()
        return [*started, asyncio.create_task(self._keep_rescuing(), name="rescue")]


@asynccontextmanager
async def _opened(connector: PsycopgConnector) -> AsyncIterator[None]:
    with app.replace_connector(connector):
        async with app.open_async():
            yield


async def work(*, queues: Iterable[str] | None = None, concurrency: int = 2) -> None:
    """Do jobs until SIGTERM or SIGINT; then finish those begun (at most 20 s) and return."""
    app.perform_import_paths()  # type: ignore[no-untyped-call]
    leave_to_itself()
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(concurrency, thread_name_prefix="job"))
    async with _opened(_connector()):
        worker = HouseWorker(
            app=app,
            task_middleware=app.worker_defaults.get("task_middleware"),
            queues=queues,
            concurrency=concurrency,
            update_heartbeat_interval=HEARTBEAT_SECONDS,
            stalled_worker_timeout=STALLED_AFTER_SECONDS,
            fetch_job_polling_interval=POLL_SECONDS,
            abort_job_polling_interval=ABORT_POLL_SECONDS,
            shutdown_graceful_timeout=GRACE_SECONDS,
            delete_jobs="successful",
        )
        await worker.run()  # type: ignore[no-untyped-call]
