import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.adapters.vnpay.gateway import plain
from motcua.adapters.vnpay.hashing import read_query, sign, signed_query
from motcua.payments.rules import Facts, Outcome, next_look, weigh

DEMANDS = ["due", "paid", "waived", "cancelled", "refunded"]
START = datetime(2026, 11, 24, tzinfo=UTC)
SECRET = "an invented secret"


@given(
    attempt=st.sampled_from(["open", "paid", "failed"]),
    demand=st.sampled_from(DEMANDS),
    number=st.sampled_from(["1", "2"]),
    amount=st.sampled_from([9_000, 10_000]),
)
def test_money_that_came_in_settles_or_is_kept_and_settles_only_what_is_due(
    attempt, demand, number, amount
):
    facts = Facts(10_000, attempt, "1" if attempt == "paid" else "", demand)
    step = weigh(facts, outcome=Outcome.PAID, amount_vnd=amount, number=number)
    if step == "settle":
        assert (demand, amount) == ("due", 10_000)
    elif step == "already":
        assert (attempt, number) == ("paid", "1")
    else:
        assert step in {"double", "late", "wrong_amount"}


@given(attempt=st.sampled_from(["open", "paid", "failed"]), demand=st.sampled_from(DEMANDS))
def test_what_did_not_bring_money_never_settles(attempt, demand):
    facts = Facts(10_000, attempt, "", demand)
    assert weigh(facts, outcome=Outcome.FAILED, amount_vnd=10_000, number="1") in {
        "fail",
        "already",
    }
    assert weigh(facts, outcome=Outcome.PENDING, amount_vnd=10_000, number="1") == "wait"


@pytest.mark.parametrize(
    ("age", "wait"),
    [(0, 30), (59 * 60, 30), (60 * 60, 3600), (3 * 86_400, 3600), (3 * 86_400 + 1, None)],
)
def test_an_attempt_is_asked_about_often_then_hourly_then_no_more(age, wait):
    at = START + timedelta(seconds=age)
    expected = at + timedelta(seconds=wait) if wait else None
    assert next_look(started_at=START, at=at) == expected


def test_the_hash_is_that_of_the_published_rules():
    # Sorted by name, form-encoded, space as +, HMAC-SHA512 in lower case: VNPAY 2.1.0.
    text = "vnp_Amount=1000000&vnp_OrderInfo=Le+phi+cu+tru&vnp_ReturnUrl=https%3A%2F%2Fx.vn%2Fve%3Fa%3D1"
    fields = {
        "vnp_ReturnUrl": "https://x.vn/ve?a=1",
        "vnp_OrderInfo": "Le phi cu tru",
        "vnp_Amount": "1000000",
    }
    expected = hmac.new(SECRET.encode(), text.encode(), hashlib.sha512).hexdigest()
    assert signed_query(SECRET, fields) == f"{text}&vnp_SecureHash={expected}"


def test_the_hash_function_gives_the_vector_of_rfc_4231():
    # RFC 4231, test case 2.
    assert sign("Jefe", "what do ya want for nothing?") == (
        "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fd"
        "caeab1a34d4a6b4b636e070a38bce737"
    )


@given(
    st.dictionaries(
        st.from_regex(r"vnp_[A-Za-z]{1,12}", fullmatch=True),
        st.text(st.characters(codec="utf-8"), min_size=1),
        min_size=1,
    )
)
def test_what_is_signed_is_read_back(fields):
    fields.pop("vnp_SecureHash", None)
    fields.pop("vnp_SecureHashType", None)
    found = read_query(SECRET, signed_query(SECRET, fields))
    assert found is not None
    assert {name: found[name] for name in fields} == fields


@pytest.mark.parametrize(
    "change",
    [
        lambda query: query.replace("1000000", "1000100"),
        lambda query: query + "&vnp_Extra=1",
        lambda query: query + "&vnp_Amount=5",
        lambda query: query + "&other=1",
        lambda query: query.rpartition("&")[0],
        lambda query: "",
    ],
)
def test_a_changed_query_is_not_read(change):
    query = signed_query(SECRET, {"vnp_Amount": "1000000", "vnp_TxnRef": "a1"})
    assert read_query(SECRET, query) is not None
    assert read_query(SECRET, change(query)) is None


def test_order_information_has_no_diacritics():
    assert plain("11284-1 Lệ phí đăng ký cư trú (Đ6) – 10.000 đồng") == (
        "11284-1 Le phi dang ky cu tru D6 10.000 dong"
    )
