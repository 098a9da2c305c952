"""What the desk hides, and that whoever has it shown is written down where the citizen reads it."""

from datetime import timedelta

import pytest

from motcua.dossiers.models import ReadLog
from motcua.journeys import looking
from motcua.toolkit.clock import now
from tests.journeys.desk_pages import dossier_page, words

pytestmark = pytest.mark.django_db
PHONE, HIDDEN = "0912 345 001", "091••••001"


@pytest.fixture
def row(office):
    return office.received()


def reveal(browser, row, group="tat-ca", reason=""):
    return browser.post(
        f"{dossier_page(row)}hien/", {"nhom": group, "ly-do": reason, "ve": "ho-so"}
    )


def reveals():
    return ReadLog.objects.filter(purpose="reveal")


@pytest.mark.parametrize("page", ["", "kiem-tra/"])
def test_a_phone_is_hidden_until_somebody_has_it_shown(office, row, page):
    told = words(office.browser("registrar").get(f"{dossier_page(row)}{page}"))
    assert "đang được che" in told
    assert HIDDEN in told
    assert PHONE not in told


def test_one_press_shows_it_to_whoever_has_work_there(office, row):
    browser = office.browser("registrar")
    assert reveal(browser, row).status_code == 303
    assert PHONE in words(browser.get(dossier_page(row)))
    assert reveals().get().reason == "handling"


def test_whoever_has_nothing_to_do_there_says_why(office, row):
    browser = office.browser("front_desk")
    assert reveal(browser, row, "contact", "handling").status_code == 400
    assert reveal(browser, row, "contact", "supervise").status_code == 303
    assert [(one.groups, one.reason) for one in reveals()] == [("contact", "supervise")]


def test_what_one_has_shown_stays_hidden_from_the_next(office, row):
    reveal(office.browser("registrar"), row, "contact")
    assert PHONE not in words(office.browser("leader").get(dossier_page(row)))


def test_pressed_twice_it_is_written_once(office, row):
    browser = office.browser("registrar")
    assert [reveal(browser, row, "contact").status_code for _ in range(2)] == [303, 303]
    assert reveals().count() == 1


def test_after_a_quarter_of_an_hour_it_is_hidden_again(office, row):
    reveal(office.browser("registrar"), row)
    official = office.officials["registrar"]
    soon, later = (
        looking.look(official=official, code=row.code, at=now() + timedelta(minutes=minutes))
        for minutes in (14, 16)
    )
    assert list(soon.revealed) == ["contact"]
    assert later.revealed == {}


@pytest.mark.parametrize("group", ["", "everything", "contact"])
def test_a_linked_agency_reveals_nothing_that_its_list_does_not_show(office, group):
    row = office.born()
    assert reveal(office.browser("police"), row, group, "compare").status_code == 404
    assert not reveals().exists()


def test_the_phone_is_dialled_only_when_it_is_shown(office, row):
    browser = office.browser("registrar")
    assert 'href="tel:' not in words(browser.get(dossier_page(row)))
    reveal(browser, row)
    assert 'href="tel:' in words(browser.get(dossier_page(row)))


@pytest.mark.parametrize("page", ["/can-bo/", "/can-bo/?q=0912345001"])
def test_queue_and_search_tell_no_number(office, row, page):
    told = words(office.browser("registrar").get(page))
    assert PHONE not in told
    typed = ('value="0912345001"', "“0912345001”", "%3Fq%3D0912345001")  # their own words, back
    for said in typed:
        told = told.replace(said, "")
    assert PHONE.replace(" ", "") not in told


def test_what_is_revealed_is_asked_for_once_a_page(office, row, django_assert_max_num_queries):
    browser = office.browser("registrar")
    with django_assert_max_num_queries(60) as seen:
        browser.get(dossier_page(row))
    assert len([one for one in seen.captured_queries if "'reveal'" in one["sql"]]) == 1


def test_a_party_that_was_sent_its_part_stands_in_the_log(office):
    row = office.to_sign()
    sent = ReadLog.objects.filter(dossier=row, purpose="exchange")
    assert {one.reason for one in sent}
    assert all(one.party and one.official_id is None for one in sent)
