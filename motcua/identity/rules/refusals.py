"""How identity says no; every text tells the way on."""

from motcua.kernel.refusal import Refusal, noop


class CodeWrong(Refusal):
    """The code does not match; `tries_left` more tries (1–4)."""

    code = "identity.code-wrong"
    text = noop(
        "Mã chưa đúng. Quý vị còn {tries_left} lần nhập. Hãy xem lại tin nhắn mới nhất; "
        "nếu không thấy, hãy bấm “Gửi lại mã”."
    )
    status = 422


class CodeExpired(Refusal):
    """The code is older than 5 minutes, was replaced by a newer one, or was never sent."""

    code = "identity.code-expired"
    text = noop("Mã này không còn hiệu lực: mỗi mã chỉ dùng trong 5 phút. Hãy bấm “Gửi lại mã”.")
    status = 422


class CodeUsedUp(Refusal):
    """The code was tried five times; only a new one helps."""

    code = "identity.code-used-up"
    text = noop("Mã đã bị nhập sai 5 lần nên không dùng được nữa. Hãy bấm “Gửi lại mã”.")
    status = 422


class CodeUsedBefore(Refusal):
    """The code was right and has done its work already: a double click or a second tab."""

    code = "identity.code-used-before"
    text = noop("Mã này đã được dùng rồi. Hãy tải lại trang; nếu vẫn cần, hãy bấm “Gửi lại mã”.")
    status = 409


class ResendTooSoon(Refusal):
    """Another code may be sent only after `seconds` seconds."""

    code = "identity.resend-too-soon"
    text = noop("Mã vừa được gửi. Hãy đợi {seconds} giây nữa rồi bấm “Gửi lại mã”.")
    status = 429


class ProviderSilent(Refusal):
    """VNeID does not answer, answers too slowly or with a fault of its own."""

    code = "identity.provider-silent"
    text = noop("VNeID đang không trả lời. Hãy thử lại sau ít phút, hoặc chọn cách đăng nhập khác.")
    status = 503


class ConsentRefused(Refusal):
    """The person did not agree to share data, or went back."""

    code = "identity.consent-refused"
    text = noop(
        "Quý vị chưa đồng ý chia sẻ thông tin nên chưa đăng nhập được bằng VNeID. "
        "Hãy thử lại và chọn “Đồng ý”, hoặc chọn cách đăng nhập khác."
    )
    status = 403


class ProviderRefused(Refusal):
    """VNeID refused for a reason of its own: locked account, unknown client."""

    code = "identity.provider-refused"
    text = noop(
        "VNeID chưa cho phép đăng nhập. Hãy thử lại; nếu tài khoản bị khóa, hãy liên hệ hỗ trợ của "
        "VNeID, hoặc chọn cách đăng nhập khác."
    )
    status = 403


class ProviderDistrusted(Refusal):
    """The answer does not prove who signed in: wrong signature, issuer, audience, time, nonce."""

    code = "identity.provider-distrusted"
    text = noop("Chưa chắc câu trả lời là của VNeID nên chưa cho đăng nhập. Hãy bấm đăng nhập lại.")
    status = 502


class SignInLost(Refusal):
    """The browser came back to a sign-in that it did not start, or that is too old."""

    code = "identity.sign-in-lost"
    text = noop("Lần đăng nhập này đã hết hạn hoặc mở từ nơi khác. Hãy bấm đăng nhập lại.")
    status = 400


class LevelTooLow(Refusal):
    """The act needs a higher assurance level than the account has."""

    code = "identity.level-too-low"
    text = noop(
        "Việc này cần tài khoản VNeID mức {needed}. Hãy đăng ký mức 1 ngay trong "
        "ứng dụng VNeID, mức 2 tại cơ quan công an bất kỳ."
    )
    status = 403


class AccountsClosed(Refusal):
    """This installation opens no portal accounts; VNeID is the only way in."""

    code = "identity.accounts-closed"
    text = noop("Nơi này chỉ đăng nhập bằng VNeID. Hãy chọn “Đăng nhập bằng VNeID”.")
    status = 404


class AnotherPerson(Refusal):
    """Two ways of signing in do not show one person: another number, name or birth date."""

    code = "identity.another-person"
    text = noop(
        "Tài khoản của số điện thoại và tài khoản VNeID mang thông tin khác nhau, nên chưa nối được: có "
        "thể số này trước đây của người khác. Quý vị vẫn đăng nhập được bằng từng cách như trước; để được "
        "xem xét, hãy mang căn cước đến bộ phận một cửa."
    )
    status = 409


class LinkOver(Refusal):
    """The link was undone already, is older than 30 days, or is not this person's."""

    code = "identity.link-over"
    text = noop(
        "Lần nối này không còn gỡ được: đã gỡ rồi, hoặc đã quá 30 ngày. Hãy mở lại trang “Tài khoản của tôi”."
    )
    status = 409


class NumberInUse(Refusal):
    """The number opened somebody else's account less than 60 days ago: it is still theirs."""

    code = "identity.number-in-use"
    text = noop(
        "Số này đang là tài khoản của một người khác. Hãy dùng số khác; nếu số này là của quý vị, hãy "
        "đăng nhập bằng chính số này rồi bấm “Nối với VNeID”."
    )
    status = 409


class BirthDateWrong(Refusal):
    """The birth date told is not that of the account which this number opened before."""

    code = "identity.birth-date-wrong"
    text = noop(
        "Ngày sinh chưa khớp với tài khoản cũ của số này. Hãy xem lại, hoặc chọn “Tôi mới dùng số này”."
    )
    status = 422


class OnlyWay(Refusal):
    """It is the person's only way of signing in: without it they would not come in any more."""

    code = "identity.only-way"
    text = noop(
        "Đây là cách đăng nhập duy nhất của quý vị. Hãy nối với VNeID trước rồi mới bỏ số này."
    )
    status = 409


class OrganisationNotServed(Refusal):
    """The service is for people; the sign-in is an organisation's."""

    code = "identity.organisation-not-served"
    text = noop(
        "Dịch vụ này dành cho cá nhân. Quý vị đang đăng nhập bằng tài khoản của tổ chức; hãy đăng xuất "
        "rồi đăng nhập lại bằng tài khoản VNeID của cá nhân."
    )
    status = 403
