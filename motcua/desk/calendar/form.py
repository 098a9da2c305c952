"""The questions about a day: which one, where, worked or not, and by which decision."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext

from motcua.kernel.refusal import Refusal
from motcua.procedures.rules.form import FormField
from motcua.procedures.rules.reading_answers import Posted, Reader
from motcua.procedures.rules.texts import Text
from motcua.ui.fields import DateValue, FieldView, Option
from motcua.ui.refusals import refusal_text

_DAY = FormField.model_validate(
    {"id": "calendar.day", "type": "date", "label": Text(vi="Ngày", en="Day")}
)


@dataclass
class DayForm:
    """One day, as somebody sets it."""

    provinces: list[tuple[str, str]]
    posted: Posted
    reader: Reader
    wrong: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)

    def fields(self) -> list[FieldView]:
        """Return the questions, with what was answered."""
        told = self.posted.one
        kinds = [("no", gettext("Nghỉ")), ("yes", gettext("Làm việc"))]
        parts = DateValue(*(told(f"{_DAY.id}__{part}") for part in ("day", "month", "year")))
        shown = [self._view(_DAY.id, "date", gettext("Ngày"), value=parts)]
        if len(self.provinces) > 1:
            shown.append(
                self._choice("province", "select", gettext("Tỉnh, thành phố"), self.provinces)
            )
        hint = gettext("Ví dụ: Nghỉ tránh bão số 3. Người dân đọc được dòng này.")
        return [
            *shown,
            self._choice("working", "radio", gettext("Ngày này"), kinds),
            self._view("note", "text", gettext("Lý do"), value=told("note"), hint=hint),
            self._view("decision", "text", gettext("Số văn bản"), value=told("decision")),
        ]

    def ready(self) -> bool:
        """Read what was posted; False when something is wrong."""
        self.values["day"] = self._day()
        codes = [code for code, _name in self.provinces]
        told = self.posted.one("province")
        self.values["province"] = told if told in codes else codes[0]
        working = self.posted.one("working")
        if working not in ("yes", "no"):
            self.wrong["working"] = gettext("Hãy chọn ngày này nghỉ hay làm việc.")
        self.values["working"] = working == "yes"
        for name, words in (
            ("note", gettext("Hãy ghi lý do.")),
            ("decision", gettext("Hãy ghi số văn bản.")),
        ):
            self.values[name] = self.posted.one(name).strip()
            if not self.values[name]:
                self.wrong[name] = words
        return not self.wrong

    def _day(self) -> date | None:
        try:
            told = self.reader.read(_DAY, self.posted)
        except Refusal as refusal:
            self.wrong[_DAY.id] = refusal_text(refusal)
            return None
        if not told:
            self.wrong[_DAY.id] = gettext("Hãy nhập ngày.")
            return None
        return date.fromisoformat(told)

    def carried(self) -> dict[str, str]:
        """Return what was posted, to be carried to the next press."""
        day = {f"{_DAY.id}__{part}" for part in ("day", "month", "year")}
        names = {*day, "province", "working", "note", "decision"}
        return {name: self.posted.one(name) for name in sorted(names)}

    def _view(self, name: str, widget: str, label: str, **more: Any) -> FieldView:
        errors = [self.wrong[name]] if name in self.wrong else []
        place = name.replace(".", "-")
        return FieldView(id=place, name=name, widget=widget, label=label, errors=errors, **more)

    def _choice(
        self, name: str, widget: str, label: str, choices: list[tuple[str, str]]
    ) -> FieldView:
        chosen = self.posted.one(name)
        options = [Option(value, words, selected=value == chosen) for value, words in choices]
        return self._view(name, widget, label, options=options)
