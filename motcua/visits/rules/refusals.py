"""Why a number or a time cannot be had."""

from typing import ClassVar

from motcua.kernel.refusal import Refusal, noop


class HallUnknown(Refusal):
    """An address of a hall that was never made, or was replaced."""

    code: ClassVar[str] = "visits.hall-unknown"
    text: ClassVar[str] = noop(
        "Địa chỉ này không còn dùng được. Hãy nhờ cán bộ bộ phận một cửa mở lại máy lấy số."
    )
    status: ClassVar[int] = 404


class HallClosed(Refusal):
    """Somebody takes a number on a day on which the office is closed."""

    code: ClassVar[str] = "visits.hall-closed"
    text: ClassVar[str] = noop(
        "Hôm nay cơ quan không làm việc nên chưa phát số. Hãy hẹn giờ vào ngày khác."
    )
    status: ClassVar[int] = 409


class KindUnknown(Refusal):
    """A kind of business that the list does not have."""

    code: ClassVar[str] = "visits.kind-unknown"
    text: ClassVar[str] = noop("Hãy chọn việc quý vị đến làm.")


class TicketUnknown(Refusal):
    """A number that was never given out, or not here."""

    code: ClassVar[str] = "visits.ticket-unknown"
    text: ClassVar[str] = noop("Không tìm thấy số thứ tự này. Hãy lấy số mới.")
    status: ClassVar[int] = 404


class CounterUnknown(Refusal):
    """A counter that the hall does not have."""

    code: ClassVar[str] = "visits.counter-unknown"
    text: ClassVar[str] = noop("Không có quầy mang số này. Hãy chọn lại quầy.")


class SlotUnknown(Refusal):
    """A time that is no slot of the office: closed, past, or too far ahead."""

    code: ClassVar[str] = "visits.slot-unknown"
    text: ClassVar[str] = noop("Giờ này không còn hẹn được. Hãy chọn một giờ trong danh sách.")


class SlotFull(Refusal):
    """Somebody was faster: every place of the slot is taken."""

    code: ClassVar[str] = "visits.slot-full"
    text: ClassVar[str] = noop("Giờ này vừa có người hẹn hết chỗ. Hãy chọn giờ khác.")
    status: ClassVar[int] = 409


class BookedAlready(Refusal):
    """The same phone has a time on that day at that office."""

    code: ClassVar[str] = "visits.booked-already"
    text: ClassVar[str] = noop(
        "Số điện thoại này đã có một lịch hẹn trong ngày tại đây. Hãy đổi giờ của lịch ấy, "
        "hoặc chọn ngày khác."
    )
    status: ClassVar[int] = 409


class BookingUnknown(Refusal):
    """A booking that there is none of."""

    code: ClassVar[str] = "visits.booking-unknown"
    text: ClassVar[str] = noop("Không tìm thấy lịch hẹn này. Hãy kiểm tra lại địa chỉ hoặc mã hẹn.")
    status: ClassVar[int] = 404


class BookingOver(Refusal):
    """A booking that has ended, or whose time has come, is to be changed."""

    code: ClassVar[str] = "visits.booking-over"
    text: ClassVar[str] = noop("Lịch hẹn này không đổi được nữa. Hãy hẹn giờ mới.")
    status: ClassVar[int] = 409
