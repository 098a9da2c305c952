"""Why the registers room says no."""

from typing import ClassVar

from motcua.kernel.refusal import Refusal, noop


class BookUnknown(Refusal):
    """No such book or entry, or it is another office's."""

    code: ClassVar[str] = "registers.book-unknown"
    text: ClassVar[str] = noop(
        "Không có sổ này ở cơ quan của mình. Hãy chọn lại trong danh sách sổ."
    )
    status: ClassVar[int] = 404


class BookThere(Refusal):
    """The office keeps this book already. Data: `next`, the number it goes on with."""

    code: ClassVar[str] = "registers.book-there"
    text: ClassVar[str] = noop(
        "Sổ này của năm nay đã có ở đây và đi tiếp từ số {next}. Muốn mở lại sổ đã đóng, hãy nhập đúng số đó."
    )
    status: ClassVar[int] = 409


class BookClosed(Refusal):
    """The book is not kept here any more."""

    code: ClassVar[str] = "registers.book-closed"
    text: ClassVar[str] = noop("Sổ này đã đóng ở đây. Hãy mở sổ trước khi làm việc này.")
    status: ClassVar[int] = 409


class NumberUnsound(Refusal):
    """A start number, volume or year that no book has."""

    code: ClassVar[str] = "registers.number-unsound"
    text: ClassVar[str] = noop(
        "Số bắt đầu, quyển hoặc năm chưa đúng. Hãy nhập số và quyển từ 1, năm nay hoặc năm trước."
    )


class AlreadyStruck(Refusal):
    """The number was struck before."""

    code: ClassVar[str] = "registers.already-struck"
    text: ClassVar[str] = noop(
        "Số này đã được gạch trước đó. Hãy tải lại trang để xem ai gạch và vì sao."
    )
    status: ClassVar[int] = 409


class StrikeReasonMissing(Refusal):
    """A number is struck only with a reason that others can follow."""

    code: ClassVar[str] = "registers.strike-reason-missing"
    text: ClassVar[str] = noop("Hãy ghi lý do gạch số này, để người đọc sổ về sau hiểu được.")


class NotTheKeeper(Refusal):
    """Books are kept by the registrar and the leader; a number is struck by the leader alone."""

    code: ClassVar[str] = "registers.not-the-keeper"
    text: ClassVar[str] = noop(
        "Sổ do công chức tư pháp – hộ tịch và lãnh đạo giữ; chỉ lãnh đạo được gạch số. Hãy nhờ người phụ trách."
    )
    status: ClassVar[int] = 403
