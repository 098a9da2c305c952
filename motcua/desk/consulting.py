"""The forms of a consultation: whom to ask, what, until when, what they may see; and the opinion."""

from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django.utils.translation import gettext, ngettext

from motcua.agencies.queries import agency
from motcua.desk.act_forms import ActForm, How
from motcua.desk.pages import language
from motcua.desk.words import role_words
from motcua.dossiers.rules.dossier import Consultation
from motcua.journeys import consulting, looking
from motcua.journeys.consulting import Unit
from motcua.journeys.looking import Target
from motcua.ui.fields import FieldView, Option
from motcua.ui.words import moment_words


class Consult(ActForm):
    """Ask another unit or agency."""

    doing = "consult"
    template: ClassVar[str] = "consult"

    def lead(self) -> str:
        return gettext(
            "Câu hỏi, hạn và trả lời được lưu trong hồ sơ. Thời hạn của hồ sơ vẫn tính; "
            "nơi được hỏi trả lời trễ thì người phụ trách bộ phận một cửa được báo."
        )

    def button(self) -> str:
        return gettext("Gửi câu hỏi")

    @cached_property
    def units(self) -> list[Unit]:
        """Whom one may ask."""
        return consulting.units(self.opened, self.post, name=self.posted.one("name"))

    def fields(self) -> list[FieldView]:
        hint = gettext("Không có trong danh sách trên? Gõ tên cơ quan rồi bấm Tìm.")
        return [
            self._view("whom", "select", gettext("Hỏi ai"), options=self._whom()),
            self._view(
                "name", "text", gettext("Tìm cơ quan khác theo tên"), hint=hint, required=False
            ),
            self._view("question", "long_text", gettext("Cần cho ý kiến về"), counted=2000),
            self._view("until", "select", gettext("Trả lời trước"), options=self._dates()),
        ]

    def _whom(self) -> list[Option]:
        chosen = self.posted.one("whom")
        return [
            Option(
                unit.key,
                f"{role_words(unit.role)} – {unit.agency.name}",
                selected=unit.key == chosen,
                group=unit.agency.name,
            )
            for unit in self.units
        ]

    def _dates(self) -> list[Option]:
        chosen = self.posted.one("until")
        return [
            Option(str(days), _date_words(days, due), selected=str(days) == chosen)
            for days, due in consulting.dates(self.opened, self.part)
        ]

    def context(self) -> dict[str, Any]:
        """Return what may be ticked for an agency that sees nothing of the dossier by itself."""
        return {
            "shown_fields": self._ticks("fields", "field", gettext("Mục của tờ khai")),
            "shown_papers": self._ticks("papers", "paper", gettext("Giấy tờ")),
        }

    @cached_property
    def targets(self) -> list[Target]:
        """What the asker sees and so may show."""
        return looking.targets(self.opened, language())

    def _ticks(self, name: str, kind: str, title: str) -> FieldView:
        ticked = set(self.posted.many(name))
        options = [
            Option(target.id, target.label, selected=target.id in ticked)
            for target in self.targets
            if target.kind == kind
        ]
        return self._view(name, "checkboxes", title, options=options, required=False)

    def ready(self) -> bool:
        if self.posted.one("_find"):
            return False
        if self._unit() is None:
            self.wrong["whom"] = gettext("Hãy chọn nơi cần hỏi.")
        self._need("question", gettext("Hãy viết điều cần cho ý kiến."))
        if self._until() is None:
            self.wrong["until"] = gettext("Hãy chọn hạn trả lời.")
        return not self.wrong

    def _unit(self) -> Unit | None:
        return next((unit for unit in self.units if unit.key == self.posted.one("whom")), None)

    def _until(self) -> tuple[int, datetime] | None:
        offered = {str(one[0]): one for one in consulting.dates(self.opened, self.part)}
        return offered.get(self.posted.one("until"))

    def do(self, how: How) -> None:
        unit, chosen = self._unit(), self._until()
        if unit is None or chosen is None:
            raise ValueError("`ready` is asked first")
        days, until = chosen
        consulting.consult(
            opened=self.opened, post=how.post, leg=self.part, unit=unit,
            question=self.posted.one("question"), until=until, days=days,
            fields=self._known("field"), papers=self._known("paper"), key=how.key, seen=how.seen,
        )  # fmt: skip

    def _known(self, kind: str) -> list[str]:
        ticked = self.posted.many(f"{kind}s")
        there = {target.id for target in self.targets if target.kind == kind}
        return [name for name in dict.fromkeys(ticked) if name in there]


def _date_words(days: int, due: datetime) -> str:
    if not days:
        return moment_words(due)
    words = ngettext("{due} – {n} ngày làm việc", "{due} – {n} ngày làm việc", days)
    return words.format(due=moment_words(due), n=days)


class Opinion(ActForm):
    """Give the opinion that was asked for."""

    doing = "opinion"
    seen_counts = False

    @property
    def asked(self) -> Consultation | None:
        """The question."""
        numbers = self.opened.dossier.consultations
        return numbers.get(int(self.part)) if self.part.isdigit() else None

    def lead(self) -> str:
        asked = self.asked
        if asked is None:
            return ""
        return gettext("{who} hỏi: {question} Trả lời trước {until}.").format(
            who=agency(asked.asked_by.agency).name, question=asked.question,
            until=moment_words(asked.until),
        )  # fmt: skip

    def button(self) -> str:
        return gettext("Gửi ý kiến")

    def fields(self) -> list[FieldView]:
        return [self._view("answer", "long_text", gettext("Ý kiến trả lời"), counted=2000)]

    def ready(self) -> bool:
        self._need("answer", gettext("Hãy viết ý kiến trả lời."))
        return not self.wrong

    def do(self, how: How) -> None:
        consulting.answer_consultation(
            code=self.code, post=how.post, number=int(self.part) if self.part.isdigit() else 0,
            answer=self.posted.one("answer"), key=how.key, at=how.at,
        )  # fmt: skip
