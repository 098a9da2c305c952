"""The desk of the four systems: questions come in, one effect each, answers go out."""

import hashlib
import json
import logging
import sqlite3
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from sandbox.exchange import results
from sandbox.exchange.envelope import (
    ANSWERED,
    CANCELLED,
    NEWS,
    SUPPLEMENTED,
    Event,
    NotUnderstoodError,
    write,
)
from sandbox.exchange.facts import Facts
from sandbox.exchange.modes import Mode, mode_for
from sandbox.outbox import Call, queue
from sandbox.store import Store, next_number

SCHEMA = """
create table if not exists question(
  system text not null,
  id text not null,
  type text not null,
  subject text not null,
  leg text not null,
  task text not null,
  body blob not null,
  digest text not null,
  received_at real not null,
  copies integer not null default 1,
  choice text not null default '',
  due real,
  state text not null default 'waiting'
    check (state in ('waiting', 'silent', 'answered', 'cancelled', 'superseded')),
  outcome text not null default '',
  answers integer not null default 0,
  primary key (system, id)
) without rowid;
create index if not exists question_due on question(due) where state = 'waiting';
create index if not exists question_received on question(received_at);
create table if not exists effect(
  system text not null,
  subject text not null,
  leg text not null,
  task text not null,
  question text not null,
  result text not null,
  made_at real not null,
  primary key (system, subject, leg, task)
) without rowid;
create index if not exists effect_number on effect(json_extract(result, '$.personal_number'));
create table if not exists news(
  system text not null, id text not null, question text not null, type text not null,
  body blob not null, primary key (system, id)
) without rowid;
create table if not exists cancellation(
  system text not null, question text not null, reason text not null,
  primary key (system, question)
) without rowid;
"""
_log = logging.getLogger("sandbox.exchange")
_VIETNAM = timezone(timedelta(hours=7))
_AT_ONCE = 50
_AFTER_A_FAILURE = 30.0  # seconds
_BETWEEN_COPIES = 0.3  # seconds between the answers of `twice`


@dataclass(frozen=True)
class Timing:
    """Seconds until an answer, and until one that comes late."""

    answer: float
    late: float


@dataclass(frozen=True)
class Desk:
    """Takes questions and answers them when they fall due."""

    store: Store
    timing: Timing
    answer_address: str

    def take(self, system: str, event: Event, body: bytes) -> bool:
        """Keep the event; False when it was kept before. NotUnderstoodError when it makes no sense."""
        if event.type == CANCELLED:
            return self._take_cancellation(system, event)
        if event.type in NEWS:
            return self._take_news(system, event, body)
        leg, task = _wanted(system, event)
        digest = hashlib.sha256(body).hexdigest()
        now = time.time()
        with self.store.transaction() as db:
            kept = db.execute(
                "insert into question(system, id, type, subject, leg, task, body, digest,"
                " received_at, due) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                " on conflict do update set copies = copies + 1 returning copies, digest",
                (
                    system,
                    event.id,
                    event.type,
                    event.subject,
                    leg,
                    task,
                    body,
                    digest,
                    now,
                    now + self.timing.answer,
                ),
            ).fetchone()
            if kept["digest"] != digest:
                raise NotUnderstoodError("This id was used for another event.")
            if kept["copies"] == 1:
                _place(db, system, event)
        return bool(kept["copies"] == 1)

    def _take_cancellation(self, system: str, event: Event) -> bool:
        question = event.data.get("question")
        if not isinstance(question, str):
            raise NotUnderstoodError("data.question is needed.")
        reason = str(event.data.get("reason") or "")
        with self.store.transaction() as db:
            made = db.execute(
                "insert into cancellation(system, question, reason) values (?, ?, ?)"
                " on conflict do nothing",
                (system, question, reason),
            )
            db.execute(
                "update question set state = 'cancelled' where system = ? and id = ?"
                " and state in ('waiting', 'silent')",
                (system, question),
            )
        return made.rowcount == 1

    def _take_news(self, system: str, event: Event, body: bytes) -> bool:
        """Keep what changed about a question: no answer is owed."""
        question = event.data.get("question")
        if not isinstance(question, str):
            raise NotUnderstoodError("data.question is needed.")
        with self.store.transaction() as db:
            made = db.execute(
                "insert into news(system, id, question, type, body) values (?, ?, ?, ?, ?)"
                " on conflict do nothing",
                (system, event.id, question, event.type, body),
            )
        return made.rowcount == 1

    def work(self) -> float | None:
        """Answer what is due; return when the next question falls due."""
        for row in self.store.rows(
            "select * from question where state = 'waiting' and due <= ? order by due limit ?",
            time.time(),
            _AT_ONCE,
        ):
            try:
                with self.store.transaction() as db:
                    self._answer(db, row)
            except Exception:  # noqa: BLE001 - one question must not hold up the others
                _log.exception("question %s of %s", row["id"], row["system"])
                self._put_off(row, time.time() + _AFTER_A_FAILURE)
        due: float | None = self.store.value(
            "select min(due) from question where state = 'waiting'"
        )
        return due

    def _put_off(self, row: sqlite3.Row, due: float) -> None:
        with self.store.transaction() as db:
            _mark(db, row, "waiting", due=due)

    def _answer(self, db: sqlite3.Connection, row: sqlite3.Row) -> None:
        mode = mode_for(db, row, self.timing.late)
        if mode.name == "silence":
            _mark(db, row, "silent", due=None)
            return
        if mode.name == "late" and time.time() < row["received_at"] + mode.after:
            _mark(db, row, "waiting", due=row["received_at"] + mode.after)
            return
        outcome = _outcome(db, row, mode)
        self._send(db, row, outcome, copies=2 if mode.name == "twice" else 1)
        if mode.name == "twice":
            self._send(db, row, outcome, copies=1, after=2 * _BETWEEN_COPIES)
        db.execute(
            "update question set state = 'answered', outcome = ?, answers = answers + 1,"
            " choice = '' where system = ? and id = ?",
            (outcome["outcome"], row["system"], row["id"]),
        )

    def _send(
        self,
        db: sqlite3.Connection,
        row: sqlite3.Row,
        outcome: Mapping[str, Any],
        *,
        copies: int,
        after: float = 0.0,
    ) -> None:
        """Queue one answer, `copies` times under the same id."""
        identity, body = write(
            source=row["system"],
            kind=ANSWERED,
            subject=row["subject"],
            sequence=next_number(db, f"sequence {row['system']}"),
            data={"question": row["id"], "question_digest": row["digest"], "leg": row["leg"]}
            | dict(outcome),
        )
        for copy in range(copies):
            due = time.time() + after + copy * _BETWEEN_COPIES
            call = Call(
                f"answer:{identity}:{copy}", "answer", row["system"], self.answer_address, body,
                lane=f"answer:{row['system']}:{row['id']}", due=due,
            )  # fmt: skip
            queue(db, call)


def _wanted(system: str, event: Event) -> tuple[str, str]:
    leg, task = event.data.get("leg"), event.data.get("task")
    if not isinstance(leg, str) or not isinstance(task, str):
        raise NotUnderstoodError("data.leg and data.task are needed.")
    if results.doing(system, task) is None:
        raise NotUnderstoodError(f"{system} does not do {task}.")
    return leg, task


def _place(db: sqlite3.Connection, system: str, event: Event) -> None:
    """Set a new question among its neighbours: cancelled before it came, or replacing another."""
    if event.type == SUPPLEMENTED:
        db.execute(
            "update question set state = 'superseded' where system = ? and id = ?"
            " and state in ('waiting', 'silent')",
            (system, str(event.data.get("answers") or "")),
        )
    db.execute(
        "update question set state = 'cancelled' where system = ? and id = ? and exists"
        " (select 1 from cancellation c where c.system = question.system and c.question = id)",
        (system, event.id),
    )


def _mark(db: sqlite3.Connection, row: sqlite3.Row, state: str, *, due: float | None) -> None:
    db.execute(
        "update question set state = ?, due = ? where system = ? and id = ?",
        (state, due, row["system"], row["id"]),
    )


def _outcome(db: sqlite3.Connection, row: sqlite3.Row, mode: Mode) -> dict[str, Any]:
    """Say what the system answers. What it has done it stands by: an effect is never taken back."""
    known = db.execute(
        "select result from effect where system = ? and subject = ? and leg = ? and task = ?",
        (row["system"], row["subject"], row["leg"], row["task"]),
    ).fetchone()
    if known:
        return _done(json.loads(known["result"]))
    data = json.loads(row["body"])["data"]
    facts = Facts(data)
    asks = mode.name == "supplement" and (row["type"] != SUPPLEMENTED or mode.insists)
    if mode.name == "refuse" or asks:
        return _no("refused" if mode.name == "refuse" else "supplement", [mode.reason(facts)])
    try:
        result = _do(db, row, data, facts)
    except results.MissingFactError as missing:
        reason = {"code": missing.code, "text": str(missing), "how": "Hãy bổ sung rồi gửi lại."}
        name = facts.field_like(*missing.names) or missing.names[0]
        return _no("supplement", [reason | {"field": name}])
    return _done(result)


def _done(result: Mapping[str, Any]) -> dict[str, Any]:
    return {"outcome": "done", "result": dict(result), "reasons": []}


def _no(outcome: str, reasons: list[dict[str, str]]) -> dict[str, Any]:
    return {"outcome": outcome, "result": {}, "reasons": reasons}


def _do(
    db: sqlite3.Connection, row: sqlite3.Row, data: Mapping[str, Any], facts: Facts
) -> dict[str, Any]:
    """Do the task once: the effect and the number it took are written together."""
    doing = results.doing(row["system"], row["task"])
    if doing is None:
        raise LookupError(row["task"])
    agency = data.get("agency")
    task = results.Task(
        subject=row["subject"],
        name=row["task"],
        agency=agency if isinstance(agency, Mapping) else {},
        facts=facts,
        today=datetime.now(_VIETNAM).date(),
    )
    result = doing(db, task)
    db.execute(
        "insert into effect(system, subject, leg, task, question, result, made_at)"
        " values (?, ?, ?, ?, ?, ?, ?)",
        (
            row["system"],
            row["subject"],
            row["leg"],
            row["task"],
            row["id"],
            json.dumps(result, ensure_ascii=False),
            time.time(),
        ),
    )
    return result
