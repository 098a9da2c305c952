"""A second supplement request: prepared by an official, approved or handed back by the leader."""

from typing import ClassVar

from django.utils.translation import gettext

from motcua.desk.act_forms import ActForm, How
from motcua.desk.reasons import AskSupplement
from motcua.desk.telling import stage_words
from motcua.journeys import handling
from motcua.ui.fields import FieldView


class Prepare(AskSupplement):
    """Put a further request before the leader, as complete as the first."""

    doing = "prepare"

    def lead(self) -> str:
        return gettext(
            "Yêu cầu này trình lãnh đạo; lãnh đạo duyệt thì mới gửi cho người dân. "
            "Bộ chỉ số theo Quyết định 766/QĐ-TTg tính hồ sơ bị yêu cầu bổ sung lần hai là trễ hạn."
        )

    def do(self, how: How) -> None:
        handling.prepare_request(
            code=self.code, post=how.post, leg=self.part, faults=self.faults(), key=how.key,
            seen=how.seen, at=how.at,
        )  # fmt: skip


class DeclineRequest(ActForm):
    """Hand a prepared request back: the applicant is not asked again."""

    doing = "decline_request"
    kind: ClassVar[str] = "secondary"

    def lead(self) -> str:
        if not self.part:
            return gettext("Yêu cầu bổ sung không được gửi; cán bộ đã trình đọc lý do này.")
        return gettext(
            "Yêu cầu bổ sung của phần “{leg}” không được gửi; cán bộ đã trình đọc lý do này."
        ).format(leg=stage_words(self.opened, self.part))

    def fields(self) -> list[FieldView]:
        return [self._view("remark", "long_text", gettext("Vì sao không gửi"), counted=1000)]

    def ready(self) -> bool:
        self._need("remark", gettext("Hãy ghi lý do để cán bộ biết phải làm gì tiếp."))
        return not self.wrong

    def do(self, how: How) -> None:
        handling.decline_request(
            code=self.code, post=how.post, leg=self.part, remark=self.posted.one("remark")[:1000],
            key=how.key, seen=how.seen, at=how.at,
        )  # fmt: skip
