"""How a result reaches its person: what may follow what."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from motcua.kernel.refusal import Refusal, noop

QUOTE_LIVES = timedelta(hours=24)


class NotYetReady(Refusal):
    """Somebody hands over a result that is not there yet."""

    code = "deliveries.not-ready"
    text = noop("Kết quả chưa sẵn sàng để trả. Hãy kiểm tra trạng thái hồ sơ.")
    status = 409


class HandedOver(Refusal):
    """The result was handed over before, or is under way by another road."""

    code = "deliveries.handed-over"
    text = noop(
        "Kết quả này đã được trả hoặc đang được chuyển theo cách khác. Hãy tải lại trang để xem."
    )
    status = 409


class AddressMissing(Refusal):
    """Something is to go by post to nowhere."""

    code = "deliveries.address-missing"
    text = noop(
        "Hãy ghi đủ họ tên, số điện thoại, địa chỉ và xã, phường của người nhận để gửi bưu điện."
    )


class ReceiverMissing(Refusal):
    """A hand-over at the counter without the name of who received it."""

    code = "deliveries.receiver-missing"
    text = noop("Hãy ghi họ tên người nhận kết quả.")


class PostAway(Refusal):
    """The post does not answer a question about the fee."""

    code = "deliveries.post-away"
    text = noop(
        "Bưu điện chưa trả lời về cước phí. Quý vị hãy thử lại sau ít phút hoặc chọn nhận tại quầy."
    )
    status = 503


class UnknownOrder(Refusal):
    """The post speaks of an order we never made."""

    code = "deliveries.unknown-order"
    text = noop("Không có bưu gửi mang số này. Hãy kiểm tra lại số hiệu trên phiếu gửi.")
    status = 404


class ListUnknown(Refusal):
    """A list of letters that there is none of, or another office's."""

    code = "deliveries.list-unknown"
    text = noop("Không có bảng kê này ở cơ quan của anh, chị. Hãy mở lại từ trang Bưu gửi.")
    status = 404


class ListClosed(Refusal):
    """Somebody changes a list that the postman has signed."""

    code = "deliveries.list-closed"
    text = noop("Bảng kê đã chốt và không sửa được nữa. Hãy lập bảng kê mới cho các thư còn lại.")
    status = 409


class Way(StrEnum):
    """By which way a result goes to its person."""

    ONLINE = "online"
    COUNTER = "counter"
    POST = "post"


class State(StrEnum):
    """Where a delivery stands; those of the post (domain §8.5) begin with `created`."""

    PLANNED = "planned"
    READY = "ready"
    HANDED_OVER = "handed_over"
    CANCELLED = "cancelled"
    CREATED = "created"
    PICKED_UP = "picked_up"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    FAILED_ATTEMPT = "failed_attempt"
    DELIVERED = "delivered"
    RETURNED = "returned"
    LOST = "lost"


SCANS = frozenset(
    {
        State.CREATED, State.PICKED_UP, State.IN_TRANSIT, State.OUT_FOR_DELIVERY,
        State.FAILED_ATTEMPT, State.DELIVERED, State.RETURNED, State.CANCELLED, State.LOST,
    }
)  # fmt: skip
ENDED = frozenset({State.HANDED_OVER, State.DELIVERED, State.CANCELLED, State.RETURNED, State.LOST})


@dataclass(frozen=True)
class Address:
    """Where the post goes: `place` is the code of a commune, `address` the lines as written."""

    name: str
    phone: str
    address: str
    place: str

    @property
    def complete(self) -> bool:
        return all(part.strip() for part in (self.name, self.phone, self.address, self.place))


def moves(now: State, *, newest_so_far: bool) -> bool:
    """Tell whether a scan changes where the delivery stands.

    Scans come late and out of order: only the newest one counts, and nothing follows an end.
    """
    return newest_so_far and now not in ENDED
