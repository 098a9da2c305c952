"""The box takes text messages and mail once and shows them to their owner."""

import smtplib
import socket
import uuid
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from tests.sandbox_box import SECRETS, RunningBox, SmallMotcua, eventually, running

TOKEN = SECRETS["SANDBOX_SMS_TOKEN"]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningBox, SmallMotcua]]:
    yield from running(tmp_path_factory.mktemp("box"), SANDBOX_SLOW_DELAY="0.3")


@pytest.fixture
def box(world: tuple[RunningBox, SmallMotcua]) -> Iterator[RunningBox]:
    yield world[0]
    for road in ("sms", "email"):
        world[0].form("/inbox/faults", road=road, mode="none")


def phone() -> str:
    return f"+849{uuid.uuid4().int % 10**8:08d}"


def sms(box: RunningBox, to: str, text: str = "Chào chị", key: str = ""):
    key = key or str(uuid.uuid4())
    return box.json("/sms/messages", {"id": key, "to": to, "text": text}, TOKEN)


def mail(box: RunningBox, to: str, identity: str = "") -> None:
    message = EmailMessage()
    message["From"] = "motcua@localhost"
    message["To"] = to
    message["Subject"] = "Hồ sơ đã được tiếp nhận"
    message["Message-ID"] = identity or f"<{uuid.uuid4()}@localhost>"
    message.set_content("Xem tại http://127.0.0.1:8000/tra-cuu")
    with smtplib.SMTP("127.0.0.1", box.smtp_port, timeout=10) as server:
        server.send_message(message)


def test_a_text_message_is_shown_to_its_receiver(box):
    to = phone()
    answer = sms(box, to, "Mã của chị là 123456")
    assert (answer.status, answer.json()["state"]) == (202, "accepted")
    (found,) = box.messages(to)
    assert found["text"] == "Mã của chị là 123456"


def test_the_same_message_id_again_is_one_message(box):
    to, key = phone(), str(uuid.uuid4())
    assert [sms(box, to, key=key).status for _ in range(3)] == [202, 200, 200]
    assert len(box.messages(to)) == 1


def test_a_message_becomes_delivered(box):
    answer = sms(box, phone())
    path = "/sms/messages/" + answer.json()["id"]

    def state() -> str:
        return box.get(path, Authorization=f"Bearer {TOKEN}").json()["state"]

    assert eventually(lambda: state() == "delivered")


def test_without_the_token_nothing_is_taken(box):
    to = phone()
    assert box.json("/sms/messages", {"id": "x", "to": to, "text": "y"}, "sai").status == 401
    assert box.messages(to) == []


@pytest.mark.parametrize("to", ["0912345678", "", "+1202555", "chị Mai"])
def test_a_number_not_written_internationally_is_refused(box, to):
    assert sms(box, to).status == 400


def test_the_receiver_is_found_however_the_number_is_written(box):
    to = phone()
    sms(box, to)
    assert len(box.messages("0" + to[3:])) == 1
    assert len(box.get(f"/inbox.json?to={to}").json()["messages"]) == 1


@pytest.mark.parametrize(("mode", "status"), [("down", 503), ("refuse", 422)])
def test_a_provider_told_to_fail_takes_nothing(box, mode, status):
    to = phone()
    box.form("/inbox/faults", road="sms", mode=mode)
    assert sms(box, to).status == status
    assert box.messages(to) == []


def test_a_lost_answer_leaves_a_message_that_the_retry_does_not_double(box):
    to, key = phone(), str(uuid.uuid4())
    box.form("/inbox/faults", road="sms", mode="lost")
    assert sms(box, to, key=key).status == 500
    box.form("/inbox/faults", road="sms", mode="none")
    assert sms(box, to, key=key).status == 200
    assert len(box.messages(to)) == 1


def test_a_message_may_be_taken_and_still_not_arrive(box):
    box.form("/inbox/faults", road="sms", mode="fail")
    key = sms(box, phone()).json()["id"]
    found = box.get(f"/sms/messages/{key}", Authorization=f"Bearer {TOKEN}").json()
    assert found["state"] == "failed"


def test_mail_comes_by_smtp_and_is_shown_with_a_link(box):
    to = f"{uuid.uuid4().hex}@example.com"
    mail(box, to)
    (found,) = box.messages(to)
    assert found["subject"] == "Hồ sơ đã được tiếp nhận"
    page = box.get(f"/inbox?to={to}").data.decode()
    assert '<a href="http://127.0.0.1:8000/tra-cuu">' in page


def test_the_same_mail_again_is_one_message_in_two_copies(box):
    to, identity = f"{uuid.uuid4().hex}@example.com", f"<{uuid.uuid4()}@localhost>"
    mail(box, to, identity)
    mail(box, to, identity)
    (found,) = box.messages(to)
    assert found["copies"] == 2


def test_a_mail_server_that_is_down_says_try_again_later(box):
    box.form("/inbox/faults", road="email", mode="down")
    with pytest.raises(smtplib.SMTPDataError) as refusal:
        mail(box, "mai@example.com")
    assert refusal.value.smtp_code == 451


def test_what_a_message_says_is_text_never_markup(box):
    to = phone()
    sms(box, to, "<script>alert(1)</script>")
    page = box.get(f"/inbox?to=0{to[3:]}").data.decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_messages_survive_a_killed_box(tmp_path):
    for own, _ in running(tmp_path):
        to, key = phone(), str(uuid.uuid4())
        sms(own, to, key=key)
        mail(own, "mai@example.com")
        own.kill()
        own.start()
        assert sms(own, to, key=key).status == 200
        assert (len(own.messages(to)), len(own.messages("mai@example.com"))) == (1, 1)


def test_a_line_cut_in_the_middle_of_a_mail_leaves_nothing(box):
    to = f"{uuid.uuid4().hex}@example.com"
    with socket.create_connection(("127.0.0.1", box.smtp_port)) as line:
        talk = line.makefile("rwb", buffering=0)
        talk.readline()
        for said in ("EHLO a", "MAIL FROM:<a@localhost>", f"RCPT TO:<{to}>", "DATA"):
            talk.write(f"{said}\r\n".encode())
            while talk.readline()[3:4] == b"-":
                pass
        talk.write(b"Subject: nua chung\r\n\r\nchua xong")
        talk.close()
    mail(box, "sau-do@example.com")
    assert box.messages(to) == []


@pytest.mark.parametrize(
    "path", ["/", "/inbox", "/vneid/", "/payments/", "/post/", "/exchange/", "/outbox"]
)
def test_every_page_of_the_box_opens_and_names_itself_in_both_languages(box, path):
    found = box.get(path)
    page = found.data.decode()
    assert found.status == 200
    assert '<html lang="vi">' in page
    assert 'class="english" lang="en"' in page


def test_the_box_says_that_it_is_well(box):
    assert box.get("/healthz").json() == {"status": "ok"}
