"""The accounts: who may sign in, who is locked, which level."""

import hmac
import sqlite3
import time
from enum import Enum

from sandbox.people import Person
from sandbox.store import Store

SCHEMA = """
create table if not exists account(
  personal_number text primary key,
  wrong integer not null default 0,
  locked_until real not null default 0,
  level integer
) without rowid;
"""
WRONG_BEFORE_LOCK = 5
LOCKED_FOR = 900.0  # seconds


class Check(Enum):
    """What came of a number and its password or passcode."""

    RIGHT = "right"
    WRONG = "wrong"
    LOCKED = "locked"


def check(store: Store, person: Person | None, given: str, wanted: str) -> Check:
    """Compare a secret and count the misses: the fifth in a row locks for 15 minutes."""
    if person is None:
        return Check.WRONG
    if is_locked(store, person):
        return Check.LOCKED
    right = hmac.compare_digest(given.encode(), wanted.encode())
    with store.transaction() as db:
        wrong = _count(db, person, right=right)
    if right:
        return Check.RIGHT
    return Check.LOCKED if wrong >= WRONG_BEFORE_LOCK else Check.WRONG


def _count(db: sqlite3.Connection, person: Person, *, right: bool) -> int:
    _ensure(db, person)
    if right:
        db.execute(
            "update account set wrong = 0 where personal_number = ?", (person.personal_number,)
        )
        return 0
    row = db.execute(
        "update account set wrong = wrong + 1 where personal_number = ? returning wrong",
        (person.personal_number,),
    ).fetchone()
    if row[0] >= WRONG_BEFORE_LOCK:
        _set_lock(db, person, time.time() + LOCKED_FOR)
    return int(row[0])


def _ensure(db: sqlite3.Connection, person: Person) -> None:
    db.execute(
        "insert into account(personal_number) values (?) on conflict do nothing",
        (person.personal_number,),
    )


def _set_lock(db: sqlite3.Connection, person: Person, until: float) -> None:
    db.execute(
        "update account set wrong = 0, locked_until = ? where personal_number = ?",
        (until, person.personal_number),
    )


def is_locked(store: Store, person: Person) -> bool:
    until = store.value(
        "select locked_until from account where personal_number = ?", person.personal_number
    )
    return bool(until and until > time.time())


def level(store: Store, person: Person) -> int:
    """Return 1 or 2: the person's own level unless the page changed it."""
    changed = store.value(
        "select level from account where personal_number = ?", person.personal_number
    )
    return int(changed or person.level)


def lock(store: Store, person: Person, *, locked: bool) -> None:
    with store.transaction() as db:
        _ensure(db, person)
        _set_lock(db, person, time.time() + 365 * 86_400 if locked else 0)


def set_level(store: Store, person: Person, wanted: int) -> None:
    with store.transaction() as db:
        _ensure(db, person)
        db.execute(
            "update account set level = ? where personal_number = ?",
            (wanted, person.personal_number),
        )
