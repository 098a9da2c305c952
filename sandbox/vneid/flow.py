"""One sign-in from the first screen to the code: password, OTP, passcode, consent."""

import hmac
import secrets
import sqlite3
import time
from enum import Enum

from sandbox.inbox.messages import text_to
from sandbox.people import Person
from sandbox.store import Store
from sandbox.vneid.client import Asked

SCHEMA = """
create table if not exists signin(
  id text primary key,
  step text not null default 'password'
    check (step in ('password', 'otp', 'passcode', 'consent', 'too_low', 'done')),
  personal_number text,
  organisation text not null default '',
  redirect_uri text not null,
  state text not null,
  nonce text not null,
  code_challenge text not null,
  level integer not null,
  otp text not null default '',
  otp_until real not null default 0,
  otp_tries integer not null default 0,
  otp_sent integer not null default 0,
  otp_sent_at real not null default 0,
  expires real not null
) without rowid;
create table if not exists code(
  code text primary key,
  signin text not null unique,
  expires real not null,
  used_at real
) without rowid;
"""
LIFE = 900.0  # seconds a sign-in may take
OTP_LIFE = 300.0  # seconds
OTP_TRIES = 5
OTP_MOST = 5  # codes sent in one sign-in
RESEND_AFTER = 10.0  # seconds
CODE_LIFE = 120.0  # seconds


class Otp(Enum):
    """What came of a one-time code."""

    RIGHT = "right"
    WRONG = "wrong"
    LATE = "late"
    TOO_MANY = "too_many"


def begin(store: Store, asked: Asked) -> str:
    """Open a sign-in and return its id, which nobody can guess."""
    flow = secrets.token_urlsafe(24)
    now = time.time()
    with store.transaction() as db:
        db.execute("delete from signin where expires < ?", (now - 3600,))
        db.execute("delete from code where expires < ?", (now - 3600,))
        db.execute(
            "insert into signin(id, redirect_uri, state, nonce, code_challenge, level, expires)"
            " values (?, ?, ?, ?, ?, ?, ?)",
            (
                flow,
                asked.redirect_uri,
                asked.state,
                asked.nonce,
                asked.code_challenge,
                asked.level,
                now + LIFE,
            ),
        )
    return flow


def find(store: Store, flow: str) -> sqlite3.Row | None:
    """Return the sign-in that is still going on, or None."""
    return store.one(
        "select * from signin where id = ? and expires > ? and step <> 'done'", flow, time.time()
    )


def move(db: sqlite3.Connection, flow: str, step: str) -> None:
    db.execute("update signin set step = ? where id = ?", (step, flow))


def send_otp(store: Store, flow: sqlite3.Row, person: Person) -> bool:
    """Send a fresh code to the person's phone; False when it is too early or was sent too often."""
    now = time.time()
    same_person = flow["personal_number"] == person.personal_number
    if same_person and (flow["otp_sent"] >= OTP_MOST or now < flow["otp_sent_at"] + RESEND_AFTER):
        return False
    otp = f"{secrets.randbelow(1_000_000):06d}"
    with store.transaction() as db:
        db.execute(
            "update signin set step = 'otp', personal_number = ?, otp = ?, otp_until = ?,"
            " otp_tries = 0, otp_sent = otp_sent + 1, otp_sent_at = ? where id = ?",
            (person.personal_number, otp, now + OTP_LIFE, now, flow["id"]),
        )
        text_to(db, person.international_phone, _otp_text(otp), "VNeID")
    return True


def _otp_text(otp: str) -> str:
    return f"VNeID: Mã OTP của bạn là {otp}, dùng trong 5 phút. Không cho ai biết mã này."


def check_otp(store: Store, flow: sqlite3.Row, given: str) -> Otp:
    """Compare the code; five tries, five minutes, used once."""
    if flow["otp_tries"] >= OTP_TRIES:
        return Otp.TOO_MANY
    if not flow["otp"] or flow["otp_until"] < time.time():
        return Otp.LATE
    right = hmac.compare_digest(given.encode(), flow["otp"].encode())
    with store.transaction() as db:
        db.execute(
            "update signin set otp_tries = otp_tries + 1, otp = case when ? then '' else otp end"
            " where id = ?",
            (right, flow["id"]),
        )
    return Otp.RIGHT if right else Otp.WRONG


def grant(store: Store, flow: sqlite3.Row, organisation: str = "") -> str:
    """Close the sign-in with consent – for oneself, or for an organisation – and return the code for the client."""
    code = secrets.token_urlsafe(32)
    with store.transaction() as db:
        db.execute("update signin set organisation = ? where id = ?", (organisation, flow["id"]))
        move(db, flow["id"], "done")
        db.execute(
            "insert into code(code, signin, expires) values (?, ?, ?)",
            (code, flow["id"], time.time() + CODE_LIFE),
        )
    return code


def give_up(store: Store, flow: sqlite3.Row) -> None:
    with store.transaction() as db:
        move(db, flow["id"], "done")
