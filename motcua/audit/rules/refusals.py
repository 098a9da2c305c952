"""How the log says no."""

from motcua.kernel.refusal import Refusal, noop


class LogRewritten(Refusal):
    """What a signed head covers is not what lies there now: no new head is signed. `day`: of that head."""

    code = "audit.log-rewritten"
    text = noop(
        "Nhật ký không còn khớp với dấu đã ký ngày {day}. Không ký dấu mới. Hãy giữ nguyên cơ sở dữ liệu và "
        "chạy `motcua audit verify` để biết dòng nào đã bị sửa."
    )
    status = 503
