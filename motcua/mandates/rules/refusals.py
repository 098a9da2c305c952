"""Why a mandate cannot be given, confirmed or used as asked."""

from typing import ClassVar

from motcua.kernel.refusal import Refusal, noop


class MandateUnknown(Refusal):
    """A mandate of other people, or one that never was: always the same words."""

    code: ClassVar[str] = "mandates.unknown"
    text: ClassVar[str] = noop(
        "Không tìm thấy ủy quyền này. Hãy mở lại đường dẫn trong tin nhắn, hoặc xem trang “Ủy quyền” của quý vị."
    )
    status: ClassVar[int] = 404


class MandatesOfPeople(Refusal):
    """Somebody signed in for an organisation asks for mandates, which people give each other."""

    code: ClassVar[str] = "mandates.of-people"
    text: ClassVar[str] = noop(
        "Ủy quyền ở đây là của cá nhân. Quý vị đang làm việc thay cho tổ chức; hãy đăng xuất rồi đăng nhập bằng "
        "tài khoản VNeID cá nhân. Tổ chức cử người thì mang giấy giới thiệu đến bộ phận một cửa."
    )
    status: ClassVar[int] = 403


class Oneself(Refusal):
    """Giver and holder are one person, or share one phone."""

    code: ClassVar[str] = "mandates.oneself"
    text: ClassVar[str] = noop(
        "Hai người phải khác nhau, mỗi người một số điện thoại: mã xác nhận gửi đến số của người ủy quyền. "
        "Hãy nhập số của người kia."
    )


class GroundNotHere(Refusal):
    """A ground that cannot be given in this way: online only close relatives and the village helper."""

    code: ClassVar[str] = "mandates.ground-not-here"
    text: ClassVar[str] = noop(
        "Hãy chọn người ấy là gì của quý vị. Người không có trong danh sách cần văn bản ủy quyền: "
        "mang văn bản đến bộ phận một cửa để ghi."
    )


class NothingGiven(Refusal):
    """No act was ticked."""

    code: ClassVar[str] = "mandates.nothing-given"
    text: ClassVar[str] = noop("Hãy đánh dấu ít nhất một việc được làm thay.")


class ActsNotGiven(Refusal):
    """An act beyond what this ground may allow, or filing anew what is filed."""

    code: ClassVar[str] = "mandates.acts-not-given"
    text: ClassVar[str] = noop(
        "Với quan hệ đã chọn, có việc không ủy quyền được. Hãy bỏ dấu ở những việc ấy rồi gửi lại."
    )


class LastsTooLong(Refusal):
    """It would last longer than its ground lets it, or has ended already."""

    code: ClassVar[str] = "mandates.lasts-too-long"
    text: ClassVar[str] = noop(
        "Với quan hệ đã chọn, ủy quyền có hiệu lực nhiều nhất {days} ngày. Hãy chọn thời gian ngắn hơn."
    )


class ScopeUnknown(Refusal):
    """What it is for was not chosen, or is not offered here."""

    code: ClassVar[str] = "mandates.scope-unknown"
    text: ClassVar[str] = noop("Hãy chọn ủy quyền cho việc gì.")


class MandateThere(Refusal):
    """The same two people have one for the same thing already."""

    code: ClassVar[str] = "mandates.there-already"
    text: ClassVar[str] = noop(
        "Hai người đã có một ủy quyền cho việc này. Muốn đổi, hãy thôi ủy quyền cũ rồi làm lại."
    )
    status: ClassVar[int] = 409


class MandateOver(Refusal):
    """It was revoked or ran out; nothing more can be done with it."""

    code: ClassVar[str] = "mandates.over"
    text: ClassVar[str] = noop(
        "Ủy quyền này đã kết thúc nên không làm thay được nữa. Hãy nhờ người ấy ủy quyền lại, "
        "hoặc để người ấy tự làm tiếp."
    )
    status: ClassVar[int] = 409


class NotInMandate(Refusal):
    """The holder may see the dossier, but this act was not given."""

    code: ClassVar[str] = "mandates.not-in-it"
    text: ClassVar[str] = noop(
        "Việc này không có trong ủy quyền của quý vị. Hãy để người ủy quyền tự làm, hoặc nhờ họ ủy quyền thêm."
    )
    status: ClassVar[int] = 403


class HolderUnproved(Refusal):
    """The paper names a personal number, and whoever accepts has not proved to be that person."""

    code: ClassVar[str] = "mandates.holder-unproved"
    text: ClassVar[str] = noop(
        "Văn bản ủy quyền ghi số định danh của người được ủy quyền. "
        "Hãy đăng nhập bằng VNeID của chính người ấy rồi mở lại đường dẫn này."
    )
    status: ClassVar[int] = 403


class PhoneNeeded(Refusal):
    """Nobody can be told about the mandate: the signed-in person has no phone here."""

    code: ClassVar[str] = "mandates.phone-needed"
    text: ClassVar[str] = noop(
        "Hãy nhập số điện thoại di động của quý vị. Mọi thay đổi của ủy quyền được nhắn đến số này."
    )


class GiversPhone(Refusal):
    """What is filed for somebody must reach that person: the declared phone is another one."""

    code: ClassVar[str] = "mandates.givers-phone"
    text: ClassVar[str] = noop(
        "Quý vị nộp thay {name}: số điện thoại trong tờ khai phải là số của người ấy, "
        "để tin nhắn về hồ sơ đến đúng người. Hãy sửa lại số điện thoại."
    )


class OtherEyes(Refusal):
    """Whoever recorded a mandate cannot also confirm it."""

    code: ClassVar[str] = "mandates.other-eyes"
    text: ClassVar[str] = noop(
        "Người ghi không tự xác nhận được. Hãy nhờ một cán bộ khác của bộ phận một cửa hoặc lãnh đạo xem giấy và xác nhận."
    )
    status: ClassVar[int] = 403


class PaperNeeded(Refusal):
    """A mandate is recorded at the counter from its paper."""

    code: ClassVar[str] = "mandates.paper-needed"
    text: ClassVar[str] = noop("Hãy chụp hoặc quét văn bản ủy quyền, giấy giới thiệu.")


class NotAtMandates(Refusal):
    """Mandates are recorded by the front desk and confirmed by it or by the leader."""

    code: ClassVar[str] = "mandates.not-yours"
    text: ClassVar[str] = noop(
        "Ủy quyền do bộ phận một cửa ghi và bộ phận một cửa hoặc lãnh đạo xác nhận. Hãy nhờ những người đó."
    )
    status: ClassVar[int] = 403
