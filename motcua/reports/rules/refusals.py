"""Why a figure or its list is not shown."""

from typing import ClassVar

from motcua.kernel.refusal import Refusal, noop


class FiguresNotYours(Refusal):
    """The official holds no post in which an agency's figures are read."""

    code: ClassVar[str] = "reports.figures-not-yours"
    text: ClassVar[str] = noop(
        "Số liệu của cơ quan dành cho lãnh đạo và bộ phận một cửa. "
        "Nếu cần xem, hãy nhờ người quản trị giao vị trí công tác đó."
    )
    status: ClassVar[int] = 403


class FigureUnknown(Refusal):
    """No figure, no list or no file of that name, or it is somebody else's."""

    code: ClassVar[str] = "reports.figure-unknown"
    text: ClassVar[str] = noop(
        "Không có số liệu hay tệp này, hoặc tệp đã hết hạn giữ một ngày. "
        "Hãy mở lại trang số liệu và chọn lại."
    )
    status: ClassVar[int] = 404


class FileNotReady(Refusal):
    """The file is still being made."""

    code: ClassVar[str] = "reports.file-not-ready"
    text: ClassVar[str] = noop("Tệp đang được lập. Hãy đợi ít giây rồi tải lại trang.")
    status: ClassVar[int] = 409


class TooManyFiles(Refusal):
    """The official already waits for as many files as are made at once for one person."""

    code: ClassVar[str] = "reports.too-many-files"
    text: ClassVar[str] = noop(
        "Đang có {most} tệp chưa lập xong. Hãy đợi các tệp đó xong rồi yêu cầu tiếp."
    )
    status: ClassVar[int] = 429


class ListTooLong(Refusal):
    """A list longer than one file may hold."""

    code: ClassVar[str] = "reports.list-too-long"
    text: ClassVar[str] = noop(
        "Danh sách có {found} dòng, nhiều hơn {most} dòng của một tệp. Hãy chọn kỳ ngắn hơn."
    )
    status: ClassVar[int] = 409
