"""How a system behaves: for everything, for one dossier, or for one message."""

import sqlite3
import time
from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.exchange.facts import Facts
from sandbox.store import Store

SCHEMA = """
create table if not exists mode(
  system text not null,
  subject text not null default '',
  name text not null,
  text text not null default '',
  field text not null default '',
  paper text not null default '',
  after real,
  primary key (system, subject)
) without rowid;
"""
NAMES = {
    "done": "Làm xong",
    "refuse": "Từ chối",
    "supplement": "Yêu cầu bổ sung",
    "silence": "Im lặng",
    "late": "Trả lời muộn",
    "twice": "Trả lời hai lần",
}
DOWN = "down"
_WORDS = {
    "refuse": "Không đủ điều kiện theo quy định.",
    "supplement": "Thông tin chưa rõ, cần bổ sung.",
}
_FIELDS = {
    "civil-registry": ("birth_place", "place_of_birth", "name"),
    "population": ("birth_date", "ngay_sinh"),
    "residence": ("address", "household_head", "name"),
    "insurance": ("facility", "name"),
}


@dataclass(frozen=True)
class Mode:
    """One way of answering. `insists`: chosen for this very message, so it asks again."""

    name: str
    system: str
    text: str = ""
    field: str = ""
    paper: str = ""
    after: float = 0.0
    insists: bool = False

    def reason(self, facts: Facts) -> dict[str, str]:
        """Return a coded reason, tied to a paper or a field that was really sent."""
        reason = {
            "code": f"{self.system}.{self.name}",
            "text": self.text or _WORDS[self.name],
            "how": "Hãy sửa chỗ được nêu rồi gửi lại."
            if self.name == "supplement"
            else "Hãy liên hệ cơ quan tiếp nhận để được hướng dẫn.",
        }
        if self.paper:
            return reason | {"paper": self.paper}
        field = self.field or facts.field_like(*_FIELDS[self.system]) or next(iter(facts.names), "")
        return reason | ({"field": field} if field else {})


def mode_for(db: sqlite3.Connection, question: sqlite3.Row, late: float) -> Mode:
    """Return the choice for this message, else for this dossier, else for the system, else `done`."""
    system = question["system"]
    if question["choice"]:
        return Mode(question["choice"], system, insists=True)
    row = db.execute(
        "select * from mode where system = ? and subject in (?, '') order by subject desc limit 1",
        (system, question["subject"]),
    ).fetchone()
    if row is None:
        return Mode("done", system)
    after = late if row["after"] is None else row["after"]
    return Mode(row["name"], system, row["text"], row["field"], row["paper"], after)


def is_down(store: Store, system: str) -> bool:
    found = store.value("select name from mode where system = ? and subject = ''", system)
    return bool(found == DOWN)


def current(store: Store, system: str) -> str:
    found = store.value("select name from mode where system = ? and subject = ''", system)
    return str(found or "done")


def set_mode(store: Store, system: str, form: Mapping[str, str]) -> None:
    """Change how the system answers from now on; what it kept silent about is looked at again.

    ValueError when the form is wrong: `mode` unknown, `after` not seconds.
    """
    name, subject = form.get("mode", ""), form.get("subject", "").strip()
    if name not in NAMES and (name != DOWN or subject):
        raise ValueError("Wanted: mode=" + "|".join(NAMES))
    after = float(form["after"]) if form.get("after") else None
    with store.transaction() as db:
        db.execute(
            "insert or replace into mode(system, subject, name, text, field, paper, after)"
            " values (?, ?, ?, ?, ?, ?, ?)",
            (
                system,
                subject,
                name,
                form.get("text", ""),
                form.get("field", ""),
                form.get("paper", ""),
                after,
            ),
        )
        db.execute(
            "update question set state = 'waiting', due = ? where system = ?"
            " and state = 'silent' and (? = '' or subject = ?)",
            (time.time(), system, subject, subject),
        )


def choose(store: Store, system: str, question: str, name: str) -> bool:
    """Answer this message so, now; False when there is no such message or it was cancelled."""
    if name not in NAMES:
        raise ValueError("Wanted: mode=" + "|".join(NAMES))
    with store.transaction() as db:
        changed = db.execute(
            "update question set choice = ?, state = 'waiting', due = ? where system = ?"
            " and id = ? and state in ('waiting', 'silent', 'answered')",
            (name, time.time(), system, question),
        )
    return changed.rowcount == 1
