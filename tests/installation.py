"""A pytest plugin: an installation of its own for the tests, thrown away at the end.

Loaded by `-p` before pytest-django reads the settings; each process of a run has one for itself. Where several
processes share a run, the one that deals out the tests makes the tables, and the others begin with a copy.
"""

import gc
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from django.db import connection, transaction

from motcua.config.translations import compile_translations
from motcua.toolkit.loaded import leave_to_itself

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.backends.base.operations import BaseDatabaseOperations

    from motcua.config.postgres import EmbeddedPostgres

gc.disable()  # until all tests are collected: nothing of that is garbage
for name in [name for name in os.environ if name.startswith("MOTCUA_")]:
    if name != "MOTCUA_POSTGRES_BIN":
        del os.environ[name]  # the shell's own installation has no say here

TABLES = "test_motcua"
"""The database as pytest-django names it; it adds the name of the process, where there are several."""


def _ask(postgres: "EmbeddedPostgres", sql: str) -> None:
    with psycopg.connect(postgres.url, autocommit=True) as database:
        database.execute(sql)  # type: ignore[call-overload]


HOME = Path(tempfile.mkdtemp(prefix="motcua-test-"))
HOME.chmod(0o755)
os.environ["MOTCUA_HOME"] = str(HOME)
if "DATABASE_URL" not in os.environ or "TESTS_BROUGHT_DATABASE" in os.environ:
    from motcua.config.postgres import EmbeddedPostgres

    POSTGRES: "EmbeddedPostgres | None" = EmbeddedPostgres(
        HOME / "postgres", durable=False, connections=130
    )  # a hundred write at once
    if made := os.environ.get("TESTS_MIGRATED"):
        subprocess.run(["cp", "--archive", made, HOME], check=True)
    POSTGRES.start()
    if made:
        mine = f"{TABLES}_{os.environ['PYTEST_XDIST_WORKER']}"
        _ask(POSTGRES, f"alter database {TABLES} rename to {mine}")
    os.environ["DATABASE_URL"] = POSTGRES.url
    os.environ["TESTS_BROUGHT_DATABASE"] = "1"  # so that a process we start brings its own
else:
    POSTGRES = None

# One folder for all processes of a run: what a first start leaves (`tests/running`).
os.environ.setdefault("TESTS_SETTLED", str(HOME / "settled"))

compile_translations(Path(__file__).parents[1] / "locale")


def pytest_configure(config: pytest.Config) -> None:
    """Keep the run's files in our own folder: another run closes the common one to PostgreSQL's user."""
    if config.option.basetemp is None:
        config.option.basetemp = str(HOME / "tmp")
    if POSTGRES and getattr(config.option, "numprocesses", None):
        _make_tables(POSTGRES)


def _make_tables(postgres: "EmbeddedPostgres") -> None:
    """Migrate once, and leave it lying still to be copied."""
    _ask(postgres, f"create database {TABLES}")
    there = {**os.environ, "DATABASE_URL": postgres.url.replace("/motcua?", f"/{TABLES}?")}
    command = [sys.executable, "-W", "ignore", "-m", "motcua", "migrate", "--skip-checks"]
    subprocess.run([*command, "--verbosity", "0"], env=there, check=True)
    postgres.stop()
    os.environ["TESTS_MIGRATED"] = str(postgres.folder)


def pytest_sessionstart() -> None:
    type(connection.ops).execute_sql_flush = _empty  # type: ignore[method-assign]


def _empty(self: "BaseDatabaseOperations", statements: "Iterable[str]") -> None:
    """Empty the database after a test that committed: past the triggers that keep what is kept, and with the jobs."""
    with transaction.atomic(using=self.connection.alias), self.connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        cursor.execute("truncate procrastinate_jobs, procrastinate_workers cascade")
        for statement in statements:
            cursor.execute(statement)


def pytest_unconfigure() -> None:
    if POSTGRES:
        POSTGRES.stop()
    shutil.rmtree(HOME, ignore_errors=True)


LONG = (
    "tests/faults/test_whole_way_under_fire.py",
    "tests/browser/test_bad_line.py",
    "tests/browser/test_robot.py",
)


def pytest_collection_finish() -> None:
    """Leave what is loaded by now to itself, as the product does: collections of garbage took a tenth of the time."""
    gc.enable()
    leave_to_itself()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the browser come last: its driver keeps a loop running in this thread, in which nothing is signed.

    Before and with it the longest files come first, so that of two processes neither waits long for the other. The
    journeys come together, as all of them stand on one ground.
    """
    items.sort(
        key=lambda item: (
            item.nodeid.startswith("tests/browser/"),
            item.nodeid.startswith("tests/journeys/"),
            not item.nodeid.startswith(LONG),
        )
    )
