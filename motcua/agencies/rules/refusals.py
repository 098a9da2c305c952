"""Why the agencies room says no."""

from typing import ClassVar

from motcua.kernel.refusal import Refusal, noop


class UnknownPlace(Refusal):
    """No unit had this code on this day. Data: `place` (the code)."""

    code: ClassVar[str] = "agencies.unknown-place"
    text: ClassVar[str] = noop(
        "Không có đơn vị hành chính mang mã {place}. Hãy chọn lại tỉnh, thành phố và xã, phường."
    )
    status: ClassVar[int] = 404


class WrongPassword(Refusal):
    """Name or password is wrong; which of the two is never said."""

    code: ClassVar[str] = "agencies.wrong-password"
    text: ClassVar[str] = noop(
        "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra phím Caps Lock và bộ gõ tiếng Việt, "
        "rồi nhập lại. Nếu quên, hãy nhờ người quản trị của cơ quan đặt lại."
    )
    status: ClassVar[int] = 403


class WrongSecondFactor(Refusal):
    """The six digits are wrong or too old."""

    code: ClassVar[str] = "agencies.wrong-second-factor"
    text: ClassVar[str] = noop(
        "Mã 6 số chưa đúng hoặc đã hết hạn. Hãy mở ứng dụng xác thực, chờ mã mới rồi nhập lại. "
        "Nếu vẫn sai, hãy kiểm tra giờ của điện thoại."
    )
    status: ClassVar[int] = 403


class SecondFactorUsed(Refusal):
    """The six digits have served already; each code opens once."""

    code: ClassVar[str] = "agencies.second-factor-used"
    text: ClassVar[str] = noop(
        "Mã này đã được dùng. Hãy chờ mã mới trong ứng dụng xác thực (30 giây) rồi nhập lại."
    )
    status: ClassVar[int] = 403


class TooManyTries(Refusal):
    """Five wrong tries: nothing is checked for five minutes. Data: `minutes` left, rounded up."""

    code: ClassVar[str] = "agencies.too-many-tries"
    text: ClassVar[str] = noop(
        "Đã nhập sai quá nhiều lần. Hãy chờ {minutes} phút rồi thử lại, "
        "hoặc nhờ người quản trị của cơ quan đặt lại mật khẩu."
    )
    status: ClassVar[int] = 429


class PasswordTooShort(Refusal):
    """An official's password has at least fifteen characters. Data: `least`."""

    code: ClassVar[str] = "agencies.password-too-short"
    text: ClassVar[str] = noop(
        "Mật khẩu cần ít nhất {least} ký tự. Hãy dùng một câu mình dễ nhớ nhưng người khác khó đoán."
    )


class SubstitutionNotYours(Refusal):
    """The post is not one whose substitute this person may name, or the colleague is not of the agency."""

    code: ClassVar[str] = "agencies.substitution-not-yours"
    text: ClassVar[str] = noop(
        "Chỉ người vắng mặt hoặc lãnh đạo cơ quan ghi được việc này, và người thay phải cùng cơ quan. "
        "Hãy chọn lại, hoặc nhờ lãnh đạo ghi."
    )
    status: ClassVar[int] = 403


class SubstitutesThemself(Refusal):
    """Somebody was named to stand in for themself."""

    code: ClassVar[str] = "agencies.substitutes-themself"
    text: ClassVar[str] = noop("Người thay phải là người khác. Hãy chọn một đồng nghiệp.")


class SubstitutionDays(Refusal):
    """The last day lies before the first, or in the past, or more than a year ahead."""

    code: ClassVar[str] = "agencies.substitution-days"
    text: ClassVar[str] = noop(
        "Ngày cuối phải từ hôm nay trở đi, không trước ngày đầu và trong vòng một năm. Hãy xem lại hai ngày."
    )


class DayOutOfReach(Refusal):
    """A day of the calendar too long ago or too far ahead to be set by hand. Data: `first`, `last`."""

    code: ClassVar[str] = "agencies.day-out-of-reach"
    text: ClassVar[str] = noop(
        "Chỉ đặt được ngày từ {first} đến {last}. Hãy kiểm tra lại ngày đã nhập."
    )


class DayWithoutGrounds(Refusal):
    """A day is set only with a reason and the number of the decision behind it."""

    code: ClassVar[str] = "agencies.day-without-grounds"
    text: ClassVar[str] = noop("Hãy ghi lý do và số văn bản quyết định ngày này.")


class CalendarNotYours(Refusal):
    """Days are set by administrators, for their own province."""

    code: ClassVar[str] = "agencies.calendar-not-yours"
    text: ClassVar[str] = noop(
        "Lịch làm việc do người quản trị của cơ quan đặt, cho tỉnh, thành phố của mình. Hãy nhờ người quản trị."
    )
    status: ClassVar[int] = 403


class CalendarChangeUnknown(Refusal):
    """No such change of the calendar, or it is another province's."""

    code: ClassVar[str] = "agencies.calendar-change-unknown"
    text: ClassVar[str] = noop("Không có lần đổi lịch này. Hãy chọn lại trong trang lịch làm việc.")
    status: ClassVar[int] = 404
