"""What the counter says of people: no more than is needed to tell them apart."""

from django.utils.translation import gettext

from motcua.dossiers.rules.facts import Handing
from motcua.kernel import phone as phones
from motcua.kernel.refusal import Refusal


def channel_words(channel: str) -> str:
    """Return by which road a paper dossier came."""
    return {"counter": gettext("nộp tại quầy"), "post": gettext("gửi qua bưu điện")}.get(
        channel, ""
    )


def masked_phone(number: str) -> str:
    """Return a phone number as it may be shown to tell people apart."""
    try:
        return phones.mask(phones.read_contact(number))
    except Refusal:
        return f"… {number[-3:]}"


def proof_words() -> dict[str, str]:
    """Return by what somebody shows at the counter who they are."""
    return {
        "card": gettext("Thẻ căn cước"),
        "vneid": gettext("Căn cước điện tử trên VNeID"),
        "passport": gettext("Hộ chiếu"),
    }


def handing_words(handing: Handing) -> str:
    """Say how whoever fetched a result showed who they are and confirmed it."""
    shown = gettext("Đã xem {proof}, số cuối {digits}.").format(
        proof=proof_words()[handing.proof], digits=handing.digits
    )
    proxy = gettext("Nhận thay theo: {authority}.").format(authority=handing.authority)
    confirmed = {
        "code": gettext("Người nhận xác nhận bằng mã gửi đến điện thoại."),
        "sheet": gettext("Người nhận ký trên phiếu giao kết quả."),
    }[handing.confirmed]
    return " ".join([shown, *([proxy] if handing.authority else []), confirmed])
