"""Breaking the glass: for a reason, for an hour, to read; its people see it, the head of the office signs it."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from motcua.agencies import contacts, wall
from motcua.documents import queries as papers_kept
from motcua.documents.models import Document
from motcua.dossiers.models import Content, Dossier, Emergency, Event, ReadLog
from motcua.dossiers.rules.emergencies import (
    EmergencyWithoutReason,
    NoEmergencyOpen,
    checked_reason,
)
from motcua.journeys.case import owner_of_dossier
from motcua.journeys.telling_officials import tell_all
from motcua.notices.models import Notice
from motcua.toolkit.clock import now
from motcua.toolkit.session_store import SessionStore
from tests.journeys.office import ELSEWHERE, official_of
from tests.signing_in import as_official

pytestmark = pytest.mark.django_db
ASK, WHY = "/can-bo/khan-cap/", "Cháu bé đang cấp cứu, cần biết tên mẹ và số điện thoại"


def asked(row, **more):
    return {"ma": row.code, "ly-do": "life", "viec": WHY, "key": str(uuid.uuid4()), **more}


def read_path(row):
    return f"{ASK}ho-so/{row.code}/"


def words(answer):
    return answer.content.decode()


def over(row):
    long_ago = now() - timedelta(hours=2)
    Emergency.objects.update(at=long_ago, until=long_ago + timedelta(hours=1))


@pytest.fixture
def opened(office):
    """A dossier of Thanh Miện that the front desk of another commune has opened, and her browser."""
    row = office.received()
    desk = office.browser("elsewhere")
    desk.post(ASK, asked(row))
    return row, desk


def test_she_reads_all_of_it_for_an_hour_and_may_do_nothing(opened):
    row, desk = opened
    page = words(desk.get(read_path(row)))
    assert "Thợ may" in page
    assert "/viec/" not in page
    assert desk.get(f"/can-bo/ho-so/{row.code}/").status_code == 404
    over(row)
    assert desk.get(read_path(row)).status_code == 404


def test_its_papers_open_as_long(opened):
    row, desk = opened
    kept = papers_kept.documents_of(owner_of_dossier(row.code))[0]
    path = f"{read_path(row)}giay-to/{kept.pk}/{kept.page_list[0].id}"
    assert desk.get(path).status_code == 200
    over(row)
    assert desk.get(path).status_code == 404


def test_nobody_else_reads_what_she_opened(opened, office):
    row, _desk = opened
    assert office.browser("police").get(read_path(row)).status_code == 404


def test_only_the_dossier_that_was_named_opens_and_every_other_row_stays_shut(opened, office):
    row, _desk = opened
    others, her = office.received(), office.officials["elsewhere"]
    with wall.behind(her, now(), emergency=row.code):
        assert list(Dossier.objects.values_list("code", flat=True)) == [row.code]
        assert not Event.objects.exclude(dossier=row).exists()
        assert Content.objects.get().dossier_id == row.pk
        assert {one.owner for one in Document.objects.all()} == {owner_of_dossier(row.code)}
    for code in ("", others.code):
        with wall.behind(her, now(), emergency=code):
            assert not Dossier.objects.exists()
    with wall.behind(office.officials["police"], now(), emergency=row.code):
        assert Emergency.objects.count() == 0


def test_the_database_opens_nothing_when_the_hour_is_over_or_for_somebody_else(opened, office):
    row, _desk = opened
    stranger = official_of("xa", "Vũ Xa Lạ", ELSEWHERE, "registrar")
    with wall.behind(stranger, now(), emergency=row.code):
        assert not Dossier.objects.exists()
    over(row)
    with wall.behind(office.officials["elsewhere"], now(), emergency=row.code):
        assert not Dossier.objects.exists()


def test_a_view_that_asks_for_all_in_an_emergency_gets_the_one(opened, office, monkeypatch):
    row, desk = opened
    office.received()
    seen = []

    def broken(**_asked):
        seen.extend(Dossier.objects.values_list("code", flat=True))
        raise NoEmergencyOpen

    monkeypatch.setattr("motcua.journeys.emergencies.look_at", broken)
    desk.get(read_path(row))
    assert seen == [row.code]


def test_both_heads_are_told_and_see_it_on_their_page(opened, office):
    row, _desk = opened
    head, told = Client(), "1 lần mở hồ sơ khẩn cấp"
    as_official(head, official_of("truong", "Vũ Văn Trưởng", ELSEWHERE, "leader"))
    for browser in (head, office.browser("leader")):
        assert told in words(browser.get("/can-bo/"))
        assert row.code in words(browser.get(f"{ASK}xem-lai/"))
    assert head.get(f"/can-bo/ho-so/{row.code}/").status_code == 404
    path = f"{ASK}xem-lai/{Emergency.objects.get().pk}/"
    assert head.post(path, {"ket-luan": "chinh-dang"}).status_code == 404
    office.browser("leader").post(path, {"ket-luan": "chinh-dang"})
    assert told not in words(head.get("/can-bo/"))


def test_both_heads_are_told_by_message_once_and_of_nothing_in_it(opened, office):
    row, _desk = opened
    head = official_of("truong", "Vũ Văn Trưởng", ELSEWHERE, "leader")
    for official, phone in ((head, "0912 345 701"), (office.officials["leader"], "0912 345 702")):
        contacts.keep(official=official, phone=phone, email="", at=now())
    assert [tell_all(at=now()) for _ in range(2)] == [2, 0]
    said = " ".join(Notice.objects.filter(template="desk_emergency").values_list("body", flat=True))
    assert "chờ kết luận" in said
    assert "nơi khác" in said
    assert not any(word in said for word in (row.code, row.subject_name, WHY, "Hằng"))


def test_what_was_looked_at_is_told_to_nobody_any_more(opened, office):
    path = f"{ASK}xem-lai/{Emergency.objects.get().pk}/"
    office.browser("leader").post(path, {"ket-luan": "chinh-dang"})
    contacts.keep(official=office.officials["leader"], phone="0912 345 702", email="", at=now())
    assert tell_all(at=now()) == 0


def test_whose_it_is_reads_who_and_why(opened):
    row, _desk = opened
    reading = ReadLog.objects.get(dossier=row, purpose="emergency")
    assert (reading.official_name, reading.reason) == ("Vũ Thị Thu Hằng", "life")


def test_a_reason_in_words_is_asked_for(office):
    row, desk = office.received(), office.browser("elsewhere")
    assert desk.post(ASK, asked(row, viec="khẩn cấp")).status_code == 400
    assert desk.post(ASK, asked(row, **{"ly-do": "curiosity"})).status_code == 400
    assert not Emergency.objects.exists()
    with pytest.raises(EmergencyWithoutReason):
        checked_reason("life", "... 123 ... 456 ... 789 ...", {"life"})


def test_a_factor_of_the_last_ten_minutes_is_asked_for(office):
    row, desk = office.received(), office.browser("elsewhere")
    session = SessionStore(desk.cookies["motcua-can-bo"].value)
    session["official"] = {**session["official"], "proven": ""}
    session.save()
    assert "Xác nhận lại" in words(desk.post(ASK, asked(row)))
    assert not Emergency.objects.exists()


def test_sent_twice_it_is_opened_once_and_five_a_day_are_enough(office):
    row, desk = office.received(), office.browser("elsewhere")
    told = asked(row)
    for _ in range(2):
        assert desk.post(ASK, told).status_code == 302
    assert Emergency.objects.count() == 1
    for _ in range(4):
        desk.post(ASK, asked(row))
    assert desk.post(ASK, asked(row)).status_code == 429


def test_who_handles_nothing_opens_nothing(office):
    assert office.browser("administrator").post(ASK, asked(office.received())).status_code == 403


def test_the_leader_is_told_at_once_and_signs_what_they_found(opened, office):
    leader = office.browser("leader")
    assert "1 lần mở hồ sơ khẩn cấp" in words(leader.get("/can-bo/"))
    emergency = Emergency.objects.get()
    path = f"{ASK}xem-lai/{emergency.pk}/"
    assert office.browser("elsewhere").post(path).status_code == 403
    assert leader.post(path, {"ket-luan": "khong", "nhan-xet": "Không ai gọi."}).status_code == 302
    assert leader.post(path, {"ket-luan": "chinh-dang"}).status_code == 404
    emergency.refresh_from_db()
    assert (emergency.finding, emergency.reviewed_by_id) == (
        "unjustified", office.officials["leader"].pk
    )  # fmt: skip
    assert "mở hồ sơ khẩn cấp" not in words(leader.get("/can-bo/"))


def test_the_database_lets_no_emergency_last_longer_or_be_reviewed_by_oneself(opened):
    one = Emergency.objects.get()
    for wrong in (
        {"until": one.at + timedelta(hours=2)},
        {"finding": "justified", "reviewed_at": now(), "reviewed_by": one.official_id},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Emergency.objects.update(**wrong)


def test_reading_changes_nothing_of_the_dossier(opened):
    row, desk = opened
    before = Event.objects.filter(dossier=row).count()
    desk.get(read_path(row))
    assert Event.objects.filter(dossier=row).count() == before
