"""Why help cannot be had as asked."""

from typing import ClassVar

from motcua.kernel.refusal import Refusal, noop


class CodeUnknown(Refusal):
    """A help code that never was, is over, was used or taken back: always the same words, so that guesses learn nothing."""

    code: ClassVar[str] = "help.code-unknown"
    text: ClassVar[str] = noop(
        "Mã giúp này không đúng hoặc không còn dùng được. Hãy hỏi lại người nhờ quý vị: "
        "họ tạo được mã mới ngay trong hồ sơ đang khai."
    )
    status: ClassVar[int] = 404


class HelpOver(Refusal):
    """The help was ended by its owner, by its time, or because the dossier is filed."""

    code: ClassVar[str] = "help.over"
    text: ClassVar[str] = noop(
        "Việc giúp khai hồ sơ này đã kết thúc. Cảm ơn quý vị đã giúp. "
        "Nếu cần giúp tiếp, hãy nhắn người ấy tạo một mã mới."
    )
    status: ClassVar[int] = 410


class HelpOverUnsaved(HelpOver):
    """The help has ended, and what the helper still sent is kept nowhere: they are told, to read it out."""

    code: ClassVar[str] = "help.over-unsaved"
    text: ClassVar[str] = noop(
        "Việc giúp khai hồ sơ này đã kết thúc, nên những gì quý vị vừa gửi chưa được lưu. "
        "Hãy đọc lại cho người nhờ, hoặc xin họ một mã mới."
    )


class OwnersOnly(Refusal):
    """A page or an act that stays with the owner: filing, phone, how results come."""

    code: ClassVar[str] = "help.owners-only"
    text: ClassVar[str] = noop(
        "Bước này do chính người nộp hồ sơ làm: chọn cách nhận kết quả, cam đoan và nộp. "
        "Quý vị giúp khai đến đây, xin mời họ làm tiếp trên điện thoại của họ."
    )
    status: ClassVar[int] = 403


class PhoneMissing(Refusal):
    """Nobody can be told that a helper came in: the owner has given no phone."""

    code: ClassVar[str] = "help.phone-missing"
    text: ClassVar[str] = noop(
        "Hãy nhập số điện thoại của quý vị. Khi có người vào giúp, chúng tôi nhắn ngay đến số này."
    )


class NotInTheTeam(Refusal):
    """Somebody says they are of the village team, and the commune does not know their phone."""

    code: ClassVar[str] = "help.not-in-the-team"
    text: ClassVar[str] = noop(
        "Số điện thoại này chưa có trong danh sách tổ công nghệ số của xã, phường. "
        "Hãy chọn “người thân, người quen”, hoặc nhờ xã, phường ghi tên vào danh sách."
    )


class OwnPhone(Refusal):
    """The helper gave the owner's own phone: the message would warn nobody."""

    code: ClassVar[str] = "help.own-phone"
    text: ClassVar[str] = noop(
        "Đây là số của chính người nhờ giúp. Hãy nhập số điện thoại của người giúp; "
        "hai người ngồi cùng nhau thì không cần mã, cứ khai chung trên điện thoại của người nộp."
    )


class TeamNotYours(Refusal):
    """The village team is kept by the front desk, the leader or the administrator of the office."""

    code: ClassVar[str] = "help.team-not-yours"
    text: ClassVar[str] = noop(
        "Danh sách tổ công nghệ số do bộ phận một cửa, lãnh đạo hoặc quản trị của xã, phường giữ. "
        "Hãy nhờ những người đó."
    )
    status: ClassVar[int] = 403


class MemberUnsound(Refusal):
    """A member without a name, or with a last day that is past or more than two years ahead."""

    code: ClassVar[str] = "help.member-unsound"
    text: ClassVar[str] = noop(
        "Hãy ghi họ tên, và ngày cuối từ hôm nay trở đi, trong vòng hai năm."
    )


class MemberThere(Refusal):
    """The phone stands in the list of this office already."""

    code: ClassVar[str] = "help.member-there"
    text: ClassVar[str] = noop(
        "Số điện thoại này đã có trong danh sách. Muốn đổi, hãy bỏ dòng cũ rồi thêm lại."
    )
    status: ClassVar[int] = 409


class SupportNotYours(Refusal):
    """Calls and opinions are for the front desk and the leader of the office."""

    code: ClassVar[str] = "help.support-not-yours"
    text: ClassVar[str] = noop(
        "Gọi lại và ý kiến người dân dành cho bộ phận một cửa và lãnh đạo cơ quan. Hãy nhờ những người đó."
    )
    status: ClassVar[int] = 403


class LeaderAnswers(Refusal):
    """An opinion is answered by the leader of the office."""

    code: ClassVar[str] = "help.leader-answers"
    text: ClassVar[str] = noop(
        "Ý kiến chưa hài lòng do lãnh đạo cơ quan trả lời. Hãy báo lãnh đạo."
    )
    status: ClassVar[int] = 403


class CallTimeTaken(Refusal):
    """A time at which nobody can call: past, closed, too far ahead, or all calls of it promised."""

    code: ClassVar[str] = "help.call-time-taken"
    text: ClassVar[str] = noop("Giờ này không còn hẹn gọi được. Hãy chọn một giờ trong danh sách.")
    status: ClassVar[int] = 409


class CallAskedAlready(Refusal):
    """The same phone waits for a call of the same office."""

    code: ClassVar[str] = "help.call-asked-already"
    text: ClassVar[str] = noop(
        "Số điện thoại này đang chờ một cuộc gọi của cơ quan rồi. Hãy xem hoặc hủy theo địa chỉ trong tin nhắn."
    )
    status: ClassVar[int] = 409


class CallUnknown(Refusal):
    """A call that nobody asked for, or of another office."""

    code: ClassVar[str] = "help.call-unknown"
    text: ClassVar[str] = noop("Không tìm thấy yêu cầu gọi lại này. Hãy kiểm tra lại địa chỉ.")
    status: ClassVar[int] = 404


class CallOver(Refusal):
    """A call that was made, given up or cancelled."""

    code: ClassVar[str] = "help.call-over"
    text: ClassVar[str] = noop("Yêu cầu gọi lại này đã xong. Cần nữa, quý vị hãy gửi yêu cầu mới.")
    status: ClassVar[int] = 409


class MarkMissing(Refusal):
    """No mark was chosen."""

    code: ClassVar[str] = "help.mark-missing"
    text: ClassVar[str] = noop("Hãy chọn một câu trả lời.")


class OpinionClosed(Refusal):
    """An opinion is changed for seven days, then it stays as it was counted."""

    code: ClassVar[str] = "help.opinion-closed"
    text: ClassVar[str] = noop(
        "Ý kiến này đã được ghi nhận quá 7 ngày nên không đổi nữa. Có điều muốn nói thêm, "
        "quý vị hãy gọi cho cơ quan theo số ở cuối trang."
    )
    status: ClassVar[int] = 409


class OpinionUnknown(Refusal):
    """An opinion of another office, or an address that nobody was sent."""

    code: ClassVar[str] = "help.opinion-unknown"
    text: ClassVar[str] = noop(
        "Địa chỉ này không đúng. Hãy mở lại đường dẫn trong tin nhắn, hoặc trong trang hồ sơ."
    )
    status: ClassVar[int] = 404


class ReplyMissing(Refusal):
    """An answer to an opinion without words."""

    code: ClassVar[str] = "help.reply-missing"
    text: ClassVar[str] = noop("Hãy ghi việc cơ quan đã làm hoặc sẽ làm.")
