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
  code text not null default '',
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
_LONGEST = 86_400.0  # seconds


@dataclass(frozen=True)
class Reason:
    """What a system says when it says no: the shared code, why, how to mend it, which field."""

    code: str
    text: str
    how: str
    fields: tuple[str, ...] = ()


_ASK_OFFICE = "Hãy liên hệ cơ quan tiếp nhận để được hướng dẫn."
_REASONS = {
    ("civil-registry", "refuse"): Reason(
        "already_registered",
        "Việc này đã được đăng ký trước đó.",
        "Xin trích lục bản sao của việc đã đăng ký; không cần đăng ký lại.",
    ),
    ("population", "refuse"): Reason(
        "other", "Không cấp được số định danh cá nhân.", _ASK_OFFICE, ("birth_date",)
    ),
    ("residence", "refuse"): Reason(
        "residence_conditions",
        "Chưa đủ điều kiện đăng ký thường trú.",
        "Bổ sung sự đồng ý của chủ hộ và chỗ ở hợp pháp rồi nộp lại.",
        ("household_head", "address"),
    ),
    ("insurance", "refuse"): Reason(
        "insurance_exists",
        "Trẻ đã được cấp thẻ bảo hiểm y tế.",
        "Dùng thẻ đã cấp; nếu mất hoặc sai, yêu cầu cấp lại.",
    ),
    ("civil-registry", "supplement"): Reason(
        "name_differs",
        "Họ tên trong tờ khai khác với giấy tờ.",
        "Sửa họ, chữ đệm, tên cho đúng từng chữ và dấu như trên giấy tờ.",
        ("name", "family_name", "given_name"),
    ),
    ("population", "supplement"): Reason(
        "wrong_date",
        "Ngày, tháng, năm sinh chưa đúng hoặc mâu thuẫn.",
        "Xem lại ngày trên giấy tờ và sửa cho đúng, theo thứ tự ngày/tháng/năm.",
        ("birth_date", "date_of_birth", "ngay_sinh"),
    ),
    ("residence", "supplement"): Reason(
        "address_unclear",
        "Địa chỉ chưa đủ hoặc chưa rõ.",
        "Ghi đủ số nhà, đường hoặc thôn, tổ; chọn xã, phường và tỉnh, thành phố.",
        ("address", "place", "household_head"),
    ),
    ("insurance", "supplement"): Reason(
        "other",
        "Nơi khám, chữa bệnh ban đầu không nhận thêm trẻ em.",
        "Chọn nơi khám, chữa bệnh ban đầu khác.",
        ("facility", "facility_name", "kcb"),
    ),
}
_OF_A_TASK = {
    ("register-temporary-residence", "refuse"): Reason(
        "other",
        "Chỗ ở không được đăng ký tạm trú mới.",
        "Chọn chỗ ở hợp pháp khác, hoặc bổ sung giấy tờ chứng minh chỗ ở rồi nộp lại.",
        ("address", "place"),
    ),
    ("extend-temporary-residence", "refuse"): Reason(
        "other", "Đăng ký tạm trú trước đây đã hết hạn.", "Nộp hồ sơ đăng ký tạm trú mới."
    ),
    ("remove-residence", "refuse"): Reason(
        "other",
        "Chưa tìm thấy đăng ký thường trú ở địa chỉ đã khai.",
        "Xem lại nơi thường trú ghi trong cơ sở dữ liệu dân cư và khai cho đúng.",
        ("address", "place", "residence"),
    ),
    ("confirm-residence", "refuse"): Reason(
        "other",
        "Thông tin cần xác nhận khác với cơ sở dữ liệu cư trú.",
        "Đề nghị điều chỉnh thông tin về cư trú trước, rồi nộp lại.",
    ),
    ("issue-identity-card", "refuse"): Reason(
        "other",
        "Thông tin khác với cơ sở dữ liệu quốc gia về dân cư.",
        "Đến công an xã để điều chỉnh thông tin trước khi cấp thẻ.",
        ("birth_date", "name"),
    ),
    ("decide-burial-allowance", "refuse"): Reason(
        "not_entitled",
        "Chưa có căn cứ người nhận là người lo mai táng.",
        "Ghi đúng người lo mai táng và bổ sung giấy tờ về chi phí mai táng.",
        ("organiser", "organizer", "applicant.full_name"),
    ),
    ("decide-survivors-benefit", "refuse"): Reason(
        "not_entitled",
        "Người được kê khai chưa đủ điều kiện hưởng trợ cấp tuất.",
        "Xem lại danh sách thân nhân và người đại diện nhận trợ cấp, rồi sửa cho đúng.",
        ("relatives", "representative"),
    ),
}


@dataclass(frozen=True)
class Mode:
    """One way of answering. `insists`: chosen for this very message, so it asks again."""

    name: str
    system: str
    task: str
    code: str = ""
    text: str = ""
    field: str = ""
    paper: str = ""
    after: float = 0.0
    insists: bool = False

    def reason(self, facts: Facts) -> dict[str, str]:
        """Return a coded reason, tied to a paper or a field that was really sent."""
        known = _OF_A_TASK.get((self.task, self.name))
        usual = known or _REASONS[self.system, self.name]
        reason = {
            "code": self.code or ("other" if self.text else usual.code),
            "text": self.text or usual.text,
            "how": _ASK_OFFICE if self.text and self.name == "refuse" else usual.how,
        }
        if self.paper:
            return reason | {"paper": self.paper}
        field = self.field or facts.field_like(*usual.fields) or ""
        if not field and self.name == "supplement":
            field = next(iter(facts.names), "")
        return reason | ({"field": field} if field else {})


def mode_for(db: sqlite3.Connection, question: sqlite3.Row, late: float) -> Mode:
    """Return the choice for this message, else for this dossier, else for the system, else `done`."""
    system, task = question["system"], question["task"]
    if question["choice"]:
        return Mode(question["choice"], system, task, after=late, insists=True)
    row = db.execute(
        "select * from mode where system = ? and subject in (?, '') order by subject desc limit 1",
        (system, question["subject"]),
    ).fetchone()
    if row is None:
        return Mode("done", system, task)
    after = late if row["after"] is None else row["after"]
    told = (row["code"], row["text"], row["field"], row["paper"])
    return Mode(row["name"], system, task, *told, after)


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
    if after is not None and not 0 <= after <= _LONGEST:
        raise ValueError("after must be seconds, at most a day.")
    with store.transaction() as db:
        db.execute(
            "insert or replace into mode(system, subject, name, code, text, field, paper, after)"
            " values (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                system,
                subject,
                name,
                form.get("code", ""),
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
