"""The questions of opening a book and of striking a number."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from motcua.desk.pages import language
from motcua.journeys.bookkeeping import Keeper
from motcua.procedures.rules.reading_answers import Posted
from motcua.registers.rules.kinds import kinds
from motcua.ui.fields import ErrorLink, FieldView, Option

LONGEST = 7
"""Digits of the largest number that a book may hold, and a column can."""


def whole(told: str) -> int:
    """Return the number somebody typed, 0 when it is none."""
    return int(told) if told.isascii() and told.isdigit() and len(told) <= LONGEST else 0


@dataclass
class OpenForm:
    """Which book, from which number on."""

    keeper: Keeper
    posted: Posted
    year: int
    wrong: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)

    def fields(self) -> list[FieldView]:
        """Return the questions, with what was answered."""
        offices = [(str(agency.pk), agency.name) for agency in self.keeper.agencies]
        names = [(kind.code, kind.name.label(language())) for kind in kinds()]
        years = [(str(self.year), str(self.year)), (str(self.year - 1), str(self.year - 1))]
        shown = [self._select("kind", gettext("Sổ"), names)]
        if len(offices) > 1:
            shown.insert(0, self._select("agency", gettext("Cơ quan"), offices))
        hint = gettext(
            "Sổ giấy hoặc hệ thống khác đã ghi đến số 283 thì nhập 284; sổ mới thì nhập 1."
        )
        return [
            *shown,
            self._select("year", gettext("Năm"), years),
            self._number("volume", gettext("Quyển thứ"), "1", ""),
            self._number("first", gettext("Số đầu tiên ghi ở đây"), "1", hint),
        ]

    def general(self) -> list[ErrorLink]:
        """Return what is wrong with the whole."""
        return [ErrorLink(words) for name, words in self.wrong.items() if not name]

    def ready(self) -> bool:
        """Read what was posted; False when something is wrong."""
        offices = [agency.pk for agency in self.keeper.agencies]
        for name in ("year", "volume", "first"):
            told = self.posted.one(name)
            self.values[name] = whole(told)
            if not self.values[name]:
                self.wrong[name] = gettext("Hãy nhập một số nguyên từ 1.")
        self.values["kind"] = self.posted.one("kind")
        if not self.values["kind"]:
            self.wrong["kind"] = gettext("Hãy chọn loại sổ.")
        self.values["agency_id"] = whole(self.posted.one("agency")) or offices[0]
        return not self.wrong

    def _view(self, name: str, widget: str, label: str, **more: Any) -> FieldView:
        errors = [self.wrong[name]] if name in self.wrong else []
        return FieldView(id=name, name=name, widget=widget, label=label, errors=errors, **more)

    def _select(self, name: str, label: str, choices: list[tuple[str, str]]) -> FieldView:
        chosen = self.posted.one(name) or (str(self.year) if name == "year" else "")
        options = [Option(value, words, selected=value == chosen) for value, words in choices]
        return self._view(name, "select", label, options=options)

    def _number(self, name: str, label: str, usual: str, hint: str) -> FieldView:
        value = self.posted.one(name) or usual
        return self._view(name, "number", label, value=value, hint=hint)


def strike_view(reason: str, wrong: str) -> FieldView:
    """Return the question why a number is struck."""
    return FieldView(
        id="reason", name="reason", widget="long_text", label=gettext("Lý do gạch số này"),
        value=reason, counted=300, errors=[wrong] if wrong else [],
        hint=gettext("Người đọc sổ về sau chỉ có dòng này để hiểu vì sao."),
    )  # fmt: skip
