"""The forms by which an issued result changes: proposed with a reason, signed or sent back by a leader."""

import base64
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext

from motcua.agencies.rules.codes import Code, code_list
from motcua.desk.act_forms import ActForm, How
from motcua.desk.pages import language
from motcua.desk.telling import result_words, who
from motcua.dossiers.rules.dossier import ResultChange
from motcua.dossiers.rules.facts import Change, Fault
from motcua.journeys import changing_results
from motcua.journeys.case import TodaysWorld
from motcua.journeys.changing_results import Source
from motcua.kernel import partial_date
from motcua.kernel.refusal import Refusal
from motcua.kernel.working_time import ZONE
from motcua.procedures.rules.form import FormField
from motcua.procedures.rules.reading_answers import Reader
from motcua.procedures.rules.showing import show
from motcua.ui.fields import DateValue, FieldView, Option
from motcua.ui.refusals import refusal_text
from motcua.ui.words import moment_words

REASONS = "result_change_reasons"
LONGEST = 500


def change_words(change: Change) -> str:
    """Return what is done to a result."""
    words: dict[Change, str] = {
        "correct": gettext("Đính chính"),
        "revoke": gettext("Thu hồi"),
        "reinstate": gettext("Khôi phục"),
    }
    return words[change]


class Proposal(ActForm):
    """The common part: a coded reason with words, and for two of three a decision's number."""

    change: ClassVar[Change]
    decided: ClassVar[bool] = True

    def lead(self) -> str:
        return gettext(
            "Đề nghị này chờ một lãnh đạo khác của cơ quan xem và ký. Lý do và căn cứ được báo cho người dân."
        )

    def button(self) -> str:
        return gettext("Gửi lãnh đạo ký")

    def fields(self) -> list[FieldView]:
        chosen = self.posted.one("reason")
        options = [
            Option(row.code, row.label(language()), row["legal_basis"], row.code == chosen)
            for row in self._reasons()
        ]
        views = [
            self._view("reason", "radio", gettext("Lý do"), options=options),
            self._view(
                "note", "long_text", gettext("Nói rõ lý do, để người dân hiểu"), counted=LONGEST
            ),
        ]
        if self.decided:
            hint = gettext("Ví dụ: 15/QĐ-UBND ngày 20/11/2026.")
            longest = {"maxlength": "100"}
            views.append(
                self._view(
                    "decision", "text", gettext("Số quyết định"), hint=hint, attributes=longest
                )
            )
        return views

    def _reasons(self) -> tuple[Code, ...]:
        return code_list(REASONS).where("change", self.change)

    def ready(self) -> bool:
        if self.posted.one("reason") not in {row.code for row in self._reasons()}:
            self.wrong["reason"] = gettext("Hãy chọn một lý do.")
        self._need("note", gettext("Hãy nói rõ lý do."))
        if self.decided:
            self._need("decision", gettext("Hãy ghi số quyết định."))
        return not self.wrong

    def reason(self) -> Fault:
        """Return the reason as the heart takes it."""
        row = code_list(REASONS).row(self.posted.one("reason"))
        note = self.posted.one("note")[:LONGEST]
        return Fault(code=row.code, text=f"{row.vi}: {note}", basis=row["legal_basis"])


class RevokeResult(Proposal):
    """Propose that an issued result counts no more."""

    doing = "revoke"
    kind = "danger"
    change = "revoke"

    def do(self, how: How) -> None:
        changing_results.propose_revocation(
            code=self.code, post=how.post, result=self.part, reason=self.reason(),
            decision=self.posted.one("decision")[:100], key=how.key, seen=how.seen, at=how.at,
        )  # fmt: skip


class ReinstateResult(Proposal):
    """Propose that a revoked result counts again."""

    doing = "reinstate"
    change = "reinstate"

    def do(self, how: How) -> None:
        changing_results.propose_reinstating(
            code=self.code, post=how.post, result=self.part, reason=self.reason(),
            decision=self.posted.one("decision")[:100], key=how.key, seen=how.seen, at=how.at,
        )  # fmt: skip


class CorrectResult(Proposal):
    """Propose another paper: what it says stands in the fields, to be overwritten where it is wrong."""

    doing = "correct"
    change = "correct"
    decided = False

    def lead(self) -> str:
        words = gettext(
            "Sửa những mục ghi sai; mục nào đúng thì để nguyên. Số và quyển giữ như bản cũ."
        )
        return f"{words} {super().lead()}"

    @property
    def sources(self) -> list[Source]:
        """What can be corrected."""
        return changing_results.sources(self.opened, self.part)

    def fields(self) -> list[FieldView]:
        return [*(self._source(source) for source in self.sources), *super().fields()]

    def _source(self, source: Source) -> FieldView:
        field = source.field
        more: dict[str, Any] = {"required": bool(_shown(source)), "value": _shown(source)}
        if field.type == "choice":
            more["options"] = self._choices(source)
        view = self._view(
            field.id, _WIDGETS.get(field.type, field.type), field.label.to(language()), **more
        )
        if field.type == "date":
            return FieldView(**{**vars(view), "value": self._date(source)})
        return view

    def _choices(self, source: Source) -> list[Option]:
        chosen = self.posted.one(source.field.id) or source.said
        return [
            Option(value, words, selected=value == chosen) for value, words in _offers(source.field)
        ]

    def _date(self, source: Source) -> DateValue:
        posted = [
            self.posted.one(f"{source.field.id}__{part}") for part in ("day", "month", "year")
        ]
        if any(posted) or not source.said:
            return DateValue(*posted)
        told = partial_date.read(str(source.said))
        return DateValue(str(told.day or ""), str(told.month or ""), str(told.year))

    def ready(self) -> bool:
        super().ready()
        self.was, self.now = changing_results.changed(self.sources, self._said())
        if not self.now and not self.wrong:
            self.wrong[""] = gettext("Chưa có mục nào khác với bản đã cấp.")
        return not self.wrong

    def _said(self) -> dict[str, Any]:
        """Return what was typed, by source; what is left empty stays as it was said."""
        today = self.opened.at.astimezone(ZONE).date()
        reader = Reader(TodaysWorld(self.opened.at), today, language())
        said: dict[str, Any] = {}
        for source in self.sources:
            try:
                told = reader.read(_as_typed(source.field), self.posted)
            except Refusal as refusal:
                self.wrong[source.field.id] = refusal_text(refusal)
                continue
            if told is not None:
                said[source.key] = _meant(source, told)
        return said

    def do(self, how: How) -> None:
        changing_results.propose_correction(
            code=self.code, post=how.post, result=self.part, reason=self.reason(), was=self.was,
            now=self.now, key=how.key, seen=how.seen, at=how.at,
        )  # fmt: skip


_WIDGETS = {"person_name": "name", "choice": "select", "place": "text", "facility": "text"}
_WORDED = ("place", "facility")


def _as_typed(field: FormField) -> FormField:
    """Return the field as it is typed here: a place by its words."""
    return field.model_copy(update={"type": "text"}) if field.type in _WORDED else field


def _meant(source: Source, told: Any) -> Any:
    if source.field.type not in _WORDED:
        return told
    return {**source.said, "text": told} if isinstance(source.said, dict) else {"text": told}


def _shown(source: Source) -> Any:
    if source.field.type in _WORDED:
        return source.said.get("text", "") if isinstance(source.said, dict) else ""
    return "" if source.said is None else source.said


def _offers(field: FormField) -> list[tuple[str, str]]:
    if field.codes:
        rows = code_list(field.codes).rows
        return [(row.code, row.label(language())) for row in rows]
    return [(option.value, option.label.to(language())) for option in field.options]


@dataclass(frozen=True)
class Difference:
    """What a paper says, and what it shall say instead."""

    label: str
    was: str
    now: str


class Waiting(ActForm):
    """The common part of signing and sending back: what is proposed, by whom, and how it will look."""

    template: ClassVar[str] = "change"

    @property
    def waiting(self) -> ResultChange | None:
        """The change that waits."""
        return self.opened.dossier.changes.get(self.part)

    def context(self) -> dict[str, Any]:
        waiting = self.waiting
        if waiting is None:
            return {}
        sources, now = changing_results.proposed(self.opened, self.part)
        return {
            "change": change_words(waiting.change),
            "result": result_words(self.opened, self.part),
            "reason": waiting.reason,
            "decision": waiting.decision,
            "proposed_by": who(self.opened, waiting.by),
            "proposed_at": moment_words(waiting.at),
            "differences": [self._difference(one, now[one.key]) for one in sources],
            "sheets": self._sheets(waiting, now),
        }

    def _difference(self, source: Source, now: Any) -> Difference:
        world, field = TodaysWorld(self.opened.at), source.field
        words = [show(field, told, world, language()) or "–" for told in (source.said, now)]
        return Difference(field.label.to(language()), *words)

    def _sheets(self, waiting: ResultChange, now: dict[str, Any]) -> list[str]:
        if waiting.change != "correct":
            return []
        drawn = changing_results.preview(self.opened, self.part, now)
        return [f"data:image/png;base64,{base64.b64encode(sheet).decode()}" for sheet in drawn]


class SignChange(Waiting):
    """A leader puts the change in force."""

    doing = "sign_change"

    def lead(self) -> str:
        return gettext(
            "Khi ký, thay đổi có hiệu lực ngay: trang xác thực công khai và người dân đều được báo."
        )

    def button(self) -> str:
        return gettext("Ký thay đổi này")

    def do(self, how: How) -> None:
        changing_results.sign(
            code=self.code, post=how.post, result=self.part, key=how.key, seen=how.seen, at=how.at
        )


class DropChange(Waiting):
    """The change is sent back, or taken back."""

    doing = "drop_change"

    def lead(self) -> str:
        return gettext("Kết quả giữ nguyên như hiện nay. Người dân không được báo gì.")

    def button(self) -> str:
        return gettext("Trả lại đề nghị")

    def fields(self) -> list[FieldView]:
        return [self._view("remark", "long_text", gettext("Vì sao không thay đổi"), counted=1000)]

    def ready(self) -> bool:
        self._need("remark", gettext("Hãy ghi vì sao không thay đổi."))
        return not self.wrong

    def do(self, how: How) -> None:
        changing_results.drop(
            code=self.code, post=how.post, result=self.part,
            remark=self.posted.one("remark")[:1000], key=how.key, seen=how.seen, at=how.at,
        )  # fmt: skip
