"""Handing results over at the counter: who takes them, how they showed who they are, how they confirm."""

from io import BytesIO
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from motcua.desk.act_forms import ActForm, How
from motcua.desk.counter.words import masked_phone, proof_words
from motcua.desk.signing_in.session import the_official
from motcua.desk.telling import result_words
from motcua.documents.serving import pdf_response
from motcua.dossiers.rules.facts import Handing
from motcua.journeys import handing_over, looking, one_time_codes
from motcua.journeys.handing_note import note
from motcua.kernel.vietnamese import fold
from motcua.toolkit.clock import now
from motcua.ui.fields import FieldView, Option

PURPOSE = "hand-over"


class HandOver(ActForm):
    """Give results to the person at the counter, several of a dossier in one go."""

    doing = "hand_over"
    template = "counter/hand_over"
    sent = False

    def lead(self) -> str:
        return gettext("Khi mọi kết quả đã trả, hồ sơ tự khép lại.")

    def button(self) -> str:
        return gettext("Ghi đã trả kết quả")

    @property
    def phone(self) -> str:
        """Where a code can be sent: the phone the dossier was filed with."""
        phone: str = self.opened.row.phone
        return phone

    def ready_here(self) -> list[str]:
        """Return the results that may be given at the counter now."""
        return [c.offer.part for c in self.opened.chances if c.offer.doing == self.doing]

    def chosen(self) -> list[str]:
        """Return the results to give: those ticked, the one the page was opened for before that."""
        ticked = [one for one in self.posted.many("results") if one in self.ready_here()]
        return ticked if self.posted.one("key") else self.ready_here()

    def fields(self) -> list[FieldView]:
        chosen = self.chosen()
        options = [
            Option(one, result_words(self.opened, one), selected=one in chosen)
            for one in self.ready_here()
        ]
        name = self.opened.row.applicant_name
        return [
            self._view("results", "checkboxes", gettext("Trả những kết quả nào"), options=options),
            self._view(
                "receiver", "name", gettext("Họ tên người nhận"), value=name,
                attributes={"maxlength": "200"},
            ),
            self._view(
                "authority", "text", gettext("Giấy ủy quyền hoặc căn cứ nhận thay"), required=False,
                hint=gettext("Chỉ ghi khi người nhận không phải người nộp: số, ngày, nơi chứng thực."),
                attributes={"maxlength": "200"},
            ),
            self._view(
                "proof", "radio", gettext("Người nhận đã xuất trình"),
                options=self._options("proof", list(proof_words().items())),
            ),
            self._view(
                "digits", "text", gettext("3 số cuối của số trên giấy tờ đó"),
                attributes={"inputmode": "numeric", "maxlength": "3", "autocomplete": "off"},
            ),
        ]  # fmt: skip

    def context(self) -> dict[str, Any]:
        """Return the two ways to confirm."""
        wait = one_time_codes.wait(purpose=PURPOSE, phone=self.phone, at=self.opened.at)
        return {
            "phone": masked_phone(self.phone) if self.phone else "",
            "sent": self.sent or bool(self.posted.one("sent")),
            "wait": wait,
            "typed_code": self._view(
                "code", "code", gettext("Mã 6 chữ số người nhận đọc lại"), required=False
            ),
            "note_pdf": reverse("desk:handing_note", args=[self.code]),
        }

    def ready(self) -> bool:
        if not self.chosen():
            self.wrong["results"] = gettext("Hãy chọn ít nhất một kết quả.")
        receiver = self._need("receiver", gettext("Hãy ghi họ tên người nhận."))
        if self.posted.one("proof") not in proof_words():
            self.wrong["proof"] = gettext("Hãy chọn giấy tờ người nhận đã xuất trình.")
        digits = self.posted.one("digits")
        if len(digits) != handing_over.DIGITS or not digits.isdecimal():
            self.wrong["digits"] = gettext("Hãy ghi đúng 3 chữ số cuối.")
        if receiver and not self._is_applicant(receiver):
            self._need(
                "authority", gettext("Người nhận không phải người nộp: hãy ghi giấy ủy quyền.")
            )
        if not self.wrong and self.posted.one("_send"):
            self._send()
            return False
        return not self.wrong

    def _is_applicant(self, receiver: str) -> bool:
        return fold(receiver) == fold(self.opened.row.applicant_name)

    def _send(self) -> None:
        one_time_codes.send(
            purpose=PURPOSE, phone=self.phone, reference=self.code, at=self.opened.at
        )
        self.sent = True

    def do(self, how: How) -> None:
        by_code = bool(self.posted.one("_code")) and bool(self.phone)
        if by_code:
            one_time_codes.check(
                purpose=PURPOSE, phone=self.phone, reference=self.code,
                code=self.posted.one("code"), at=how.at,
            )  # fmt: skip
        handing = Handing.model_validate(
            {
                "proof": self.posted.one("proof"),
                "digits": self.posted.one("digits"),
                "authority": self.posted.one("authority")[:200],
                "confirmed": "code" if by_code else "sheet",
            }
        )
        handing_over.at_counter(
            code=self.code, post=how.post, results=self.chosen(),
            receiver=self.posted.one("receiver")[:200], handing=handing,
            note=[(file.name or "", BytesIO(file.read())) for file in self.files],
            key=how.key, seen=how.seen, at=how.at,
        )  # fmt: skip


@require_safe
def note_pdf(request: HttpRequest, code: str) -> HttpResponseBase:
    """Answer the hand-over note: to be signed before, to be kept after."""
    opened = looking.look_around(official=the_official(request), code=code, at=now())
    opened.must_be_open()
    return pdf_response(note(opened), f"phieu-giao-ket-qua-{code}.pdf")
