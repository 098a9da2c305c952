import logging

import pytest
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.notices.delivery import deliver_now, sweep
from motcua.notices.models import Notice
from motcua.notices.operations import Recipient, replay, send, send_code
from motcua.notices.queries import dead_letters, told_about
from motcua.notices.rules import (
    MOST_SMS_PARTS,
    WORDS,
    UnknownNewsError,
    WordsMissingError,
    sms_parts,
)
from motcua.notices.wording import words
from motcua.toolkit.outbox import TRIES
from tests.rooms.outside import NOON, later

pytestmark = pytest.mark.django_db
HOA = Recipient(phone="0912 345 678", email="hoa@vidu.vn", language="vi")
CODE = "11284-261124-0001"
DATA = {
    "code": CODE,
    "tracking_url": "https://dichvucong.vidu.vn/tra-cuu/h7k2m9",
    "support": "0220 3742 115",
    "procedure": "Liên thông đăng ký khai sinh, đăng ký thường trú, cấp thẻ bảo hiểm y tế",
    "promised": "16 giờ 00, ngày 27/11/2026",
    "reason": "Giấy chứng sinh chụp mờ, không đọc được họ tên mẹ và thời điểm sinh của trẻ",
    "what": "Cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi",
    "deadline": "17 giờ 00, ngày 03/12/2026",
    "amount": "10.000 đồng",
    "title": "Lệ phí đăng ký thường trú",
    "receipt": "2026/00000012",
    "number": "12",
    "paper": "Giấy khai sinh",
    "agency": "Bảo hiểm xã hội cơ sở Thanh Miện",
    "how": "xem và tải trực tuyến; bản giấy tại quầy số 3, Ủy ban nhân dân xã",
    "tracking_number": "EA123456789VN",
    "was": "17:00 27/11/2026",
    "due": "17:00 02/12/2026",
    "text": "Ủy ban nhân dân xã xin lỗi quý vị. Lý do: cần xác minh thêm.",
    "decision": "12/QĐ-UBND",
    "one_time_code": "493817",
    "url": "https://dichvucong.vidu.vn/dong-y/",
    "when": "09:15 26/11/2026",
    "where": "Trung tâm Phục vụ hành chính công xã Nam Thanh Miện",
    "pin": "048213",
    "draft_code": "K7Q-DM2-XT9",
    "until": "26/01/2027",
    "days": 14,
    "name": "Nguyễn Thị Phương Thảo",
    "who": "tổ công nghệ số cộng đồng",
    "topic": "Khai hồ sơ, chụp giấy tờ",
    "ending": "456",
    "todo": "Liên hệ đơn vị vận hành VNeID.",
    "address": "Thôn Đông, xã Nam Thanh Miện, thành phố Hải Phòng",
}


def tell(key="n1", template="received", to=HOA, **data):
    return send(key=key, to=to, template=template, data=DATA | data, subject=CODE, at=NOON)


def states():
    return dict(Notice.objects.values_list("road", "state"))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("template", sorted(WORDS))
def test_every_message_says_what_it_must_without_holes(template, language):
    for road in ("sms", "email"):
        title, body = words(template, road, language, DATA)
        assert "⟨?" not in title + body
        assert all(DATA[word] in title + body for word in WORDS[template] & {"code", "support"})


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("template", sorted(WORDS))
def test_a_short_message_keeps_to_its_parts(template, language):
    _, text = words(template, "sms", language, DATA)
    assert sms_parts(text) <= MOST_SMS_PARTS, text


def test_a_message_with_a_hole_is_not_written():
    with pytest.raises(WordsMissingError):
        send(key="n", to=HOA, template="received", data={}, subject=CODE, at=NOON)
    with pytest.raises(UnknownNewsError):
        send(key="n", to=HOA, template="horoscope", data=DATA, subject=CODE, at=NOON)


def test_a_person_is_told_by_every_road_they_have(world):
    assert deliver_now(tell(), at=NOON) == 2
    assert world.sms.letters["n1/sms"].to == "+84912345678"
    assert world.email.letters["n1/email"].to == "hoa@vidu.vn"
    assert [notice.state for notice in told_about(CODE)] == ["sent", "sent"]


def test_a_person_without_email_is_told_by_sms_only():
    tell(to=Recipient(phone="0912345678"))
    assert states() == {"sms": "queued"}


def test_the_same_news_is_told_once(world):
    deliver_now(tell(), at=NOON)
    assert tell() == []
    sweep(at=later(days=1))
    assert len(world.sms.letters) == 1


def test_news_and_its_job_are_undone_with_their_cause():
    before = ProcrastinateJob.objects.count()
    with transaction.atomic():
        tell()
        transaction.set_rollback(True)
    assert (Notice.objects.count(), ProcrastinateJob.objects.count()) == (0, before)


def test_a_lost_job_loses_nothing(world):
    tell()
    sweep(at=later(minutes=1))
    assert states() == {"sms": "sent", "email": "sent"}


def test_what_is_not_acknowledged_is_not_sent(world):
    world.sms.loses_answer = True
    deliver_now(tell(), at=NOON)
    assert states()["sms"] == "queued"
    world.sms.loses_answer = False
    sweep(at=later(minutes=1))
    assert states()["sms"] == "sent"
    assert len(world.sms.letters) == 1


def test_a_road_closed_for_a_day_delivers_everything_afterwards(world):
    world.sms.away = True
    tell(), tell(key="n2")
    for minute in range(0, 24 * 60, 5):
        sweep(at=later(minutes=minute))
    assert 90 < world.sms.calls < 300
    world.sms.away = False
    sweep(at=later(hours=24, minutes=16))
    assert set(Notice.objects.values_list("state", flat=True)) == {"sent"}


def test_when_a_road_opens_again_the_rest_does_not_wait(world):
    world.sms.away = True
    tell()
    for minute in range(0, 90, 5):
        sweep(at=later(minutes=minute))
    tell(key="n2")
    sweep(at=later(minutes=90))
    world.sms.away = False
    Notice.objects.filter(key="n2").update(next_attempt_at=later(minutes=91))
    Notice.objects.filter(key="n1", road="sms").update(next_attempt_at=later(minutes=105))
    sweep(at=later(minutes=91))
    sweep(at=later(minutes=91, seconds=10))
    assert states()["sms"] == "sent"


def test_a_closed_road_does_not_hold_up_the_other(world):
    world.email.away = True
    deliver_now(tell(), at=NOON)
    assert states() == {"sms": "sent", "email": "queued"}


def test_a_number_the_road_refuses_fails_at_once_and_visibly(world):
    world.sms.refuses.add("+84912345678")
    deliver_now(tell(), at=NOON)
    assert states()["sms"] == "failed"
    assert [notice.road for notice in dead_letters()] == ["sms"]


def test_what_cannot_be_an_address_is_kept_as_failed():
    tell(to=Recipient(phone="12", email="hoa"))
    assert states() == {"sms": "failed", "email": "failed"}


def test_after_enough_tries_a_notice_is_a_dead_letter_and_can_be_replayed(world):
    world.sms.away = True
    ids = tell(to=Recipient(phone="0912345678"))
    Notice.objects.update(attempts=TRIES - 1, next_attempt_at=NOON)
    deliver_now(ids, at=NOON)
    assert [notice.pk for notice in dead_letters()] == ids
    world.sms.away = False
    assert replay(notices=ids, at=NOON) == 1
    sweep(at=NOON)
    assert states() == {"sms": "sent"}


@pytest.mark.parametrize(("reached", "state"), [(True, "delivered"), (False, "failed")])
def test_whether_a_message_arrived_is_found_out(world, reached, state):
    deliver_now(tell(to=Recipient(phone="0912345678")), at=NOON)
    sweep(at=later(seconds=5))
    assert states() == {"sms": "sent"}
    world.sms.reached = reached
    sweep(at=later(minutes=5))
    assert states() == {"sms": state}


def test_two_workers_never_send_the_same_notice(world):
    ids = tell(to=Recipient(phone="0912345678"))
    original = world.sms.send

    def in_the_meantime(letter):
        assert deliver_now(ids, at=NOON) == 0
        return original(letter)

    world.sms.send = in_the_meantime
    assert deliver_now(ids, at=NOON) == 1


def test_a_worker_that_died_gives_its_notice_back(world):
    ids = tell(to=Recipient(phone="0912345678"))
    world.sms.send = lambda _letter: (_ for _ in ()).throw(SystemExit)
    with pytest.raises(SystemExit):
        deliver_now(ids, at=NOON)
    del world.sms.send
    assert sweep(at=later(seconds=59)) == 0
    sweep(at=later(seconds=61))
    assert states() == {"sms": "sent"}


def test_a_code_is_sent_and_its_text_wiped(world, caplog):
    with caplog.at_level(logging.DEBUG):
        send_code(to="0912345678", code="493817", purpose="sign-in", at=NOON)
        sweep(at=NOON)
    assert "493817" in next(iter(world.sms.letters.values())).body
    assert Notice.objects.get().body == ""
    assert "493817" not in caplog.text


def test_a_code_is_not_sent_after_it_expired(world):
    send_code(to="0912345678", code="493817", purpose="sign-in", at=NOON)
    sweep(at=later(minutes=6))
    assert (states(), Notice.objects.get().body) == ({"sms": "failed"}, "")
    assert world.sms.letters == {}


def test_every_code_is_a_message_of_its_own(world):
    send_code(to="0912345678", code="493817", purpose="sign-in", at=NOON)
    send_code(to="0912345678", code="493818", purpose="sign-in", at=NOON)
    sweep(at=NOON)
    assert len(world.sms.letters) == 2


def test_the_database_keeps_no_code_that_was_sent():
    send_code(to="0912345678", code="493817", purpose="sign-in", at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.update(state="sent", sent_at=NOON)


def test_a_code_goes_by_email_to_an_email_address(world):
    send_code(to="hoa@vidu.vn", code="493817", purpose="sign-in", at=NOON)
    sweep(at=NOON)
    assert [letter.title for letter in world.email.letters.values()] == ["Mã xác nhận"]


def test_a_title_never_breaks_into_a_second_header():
    title, _ = words("leg_done", "email", "vi", DATA | {"what": "Thẻ\r\nBcc: ai@vidu.vn"})
    assert "\n" not in title
    assert "\r" not in title
