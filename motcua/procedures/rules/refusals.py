"""What can be wrong with an answer."""

from typing import ClassVar

from motcua.kernel.refusal import Refusal, noop


class AnswerMissing(Refusal):
    """A required question without an answer."""

    code: ClassVar[str] = "procedures.answer-missing"
    text: ClassVar[str] = noop("Hãy trả lời mục “{label}”.")


class RowIncomplete(Refusal):
    """A row of a repeated group without an answer that every row needs."""

    code: ClassVar[str] = "procedures.row-incomplete"
    text: ClassVar[str] = noop("Mục “{label}” thứ {number}: hãy trả lời “{part}”.")


class ChoiceUnknown(Refusal):
    """A choice that the question does not offer."""

    code: ClassVar[str] = "procedures.choice-unknown"
    text: ClassVar[str] = noop("Hãy chọn một trong các lựa chọn của mục “{label}”.")


class TextTooLong(Refusal):
    """More characters than the field takes."""

    code: ClassVar[str] = "procedures.text-too-long"
    text: ClassVar[str] = noop(
        "Mục “{label}” chỉ ghi được tối đa {longest} ký tự. Hãy viết ngắn hơn."
    )


class TextNotInPattern(Refusal):
    """A text that does not look as the field's example."""

    code: ClassVar[str] = "procedures.text-not-in-pattern"
    text: ClassVar[str] = noop("Mục “{label}” chưa đúng dạng. Hãy ghi như ví dụ: {example}")


class NumberOutOfRange(Refusal):
    """A number that is none, or beyond the limits."""

    code: ClassVar[str] = "procedures.number-out-of-range"
    text: ClassVar[str] = noop("Mục “{label}”: hãy ghi số nguyên từ {least} đến {most}.")


class TimeUnreadable(Refusal):
    """Not a time of day."""

    code: ClassVar[str] = "procedures.time-unreadable"
    text: ClassVar[str] = noop("Hãy ghi giờ và phút, ví dụ 14:30.")


class DateInFuture(Refusal):
    """A date that has not come yet."""

    code: ClassVar[str] = "procedures.date-in-future"
    text: ClassVar[str] = noop("“{label}” không thể sau ngày hôm nay. Hãy kiểm tra lại.")


class DateNotFull(Refusal):
    """Only a year or month where the whole date is needed."""

    code: ClassVar[str] = "procedures.date-not-full"
    text: ClassVar[str] = noop("Mục “{label}”: hãy ghi đủ ngày, tháng và năm, ví dụ 23/11/2026.")


class PlaceUnknown(Refusal):
    """No commune chosen, or one that is not in force any more."""

    code: ClassVar[str] = "procedures.place-unknown"
    text: ClassVar[str] = noop(
        "Hãy chọn tỉnh, thành phố rồi chọn xã, phường cho mục “{label}”. "
        "Nếu chỉ nhớ tên cũ, hãy gõ tên cũ vào ô tìm."
    )


class FacilityIncomplete(Refusal):
    """A place of birth needs the facility's full name and address (broadcast rule R24)."""

    code: ClassVar[str] = "procedures.facility-incomplete"
    text: ClassVar[str] = noop(
        "Hãy chọn cơ sở y tế trong danh sách, hoặc ghi đầy đủ tên và địa chỉ đến xã, tỉnh. "
        "Ví dụ: Bệnh viện Phụ sản Hải Phòng, phường Lê Chân, thành phố Hải Phòng."
    )


class ProcedureUnknown(Refusal):
    """No such procedure in force."""

    code: ClassVar[str] = "procedures.unknown"
    text: ClassVar[str] = noop(
        "Không tìm thấy dịch vụ này, hoặc dịch vụ chưa có hiệu lực. Hãy tìm lại ở trang chủ."
    )
    status: ClassVar[int] = 404


class RecordUnknown(Refusal):
    """No record of the national catalogue under this code."""

    code: ClassVar[str] = "procedures.record-unknown"
    text: ClassVar[str] = noop("Chưa có thông tin về thủ tục này. Hãy tìm bằng tên ở trang chủ.")
    status: ClassVar[int] = 404
