"""How the values of a procedure are said: amounts, days, choices of the language, conditions, references."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from pydantic import BaseModel

from motcua.kernel import money
from motcua.procedures.rules import form as f
from motcua.procedures.rules import plan as p
from motcua.procedures.rules import procedure as q
from motcua.procedures.rules.comparing.conditions import filled, in_words
from motcua.procedures.rules.comparing.names import Names, quoted, raw, same
from motcua.procedures.rules.texts import Grounds, Text

NOTHING = Text(vi="không có", en="none")
_YES, _NO = Text(vi="có", en="yes"), Text(vi="không", en="no")
CONDITIONS = {"when", "required", "replaced_when", "that"}
"""Keys whose text is a condition."""
_WRITTEN = {
    "compute",
    "count",
    "pattern",
    "template",
    "task",
    "party",
    "only",
    "codes",
    "relations",
}
"""Keys whose text is shown as it is written."""
_QUESTIONS = {
    "subject",
    "source",
    "place",
    "of",
    "by",
    "shows",
    "field",
    "fields",
    "name",
    "phone",
    "email",
    "address",
}
"""Keys whose text names a question."""
_PIECES = {
    "stage": "stage", "after": "stage", "blocks": "stage",
    "paper": "paper", "papers": "paper", "basis": "instrument",
}  # fmt: skip
"""Keys whose text names another piece, and of which kind."""
_LISTS = {"fields_of_law", "life_events"}
"""Keys whose text is a code of the list of the same name."""


def _words(**pairs: tuple[str, str]) -> dict[str, Text]:
    return {value: Text(vi=vi, en=en) for value, (vi, en) in pairs.items()}


_WAYS = _words(
    online=("trực tuyến", "online"),
    counter=("tại quầy", "at the counter"),
    post=("qua bưu điện", "by post"),
)
_AGENCIES = _words(
    commune_committee=("Ủy ban nhân dân cấp xã", "the commune's People's Committee"),
    commune_police=("Công an cấp xã", "the commune police"),
    social_insurance=("Bảo hiểm xã hội", "the social insurance"),
)
ROLES = _words(
    front_desk=("Bộ phận một cửa", "the one-stop desk"),
    registrar=("Công chức tư pháp – hộ tịch", "the registrar"),
    social_officer=("Công chức văn hóa – xã hội", "the social officer"),
    economic_officer=("Công chức kinh tế", "the economic officer"),
    leader=("Lãnh đạo", "a leader"),
    police_officer=("Cán bộ công an", "a police officer"),
    insurance_clerk=("Viên chức bảo hiểm xã hội", "an insurance clerk"),
)
_CHOICES: dict[tuple[type, str], dict[str, Text]] = {
    (q.Procedure, "level"): _words(full=("toàn trình", "full"), partial=("một phần", "partial")),
    (q.Start, "sign_in"): _words(
        none=("không cần đăng nhập", "no sign-in"),
        account=("tài khoản", "an account"),
        level_1=("VNeID mức độ 1", "VNeID level 1"),
        level_2=("VNeID mức độ 2", "VNeID level 2"),
    ),
    (q.Start, "confirmation"): _words(
        code=("mã gửi đến điện thoại", "a code sent to the phone"),
        pledge=("lời cam đoan", "the pledge"),
    ),
    (q.Start, "receiving"): _AGENCIES,
    (q.Rate, "channel"): _WAYS,
    (q.Result, "ways"): _WAYS,
    (f.Check, "level"): _words(error=("phải sửa", "error"), confirm=("hỏi lại", "please confirm")),
    (f.FormField, "type"): _words(
        text=("chữ", "words"),
        long_text=("nhiều dòng chữ", "long text"),
        person_name=("họ tên", "name of a person"),
        personal_number=("số định danh", "personal number"),
        date=("ngày", "date"),
        time=("giờ", "time of day"),
        phone=("số điện thoại", "phone"),
        email=("thư điện tử", "email"),
        number=("số", "number"),
        money=("số tiền", "amount of money"),
        choice=("chọn một", "one choice"),
        choices=("chọn nhiều", "several choices"),
        yes_no=("có hoặc không", "yes or no"),
        tick=("đánh dấu", "tick"),
        place=("địa chỉ", "place"),
        facility=("cơ sở y tế", "health facility"),
        group=("nhiều dòng", "rows"),
    ),
    (f.FormField, "prefill"): _words(
        full_name=("họ tên", "full name"),
        organisation_name=("tên tổ chức", "name of the organisation"),
        organisation_code=("mã số của tổ chức", "code of the organisation"),
        personal_number=("số định danh", "personal number"),
        birth_date=("ngày sinh", "date of birth"),
        sex=("giới tính", "sex"),
        phone=("số điện thoại", "phone"),
        email=("thư điện tử", "email"),
        address=("địa chỉ", "address"),
    ),
    (f.FormField, "not_after"): _words(today=("ngày hôm nay", "today")),
    (p.Plan, "limit_by"): _words(
        whole=("cả hồ sơ", "the whole"),
        stages=("các nhánh của từng hồ sơ", "the stages of each case"),
    ),
    (p.SupplementRule, "clock"): _words(
        resume=("tính tiếp", "goes on"), restart=("tính lại từ đầu", "starts again")
    ),
    (p.Stage, "agency"): _words(receiving=("cơ quan tiếp nhận", "the receiving agency")),
    (p.Stage, "sees"): _words(all=("cả hồ sơ", "the whole dossier")),
    (p.Stage, "on_refusal"): _words(
        keep=("các nhánh khác vẫn làm tiếp", "the other stages go on"),
        stop=("dừng cả hồ sơ", "the whole dossier stops"),
    ),
    (p.Step, "kind"): _words(
        draft=("lập dự thảo", "draft"),
        confirm=("người nộp xem lại", "the applicant confirms"),
        consent=("những người liên quan đồng ý", "people agree"),
        ask=("hỏi hệ thống khác", "ask a register"),
        attend=("đến ký tại quầy", "attend and sign"),
        decide=("quyết định", "decide"),
        sign=("ký", "sign"),
    ),
    (p.Step, "role"): ROLES,
    (p.AgencyRule, "kind"): _AGENCIES,
    (p.ResultValue, "type"): _words(
        text=("chữ", "words"),
        date=("ngày", "date"),
        personal_number=("số định danh", "personal number"),
    ),
}
_UNITS = {
    "working_days": Text(vi="{n} ngày làm việc", en="{n} working days"),
    "days": Text(vi="{n} ngày", en="{n} days"),
    "working_hours": Text(vi="{n} giờ làm việc", en="{n} working hours"),
}


class Values:
    """Says values of two versions, by the names of both."""

    def __init__(self, names: Names) -> None:
        """Keep how questions, papers and the rest are called."""
        self.names = names

    def said(self, owner: type[BaseModel], key: str, value: Any) -> Text:
        """Return a value in words."""
        if value in (None, "", (), {}):
            return NOTHING
        if isinstance(value, BaseModel):
            return self._model(value)
        if isinstance(value, tuple):
            return listed(self.said(owner, key, item) for item in value)
        return _plain(value, owner) or self._text(owner, key, str(value))

    def _text(self, owner: type[BaseModel], key: str, value: str) -> Text:
        choices = _CHOICES.get((owner, key), {})
        if value in choices:
            return choices[value]
        if key in CONDITIONS and owner is not p.ResultValue:
            return self.condition(value)
        return self._reference(key, value) or same(f"“{value}”")

    def _reference(self, key: str, value: str) -> Text | None:
        if key in _WRITTEN:
            return raw(value)
        if key in _PIECES:
            return self.names.piece(_PIECES[key], value)
        if key in _LISTS:
            return self.names.code(key, value)
        return self.names.of(value) if key in _QUESTIONS else None

    def condition(self, text: str) -> Text:
        """Return a condition in words."""
        if text in ("true", "false"):
            return _ALWAYS if text == "true" else _NEVER
        return in_words(text, self.names)

    def _model(self, value: BaseModel) -> Text:
        if isinstance(value, Text):
            return quoted(value)
        for kind, say in _MODELS.items():
            if isinstance(value, kind):
                return say(self, value)
        return raw(value.model_dump_json(exclude_defaults=True))

    def limit(self, limit: p.TimeLimit) -> Text:
        """Return how long something may take."""
        return filled(_UNITS[limit.unit], n=same(str(limit.amount)))

    def grounds(self, grounds: Grounds) -> Text:
        """Return article and instrument."""
        instrument = self.names.piece("instrument", grounds.basis)
        if not grounds.article:
            return instrument
        return filled(Text(vi="{a}, {b}", en="{a}, {b}"), a=same(grounds.article), b=instrument)

    def parts(self, value: BaseModel) -> Text:
        """Return the values of a small piece that say something, one after the other."""
        kind = type(value)
        told = [(key, getattr(value, key)) for key in kind.model_fields]
        return listed(self.said(kind, key, told) for key, told in told if told)


_ALWAYS, _NEVER = Text(vi="luôn luôn", en="always"), Text(vi="không bao giờ", en="never")


def _plain(value: Any, owner: type[BaseModel]) -> Text | None:
    """Return yes or no, a day, a number, an amount; None for words."""
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, date):
        return same(f"{value:%d/%m/%Y}")
    if isinstance(value, int):
        return same(money.show(money.vnd(value)) if owner is q.Rate else str(value))
    return None


def listed(texts: Iterable[Text]) -> Text:
    """Return the texts with commas between them."""
    found = list(texts)
    if not found:
        return NOTHING
    return Text(vi=", ".join(t.vi for t in found), en=", ".join(t.en for t in found))


_MODELS: dict[type, Callable[[Values, Any], Text]] = {
    p.TimeLimit: Values.limit,
    Grounds: Values.grounds,
    p.AgencyRule: Values.parts,
    p.Sees: Values.parts,
    p.Reopen: Values.parts,
    f.Effective: Values.parts,
    f.Option: lambda _, option: quoted(option.label),
}
