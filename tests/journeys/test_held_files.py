"""Files set apart, at the desk: told by code only, asked for anew, given back when clean by now; never shown."""

import re
from io import BytesIO
from uuid import UUID

import pytest
from django.test import Client

from motcua.agencies import contacts
from motcua.audit.models import Waiting
from motcua.documents import operations, quarantine
from motcua.documents.models import Document
from motcua.documents.ports import Watch
from motcua.documents.rules.refusals import FileInfected, NotHeld
from motcua.dossiers.models import Draft
from motcua.dossiers.queries import told
from motcua.journeys import filing, gathering, handling, held_files
from motcua.journeys.own_dossier import supplement_owner
from motcua.journeys.telling_officials import tell_all
from motcua.notices.models import Notice
from motcua.toolkit.clock import now
from motcua.toolkit.session_store import SessionStore
from motcua.toolkit.wiring import made
from tests.documents_samples import jpeg
from tests.journeys.desk_pages import words
from tests.journeys.followed import PAPER_FAULT
from tests.journeys.office import ELSEWHERE, official_of
from tests.signing_in import as_official

pytestmark = pytest.mark.django_db
HERE, NAME = "/can-bo/tep-cach-ly/", "cccd-nguyen-thi-mai.jpg"
PHOTO = jpeg(700, 900)


class Signatures:
    """A scanner that takes one photograph for harmful, until its list is mended or it goes away."""

    known, why = True, ""

    def scan(self, content):
        return "Test.Photo" if self.known and content == PHOTO else ""

    def standing(self):
        return Watch(why=self.why)


@pytest.fixture
def scanner(settings, tmp_path):
    settings.SCANNER, settings.FILES_ROOT = f"{__name__}.Signatures", tmp_path / "files"
    made.cache_clear()
    yield made(settings.SCANNER)
    made.cache_clear()


@pytest.fixture
def draft(office, scanner):
    """A draft whose photograph was set apart."""
    begun, _ = filing.begin(
        published=office.linked, chosen=filing.Begin(commune="11239"), account=None, level=0,
        at=now(),
    )  # fmt: skip
    set_apart(begun)
    return begun


def set_apart(draft):
    with pytest.raises(FileInfected):
        gathering.add(draft=draft, paper="birth_note", files=[(NAME, BytesIO(PHOTO))], at=now())


def decide(browser, what):
    (held,) = quarantine.held()
    return browser.post(f"{HERE}{UUID(held.id)}/", {"viec": what})


def test_the_head_and_the_administrator_see_what_when_and_why_but_no_name_and_no_file(
    office, draft
):
    for who in ("leader", "administrator"):
        page = words(office.browser(who).get(HERE))
        assert "Bản khai chưa nộp" in page
        assert "Giấy chứng sinh" in page
        assert "Test.Photo" in page
        assert NAME not in page
        assert not re.search(r"<img|download", page)
    assert office.browser("registrar").get(HERE).status_code == 403


def test_another_office_sees_nothing_and_decides_nothing(office, draft):
    far = Client()
    as_official(far, official_of("truong", "Vũ Văn Trưởng", ELSEWHERE, "leader"))
    assert "Test.Photo" not in words(far.get(HERE))
    assert decide(far, "tra-lai").status_code == 404


def test_whoever_sent_it_is_asked_for_the_paper_anew_once(office, draft):
    Draft.objects.filter(pk=draft.pk).update(phone="+84912345001", code="ABCD2345")
    leader = office.browser("leader")
    for _ in range(2):
        assert decide(leader, "hoi-lai").status_code == 302
    (notice,) = Notice.objects.filter(template="paper_asked_anew")
    assert "Giấy chứng sinh" in notice.body
    assert NAME not in notice.body
    assert "Đã nhắn gửi lại" in words(leader.get(HERE))
    assert Waiting.objects.filter(kind="journeys.held-file").count() == 1


def test_where_nobody_can_be_reached_it_is_said(office, draft):
    assert decide(office.browser("leader"), "hoi-lai").status_code == 409
    assert not Notice.objects.filter(template="paper_asked_anew").exists()


def test_what_is_clean_by_now_goes_where_it_was_sent_to_and_lies_apart_no_more(
    office, draft, scanner
):
    scanner.known = False
    assert decide(office.browser("administrator"), "tra-lai").status_code == 302
    (paper,) = Document.objects.filter(owner=f"draft:{draft.pk}")
    assert (paper.key, paper.sheets) == ("birth_note", 1)
    assert quarantine.held() == []


@pytest.mark.parametrize(("why", "status"), [("", 422), ("away", 503), ("none", 503)])
def test_what_is_not_clean_or_not_looked_at_stays_apart(office, draft, scanner, why, status):
    scanner.why = why
    assert decide(office.browser("leader"), "tra-lai").status_code == status
    assert not Document.objects.filter(owner=f"draft:{draft.pk}").exists()
    assert len(quarantine.held()) == 1


def test_a_supplement_gets_its_file_back(office, scanner):
    row = office.received()
    handling.ask_supplement(
        code=row.code, post=office.post("registrar"), leg="birth", faults=[PAPER_FAULT],
        key="k", seen=None, at=now(),
    )  # fmt: skip
    owner = supplement_owner(row.code, told(row.code)[1].requests["birth"])
    with pytest.raises(FileInfected):
        operations.add_page(owner=owner, key="birth_note", filename=NAME, content=PHOTO, at=now())
    scanner.known, leader = False, office.browser("leader")
    assert row.code in words(leader.get(HERE))
    assert decide(leader, "tra-lai").status_code == 302
    assert Document.objects.get(owner=owner).key == "birth_note"


def test_a_draft_that_is_filed_takes_nothing_back(office, scanner):
    row = office.filed(meanwhile=set_apart)
    scanner.known = False
    assert row.code in words(office.browser("leader").get(HERE))
    assert decide(office.browser("leader"), "tra-lai").status_code == 409


def test_a_factor_of_the_last_ten_minutes_is_asked_for(office, draft, scanner):
    scanner.known, leader = False, office.browser("leader")
    session = SessionStore(leader.cookies["motcua-can-bo"].value)
    session["official"] = {**session["official"], "proven": ""}
    session.save()
    assert "Xác nhận lại" in words(decide(leader, "tra-lai"))
    assert len(quarantine.held()) == 1


def test_the_keepers_are_told_once_a_day_however_much_was_set_apart(office, draft):
    contacts.keep(official=office.post("leader").official, phone="0912 345 777", email="", at=now())
    assert [tell_all(at=now()) for _ in range(2)] == [1, 0]
    quarantine.keep(
        b"another", finding="Test.Again", name=NAME, owner=f"draft:{draft.pk}", at=now()
    )
    assert tell_all(at=now()) == 0
    [told] = Notice.objects.filter(template="desk_waiting")
    assert NAME not in told.body


def test_a_file_is_given_back_once_and_logged_once_also_when_its_bytes_lie_there_for_another(
    office, draft, scanner
):
    set_apart(draft)  # the same bytes, noted a second time
    mine = held_files.keeper(office.post("leader").official, now())
    lying, _other = held_files.all_of(mine)
    scanner.known = False
    held_files.give_back(mine=mine, lying=lying, at=now())
    with pytest.raises(NotHeld):
        held_files.give_back(mine=mine, lying=lying, at=now())
    assert Document.objects.filter(owner=f"draft:{draft.pk}").count() == 1
    assert Waiting.objects.filter(kind="journeys.held-file").count() == 1


def taken_away_badly(held):
    with quarantine.leaving(held):
        with pytest.raises(NotHeld), quarantine.leaving(held):
            pass
        raise ZeroDivisionError


def test_who_comes_second_while_it_is_taken_away_finds_it_gone_and_a_failure_leaves_it_held(draft):
    (held,) = quarantine.held()
    with pytest.raises(ZeroDivisionError):
        taken_away_badly(held)
    assert quarantine.held() == [held]
    assert quarantine.content_of(held.digest) == PHOTO


def test_what_was_being_taken_away_when_the_house_fell_is_held_again(draft):
    (held,) = quarantine.held()
    taking = quarantine.leaving(held)
    taking.__enter__()
    assert quarantine.held() == []
    quarantine.sweep(at=now() + quarantine.STUCK * 2)
    assert quarantine.held() == [held]


def test_a_note_is_opened_once_however_often_the_page_is_looked_at(office, draft, monkeypatch):
    (held,) = quarantine.held()
    monkeypatch.setattr(quarantine, "unseal", lambda *_: pytest.fail("opened again"))
    assert quarantine.held() == [held]
