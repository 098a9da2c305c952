from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from motcua.agencies import caches, operations, queries
from motcua.agencies.models import Agency, CalendarDay, ServiceArea

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
AGENCIES = settings.CATALOGUE / "agencies"
CALENDARS = settings.CATALOGUE / "calendars"
NAM_THANH_MIEN, THANH_MIEN, THANH_GIANG = "11284", "11239", "11287"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh():
    caches.AGENCIES.forget()
    caches.CALENDAR.forget()
    caches.PLACES.forget()
    yield
    caches.AGENCIES.forget()
    caches.CALENDAR.forget()
    caches.PLACES.forget()


@pytest.fixture
def demonstration():
    operations.load_demo_agencies(AGENCIES, at=AT)


@pytest.mark.parametrize(
    ("kind", "place", "expected"),
    [
        ("commune_committee", NAM_THANH_MIEN, ("H24.284", "motcua", "")),
        ("commune_committee", THANH_MIEN, ("H24.239", "motcua", "")),
        ("commune_police", NAM_THANH_MIEN, ("G01.31.284", "exchange", "residence")),
        ("commune_police", THANH_MIEN, ("G01.31.239", "motcua", "")),
        ("social_insurance", NAM_THANH_MIEN, ("G24.31.11", "exchange", "insurance")),
        ("social_insurance", "11254", ("G24.31.11", "exchange", "insurance")),
        ("social_insurance", THANH_MIEN, ("G24.31.12", "motcua", "")),
        ("civil_registry", NAM_THANH_MIEN, ("G15.HT", "exchange", "civil-registry")),
    ],
)
def test_every_place_of_the_demonstration_has_its_agencies(demonstration, kind, place, expected):
    found = queries.find_agency(kind, place, AT)
    assert (found.code, found.works_in, found.exchange_party) == expected


def test_an_agency_serves_nobody_before_it_opened(demonstration):
    assert queries.find_agency("commune_committee", NAM_THANH_MIEN, date(2025, 6, 30)) is None


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("commune_committee", "H23.23.15"),
        ("commune_police", "G01.30.287"),
        ("social_insurance", "G24.30.11"),
    ],
)
def test_an_agency_that_is_gone_still_served_its_commune_then(demonstration, kind, code):
    assert queries.find_agency(kind, THANH_GIANG, date(2024, 1, 15)).code == code
    assert queries.find_agency(kind, THANH_GIANG, date(2025, 7, 1)) is None
    assert code not in {agency.code for agency in queries.agencies(AT)}


def test_an_agency_that_closes_ends_its_areas_with_it(demonstration, tmp_path):
    text = (AGENCIES / "demo.yaml").read_text(encoding="utf-8")
    ends = text.replace('serves: ["11239"]', 'serves: ["11239"]\n    valid_to: 2026-12-31')
    (tmp_path / "demo.yaml").write_text(ends, "utf-8")
    operations.load_demo_agencies(tmp_path, at=AT)
    assert queries.find_agency("commune_committee", THANH_MIEN, AT).code == "H24.239"
    assert queries.find_agency("commune_committee", THANH_MIEN, date(2026, 12, 31)) is None
    (area,) = ServiceArea.objects.filter(agency__code="H24.239")
    assert area.valid_to == date(2026, 12, 31)


def test_a_closed_agency_is_not_an_addressee(demonstration):
    Agency.objects.filter(code="H24.284").update(valid_to="2026-01-01")
    caches.AGENCIES.forget()
    assert queries.find_agency("commune_committee", NAM_THANH_MIEN, AT) is None


def test_one_place_has_one_agency_of_a_kind(demonstration):
    other = Agency.objects.get(code="H24.239")
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceArea.objects.create(
            agency=other, kind=other.kind, place_code=NAM_THANH_MIEN, valid_from="2026-01-01"
        )


def test_the_same_agencies_are_not_loaded_twice(demonstration, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert operations.load_demo_agencies(AGENCIES, at=AT) is False


def test_a_changed_file_changes_the_agency_and_keeps_its_row(demonstration, tmp_path):
    before = Agency.objects.get(code="H24.284").pk
    text = (AGENCIES / "demo.yaml").read_text(encoding="utf-8")
    (tmp_path / "demo.yaml").write_text(text.replace("0220 000 0284", "0220 000 9999"), "utf-8")
    assert queries.agency("H24.284").support_phone == "0220 000 0284"
    assert operations.load_demo_agencies(tmp_path, at=AT) is True
    assert queries.agency("H24.284").support_phone == "0220 000 9999"
    assert Agency.objects.get(code="H24.284").pk == before


def test_every_agency_has_a_unit_to_ask_in_office_hours(demonstration):
    for agency in Agency.objects.all():
        assert agency.support_name
        assert agency.support_phone.split()[1] in {"000", "0000"}
        assert "thứ Sáu" in agency.support_hours


def test_looking_an_agency_up_again_asks_the_database_nothing(
    demonstration, django_assert_num_queries
):
    queries.find_agency("commune_police", THANH_MIEN, AT)
    with django_assert_num_queries(0):
        queries.find_agency("commune_police", THANH_MIEN, AT)


def test_the_calendar_knows_the_culture_day_and_the_swapped_saturday():
    operations.load_calendar(CALENDARS)
    calendar = queries.calendar_for("31")
    assert not calendar.is_working(date(2026, 11, 24))
    assert not calendar.is_working(date(2026, 1, 2))
    assert calendar.is_working(date(2026, 1, 10))


def test_before_anything_is_loaded_the_calendar_has_its_holidays_all_the_same():
    assert not queries.calendar_for("31").is_working(date(2026, 9, 2))


def test_a_storm_closes_one_province_only():
    operations.load_calendar(CALENDARS)
    assert queries.calendar_for("31").is_working(date(2026, 11, 25))
    operations.set_calendar_day(
        day=date(2026, 11, 25), province_code="31", working=False,
        note="Nghỉ tránh bão", decision="Công điện 01",
    )  # fmt: skip
    assert queries.calendar_for("31").reason(date(2026, 11, 25)) == "Nghỉ tránh bão"
    assert queries.calendar_for("01").is_working(date(2026, 11, 25))


def test_a_day_set_by_hand_outlives_a_new_file(tmp_path):
    operations.load_calendar(CALENDARS)
    operations.set_calendar_day(
        day=date(2026, 11, 24), province_code="", working=True, note="Đi làm", decision="x"
    )
    text = (CALENDARS / "vietnam.yaml").read_text(encoding="utf-8")
    (tmp_path / "vietnam.yaml").write_text(text + "\n# mới\n", "utf-8")
    assert operations.load_calendar(tmp_path) is True
    assert queries.calendar_for("").is_working(date(2026, 11, 24))
    assert CalendarDay.objects.filter(edited=False).count() > 40


def test_the_calendar_is_remembered(django_assert_num_queries):
    operations.load_calendar(CALENDARS)
    first = queries.calendar_for("31")
    with django_assert_num_queries(0):
        assert queries.calendar_for("31") is first
