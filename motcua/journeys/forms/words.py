"""What a form is called, to officials and to citizens."""

from django.utils.translation import gettext

from motcua.journeys.forms.listing import NUMBERS, Form
from motcua.procedures.rules.procedure import Procedure


def form_words(form: Form, procedure: Procedure, language: str) -> str:
    """Return the form's name, with the part it is about and which of several requests it is."""
    names = {
        "receipt": gettext("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
        "supplement": gettext("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
        "refusal": gettext("Phiếu từ chối giải quyết hồ sơ"),
        "extension": gettext("Văn bản xin lỗi và đề nghị gia hạn"),
        "control": gettext("Phiếu kiểm soát quá trình giải quyết hồ sơ"),
        "stop": gettext("Thông báo dừng giải quyết hồ sơ"),
    }
    parts = [names[form.kind]]
    if form.turn > 1:
        parts.append(gettext("lần {n}").format(n=form.turn))
    if form.leg and procedure.linked and form.kind != "control":
        parts.append(procedure.plan.stage(form.leg).name.to(language))
    return " – ".join(parts)


def form_number(form: Form) -> str:
    """Return which form of the circular it is: “Mẫu 02”."""
    return gettext("Mẫu {number}").format(number=NUMBERS[form.kind])
