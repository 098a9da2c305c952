"""How the machinery itself says no."""

from motcua.kernel.refusal import Refusal, noop


class TooOften(Refusal):
    """More tries than allowed in a stretch of time. `retry_after`: seconds to wait."""

    code = "toolkit.too-often"
    text = noop("Đã thử quá nhiều lần. Hãy đợi {minutes} phút rồi thử lại.")
    status = 429


class TooLarge(Refusal):
    """A form with its files is longer than one request may be."""

    code = "toolkit.too-large"
    text = noop(
        "Một lần chỉ gửi được tối đa {megabytes} MB. "
        "Hãy gửi từng tệp một, hoặc chụp lại ảnh ở cỡ nhỏ hơn."
    )
    status = 413


class KeyIsMissing(Refusal):
    """A key that sealed what is asked for is not in this installation's ring (`sealing`). `key`: its id."""

    code = "toolkit.key-missing"
    text = noop(
        "Hệ thống thiếu khóa để mở dữ liệu này, nên chưa làm được. Dữ liệu không mất. "
        "Hãy thử lại sau, hoặc báo người quản trị mã khóa {key}."
    )
    status = 503
