"""Why an official does not come in, or may not change who does."""

from typing import ClassVar

from motcua.kernel.refusal import Refusal, noop


class PasswordTooLong(Refusal):
    """A password longer than anybody types. Data: `most`."""

    code: ClassVar[str] = "agencies.password-too-long"
    text: ClassVar[str] = noop("Mật khẩu dài quá {most} ký tự. Hãy dùng một câu ngắn hơn.")


class PasswordWellKnown(Refusal):
    """The password is on the lists of common ones, or little more than its person's own names."""

    code: ClassVar[str] = "agencies.password-well-known"
    text: ClassVar[str] = noop(
        "Mật khẩu này dễ đoán: nhiều người dùng, lặp lại, hoặc có tên quý vị, tên cơ quan. "
        "Hãy dùng vài từ không liên quan đến nhau, ví dụ bốn từ tự nghĩ ra."
    )


class InvitationUnknown(Refusal):
    """Name and code of a first sign-in do not belong together, or the code was used or is over."""

    code: ClassVar[str] = "agencies.invitation-unknown"
    text: ClassVar[str] = noop(
        "Tên đăng nhập hoặc mã mời chưa đúng, đã dùng, hoặc đã quá 24 giờ. "
        "Hãy nhập lại, hoặc nhờ người quản trị của cơ quan cấp mã mới."
    )
    status: ClassVar[int] = 403


class RecoveryCodeWrong(Refusal):
    """The recovery code is none of this official's, or has served."""

    code: ClassVar[str] = "agencies.recovery-code-wrong"
    text: ClassVar[str] = noop(
        "Mã dự phòng chưa đúng hoặc đã dùng. Mỗi mã chỉ dùng một lần. Hãy thử mã khác, "
        "hoặc nhờ người quản trị của cơ quan đặt lại."
    )
    status: ClassVar[int] = 403


class PasskeyRefused(Refusal):
    """The browser's answer proves nothing: wrong site, old question, unknown key, no finger or PIN."""

    code: ClassVar[str] = "agencies.passkey-refused"
    text: ClassVar[str] = noop(
        "Chưa nhận ra khóa truy cập này. Hãy thử lại; nếu vẫn không được, hãy dùng mật khẩu và mã 6 số."
    )
    status: ClassVar[int] = 403


class PasskeyCopied(Refusal):
    """A key's counter went back: somewhere there is a copy of it. It is stopped."""

    code: ClassVar[str] = "agencies.passkey-copied"
    text: ClassVar[str] = noop(
        "Khóa truy cập này có dấu hiệu bị sao chép nên đã bị khóa. "
        "Hãy đăng nhập bằng mật khẩu và mã 6 số, rồi báo người quản trị của cơ quan."
    )
    status: ClassVar[int] = 403


class PasskeyTaken(Refusal):
    """The key is registered already."""

    code: ClassVar[str] = "agencies.passkey-taken"
    text: ClassVar[str] = noop("Khóa truy cập này đã được thêm từ trước. Hãy dùng nó để đăng nhập.")
    status: ClassVar[int] = 409


class LastFactor(Refusal):
    """Nobody works without a second factor: the last one is not taken away."""

    code: ClassVar[str] = "agencies.last-factor"
    text: ClassVar[str] = noop(
        "Đây là cách xác thực cuối cùng nên chưa xóa được. "
        "Hãy thêm khóa truy cập khác hoặc ứng dụng xác thực trước."
    )
    status: ClassVar[int] = 409


class NotAdministrator(Refusal):
    """Officials of an agency are looked after by its own administrators."""

    code: ClassVar[str] = "agencies.not-administrator"
    text: ClassVar[str] = noop(
        "Việc này do người quản trị của cơ quan làm. Hãy nhờ người quản trị."
    )
    status: ClassVar[int] = 403


class OneselfNot(Refusal):
    """Nobody gives a post to themself, resets their own factors, or confirms what they proposed."""

    code: ClassVar[str] = "agencies.oneself-not"
    text: ClassVar[str] = noop(
        "Không ai tự giao vị trí, tự đặt lại hay tự xác nhận cho chính mình. "
        "Hãy nhờ một người quản trị khác."
    )
    status: ClassVar[int] = 403


class UsernameTaken(Refusal):
    """Somebody has this user name, or it is not one."""

    code: ClassVar[str] = "agencies.username-taken"
    text: ClassVar[str] = noop(
        "Tên đăng nhập này đã có người dùng, hoặc chưa đúng cách viết: "
        "từ 3 đến 80 chữ không dấu, số, dấu chấm hoặc gạch nối. Hãy chọn tên khác."
    )
    status: ClassVar[int] = 409


class DeedUnknown(Refusal):
    """No such proposal waits, or it is decided already."""

    code: ClassVar[str] = "agencies.deed-unknown"
    text: ClassVar[str] = noop(
        "Đề nghị này không còn chờ xác nhận. Hãy tải lại trang để xem kết quả."
    )
    status: ClassVar[int] = 404


class DeedDone(Refusal):
    """The form was sent before; what it did is done, and its code was used or is over."""

    code: ClassVar[str] = "agencies.deed-done"
    text: ClassVar[str] = noop(
        "Việc này đã làm trước đó; mã mời đã dùng hoặc đã hết hạn. "
        "Hãy tải lại trang; cần mã mới thì đặt lại cho người đó."
    )
    status: ClassVar[int] = 409


class PostUnsound(Refusal):
    """A post's days or kind cannot be."""

    code: ClassVar[str] = "agencies.post-unsound"
    text: ClassVar[str] = noop(
        "Hãy chọn vị trí và ngày bắt đầu từ hôm nay trở đi; ngày kết thúc, nếu có, phải sau ngày bắt đầu."
    )


class NotHandling(Refusal):
    """The page is for those who handle dossiers, or lead those who do."""

    code: ClassVar[str] = "agencies.not-handling"
    text: ClassVar[str] = noop(
        "Trang này dành cho người đang xử lý hồ sơ hoặc lãnh đạo cơ quan. Hãy nhờ đồng nghiệp có vị trí đó."
    )
    status: ClassVar[int] = 403


class OfficialUnknown(Refusal):
    """No such official in the agency of this administrator."""

    code: ClassVar[str] = "agencies.official-unknown"
    text: ClassVar[str] = noop("Không có người này trong cơ quan. Hãy chọn lại trong danh sách.")
    status: ClassVar[int] = 404
