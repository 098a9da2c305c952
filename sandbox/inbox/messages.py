"""Every SMS and email the box has taken, for its owner to read."""

import re
import sqlite3
import time
import uuid
from dataclasses import dataclass
from typing import Any

from sandbox.store import Store

SCHEMA = """
create table if not exists message(
  number integer primary key,
  road text not null check (road in ('sms', 'email')),
  key text not null,
  recipient text not null,
  sender text not null,
  subject text not null,
  text text not null,
  html text not null default '',
  files text not null default '[]',
  copies integer not null default 1,
  failed integer not null default 0,
  at real not null,
  unique (road, key)
);
create index if not exists message_recipient on message(recipient, number);
"""
ON_ITS_WAY = 1.0  # seconds until an accepted SMS counts as delivered


@dataclass(frozen=True)
class Message:
    """What came in. `key` is the sender's own: the same key on one road is one message."""

    road: str
    key: str
    recipient: str
    text: str
    sender: str = ""
    subject: str = ""
    html: str = ""
    files: str = "[]"
    failed: bool = False


def take(db: sqlite3.Connection, message: Message) -> bool:
    """Keep the message in the caller's transaction; False when it was kept before."""
    row = db.execute(
        "insert into message(road, key, recipient, sender, subject, text, html, files, failed, at)"
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " on conflict(road, key) do update set copies = copies + 1 returning copies",
        (
            message.road,
            message.key,
            address(message.recipient),
            message.sender,
            message.subject,
            message.text,
            message.html,
            message.files,
            message.failed,
            time.time(),
        ),
    ).fetchone()
    return int(row[0]) == 1


def text_to(db: sqlite3.Connection, phone: str, text: str, sender: str) -> None:
    """Send an SMS from a system of the box itself."""
    take(db, Message("sms", str(uuid.uuid4()), phone, text, sender))


def address(text: str) -> str:
    """One spelling for each recipient: +84… for phones, lower case for mail.

    A `+` that was not encoded in an address line arrives as a space.
    """
    text = text.strip()
    if "@" in text:
        return text.lower()
    digits = re.sub(r"\D", "", text)
    return "+84" + digits.removeprefix("84").removeprefix("0")


def newest(store: Store, *, to: str = "", road: str = "", limit: int = 100) -> list[sqlite3.Row]:
    """Return the messages, newest first; `to` and `road` narrow them when given."""
    where, values = ["1"], []
    if to.strip():
        where.append("recipient = ?")
        values.append(address(to))
    if road:
        where.append("road = ?")
        values.append(road)
    sql = f"select * from message where {' and '.join(where)} order by number desc limit ?"  # noqa: S608
    return store.rows(sql, *values, limit)


def state(row: sqlite3.Row) -> str:
    """Tell how far it is: `accepted`, then `delivered` a second later, or `failed`."""
    if row["failed"]:
        return "failed"
    return "delivered" if time.time() - row["at"] >= ON_ITS_WAY else "accepted"


def as_json(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "number": row["number"],
        "road": row["road"],
        "id": row["key"],
        "to": row["recipient"],
        "from": row["sender"],
        "subject": row["subject"],
        "text": row["text"],
        "html": row["html"],
        "copies": row["copies"],
        "state": state(row),
        "at": row["at"],
    }
