"""The ten statuses of the national portal and the states of a leg (domain: the list three code bases share)."""

from enum import IntEnum, StrEnum

from motcua.kernel.refusal import noop


class Status(IntEnum):
    """Where a dossier stands in law. The numbers are the national portal's."""

    REGISTERED = 1
    RECEIVED = 2
    DECLINED = 3
    PROCESSING = 4
    SUPPLEMENT = 5
    FEE = 6
    WITHDRAWING = 7
    STOPPED = 8
    FINISHED = 9
    RETURNED = 10

    @property
    def words(self) -> str:
        """The name the national portal gives the status."""
        return _WORDS[self]

    @property
    def final(self) -> bool:
        """Tell whether nothing can follow."""
        return self.without_results or self is Status.RETURNED

    @property
    def without_results(self) -> bool:
        """Tell whether it ended with nothing to give: what was paid may be due back."""
        return self in (Status.DECLINED, Status.STOPPED)


_WORDS = {
    Status.REGISTERED: noop("Mới đăng ký"),
    Status.RECEIVED: noop("Được tiếp nhận"),
    Status.DECLINED: noop("Không được tiếp nhận"),
    Status.PROCESSING: noop("Đang xử lý"),
    Status.SUPPLEMENT: noop("Yêu cầu bổ sung giấy tờ"),
    Status.FEE: noop("Yêu cầu thực hiện nghĩa vụ tài chính"),
    Status.WITHDRAWING: noop("Công dân yêu cầu rút hồ sơ"),
    Status.STOPPED: noop("Dừng xử lý"),
    Status.FINISHED: noop("Đã xử lý xong"),
    Status.RETURNED: noop("Đã trả kết quả"),
}


class LegState(StrEnum):
    """Where one agency's part stands."""

    WAITING = "waiting"
    OPEN = "open"
    SUPPLEMENT = "supplement"
    DONE = "done"
    REFUSED = "refused"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        """Tell whether the leg is over."""
        return self in (LegState.DONE, LegState.REFUSED, LegState.CANCELLED)

    @property
    def words(self) -> str:
        """The state in plain words."""
        return _LEG_WORDS[self]


_LEG_WORDS = {
    LegState.WAITING: noop("Chờ bước trước"),
    LegState.OPEN: noop("Đang giải quyết"),
    LegState.SUPPLEMENT: noop("Chờ người dân bổ sung"),
    LegState.DONE: noop("Đã xong"),
    LegState.REFUSED: noop("Bị từ chối"),
    LegState.CANCELLED: noop("Đã dừng"),
}
