"""Workers really killed in the middle of a job."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.faults.slow_jobs import BEGUN, GO_ON, change_mind, slow, write
from tests.running import ROOT, wait_until

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

TAKEN_OVER_WITHIN = 30  # some 6 s where nobody else works
StartWorker = Callable[[], subprocess.Popen[bytes]]


def rows(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def written() -> list[object]:
    return sorted(str(row[0]) for row in rows("select key from worker_wrote"))


def ticked_off() -> bool:
    """Tell whether no job of the tests is left; those that come by the clock come and go."""
    return rows("select 1 from procrastinate_jobs where task_name like 'test.%'") == []


@pytest.fixture(autouse=True)
def table() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("create table worker_wrote (key text)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("drop table worker_wrote")
        cursor.execute("truncate procrastinate_jobs, procrastinate_workers cascade")


@pytest.fixture
def start_worker(tmp_path: Path) -> Iterator[StartWorker]:
    started: list[subprocess.Popen[bytes]] = []
    database = connection.settings_dict
    url = f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
    variables = os.environ | {"DATABASE_URL": url, "MOTCUA_HOME": str(settings.HOME)}

    def start() -> subprocess.Popen[bytes]:
        with (tmp_path / "worker.log").open("ab") as log:
            command = [sys.executable, "-m", "tests.faults.worker"]
            process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=log, stderr=log)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def begun(folder: Path) -> list[str]:
    place = folder / BEGUN
    return place.read_text(encoding="ascii").splitlines() if place.exists() else []


def test_a_job_of_a_killed_worker_is_done_by_the_next_one(
    tmp_path: Path, start_worker: StartWorker
) -> None:
    slow.defer(folder=str(tmp_path), key="birth")
    first = start_worker()
    wait_until(lambda: len(begun(tmp_path)) == 1, 30, "the job begins")
    first.send_signal(signal.SIGKILL)
    first.wait()
    (tmp_path / GO_ON).touch()
    start_worker()
    wait_until(lambda: written() == ["birth"], TAKEN_OVER_WITHIN, "taken over")
    wait_until(ticked_off, TAKEN_OVER_WITHIN, "ticked off")


def test_a_living_worker_takes_over_from_one_that_was_killed(
    tmp_path: Path, start_worker: StartWorker
) -> None:
    slow.defer(folder=str(tmp_path), key="birth", lock="dossier:1")
    first = start_worker()
    wait_until(lambda: len(begun(tmp_path)) == 1, 30, "the job begins")
    start_worker()
    write.defer(key="behind it", lock="dossier:1")
    first.send_signal(signal.SIGKILL)
    first.wait()
    (tmp_path / GO_ON).touch()
    wait_until(lambda: written() == ["behind it", "birth"], TAKEN_OVER_WITHIN, "taken over")
    assert len(begun(tmp_path)) == 2


def test_a_worker_asked_to_stop_finishes_what_it_began(
    tmp_path: Path, start_worker: StartWorker
) -> None:
    slow.defer(folder=str(tmp_path), key="birth")
    worker = start_worker()
    wait_until(lambda: len(begun(tmp_path)) == 1, 30, "the job begins")
    worker.send_signal(signal.SIGTERM)
    write.defer(key="for the next one")
    (tmp_path / GO_ON).touch()
    assert worker.wait(timeout=15) == 0
    assert written() == ["birth"]


def test_many_jobs_are_done_each_once_over_few_connections(start_worker: StartWorker) -> None:
    write.defer_many([{"key": f"{number:03}"} for number in range(400)])
    start_worker()
    wait_until(lambda: len(written()) == 400, 30, "all done")
    assert written() == [f"{number:03}" for number in range(400)]
    (others,) = rows(
        "select count(*) from pg_stat_activity"
        " where datname = current_database() and pid <> pg_backend_pid()"
    )
    assert others[0] <= 6  # two for the jobs, three to take and tick off, one to listen


def test_jobs_with_one_lock_follow_each_other_without_a_pause(start_worker: StartWorker) -> None:
    for number in range(30):
        write.defer(key=f"{number:03}", lock="dossier:1")
    start_worker()
    wait_until(lambda: len(written()) >= 1, 30, "the first")
    wait_until(lambda: len(written()) == 30, 5, "all thirty")
    assert [row[0] for row in rows("select key from worker_wrote")] == sorted(written())


def test_a_job_queued_by_a_job_is_undone_with_its_transaction(start_worker: StartWorker) -> None:
    change_mind.defer(key="never")
    start_worker()
    wait_until(
        lambda: rows("select 1 from procrastinate_jobs where status = 'failed'") != [],
        30,
        "it fell",
    )
    write.defer(key="after it")
    wait_until(lambda: written() != [], 10, "the one after it")
    assert written() == ["after it"]
