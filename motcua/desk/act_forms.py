"""The forms of the desk's acts: what each asks, and which journey it calls."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext

from motcua.agencies.models import Post
from motcua.desk.act_links import label
from motcua.desk.telling import stage_words
from motcua.dossiers.rules.offers import Doing, Offer
from motcua.journeys import handing_over, handling
from motcua.journeys.looking import Opened
from motcua.kernel.words import WordsTooLong, within
from motcua.procedures.rules.reading_answers import Posted
from motcua.ui.fields import FieldView, Option
from motcua.ui.refusals import refusal_text
from motcua.ui.words import money_words


@dataclass(frozen=True)
class How:
    """In which post, under which key, and after which event somebody acts."""

    post: Post
    key: str
    seen: int
    at: datetime


@dataclass
class ActForm(ABC):
    """One act: its words, its fields, what it does. Subclasses say what differs."""

    opened: Opened
    offer: Offer
    post: Post
    posted: Posted = field(default_factory=lambda: Posted({}))
    wrong: dict[str, str] = field(default_factory=dict)
    files: list[UploadedFile] = field(default_factory=list)

    doing: ClassVar[Doing]
    template: ClassVar[str] = "act"
    kind: ClassVar[str] = "primary"
    seen_counts: ClassVar[bool] = True
    """Whether somebody else's act in between stops this one; money has its own guard."""

    @property
    def code(self) -> str:
        """The dossier's code."""
        return self.opened.row.code

    @property
    def part(self) -> str:
        """The leg, result or fee it is about."""
        return self.offer.part

    def title(self) -> str:
        """Return the page's title."""
        return label(self.opened, self.offer)

    def lead(self) -> str:
        """Return what follows from the act, in a sentence."""
        return ""

    def button(self) -> str:
        """Return the words on the button."""
        return self.title()

    def fields(self) -> list[FieldView]:
        """Return the fields to fill in."""
        return []

    def context(self) -> dict[str, Any]:
        """Return what the page shows besides."""
        return {}

    def ready(self) -> bool:
        """Read what was posted; False when the page must be shown again (`wrong` says why)."""
        return not self.wrong

    def fits(self) -> bool:
        """Tell whether every answer has room where it is kept; `wrong` says which has not."""
        for view in self.fields():
            if view.counted:
                self._within(view.name, view.counted)
        return not self.wrong

    def _within(self, name: str, most: int) -> None:
        try:
            within(self.posted.one(name), most)
        except WordsTooLong as refusal:
            self.wrong[name] = refusal_text(refusal)

    @abstractmethod
    def do(self, how: How) -> None:
        """Call the journey. Raises its refusals."""

    def _need(self, name: str, words: str) -> str:
        told = self.posted.one(name)
        if not told:
            self.wrong[name] = words
        return told

    def _view(self, name: str, widget: str, title: str, **more: Any) -> FieldView:
        errors = [self.wrong[name]] if name in self.wrong else []
        usual = more.pop("value", "")
        value = self.posted.one(name) or usual
        return FieldView(
            id=name.replace(".", "-"),
            name=name,
            widget=widget,
            label=title,
            value=value,
            errors=errors,
            **more,
        )

    def _options(self, name: str, choices: Sequence[tuple[str, str]]) -> list[Option]:
        chosen = self.posted.one(name)
        return [Option(value, words, selected=value == chosen) for value, words in choices]


class Receive(ActForm):
    """Take the dossier in."""

    doing = "receive"

    def lead(self) -> str:
        return gettext("Thời hạn bắt đầu tính và người dân được báo ngay ngày hẹn trả.")

    def do(self, how: How) -> None:
        handling.receive(code=self.code, post=how.post, key=how.key, seen=how.seen, at=how.at)


class SendBack(ActForm):
    """Return a leg to its drafting step."""

    doing = "send_back"

    def lead(self) -> str:
        return gettext("Phần “{leg}” quay lại bước soạn, kèm ý kiến này.").format(
            leg=stage_words(self.opened, self.part)
        )

    def fields(self) -> list[FieldView]:
        return [self._view("remark", "long_text", gettext("Cần sửa những gì"), counted=1000)]

    def ready(self) -> bool:
        self._need("remark", gettext("Hãy ghi cần sửa những gì."))
        return not self.wrong

    def do(self, how: How) -> None:
        handling.send_back(
            code=self.code, post=how.post, leg=self.part, step=self.offer.step,
            remark=self.posted.one("remark")[:1000], key=how.key, seen=how.seen, at=how.at,
        )  # fmt: skip


class AnswerWithdrawal(ActForm):
    """Agree that the applicant takes the dossier back, or say why not."""

    doing = "withdrawal"

    def lead(self) -> str:
        return gettext("Nếu đồng ý, các phần chưa xong sẽ dừng lại và hồ sơ khép lại.")

    def button(self) -> str:
        return gettext("Gửi trả lời")

    def fields(self) -> list[FieldView]:
        choices = [
            ("yes", gettext("Đồng ý cho rút hồ sơ")),
            ("no", gettext("Không đồng ý, tiếp tục giải quyết")),
        ]
        return [
            self._view(
                "answer", "radio", gettext("Trả lời"), options=self._options("answer", choices)
            ),
            self._view("remark", "long_text", gettext("Lý do, nếu không đồng ý"), required=False),
        ]

    def ready(self) -> bool:
        if self.posted.one("answer") not in ("yes", "no"):
            self.wrong["answer"] = gettext("Hãy chọn một câu trả lời.")
        if self.posted.one("answer") == "no":
            self._need("remark", gettext("Hãy ghi lý do để người dân hiểu."))
        return not self.wrong

    def do(self, how: How) -> None:
        handling.answer_withdrawal(
            code=self.code, post=how.post, accepts=self.posted.one("answer") == "yes",
            remark=self.posted.one("remark")[:1000], key=how.key, seen=how.seen, at=how.at,
        )  # fmt: skip


class GiveToPost(ActForm):
    """Give a letter to the post by hand."""

    doing = "post"

    def lead(self) -> str:
        return gettext(
            "Chỉ dùng khi hệ thống bưu điện không tự nhận đơn và thư đã được gửi tại bưu cục."
        )

    def button(self) -> str:
        return gettext("Ghi đã gửi bưu điện")

    def fields(self) -> list[FieldView]:
        hint = gettext("In trên phiếu gửi của bưu điện.")
        return [
            self._view(
                "number",
                "text",
                gettext("Số hiệu bưu gửi"),
                hint=hint,
                attributes={"maxlength": "100"},
            )
        ]

    def ready(self) -> bool:
        self._need("number", gettext("Hãy ghi số hiệu bưu gửi."))
        return not self.wrong

    def do(self, how: How) -> None:
        handing_over.given_to_post(
            code=self.code, post=how.post, result=self.part,
            tracking_number=self.posted.one("number")[:100],
            key=how.key, seen=how.seen, at=how.at,
        )  # fmt: skip


class TakeCash(ActForm):
    """Take a fee in cash."""

    doing = "cash"
    seen_counts = False

    def lead(self) -> str:
        fee = self.opened.dossier.fees.get(self.part)
        amount = money_words(fee.amount) if fee else ""
        return gettext("Số tiền phải thu: {amount}. Biên lai được lập ngay.").format(amount=amount)

    def button(self) -> str:
        return gettext("Đã nhận đủ tiền, lập biên lai")

    def fields(self) -> list[FieldView]:
        words = gettext("Tôi đã nhận đủ số tiền trên bằng tiền mặt")
        return [self._view("taken", "checkbox", words)]

    def ready(self) -> bool:
        self._need("taken", gettext("Hãy xác nhận đã nhận đủ tiền."))
        return not self.wrong

    def do(self, how: How) -> None:
        handing_over.cash_taken(
            code=self.code, post=how.post, fee=self.part, key=how.key, at=how.at
        )
