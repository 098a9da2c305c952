"""Taking the present step of a leg: draft, attend, decide, sign – with the paper before one's eyes."""

import base64
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from motcua.desk.act_forms import ActForm, How
from motcua.desk.pages import language
from motcua.desk.papers import draft_data_of
from motcua.desk.telling import step_of
from motcua.journeys import handling, results
from motcua.journeys.case import TodaysWorld
from motcua.kernel.refusal import Refusal
from motcua.kernel.working_time import ZONE
from motcua.procedures.rules.form import FormField
from motcua.procedures.rules.plan import ResultValue, Step
from motcua.procedures.rules.reading_answers import Reader
from motcua.procedures.rules.texts import Text
from motcua.registers.models import Book
from motcua.registers.queries import kept_here
from motcua.registers.rules.kinds import kind_of
from motcua.ui.fields import DateValue, FieldView
from motcua.ui.refusals import refusal_text

ATTENDED = ResultValue(
    id="attended_on",
    label=Text(vi="Ngày các bên đến ký", en="Day on which both came and signed"),
    type="date",
)


@dataclass(frozen=True)
class Preview:
    """How a result will look: its sheets as pictures, and the PDF to save."""

    title: str
    sheets: tuple[str, ...]
    pdf: str


class TakeStep(ActForm):
    """Finish the step the leg stands at."""

    doing = "step"
    values: dict[str, Any]

    @property
    def step(self) -> Step:
        """The step as the procedure declares it."""
        return step_of(self.opened, self.part, self.offer.step)

    @cached_property
    def book(self) -> Book | None:
        """The office's own book that this step writes into: its number is drawn, not typed."""
        rule = self.step.book
        return kept_here(self.post.agency_id, rule.kind) if rule else None

    def asks(self) -> tuple[ResultValue, ...]:
        """Return the values to type: the procedure's, and for an appearance its day."""
        drawn = self.step.drawn if self.book else ()
        asks = tuple(asked for asked in self.step.asks if asked.id not in drawn)
        dated = any(asked.type == "date" for asked in asks)
        return asks if self.step.kind != "attend" or dated else (*asks, ATTENDED)

    def lead(self) -> str:
        return " ".join(part for part in (self._what_follows(), self._number_words()) if part)

    def _number_words(self) -> str:
        if self.book is None:
            return ""
        kind = kind_of(self.book.kind)
        return gettext("Số trong “{book}” do hệ thống cấp khi hoàn thành bước này.").format(
            book=kind.name.label(language())
        )

    def _what_follows(self) -> str:
        following = self.opened.published.procedure.plan.stage(self.part).following(self.step.id)
        if following is None:
            return gettext("Phần việc này xong; kết quả được ký số và gửi đi ngay.")
        if following.kind == "confirm":
            return gettext(
                "Người dân nhận tin nhắn, xem bản dự thảo và xác nhận; "
                "hết thời hạn mà không có ý kiến thì coi như đồng ý."
            )
        return gettext("Bước tiếp theo: {step}.").format(step=following.name.to(language()))

    def button(self) -> str:
        following = self.opened.published.procedure.plan.stage(self.part).following(self.step.id)
        if self.step.kind == "draft" and following and following.kind == "confirm":
            return gettext("Gửi bản dự thảo cho người dân xác nhận")
        words = {
            "draft": gettext("Xong, chuyển bước tiếp theo"),
            "attend": gettext("Ghi nhận các bên đã đến và ký"),
            "decide": gettext("Ghi kết quả giải quyết"),
            "sign": gettext("Ký và ban hành"),
        }
        return words.get(self.step.kind, self.title())

    def fields(self) -> list[FieldView]:
        views = [self._asked(asked) for asked in self.asks()]
        if self.step.kind == "attend":
            words = gettext("Các bên đã có mặt, xuất trình giấy tờ và đã ký vào sổ")
            views.append(self._view("signed", "checkbox", words))
        return views

    def _asked(self, asked: ResultValue) -> FieldView:
        name = f"value.{asked.id}"
        more: dict[str, Any] = {"required": asked.required}
        if asked.type == "date":
            more["value"] = self._date(name, today=asked is ATTENDED)
        view = self._view(name, asked.type, asked.label.to(language()), **more)
        if asked.type != "date":
            return view
        return FieldView(**{**vars(view), "value": more["value"]})

    def _date(self, name: str, *, today: bool) -> DateValue:
        parts = [self.posted.one(f"{name}__{part}") for part in ("day", "month", "year")]
        if any(parts):
            return DateValue(*parts)
        day = self._today()
        return DateValue(str(day.day), str(day.month), str(day.year)) if today else DateValue()

    def _today(self) -> date:
        return self.opened.at.astimezone(ZONE).date()

    def ready(self) -> bool:
        reader = Reader(TodaysWorld(self.opened.at), self._today(), language())
        self.values = {}
        for asked in self.asks():
            name = f"value.{asked.id}"
            try:
                told = reader.read(_as_field(name, asked), self.posted)
            except Refusal as refusal:
                self.wrong[name] = refusal_text(refusal)
                continue
            if told:
                self.values[asked.id] = told
            elif asked.required:
                label = asked.label.to(language())
                self.wrong[name] = gettext("Hãy nhập “{label}”.").format(label=label)
        if self.step.kind == "attend":
            self._need("signed", gettext("Hãy xác nhận các bên đã đến và ký."))
        return not self.wrong

    def context(self) -> dict[str, Any]:
        """Return the drafts of the leg's results where somebody drafts or signs."""
        if self.step.kind not in ("draft", "sign", "attend"):
            return {}
        dossier, published = self.opened.dossier, self.opened.published
        return {
            "previews": [
                self._preview(result.id, result.template, result.name.to(language()))
                for result in results.results_of_leg(dossier, published, self.part)
            ]
        }

    def _preview(self, result: str, template: str, title: str) -> Preview:
        sheets = results.draft_pictures(template, draft_data_of(self.opened, result))
        return Preview(
            title=title,
            sheets=tuple(
                f"data:image/png;base64,{base64.b64encode(sheet).decode()}" for sheet in sheets
            ),
            pdf=reverse("desk:draft", args=[self.code, result]),
        )

    def do(self, how: How) -> None:
        handling.take_step(
            code=self.code, post=how.post, leg=self.part, step=self.offer.step,
            values=self.values, key=how.key, seen=how.seen, at=how.at,
        )  # fmt: skip


def _as_field(name: str, asked: ResultValue) -> FormField:
    """Return the value as a form field, so that one reader reads both."""
    late = "today" if asked is ATTENDED else ""
    return FormField.model_validate(
        {"id": name, "type": asked.type, "label": asked.label, "not_after": late}
    )
