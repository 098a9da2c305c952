"""The box's payment gateway: VNPAY 2.1.0 with everything that can go wrong."""

import hashlib
import hmac
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from tests.sandbox_box import SECRETS, RunningBox, SmallMotcua, eventually, running

SECRET = SECRETS["SANDBOX_VNPAY_SECRET"].encode()
IPN = "/api/payments/vnpay/ipn"
CONFIRMED = '{"RspCode":"00","Message":"Confirm Success"}'
ASKED = [
    "vnp_RequestId",
    "vnp_Version",
    "vnp_Command",
    "vnp_TmnCode",
    "vnp_TxnRef",
    "vnp_TransactionDate",
    "vnp_CreateDate",
    "vnp_IpAddr",
    "vnp_OrderInfo",
]
ANSWERED = [
    "vnp_ResponseId",
    "vnp_Command",
    "vnp_ResponseCode",
    "vnp_Message",
    "vnp_TmnCode",
    "vnp_TxnRef",
    "vnp_Amount",
    "vnp_BankCode",
    "vnp_PayDate",
    "vnp_TransactionNo",
    "vnp_TransactionType",
    "vnp_TransactionStatus",
    "vnp_OrderInfo",
    "vnp_PromotionCode",
    "vnp_PromotionAmount",
]


@pytest.fixture(scope="module")
def the_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningBox, SmallMotcua]]:
    yield from running(tmp_path_factory.mktemp("box"))


@pytest.fixture
def world(the_world: tuple[RunningBox, SmallMotcua]) -> tuple[RunningBox, SmallMotcua]:
    the_world[1].replies[IPN] = CONFIRMED
    the_world[1].fail[IPN] = 0
    return the_world


def hashed(text: str) -> str:
    return hmac.new(SECRET, text.encode(), hashlib.sha512).hexdigest()


def clock(moment: datetime) -> str:
    return moment.astimezone(timezone(timedelta(hours=7))).strftime("%Y%m%d%H%M%S")


def order(reference: str, amount: int = 10_000, **changed: str) -> str:
    """The address motcua sends the browser to."""
    now = datetime.now(UTC)
    values = {
        "vnp_Version": "2.1.0",
        "vnp_Command": "pay",
        "vnp_TmnCode": "MOTCUA01",
        "vnp_Amount": str(amount * 100),
        "vnp_CurrCode": "VND",
        "vnp_TxnRef": reference,
        "vnp_OrderInfo": "Le phi dang ky thuong tru",
        "vnp_OrderType": "other",
        "vnp_Locale": "vn",
        "vnp_IpAddr": "127.0.0.1",
        "vnp_ReturnUrl": "http://127.0.0.1:8000/thanh-toan/tro-ve?a=1",
        "vnp_CreateDate": clock(now),
        "vnp_ExpireDate": clock(now + timedelta(minutes=15)),
    } | changed
    text = urlencode(sorted(values.items()))
    return f"/payments/vpcpay.html?{text}&vnp_SecureHash={hashed(text)}"


def pay(box: RunningBox, choice: str = "pay", amount: int = 10_000):
    """Open an order and choose; return its reference and the browser's answer."""
    reference = uuid.uuid4().hex
    assert box.get(order(reference, amount)).status == 200
    return reference, box.form("/payments/choose", reference=reference, choice=choice)


def told(motcua: SmallMotcua, reference: str, times: int = 1) -> list[dict[str, str]]:
    found = eventually(
        lambda: found if len(found := motcua.got(IPN, reference)) >= times else None, within=15
    )
    return [received.query for received in found]


def right(values: dict[str, str]) -> bool:
    kept = {n: v for n, v in values.items() if n.startswith("vnp_") and n != "vnp_SecureHash"}
    return hashed(urlencode(sorted(kept.items()))) == values["vnp_SecureHash"]


def test_a_paid_order_is_told_to_the_server_and_the_browser_goes_back(world):
    box, motcua = world
    reference, answer = pay(box)
    (notice,) = told(motcua, reference)
    assert right(notice)
    assert (notice["vnp_Amount"], notice["vnp_ResponseCode"]) == ("1000000", "00")
    assert notice["vnp_TransactionStatus"] == "00"
    back = urlsplit(answer.headers["location"])
    values = dict(parse_qsl(back.query))
    assert (back.path, values["a"]) == ("/thanh-toan/tro-ve", "1")
    assert right(values)


def test_an_order_with_a_wrong_hash_cannot_be_paid(world):
    box, _ = world
    reference = uuid.uuid4().hex
    changed = order(reference).replace("vnp_Amount=1000000", "vnp_Amount=100000")
    assert box.get(changed).status == 400
    assert box.form("/payments/choose", reference=reference, choice="pay").status == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"vnp_TmnCode": "KHAC"},
        {"vnp_Amount": "0"},
        {"vnp_Amount": "150"},
        {"vnp_ExpireDate": "20200101000000"},
        {"vnp_Version": "1.0.0"},
    ],
)
def test_an_order_that_is_wrong_or_too_late_cannot_be_paid(world, wrong):
    assert world[0].get(order(uuid.uuid4().hex, **wrong)).status == 400


def test_the_notice_is_repeated_until_it_is_confirmed(world):
    box, motcua = world
    motcua.fail[IPN] = (
        1_000  # for whoever asks: notices of other payments may still be on their way
    )
    reference, _ = pay(box)
    told(motcua, reference, times=3)
    motcua.fail[IPN] = 0
    assert len(told(motcua, reference, times=4)) >= 4


def test_a_merchant_that_knew_already_also_ends_the_repeating(world):
    box, motcua = world
    motcua.replies[IPN] = '{"RspCode":"02","Message":"Already confirmed"}'
    reference, _ = pay(box)
    told(motcua, reference)
    later, _ = pay(box)
    told(motcua, later)
    assert len(motcua.got(IPN, reference)) == 1


def test_an_answer_that_confirms_nothing_is_asked_again(world):
    box, motcua = world
    motcua.replies[IPN] = '{"RspCode":"99","Message":"Unknown"}'
    reference, _ = pay(box)
    told(motcua, reference, times=2)
    motcua.replies[IPN] = CONFIRMED


def test_a_cancelled_order_is_told_as_cancelled(world):
    box, motcua = world
    reference, answer = pay(box, "cancel")
    assert "vnp_ResponseCode=24" in answer.headers["location"]
    assert told(motcua, reference)[0]["vnp_ResponseCode"] == "24"


def test_a_closed_tab_still_tells_the_server(world):
    box, motcua = world
    reference, answer = pay(box, "close")
    assert answer.status == 200
    assert told(motcua, reference)[0]["vnp_ResponseCode"] == "00"


def test_a_wrong_amount_is_told_as_what_was_really_paid(world):
    box, motcua = world
    reference, _ = pay(box, "wrong_amount")
    assert told(motcua, reference)[0]["vnp_Amount"] == "900000"


def test_paying_twice_tells_the_same_payment_again_and_another_one(world):
    box, motcua = world
    reference, _ = pay(box, "twice")
    numbers = [notice["vnp_TransactionNo"] for notice in told(motcua, reference, times=3)]
    assert len(set(numbers)) == 2


def test_pressing_pay_again_pays_once(world):
    box, motcua = world
    reference, first = pay(box)
    again = box.form("/payments/choose", reference=reference, choice="pay")
    assert again.headers["location"] == first.headers["location"]
    later, _ = pay(box)
    told(motcua, later)
    assert len(told(motcua, reference)) == 1


def query(reference: str) -> dict[str, str]:
    now = clock(datetime.now(UTC))
    values = {
        "vnp_RequestId": uuid.uuid4().hex,
        "vnp_Version": "2.1.0",
        "vnp_Command": "querydr",
        "vnp_TmnCode": "MOTCUA01",
        "vnp_TxnRef": reference,
        "vnp_TransactionDate": now,
        "vnp_CreateDate": now,
        "vnp_IpAddr": "127.0.0.1",
        "vnp_OrderInfo": "Truy van",
    }
    return values | {"vnp_SecureHash": hashed("|".join(values[name] for name in ASKED))}


def test_the_server_can_ask_for_a_payment_whose_notice_was_lost(world):
    box, motcua = world
    reference, _ = pay(box, "no_ipn")
    answer = box.json("/payments/transaction", query(reference)).json()
    assert (answer["vnp_ResponseCode"], answer["vnp_TransactionStatus"]) == ("00", "00")
    assert answer["vnp_Amount"] == "1000000"
    text = "|".join(answer.get(name, "") for name in ANSWERED)
    assert answer["vnp_SecureHash"] == hashed(text)
    assert motcua.got(IPN, reference) == []


def test_an_open_order_is_answered_as_not_yet_paid(world):
    box, _ = world
    reference = uuid.uuid4().hex
    box.get(order(reference))
    answer = box.json("/payments/transaction", query(reference)).json()
    assert answer["vnp_TransactionStatus"] == "01"


def test_a_question_for_an_unknown_order_or_with_a_wrong_hash_says_so(world):
    box, _ = world
    unknown = query(uuid.uuid4().hex)
    assert box.json("/payments/transaction", unknown).json()["vnp_ResponseCode"] == "91"
    forged = unknown | {"vnp_TxnRef": "khac"}
    assert box.json("/payments/transaction", forged).json()["vnp_ResponseCode"] == "97"


def test_a_killed_box_still_tells_what_was_paid_and_once(tmp_path):
    for box, motcua in running(tmp_path):
        motcua.replies[IPN] = CONFIRMED
        motcua.fail[IPN] = 2
        reference, _ = pay(box)
        box.kill()
        box.start()
        notices = told(motcua, reference, times=3)
        assert len({notice["vnp_TransactionNo"] for notice in notices}) == 1
        assert box.get(order(reference)).data.decode().count("Đã thanh toán") == 1
