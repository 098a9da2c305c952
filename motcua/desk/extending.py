"""The forms of apology and extension: how many days, why, in which words; or the date stands."""

from datetime import datetime

from django.utils.translation import gettext, ngettext

from motcua.agencies.rules.codes import code_list
from motcua.desk.act_forms import ActForm, How
from motcua.desk.pages import language
from motcua.dossiers.rules.dossier import Extension
from motcua.dossiers.rules.extending import MOST_DAYS, new_date
from motcua.journeys import extending
from motcua.ui.fields import FieldView, Option
from motcua.ui.words import moment_words


class Extend(ActForm):
    """Apologise and promise a new date (form 04)."""

    doing = "extend"

    @property
    def proposal(self) -> Extension | None:
        """The apology the system has drafted, if it has."""
        return self.opened.dossier.clock.proposal

    def lead(self) -> str:
        due = self.opened.dossier.clock.due
        words = gettext(
            "Ngày hẹn hiện nay: {due}. Chỉ gia hạn được một lần, chậm nhất là trước ngày hẹn 1 ngày. "
            "Khi ký, người dân được báo ngay ngày hẹn mới và lời xin lỗi."
        )
        return words.format(due=moment_words(due))

    def button(self) -> str:
        return gettext("Ký xin lỗi và gia hạn")

    def fields(self) -> list[FieldView]:
        hint = gettext("Để trống thì dùng lời xin lỗi mẫu theo lý do đã chọn.")
        text = self.proposal.text if self.proposal and self._drafted() != extending.OTHER else ""
        return [
            self._view("days", "select", gettext("Ngày hẹn mới"), options=self._dates()),
            self._view("reason", "select", gettext("Lý do"), options=self._reasons()),
            self._view(
                "text", "long_text", gettext("Lời xin lỗi người dân sẽ đọc"), value=text, hint=hint,
                required=False, counted=extending.LONGEST,
            ),
        ]  # fmt: skip

    def _dates(self) -> list[Option]:
        chosen = self.posted.one("days") or str(self.proposal.days if self.proposal else "")
        return [
            Option(str(days), _date_words(days, due), selected=str(days) == chosen)
            for days in range(1, MOST_DAYS + 1)
            if (due := new_date(self.opened.law, self.opened.dossier, days))
        ]

    def _drafted(self) -> str:
        """Return the reason the draft knows; that of an official is theirs to give."""
        return self.proposal.reason if self.proposal else extending.OTHER

    def _reasons(self) -> list[Option]:
        known = self._drafted() if self._drafted() != extending.OTHER else ""
        chosen = self.posted.one("reason") or known
        return [
            Option(row.code, row.label(language()), selected=row.code == chosen)
            for row in code_list(extending.REASONS).rows
        ]

    def ready(self) -> bool:
        if self.posted.one("days") not in {option.value for option in self._dates()}:
            self.wrong["days"] = gettext("Hãy chọn ngày hẹn mới.")
        reason = self._need("reason", gettext("Hãy chọn lý do."))
        if reason == extending.OTHER:
            self._need("text", gettext("Với lý do khác, hãy viết lời xin lỗi và lý do."))
        return not self.wrong

    def do(self, how: How) -> None:
        extending.extend(
            code=self.code, post=how.post, days=int(self.posted.one("days")),
            reason=self.posted.one("reason"), text=self.posted.one("text"), key=how.key,
            seen=how.seen, at=how.at,
        )  # fmt: skip


def _date_words(days: int, due: datetime) -> str:
    words = ngettext("{due} – thêm {n} ngày làm việc", "{due} – thêm {n} ngày làm việc", days)
    return words.format(due=moment_words(due), n=days)


class DismissExtension(ActForm):
    """Do not sign the drafted apology."""

    doing = "dismiss"

    def lead(self) -> str:
        return gettext("Ngày hẹn giữ nguyên. Người dân không được báo gì.")

    def fields(self) -> list[FieldView]:
        return [
            self._view("remark", "long_text", gettext("Vì sao không cần gia hạn"), counted=1000)
        ]

    def ready(self) -> bool:
        self._need("remark", gettext("Hãy ghi vì sao không cần gia hạn."))
        return not self.wrong

    def do(self, how: How) -> None:
        extending.dismiss_extension(
            code=self.code, post=how.post, remark=self.posted.one("remark")[:1000], key=how.key,
            seen=how.seen, at=how.at,
        )  # fmt: skip
