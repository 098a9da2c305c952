"""Our rooms and adapters against the real simulators, each in a process of its own."""

import hashlib
import hmac
import json
import uuid
from urllib.parse import urlsplit

import pytest
from django.test import Client

from motcua.api.payments import ANSWERS
from motcua.deliveries import letters
from motcua.deliveries.models import Delivery, PostOrder
from motcua.deliveries.operations import plan, quote, ready
from motcua.deliveries.rules import Address, Way
from motcua.exchange import delivery as exchange_delivery
from motcua.exchange import people
from motcua.exchange.models import Incoming, Outgoing, Question
from motcua.exchange.operations import ask, cancel, load_parties, supplement
from motcua.notices import delivery as notices_delivery
from motcua.notices.models import Notice
from motcua.notices.operations import Recipient, send, send_code
from motcua.payments.confirmation import reconcile
from motcua.payments.models import Anomaly, Attempt, Demand, Journal
from motcua.payments.operations import demand, start_attempt
from motcua.payments.queries import returned
from motcua.payments.rules import FeeLine, Verdict
from motcua.toolkit import wiring
from motcua.toolkit.clock import now
from tests.rooms.outside import BOARDS
from tests.rooms.test_notices_telling import DATA
from tests.sandbox_box import PEOPLE, SECRETS, RunningBox, eventually

pytestmark = pytest.mark.django_db(transaction=True)
FIELDS = {
    "child.name": "Trần Minh An",
    "child.birth_date": "2026-11-20",
    "child.sex": "female",
    "insurance.facility": "Trạm y tế xã Nam Thanh Miện",
}


@pytest.fixture(scope="module")
def started(tmp_path_factory, live_server):
    box = RunningBox(tmp_path_factory.mktemp("box"), live_server.url)
    yield box
    box.stop()


@pytest.fixture
def box(started, live_server, settings, monkeypatch):
    """The running box, with our adapters pointed at it and nobody upstairs listening."""
    del live_server
    for board in BOARDS:
        monkeypatch.setattr(board, "_handlers", [])
    url = started.url
    settings.SMS = {"url": f"{url}/sms/messages", "token": SECRETS["SANDBOX_SMS_TOKEN"]}
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", started.smtp_port
    settings.VNPAY = {
        "checkout_url": f"{url}/payments/vpcpay.html",
        "transactions_url": f"{url}/payments/transaction",
        "terminal": "MOTCUA01",
        "secret": SECRETS["SANDBOX_VNPAY_SECRET"],
    }
    settings.VNPOST = {"url": f"{url}/post", "token": SECRETS["SANDBOX_POST_TOKEN"]}
    settings.POPULATION_URL = f"{url}/population"
    wiring.made.cache_clear()
    systems = ("civil-registry", "population", "residence", "insurance")
    load_parties(
        {
            code: {
                "name": code,
                "inbox_url": f"{url}/exchange/{code}/inbox",
                "keys_url": f"{url}/exchange/{code}/keys.json",
            }
            for code in systems
        }
    )
    yield started
    wiring.made.cache_clear()


def new(prefix="D"):
    return f"{prefix}-{uuid.uuid4().hex[:12]}"


# Notices


def told(key, phone, email=""):
    to = Recipient(phone=phone, email=email)
    return send(key=key, to=to, template="received", data=DATA, subject=DATA["code"], at=now())


def test_a_message_arrives_once_though_the_answer_was_lost(box):
    box.form("/inbox/faults", road="sms", mode="lost")
    told(new(), "0987000001")
    notices_delivery.sweep(at=now())
    box.form("/inbox/faults", road="sms", mode="none")
    Notice.objects.update(next_attempt_at=now())
    notices_delivery.sweep(at=now())
    assert Notice.objects.get().state == "sent"
    (message,) = box.messages("0987000001")
    assert DATA["promised"] in message["text"]


def test_it_is_found_out_that_a_message_arrived(box):
    told(new(), "0987000002")
    notices_delivery.sweep(at=now())
    Notice.objects.update(next_attempt_at=now())

    def arrived():
        Notice.objects.filter(state="sent").update(next_attempt_at=now())
        notices_delivery.sweep(at=now())
        return Notice.objects.filter(state="delivered").exists()

    assert eventually(arrived)


def test_letters_arrive_by_smtp_over_one_connection(box):
    ids = [i for n in range(3) for i in told(new(), "", f"hoa{n}@vidu.vn")]
    notices_delivery.deliver_now(ids, at=now())
    (letter,) = box.messages("hoa2@vidu.vn")
    assert (
        letter["subject"].strip()
        == f"Đã tiếp nhận hồ sơ {DATA['code']}, hẹn trả kết quả {DATA['promised']}"
    )
    assert DATA["tracking_url"] in letter["text"]
    assert set(Notice.objects.values_list("state", flat=True)) == {"sent"}


@pytest.mark.parametrize(("mode", "state"), [("down", "queued"), ("refuse", "failed")])
@pytest.mark.parametrize("road", ["sms", "email"])
def test_a_road_that_is_down_is_tried_again_and_one_that_refuses_is_not(box, road, mode, state):
    box.form("/inbox/faults", road=road, mode=mode)
    told(new(), "0987000003" if road == "sms" else "", "" if road == "sms" else "lan@vidu.vn")
    notices_delivery.sweep(at=now())
    box.form("/inbox/faults", road=road, mode="none")
    assert Notice.objects.get().state == state


def test_a_code_arrives(box):
    send_code(to="0987000004", code="493817", purpose="sign-in", at=now())
    notices_delivery.sweep(at=now())
    assert "493817" in box.messages("0987000004")[0]["text"]


# Payments


def to_pay():
    key = new()
    line = FeeLine("residence", "Lệ phí đăng ký cư trú", 10_000, "TT 75/2022/TT-BTC")
    demand(
        key=key, subject=DATA["code"], agency="11284", title="Lệ phí đăng ký thường trú",
        lines=[line], payer_name="Nguyễn Thị Hoa", at=now(),
    )  # fmt: skip
    return key


def at_gateway(box, key, choice):
    """Walk to the gateway as a browser does, and choose there; return where it sends us back."""
    url = start_attempt(key=key, at=now(), return_url="http://127.0.0.1/ve", payer_ip="127.0.0.1")
    assert box.get(url).status == 200
    ref = Attempt.objects.order_by("-pk")[0].ref
    return box.form("/payments/choose", reference=ref, choice=choice).headers.get("Location", "")


def state_of(key):
    return Demand.objects.get(key=key).state


def test_paying_is_confirmed_by_the_gateway_and_settles_once(box):
    key = to_pay()
    back = at_gateway(box, key, "pay")
    assert eventually(lambda: state_of(key) == "paid")
    assert Journal.objects.filter(demand__key=key).count() == 1
    assert returned(urlsplit(back).query).says == "paid"


def test_paying_twice_settles_once_and_keeps_the_second_payment(box):
    key = to_pay()
    at_gateway(box, key, "twice")
    assert eventually(lambda: Anomaly.objects.filter(kind="double").exists())
    settled = Journal.objects.filter(demand__key=key, kind="settlement")
    assert (state_of(key), settled.count()) == ("paid", 1)


def test_a_wrong_amount_settles_nothing(box):
    key = to_pay()
    at_gateway(box, key, "wrong_amount")
    assert eventually(lambda: Anomaly.objects.filter(kind="wrong_amount").exists())
    assert state_of(key) == "due"


def test_a_cancelled_payment_leaves_the_demand_due(box):
    key = to_pay()
    back = at_gateway(box, key, "cancel")
    assert eventually(lambda: Attempt.objects.get().state == "failed")
    assert (state_of(key), returned(urlsplit(back).query).says) == ("due", "failed")


def test_a_payment_nobody_told_us_of_is_found_by_asking(box):
    key = to_pay()
    at_gateway(box, key, "no_ipn")
    Attempt.objects.update(next_attempt_at=now())
    assert reconcile(at=now()) == 1
    assert state_of(key) == "paid"


def test_an_attempt_the_gateway_never_saw_stays_open(box):
    start_attempt(key=to_pay(), at=now(), return_url="http://127.0.0.1/ve", payer_ip="127.0.0.1")
    Attempt.objects.update(next_attempt_at=now())
    reconcile(at=now())
    assert Attempt.objects.get().state == "open"


def test_every_verdict_has_the_gateways_answer():
    assert set(ANSWERS) == set(Verdict)


def test_a_forged_confirmation_gets_97():
    answer = Client().get("/api/payments/vnpay/ipn?vnp_TxnRef=1&vnp_Amount=100&vnp_SecureHash=ab")
    assert answer.json()["RspCode"] == "97"


# Post

OFFICE = Address("UBND xã Nam Thanh Miện", "02203742115", "Thôn Từ Ô", "11284")
HOA = Address("Nguyễn Thị Hoa", "0912345678", "Số 5, thôn Đoàn", "11290")


def posted():
    key = new()
    plan(
        key=key, subject="D1", result_key="birth", way=Way.POST, sender=OFFICE, receiver=HOA,
        at=now(),
    )  # fmt: skip
    ready(key=key, at=now())
    letters.sweep(at=now())
    return PostOrder.objects.get(delivery__key=key)


def test_the_post_quotes_takes_and_tells_of_a_letter(box):
    assert quote(from_place="11284", to_place="11290", at=now()).fee_vnd > 0
    letter = posted()
    assert letter.tracking_number
    box.form("/post/scan", order_number=letter.order_number, state="picked_up")
    assert eventually(lambda: Delivery.objects.get().state == "picked_up")


def test_a_letter_ordered_though_the_answer_was_lost_is_one_letter(box):
    letter = posted()
    PostOrder.objects.update(ordered_at=None, attempts=0, next_attempt_at=now())
    letters.sweep(at=now())
    assert PostOrder.objects.get().tracking_number == letter.tracking_number


def test_scans_are_found_by_asking(box):
    letter = posted()
    box.form("/post/scan", order_number=letter.order_number, state="picked_up")
    PostOrder.objects.update(next_attempt_at=now())
    letters.sweep(at=now())
    assert Delivery.objects.get().state == "picked_up"


def scan_told(body, signature):
    return Client().post(
        "/api/deliveries/post/scans", body, content_type="application/json",
        headers={"X-Signature": signature},
    )  # fmt: skip


def test_a_scan_without_the_posts_signature_is_refused(box):
    answer = scan_told(b"{}", "00")
    assert (answer.status_code, answer.json()["code"]) == (401, "api.not-signed")
    assert answer["Content-Type"] == "application/problem+json"


def test_a_scan_of_an_unknown_letter_is_refused(box):
    body = json.dumps({"order_number": "X", "state": "lost", "at": now().isoformat()}).encode()
    token = SECRETS["SANDBOX_POST_TOKEN"].encode()
    answer = scan_told(body, hmac.new(token, body, hashlib.sha256).hexdigest())
    assert (answer.status_code, answer.json()["code"]) == (404, "deliveries.unknown-order")


# Exchange


def asked(party="civil-registry", task="register-birth", subject=None):
    data = {
        "agency": {"code": "11284", "name": "UBND xã Nam Thanh Miện"}, "procedure": "3.000722",
        "due": None, "fields": FIELDS, "papers": [], "previous_results": {},
    }  # fmt: skip
    subject = subject or new()
    question = ask(
        key=new(), party=party, subject=subject, leg=task, task=task, data=data, at=now()
    )
    exchange_delivery.sweep(at=now())
    return question


def closed(question):
    return Question.objects.get(pk=question.pk).state


@pytest.mark.parametrize(
    ("party", "task", "part"),
    [
        ("civil-registry", "register-birth", "registration_number"),
        ("population", "issue-personal-number", "personal_number"),
        ("residence", "register-residence", "notice_number"),
        ("insurance", "issue-insurance-card", "card_number"),
    ],
)
def test_every_system_answers_with_its_result(box, party, task, part):
    question = asked(party, task)
    assert eventually(lambda: closed(question) == "answered")
    body = json.loads(bytes(Question.objects.get().answer.body))
    assert body["data"]["result"][part]


def test_a_system_that_answers_twice_has_one_effect(box):
    subject = new()
    box.form("/exchange/civil-registry/mode", mode="twice", subject=subject)
    question = asked(subject=subject)
    came = Incoming.objects.filter(subject=subject).order_by("pk")
    assert eventually(lambda: came.count() == 2)
    verdicts = came.values_list("verdict", flat=True)
    assert list(verdicts) == ["effective", "repeated"]
    assert closed(question) == "answered"
    assert len(box.register("civil-registry", subject)) == 1


def test_a_question_delivered_twice_has_one_effect(box):
    question = asked()
    Outgoing.objects.update(state="waiting", next_attempt_at=now())
    exchange_delivery.sweep(at=now())
    assert eventually(lambda: closed(question) == "answered")
    assert len(box.register("civil-registry", question.subject)) == 1


def test_a_system_asks_for_a_supplement_and_is_content_with_it(box):
    subject = new()
    box.form("/exchange/residence/mode", mode="supplement", subject=subject)
    question = asked("residence", "register-residence", subject)
    assert eventually(lambda: closed(question) == "answered")
    data = {"agency": {"code": "11284", "name": "x"}, "fields": FIELDS}
    second = supplement(key=new(), question=question, data=data, at=now())
    exchange_delivery.sweep(at=now())
    assert eventually(lambda: closed(second) == "answered")
    outcome = json.loads(bytes(Question.objects.get(pk=second.pk).answer.body))["data"]["outcome"]
    assert outcome == "done"


def test_a_system_that_was_down_answers_when_it_is_back(box):
    box.form("/exchange/insurance/mode", mode="down")
    question = asked("insurance", "issue-insurance-card")
    assert Outgoing.objects.get().state == "waiting"
    box.form("/exchange/insurance/mode", mode="done")
    Outgoing.objects.update(next_attempt_at=now())
    exchange_delivery.sweep(at=now())
    assert eventually(lambda: closed(question) == "answered")


def test_a_cancelled_question_is_not_answered(box):
    subject = new()
    box.form("/exchange/residence/mode", mode="silence", subject=subject)
    question = asked("residence", "register-residence", subject)
    cancel(question=question, reason="Người dân rút hồ sơ", at=now())
    exchange_delivery.sweep(at=now())
    assert set(Outgoing.objects.values_list("state", flat=True)) == {"taken"}
    assert box.register("residence", subject) == []


def test_the_population_database_knows_its_people(box):
    number = next(iter(PEOPLE.values()))["personal_number"]
    assert people.person(number=number, at=now()).name == next(iter(PEOPLE.values()))["name"]
    assert people.person(number="000000000000", at=now()) is None


# Doors


def test_an_unsigned_message_gets_a_problem_with_a_stable_code():
    answer = Client().post("/api/exchange/inbox", b"{}", content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (401, "exchange.unsigned")


def test_a_message_that_is_too_long_is_refused_unread():
    answer = Client().post("/api/exchange/inbox", b" " * 300_000, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (413, "api.too-large")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", "/api/payments/vnpay/ipn"),
        ("get", "/api/exchange/inbox"),
        ("put", "/api/deliveries/post/scans"),
        ("post", "/api/exchange/keys.json"),
    ],
)
def test_a_door_has_one_method(method, path):
    answer = getattr(Client(), method)(path)
    assert (answer.status_code, answer.json()["code"]) == (405, "api.method-not-allowed")


def test_our_key_is_published():
    (key,) = Client().get("/api/exchange/keys.json").json()["keys"]
    assert (key["kty"], key["crv"], key["kid"]) == ("OKP", "Ed25519", "motcua")
    assert "d" not in key
