"""Jobs for the worker's fault tests, and a worker process that knows them.

python -m tests.faults.slow_jobs
"""

import os
import time
from pathlib import Path

from django.db import connection, transaction

from motcua.toolkit.jobs import job

BEGUN = "begun"
GO_ON = "go-on"


@job(name="test.slow")
def slow(*, folder: str, key: str) -> None:
    """Say that it begins, wait to be let go on, then write one row."""
    with Path(folder, BEGUN).open("a", encoding="ascii") as file:
        file.write(f"{os.getpid()} {key}\n")
    while not Path(folder, GO_ON).exists():
        time.sleep(0.02)
    write(key=key)


@job(name="test.write")
def write(*, key: str) -> None:
    """Write one row."""
    with connection.cursor() as cursor:
        cursor.execute("insert into worker_wrote (key) values (%s)", [key])


@job(name="test.change_mind", attempts=1)
def change_mind(*, key: str) -> None:
    """Queue a job in a transaction that is then undone."""
    with transaction.atomic():
        write.defer(key=key)
        write.defer_many([{"key": key}])
        raise ConnectionError(key)
