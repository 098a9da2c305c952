"""Outgoing calls: rows first, delivered afterwards, until the other side acknowledges."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from typing import Protocol
from urllib.parse import urlsplit

import urllib3

from sandbox.alarm import Alarm
from sandbox.store import Store

SCHEMA = """
create table if not exists outbox(
  id integer primary key,
  key text not null unique,
  kind text not null,
  about text not null,
  lane text,
  method text not null,
  url text not null,
  body blob not null,
  due real not null,
  attempts integer not null default 0,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'stopped')),
  note text not null default '',
  made_at real not null,
  done_at real
);
create index if not exists outbox_waiting on outbox(due) where state = 'waiting';
create index if not exists outbox_lane on outbox(lane, id) where state = 'waiting';
create index if not exists outbox_about on outbox(about);
"""

_log = logging.getLogger("sandbox.outbox")
_FIRST_PAUSE = 0.2  # seconds; doubled each time
_LONGEST_PAUSE = 60.0
_AT_ONCE = 8  # calls under way at the same time
_PATIENCE = urllib3.Timeout(connect=3.0, read=15.0)


class Verdict(Enum):
    """What an answer means for the call."""

    DELIVERED = "delivered"
    AGAIN = "again"
    STOP = "stop"


class Courier(Protocol):
    """Knows how one kind of call is dressed and when it counts as acknowledged."""

    def headers(self, row: sqlite3.Row) -> Mapping[str, str]:
        """Headers made at the moment of sending, so that signatures are fresh."""

    def verdict(self, row: sqlite3.Row, status: int, body: bytes) -> Verdict:
        """Judge the answer; `row["attempts"]` tells how often it was tried before."""


@dataclass(frozen=True)
class Call:
    """A call to make. `key` is unique for ever: the same key is never queued twice.

    Calls of one `lane` arrive in the order they were made. `due` is in epoch seconds.
    """

    key: str
    kind: str
    about: str
    url: str
    body: bytes = b""
    method: str = "POST"
    lane: str | None = None
    due: float = 0.0


def queue(db: sqlite3.Connection, call: Call) -> None:
    """Write the call into the caller's transaction; wake the outbox after the commit."""
    now = time.time()
    db.execute(
        "insert into outbox(key, kind, about, lane, method, url, body, due, made_at)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict(key) do nothing",
        (
            call.key,
            call.kind,
            call.about,
            call.lane,
            call.method,
            call.url,
            call.body,
            call.due or now,
            now,
        ),
    )


def pause(attempts: int) -> float:
    """Seconds to wait after this many failed attempts: 0.2 doubling, at most 60."""
    return min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** min(attempts - 1, 20))


class Outbox:
    """Delivers what is queued; after a restart it goes on where it stopped."""

    def __init__(self, store: Store, couriers: Mapping[str, Courier]) -> None:
        self._store = store
        self._couriers = couriers
        self._under_way: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._broken_lines: set[str] = set()
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="outbox")
        self._http = urllib3.PoolManager(
            maxsize=_AT_ONCE, block=True, retries=False, timeout=_PATIENCE
        )
        self.alarm = Alarm("outbox", self._start_what_is_due)

    def wake(self) -> None:
        self.alarm.wake()

    def send_now(self, number: int) -> None:
        """Try a waiting or stopped call at once."""
        with self._store.transaction() as db:
            db.execute(
                "update outbox set state = 'waiting', due = ? where id = ? and state <> 'delivered'",
                (time.time(), number),
            )
        self.wake()

    def _start_what_is_due(self) -> float | None:
        for row in self._due():
            self._under_way.add(row["id"])
            task = asyncio.get_running_loop().create_task(self._deliver(row))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return self._next_moment()

    def _due(self) -> list[sqlite3.Row]:
        free = _AT_ONCE - len(self._under_way)
        if free <= 0:
            return []
        found = self._store.rows(
            "select * from outbox o where state = 'waiting' and due <= ?"
            " and (lane is null or not exists (select 1 from outbox p"
            "  where p.lane = o.lane and p.id < o.id and p.state = 'waiting'))"
            " order by due limit ?",
            time.time(),
            _AT_ONCE * 2,
        )
        return [row for row in found if row["id"] not in self._under_way][:free]

    def _next_moment(self) -> float | None:
        """When the earliest call that is not yet due falls due; a finished call wakes us itself."""
        moment: float | None = self._store.value(
            "select min(due) from outbox where state = 'waiting' and due > ?", time.time()
        )
        return moment

    async def _deliver(self, row: sqlite3.Row) -> None:
        try:
            status, body = await asyncio.get_running_loop().run_in_executor(
                self._threads, self._call, row, self._couriers[row["kind"]].headers(row)
            )
            self._settle(row, status, body)
        except (urllib3.exceptions.HTTPError, OSError) as error:
            self._broken_lines.add(_line(row))
            self._again(row, type(error).__name__)
        except Exception:  # noqa: BLE001 - whatever went wrong, the call stays queued
            _log.exception("outbox row %s", row["id"])
            self._again(row, "the box stumbled over this call")
        finally:
            self._under_way.discard(row["id"])
            self.wake()

    def _call(self, row: sqlite3.Row, headers: Mapping[str, str]) -> tuple[int, bytes]:
        answer = self._http.request(
            row["method"], row["url"], body=row["body"] or None, headers=headers, redirect=False
        )
        return answer.status, answer.data

    def _settle(self, row: sqlite3.Row, status: int, body: bytes) -> None:
        verdict = self._couriers[row["kind"]].verdict(row, status, body)
        note = f"{status} {body[:200].decode('utf-8', 'replace')}".strip()
        if verdict is Verdict.AGAIN:
            self._again(row, note)
            return
        state = "delivered" if verdict is Verdict.DELIVERED else "stopped"
        with self._store.transaction() as db:
            db.execute(
                "update outbox set state = ?, note = ?, attempts = attempts + 1, done_at = ?"
                " where id = ?",
                (state, note, time.time(), row["id"]),
            )
            self._line_is_back(db, _line(row))

    def _line_is_back(self, db: sqlite3.Connection, line: str) -> None:
        """Let those that waited for the other side go now that it answers again."""
        if line not in self._broken_lines:
            return
        self._broken_lines.discard(line)
        db.execute(
            "update outbox set due = ? where state = 'waiting' and attempts > 0"
            " and substr(url, 1, ?) = ?",
            (time.time(), len(line), line),
        )

    def _again(self, row: sqlite3.Row, note: str) -> None:
        attempts = row["attempts"] + 1
        with self._store.transaction() as db:
            db.execute(
                "update outbox set attempts = ?, due = ?, note = ? where id = ?",
                (attempts, time.time() + pause(attempts), note, row["id"]),
            )


def is_success(status: int) -> bool:
    """Tell whether an HTTP status says that it was taken."""
    return HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES


def _line(row: sqlite3.Row) -> str:
    parts = urlsplit(row["url"])
    return f"{parts.scheme}://{parts.netloc}/"
