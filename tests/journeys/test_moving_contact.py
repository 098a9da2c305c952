"""A number was replaced: what runs writes to the new one, the history says so, what was declared stays."""

import pytest

from motcua.dossiers.models import Content, Dossier, Draft, Event
from motcua.dossiers.search import found_by_officials
from motcua.journeys import filing, own_dossier
from motcua.journeys.moving_contact import follow_number
from motcua.toolkit.clock import now
from tests.journeys.desk_pages import words
from tests.signing_in import as_citizen

pytestmark = pytest.mark.django_db
OLD, NEW, OTHER = "+84912345001", "+84912345088", "+84912345003"


@pytest.fixture
def mai(office, client):
    """Mai's browser, with a running dossier and an open draft that name her number."""
    client.account = as_citizen(client)
    client.row = office.received()
    client.draft, _ = filing.begin(
        published=office.linked, chosen=filing.Begin(commune="11239"), account=client.account, level=2,
        at=now(),
    )  # fmt: skip
    Dossier.objects.filter(pk=client.row.pk).update(account=client.account)
    Draft.objects.filter(pk=client.draft.pk).update(phone=OLD)
    return client


def moved(client, was=OLD, phone=NEW):
    follow_number(person_id=client.account.person_id, was=was, phone=phone, at=now())
    client.row.refresh_from_db()
    client.draft.refresh_from_db()


def events(row):
    return list(Event.objects.filter(dossier=row, kind="ContactMoved").order_by("seq"))


def test_the_running_dossier_and_the_open_draft_write_to_the_new_number(mai):
    moved(mai)
    assert (mai.row.phone, mai.draft.phone) == (NEW, NEW)


def test_the_history_tells_the_last_digits_and_what_was_declared_stays(mai):
    before = Content.objects.get(dossier=mai.row).answers
    moved(mai)
    assert Content.objects.get(dossier=mai.row).answers == before
    [event] = events(mai.row)
    assert event.data["ending"] == "088"
    page = words(mai.get(f"/theo-doi/{mai.row.code}/"))
    assert "tận cùng 088" in page
    assert "912345088" not in page.replace(" ", "")


def test_there_and_back_again_is_told_each_time_and_the_same_number_never(mai):
    for was, phone in ((OLD, NEW), (NEW, NEW), (NEW, OLD), (OLD, NEW)):
        moved(mai, was, phone)
    assert mai.row.phone == NEW
    assert len(events(mai.row)) == 3


def test_a_dossier_reached_by_another_number_or_over_is_left_alone(mai):
    Dossier.objects.filter(pk=mai.row.pk).update(phone=OTHER)
    moved(mai)
    assert mai.row.phone == OTHER
    Dossier.objects.filter(pk=mai.row.pk).update(phone=OLD, ended_at=now())
    moved(mai)
    assert mai.row.phone == OLD
    assert events(mai.row) == []


def test_officials_find_it_by_the_new_number(mai):
    moved(mai)
    assert mai.row in found_by_officials("0912 345 088", [mai.row.agency_id])


def test_a_supplement_that_says_nothing_of_the_number_does_not_bring_the_old_one_back(mai):
    declared = Content.objects.get(dossier=mai.row).answers
    moved(mai)
    names = own_dossier._called(mai.row, declared, {**declared, "mother.occupation": "Giáo viên"})
    assert names.phone == NEW
    told = own_dossier._called(mai.row, declared, {**declared, "applicant.phone": OTHER})
    assert told.phone == OTHER
