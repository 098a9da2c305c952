"""The hall and its times, as citizens and officials meet them."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from motcua.agencies.models import Agency
from motcua.dossiers.models import Dossier
from motcua.journeys import visiting
from motcua.kernel.working_time import ZONE, Calendar
from motcua.notices.models import Notice
from motcua.toolkit.clock import now
from motcua.visits import bookings, halls
from motcua.visits.models import Booking, Ticket
from tests.journeys.desk_pages import words
from tests.signing_in import as_phone_holder

pytestmark = pytest.mark.django_db
HERE = "H24.239"
TIMES = f"/hen-gio/{HERE}/"


@pytest.fixture
def hall(office, monkeypatch):
    """The hall of the office; every day is worked, whenever the test runs."""
    always = Calendar()
    monkeypatch.setattr(Calendar, "is_working", lambda _calendar, _day: True)
    assert always.is_working(localdate())
    return halls.hall_of(Agency.objects.get(code=HERE))


@pytest.fixture
def desk(office):
    return office.browser("front_desk")


def kiosk(hall):
    return f"/sanh/{hall.key}/lay-so/"


def number_taken(client, hall, kind="file", **more):
    answer = client.post(kiosk(hall), {"kind": kind, "key": more.pop("key", "k1"), **more})
    return Ticket.objects.get(token=answer["Location"].split("/")[2])


def first_time(hall):
    found = bookings.times_by_day(hall, now())
    return next(slot.starts_at for times in list(found.values())[1:] for slot in times)


def wish(client, start, **more):
    posted = {"start": start.isoformat(), "kind": "file", **more}
    return client.post(TIMES, posted)


def carried(answer):
    return re.search(r'name="phieu" value="([^"]+)"', words(answer)).group(1)


def code_sent():
    return re.search(r"\d{6}", Notice.objects.filter(template="code").last().body).group()


def test_the_kiosk_gives_a_number_and_the_phone_follows_its_turn(hall, client):
    ticket = number_taken(client, hall)
    shown = words(client.get(f"/so-thu-tu/{ticket.token}/"))
    assert "A001" in shown
    assert "Quý vị là người tiếp theo." in shown


def test_the_kiosk_goes_on_to_the_next_person_and_the_phone_knows_no_kiosk(hall, client):
    slip = client.post(kiosk(hall), {"kind": "file", "key": "k1"})["Location"]
    assert f'href="{kiosk(hall)}"' in words(client.get(slip))
    assert hall.key not in words(client.get(slip.partition("?")[0]))
    assert "lay-so" not in words(client.get(f"{slip.partition('?')[0]}?may=../../x"))


def test_strangers_without_the_key_take_no_numbers(hall, client):
    assert client.post("/sanh/sai-khoa/lay-so/", {"kind": "file"}).status_code == 404
    assert not Ticket.objects.exists()


def test_numbers_cannot_be_drained(hall, client):
    taken = [
        client.post(kiosk(hall), {"kind": "file", "key": str(nth)}).status_code
        for nth in range(visiting.MOST_NUMBERS_A_MINUTE * 2 + 1)
    ]
    assert 429 in taken


def test_the_official_calls_and_the_screen_says_where(hall, client, desk):
    number_taken(client, hall)
    desk.post(f"/can-bo/quay/goi-so/?co-quan={HERE}&quay=2", {"_next": "1", "seen": ""})
    shown = words(client.get(f"/sanh/{hall.key}/man-hinh/"))
    assert "A001" in shown
    assert "Mời số A 0 0 1 đến quầy 2" in shown


def test_pressed_twice_nobody_more_is_called(hall, client, desk):
    number_taken(client, hall, key="1")
    number_taken(client, hall, key="2")
    for _ in range(2):
        desk.post(f"/can-bo/quay/goi-so/?co-quan={HERE}&quay=1", {"_next": "1", "seen": ""})
    assert Ticket.objects.filter(state="called").count() == 1


def test_a_number_tied_to_a_dossier_opens_it_with_one_click(hall, client, desk, office):
    row = office.filed()
    number_taken(client, hall, code=row.code)
    page = f"/can-bo/quay/goi-so/?co-quan={HERE}&quay=1"
    desk.post(page, {"_next": "1", "seen": ""})
    assert f"/can-bo/ho-so/{row.code}/" in words(desk.get(page))


def test_a_number_is_sent_on_missed_or_done(hall, client, desk):
    page = f"/can-bo/quay/goi-so/?co-quan={HERE}&quay=1"
    ticket = number_taken(client, hall)
    desk.post(page, {"_next": "1", "seen": ""})
    desk.post(page, {"_to": "2", "seen": ticket.token})
    ticket.refresh_from_db()
    assert (ticket.state, ticket.wanted_counter) == ("waiting", 2)
    desk.post(page.replace("quay=1", "quay=2"), {"_next": "1", "seen": ""})
    desk.post(page.replace("quay=1", "quay=2"), {"_missed": "1", "seen": ticket.token})
    ticket.refresh_from_db()
    assert ticket.state == "missed"


def test_who_is_signed_in_has_the_time_at_once_and_is_told(hall, client):
    as_phone_holder(client)
    booked = wish(client, first_time(hall))
    assert booked["Location"].startswith("/lich-hen/")
    assert Notice.objects.get(template="visit_booked").to == "+84987654321"


def test_pressed_twice_it_is_one_time_and_another_in_the_day_leads_to_it(hall, client):
    as_phone_holder(client)
    first, other = list(bookings.times_by_day(hall, now()).values())[1][:2]
    answers = [wish(client, first.starts_at, key="phieu-1") for _ in range(2)]
    assert len({answer["Location"] for answer in answers}) == 1
    again = wish(client, other.starts_at, key="phieu-1")
    assert again.status_code == 422
    assert f'href="{answers[0]["Location"]}"' in words(again)
    assert Booking.objects.count() == 1


def test_without_an_account_a_code_to_the_phone_books(hall, client):
    asked = wish(client, first_time(hall))
    named = {"phieu": carried(asked), "name": "Nguyễn Thị Mai", "phone": "0912345001"}
    sent = client.post(f"{TIMES}xac-nhan/", named)
    confirmed = {"phieu": carried(sent), "code": code_sent()}
    for _ in range(2):
        booked = client.post(f"{TIMES}xac-nhan/", confirmed)
        assert booked["Location"].startswith("/lich-hen/")
    assert Booking.objects.count() == 1


def test_a_wrong_code_books_nothing(hall, client):
    asked = wish(client, first_time(hall))
    named = {"phieu": carried(asked), "name": "Nguyễn Thị Mai", "phone": "0912345001"}
    sent = client.post(f"{TIMES}xac-nhan/", named)
    client.post(f"{TIMES}xac-nhan/", {"phieu": carried(sent), "code": "000000"})
    assert not Booking.objects.exists()


def booked(client, hall):
    as_phone_holder(client)
    wish(client, first_time(hall))
    return Booking.objects.get()


def test_a_time_is_moved_and_cancelled_on_its_page(hall, client):
    mine = booked(client, hall)
    page, later = f"/lich-hen/{mine.token}/", mine.starts_at + timedelta(minutes=15)
    client.post(f"{page}doi-gio/", {"start": later.isoformat()})
    mine.refresh_from_db()
    assert mine.starts_at == later
    client.post(page)
    mine.refresh_from_db()
    assert mine.state == "cancelled"
    assert "Lịch hẹn đã hủy" in words(client.get(page))


def test_the_day_before_its_person_is_reminded_once(hall, client):
    mine = booked(client, hall)
    eve = (mine.starts_at - timedelta(days=1)).astimezone(ZONE).replace(hour=10)
    assert [visiting.remind(at=eve), visiting.remind(at=eve)] == [1, 0]
    assert Notice.objects.filter(template="visit_reminder").count() == 1


def test_whoever_is_booked_on_a_day_that_is_closed_is_asked_once_to_choose_another(
    hall, client, desk
):
    mine = booked(client, hall)
    day = {f"day__{part}": getattr(mine.day, part) for part in ("day", "month", "year")}
    for _ in range(2):
        desk.post("/can-bo/quay/sanh/", {"_close": "1", **day, "reason": "Sửa trụ sở"})
    told = Notice.objects.get(template="visit_day_closed").body
    assert "Sửa trụ sở" in told
    assert mine.token in told
    assert "Cơ quan nghỉ ngày này." in words(client.get(f"/lich-hen/{mine.token}/"))
    assert "1 người đã hẹn ngày này chưa đổi giờ" in words(desk.get("/can-bo/quay/sanh/"))
    eve = (mine.starts_at - timedelta(days=1)).astimezone(ZONE).replace(hour=10)
    assert visiting.remind(at=eve) == 0


def test_a_day_gone_by_is_not_closed_and_what_was_typed_stays(hall, desk):
    gone = {"day__day": "1", "day__month": "2", "day__year": "2020", "reason": "Nghỉ bù"}
    answer = desk.post("/can-bo/quay/sanh/", {"_close": "1", **gone})
    assert answer.status_code == 422
    assert "Ngày nghỉ phải từ hôm nay" in words(answer)
    assert 'value="Nghỉ bù"' in words(answer)


def test_nobody_is_reminded_at_night(hall, client):
    mine = booked(client, hall)
    night = (mine.starts_at - timedelta(days=1)).astimezone(ZONE).replace(hour=23)
    assert visiting.remind(at=night) == 0


def test_the_pin_gives_the_number_of_the_booked_time(hall, client):
    mine = booked(client, hall)
    Booking.objects.update(day=halls.day_of(now()))
    answer = client.post(kiosk(hall), {"_booked": "1", "pin": mine.pin})
    ticket = Ticket.objects.get(token=answer["Location"].split("/")[2])
    assert ticket.booking_id == mine.pk
    assert (
        client.post(kiosk(hall), {"_booked": "1", "pin": mine.pin})["Location"]
        == answer["Location"]
    )


def test_the_desk_sees_who_booked_with_a_masked_number(hall, client, desk):
    mine = booked(client, hall)
    day = halls.day_of(mine.starts_at).isoformat()
    shown = words(desk.get(f"/can-bo/quay/lich-hen/?ngay={day}"))
    assert "Lê Văn Bình" in shown
    assert "987 654 321" not in shown
    desk.post(f"/can-bo/quay/lich-hen/?ngay={day}", {"_missed": str(mine.pk)})
    mine.refresh_from_db()
    assert mine.state == "missed"


def test_the_front_desk_arranges_its_hall(hall, desk):
    page = "/can-bo/quay/sanh/"
    desk.post(page, {"_sizes": "1", "counters": "5", "minutes": "20", "places": "2"})
    hall.refresh_from_db()
    assert (hall.counters, hall.slot_minutes, hall.places) == (5, 20, 2)
    assert desk.post(page, {"_sizes": "1", "counters": "0"}).status_code == 422


def test_other_offices_call_no_numbers_of_ours(hall, client, office):
    number_taken(client, hall)
    elsewhere = office.browser("elsewhere")
    elsewhere.post(f"/can-bo/quay/goi-so/?co-quan={HERE}&quay=1", {"_next": "1", "seen": ""})
    assert Ticket.objects.get().state == "waiting"


def test_a_stranger_guesses_no_booking(client, db):
    assert Client().get("/lich-hen/khong-co/").status_code == 404


def test_whoever_fetches_a_result_is_led_to_the_times_of_its_office(hall, client, office):
    row = office.born(way="counter")
    Dossier.objects.update(account=as_phone_holder(client))
    assert f"{TIMES}?ho-so={row.code}" in words(client.get(f"/theo-doi/{row.code}/"))
    assert row.code in words(client.get(f"{TIMES}?ho-so={row.code}"))
