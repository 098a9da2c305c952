"""Why a journey cannot go on."""

from typing import ClassVar

from motcua.kernel.refusal import Refusal, noop


class OthersDraft(Refusal):
    """The service asks for VNeID, and whoever is signed in is not who began the declaration."""

    code = "journeys.others-draft"
    text = noop(
        "Tờ khai này do một tài khoản khác bắt đầu, nên chỉ tài khoản ấy nộp được. Hãy đăng xuất rồi đăng nhập "
        "bằng tài khoản đó; những gì đã khai vẫn còn."
    )
    status = 403


class DeclarationIncomplete(Refusal):
    """Something is missing or contradicts itself."""

    code: ClassVar[str] = "journeys.declaration-incomplete"
    text: ClassVar[str] = noop("Tờ khai còn {count} chỗ chưa xong. Hãy bấm vào từng mục để sửa.")


class DoubtsUnconfirmed(Refusal):
    """The person has not said that unusual answers are really so."""

    code: ClassVar[str] = "journeys.doubts-unconfirmed"
    text: ClassVar[str] = noop(
        "Có thông tin khác thường. Hãy sửa lại, hoặc đánh dấu xác nhận rằng thông tin đúng như vậy."
    )


class PaperMissing(Refusal):
    """A required paper is not there."""

    code: ClassVar[str] = "journeys.paper-missing"
    text: ClassVar[str] = noop("Còn thiếu giấy tờ: {papers}. Hãy chụp hoặc chọn tệp.")


class PapersUnsorted(Refusal):
    """Pages brought together in one go still lie there, and nobody has said which paper each is of."""

    code: ClassVar[str] = "journeys.papers-unsorted"
    text: ClassVar[str] = noop(
        "Còn trang giấy tờ chưa xếp vào mục nào. Hãy mở “Gửi nhiều giấy tờ một lần” để xếp nốt hoặc bỏ bớt."
    )


class NotAtCounter(Refusal):
    """Somebody opens a page of the counter who does not work there."""

    code: ClassVar[str] = "journeys.not-at-counter"
    text: ClassVar[str] = noop(
        "Trang này dành cho bộ phận một cửa. Hãy nhờ người quản trị giao vị trí ở bộ phận một cửa."
    )
    status: ClassVar[int] = 403


class OtherOffice(Refusal):
    """What is brought to a counter is another office's to receive."""

    code: ClassVar[str] = "journeys.other-office"
    text: ClassVar[str] = noop(
        "Việc này do {agency} tiếp nhận. Hãy chọn xã, phường của quầy mình, hoặc hướng dẫn người dân "
        "nộp trực tuyến tại quầy."
    )


class SheetMissing(Refusal):
    """The applicant is to confirm by signature, and the signed declaration was not photographed."""

    code: ClassVar[str] = "journeys.sheet-missing"
    text: ClassVar[str] = noop("Hãy chụp hoặc quét tờ khai đã có chữ ký của người nộp.")


class ApplicantUnconfirmed(Refusal):
    """Nobody has said how the applicant confirms what was typed for them."""

    code: ClassVar[str] = "journeys.applicant-unconfirmed"
    text: ClassVar[str] = noop(
        "Hãy chọn cách người nộp xác nhận: mã gửi đến điện thoại của họ, hoặc chữ ký trên tờ khai in ra."
    )


class PledgeMissing(Refusal):
    """The person has not pledged that what is declared is true."""

    code: ClassVar[str] = "journeys.pledge-missing"
    text: ClassVar[str] = noop("Hãy đọc và đánh dấu vào lời cam đoan trước khi nộp.")


class PledgeOutdated(Refusal):
    """What is declared was changed after the person pledged that it is true: here, in another tab, by a helper."""

    code: ClassVar[str] = "journeys.pledge-outdated"
    text: ClassVar[str] = noop(
        "Bản khai đã thay đổi sau khi quý vị cam đoan. Hãy xem lại và cam đoan lần nữa."
    )


class WayUnknown(Refusal):
    """A way of receiving a result that the service does not offer."""

    code: ClassVar[str] = "journeys.way-unknown"
    text: ClassVar[str] = noop("Hãy chọn cách nhận kết quả cho “{result}”.")


class AddressTooLong(Refusal):
    """More than an envelope has room for."""

    code: ClassVar[str] = "journeys.address-too-long"
    text: ClassVar[str] = noop(
        "Địa chỉ nhận kết quả dài quá. "
        "Hãy viết gọn: họ tên tối đa {name} ký tự, địa chỉ chi tiết tối đa {detail} ký tự."
    )


class AddressIncomplete(Refusal):
    """Results by post need a receiver, a phone and an address."""

    code: ClassVar[str] = "journeys.address-incomplete"
    text: ClassVar[str] = noop(
        "Để nhận kết quả qua bưu điện, hãy ghi đủ họ tên người nhận, số điện thoại, "
        "xã, tỉnh và địa chỉ chi tiết."
    )


class NotSignedInEnough(Refusal):
    """The service asks for a stronger way of signing in."""

    code: ClassVar[str] = "journeys.not-signed-in-enough"
    text: ClassVar[str] = noop(
        "Dịch vụ này cần đăng nhập bằng {way} trước khi khai. Hãy đăng nhập rồi mở lại."
    )
    status: ClassVar[int] = 403


class NobodyServes(Refusal):
    """No agency of this installation serves the place."""

    code: ClassVar[str] = "journeys.nobody-serves"
    text: ClassVar[str] = noop(
        "Chưa có cơ quan nào ở {place} nhận hồ sơ này trên hệ thống. "
        "Hãy chọn xã khác hoặc liên hệ bộ phận một cửa nơi đó."
    )
    status: ClassVar[int] = 409


class NotEligible(Refusal):
    """An eligibility answer leads out of this service."""

    code: ClassVar[str] = "journeys.not-eligible"
    text: ClassVar[str] = noop("{why} {instead}")
    status: ClassVar[int] = 409


class ProofMissing(Refusal):
    """A result is handed over without saying how the receiver showed who they are."""

    code: ClassVar[str] = "journeys.proof-missing"
    text: ClassVar[str] = noop("Hãy xem giấy tờ của người nhận và ghi đúng 3 số cuối.")


class SignedNoteMissing(Refusal):
    """The receiver is to confirm by signature, and the signed hand-over note was not photographed."""

    code: ClassVar[str] = "journeys.signed-note-missing"
    text: ClassVar[str] = noop("Hãy chụp phiếu giao kết quả đã có chữ ký của người nhận.")


class TrackingNumberMissing(Refusal):
    """A letter given to the post without the number by which it is followed."""

    code: ClassVar[str] = "journeys.tracking-number-missing"
    text: ClassVar[str] = noop("Hãy ghi số hiệu bưu gửi in trên phiếu của bưu điện.")


class NotAskedToPay(Refusal):
    """There is no demand for this fee (yet)."""

    code: ClassVar[str] = "journeys.not-asked-to-pay"
    text: ClassVar[str] = noop("Khoản thu này chưa được lập. Hãy tải lại trang sau ít giây.")
    status: ClassVar[int] = 409


class NotTogether(Refusal):
    """The act needs something typed or somebody present for each dossier: it is not done to many at once."""

    code: ClassVar[str] = "journeys.not-together"
    text: ClassVar[str] = noop(
        "Việc này phải làm riêng từng hồ sơ vì cần nhập thông tin hoặc cần người dân có mặt. "
        "Hãy mở hồ sơ để làm."
    )
    status: ClassVar[int] = 409


class ContactMissing(Refusal):
    """Neither a phone nor an address to be reached at."""

    code: ClassVar[str] = "journeys.contact-missing"
    text: ClassVar[str] = noop("Hãy nhập số điện thoại di động hoặc địa chỉ thư điện tử.")
    status: ClassVar[int] = 422


class WaysChanged(Refusal):
    """How the results come was chosen on another device since this page was made."""

    code: ClassVar[str] = "journeys.ways-changed"
    text: ClassVar[str] = noop(
        "Cách nhận kết quả vừa được chọn khác ở thẻ hoặc máy khác. Hãy xem lại rồi lưu lần nữa để "
        "giữ cách chọn trên trang này."
    )
    status: ClassVar[int] = 409


class NotAtHeldFiles(Refusal):
    """Files set apart are for the head and the administrator of the office."""

    code: ClassVar[str] = "journeys.not-at-held-files"
    text: ClassVar[str] = noop(
        "Chỉ lãnh đạo và người quản trị của cơ quan xem được các tệp bị cách ly. Hãy báo lãnh đạo."
    )
    status: ClassVar[int] = 403


class NobodyToAsk(Refusal):
    """Whoever sent the file has left neither a phone nor an address."""

    code: ClassVar[str] = "journeys.nobody-to-ask"
    text: ClassVar[str] = noop(
        "Người gửi không để lại số điện thoại hay thư điện tử, nên không nhắn được. "
        "Hãy chờ họ gửi lại: lúc gửi, họ đã được báo là tệp không dùng được."
    )
    status: ClassVar[int] = 409


class NothingWaitsForIt(Refusal):
    """What the file was sent for is filed, answered or over."""

    code: ClassVar[str] = "journeys.nothing-waits-for-it"
    text: ClassVar[str] = noop(
        "Hồ sơ không còn chờ giấy tờ này, nên không trả tệp lại được. Nếu vẫn cần, hãy yêu cầu bổ sung trong hồ sơ."
    )
    status: ClassVar[int] = 409
