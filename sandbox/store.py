"""The box's memory: one SQLite file, durable before anything is answered."""

import fcntl
import os
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class AlreadyRunningError(RuntimeError):
    """Another process holds this home folder."""


class Store:
    """One connection, used only from the event loop's thread; no await inside a transaction."""

    def __init__(self, home: Path, schemas: Sequence[str]) -> None:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = _hold(home / "lock")
        # Each shape of the tables has a file of its own: an upgraded box starts afresh, and the
        # memory of the one before stays beside it.
        shape = zlib.crc32("".join(schemas).encode())
        self._connection = sqlite3.connect(home / f"box-{shape:08x}.sqlite3", isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        for pragma in ("journal_mode=wal", "synchronous=full", "foreign_keys=on"):
            self._connection.execute(f"pragma {pragma}")
        for schema in schemas:
            self._connection.executescript(schema)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; on disk when the block is left."""
        self._connection.execute("begin immediate")
        try:
            yield self._connection
        except BaseException:
            self._connection.execute("rollback")
            raise
        self._connection.execute("commit")

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        return self._connection.execute(sql, values).fetchall()

    def one(self, sql: str, *values: object) -> sqlite3.Row | None:
        found: sqlite3.Row | None = self._connection.execute(sql, values).fetchone()
        return found

    def value(self, sql: str, *values: object) -> Any:
        """Return the first column of the first row, or None."""
        found = self._connection.execute(sql, values).fetchone()
        return found[0] if found else None

    def close(self) -> None:
        self._connection.close()
        os.close(self._lock)


def _hold(place: Path) -> int:
    """Two processes on one memory would answer everything twice: the second is refused."""
    descriptor = os.open(place, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise AlreadyRunningError(str(place.parent)) from error
    return descriptor


SETTINGS_SCHEMA = """
create table if not exists fault(place text primary key, mode text not null) without rowid;
create table if not exists counter(name text primary key, value integer not null) without rowid;
"""


def fault(store: Store, place: str) -> str:
    """Return the fault switched on at this place, `none` when all is well."""
    return str(store.value("select mode from fault where place = ?", place) or "none")


def set_fault(store: Store, place: str, mode: str) -> None:
    with store.transaction() as db:
        db.execute("insert or replace into fault(place, mode) values (?, ?)", (place, mode))


def next_number(db: sqlite3.Connection, name: str) -> int:
    """Return 1, 2, 3 … for this name; part of the caller's transaction."""
    row = db.execute(
        "insert into counter(name, value) values (?, 1)"
        " on conflict(name) do update set value = value + 1 returning value",
        (name,),
    ).fetchone()
    return int(row[0])
