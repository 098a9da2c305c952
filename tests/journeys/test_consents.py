"""People a dossier concerns agree by VNeID, each for themselves, and nobody else sees or answers it."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.dossiers.models import Consent, Event
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.status import LegState
from motcua.journeys import own_dossier
from motcua.journeys.tracking_address import check_of
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import run_due
from tests.cast import FRONT_DESK
from tests.documents_samples import jpeg
from tests.journeys.relatives import BROTHER, MAI, SISTER, STRANGER, filed
from tests.journeys.test_waiting_moments import its_time_comes
from tests.signing_in import as_citizen, as_phone_holder

pytestmark = pytest.mark.django_db
LIST = "/dong-y/"


@pytest.fixture
def asked(family):
    """A dossier of which the birth is done: the relatives are asked about the insurance."""
    return filed(family).born()


def browser(person):
    client = Client()
    as_citizen(client, person)
    return client


def applicant(dossier):
    client = Client()
    dossier.let_in(client)
    return client


def page_of(dossier):
    return f"{LIST}{dossier.code}/insurance/"


def words(answer):
    # A printed page tells its own address.
    text = re.sub(r'<p class="on-paper">.*?</p>', " ", answer.content.decode())
    text = re.sub(r"<(style|script|head)\b.*?</\1>", " ", text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def says(person, dossier, answer="dong-y"):
    return browser(person).post(page_of(dossier), {"answer": answer})


def leg(dossier):
    return dossier.now.legs["insurance"]


def test_whoever_is_asked_finds_it_with_who_files_what_and_for_whom(asked):
    page = words(browser(SISTER).get(LIST))
    for told in (MAI.full_name, "Trần Bảo An", "Khai sinh liên thông thử", "Thẻ BHYT"):
        assert told in page


def test_the_page_shows_what_is_on_the_steps_list_and_nothing_else(asked):
    page = words(browser(SISTER).get(page_of(asked)))
    assert "Ngày sinh của trẻ 05/11/2026" in page
    assert page.count("Trần Bảo An") == 1
    for hidden in (BROTHER.full_name, MAI.personal_number, "0912 345 001", asked.code):
        assert hidden not in page


def test_when_all_agree_the_leg_goes_on_to_the_insurance(asked):
    answer = says(SISTER, asked)
    assert answer.headers["Location"] == f"{LIST}?xong=dong-y"
    assert leg(asked).step == "consent"
    says(BROTHER, asked)
    assert leg(asked).step == "decide"


def test_an_answer_is_taken_once(asked):
    client = browser(SISTER)
    client.post(page_of(asked), {"answer": "dong-y"})
    assert client.post(page_of(asked), {"answer": "khong-dong-y"}).status_code == 404
    assert asked.now.legs["insurance"].state is LegState.OPEN


def test_one_who_declines_sends_the_dossier_back_for_the_signed_paper(asked):
    says(BROTHER, asked, "khong-dong-y")
    assert asked.now.requests["insurance"].must_bring == {"consent_paper"}
    page = words(applicant(asked).get(f"/ho-so/{asked.code}/bo-sung/insurance/"))
    assert "Giấy đồng ý có chữ ký" in page
    assert not Consent.objects.exists()


def test_the_signed_paper_goes_in_and_the_leg_goes_on(asked):
    says(BROTHER, asked, "khong-dong-y")
    paper = SimpleUploadedFile("dong-y.jpg", jpeg(), "image/jpeg")
    there = f"/ho-so/{asked.code}/bo-sung/insurance/"
    applicant(asked).post(there, {"consent_paper": paper})
    run_due()
    assert leg(asked).step == "decide"


def test_no_answer_does_nothing_and_says_what_to_do(asked):
    answer = says(SISTER, asked, "")
    assert answer.status_code == 422
    assert "Hãy chọn đồng ý hoặc không đồng ý." in words(answer)


@pytest.mark.parametrize("other", [STRANGER, MAI])
def test_somebody_elses_question_is_answered_like_one_that_never_was(asked, other):
    client = browser(other)
    never = client.get(f"{LIST}H24.284-260302-9999/insurance/")
    theirs = client.get(page_of(asked))
    assert (theirs.status_code, words(theirs)) == (404, words(never))
    assert client.post(page_of(asked), {"answer": "dong-y"}).status_code == 404
    assert leg(asked).agreed == frozenset()
    assert "Hiện không có việc nào" in words(client.get(LIST))


def test_a_portal_account_or_a_weak_vneid_is_not_enough(asked):
    client = Client()
    as_phone_holder(client)
    assert client.get(LIST).headers["Location"].startswith("/dang-nhap/")
    assert "level=2" in client.post(page_of(asked), {"answer": "dong-y"}).headers["Location"]


def test_the_applicant_in_the_list_has_agreed_by_filing(family):
    dossier = filed(family, MAI).born()
    assert leg(dossier).step == "decide"


def test_the_applicant_sees_who_has_answered(asked):
    says(SISTER, asked)
    page = words(applicant(asked).get(f"/theo-doi/{asked.code}/"))
    assert f"{SISTER.full_name}: đã đồng ý" in page
    assert f"{BROTHER.full_name}: chưa trả lời" in page
    assert f"{MAI.full_name}: đồng ý khi nộp hồ sơ" in page


def test_the_history_names_both(asked):
    says(SISTER, asked)
    page = words(applicant(asked).get(f"/theo-doi/{asked.code}/"))
    told = f"Đồng ý với phần “Thẻ BHYT” của hồ sơ do {MAI.full_name} nộp – {SISTER.full_name}"
    assert told in page


def test_whoever_holds_the_receipt_sees_no_names(asked):
    page = words(Client().get(f"/theo-doi/{asked.code}/{check_of(asked.code)}/"))
    assert SISTER.full_name not in page


def test_who_has_a_phone_is_told_without_a_word_about_the_dossier(asked, world):
    (letter,) = [one for one in world.sms.letters.values() if one.to == SISTER.phone]
    assert "/dong-y/" in letter.body
    for hidden in (asked.code, MAI.full_name, SISTER.full_name, "Trần Bảo An"):
        assert hidden not in letter.body


def test_no_personal_number_stands_in_the_history(asked):
    says(SISTER, asked)
    written = str(list(Event.objects.values_list("data", flat=True)))
    for person in (SISTER, BROTHER, MAI):
        assert person.personal_number not in written


def test_when_the_time_is_over_the_paper_is_asked_for(asked, monkeypatch):
    its_time_comes(monkeypatch, "journeys.consents_lapse")
    assert asked.now.requests["insurance"].must_bring == {"consent_paper"}


def test_a_time_that_ended_during_a_withdrawal_is_over_once_that_is_declined(asked, monkeypatch):
    asked.act(asked.mother, a.AskWithdraw())
    its_time_comes(monkeypatch, "journeys.consents_lapse")
    assert "insurance" not in asked.now.requests
    asked.act(FRONT_DESK, a.DeclineWithdraw(remark="Đã giải quyết gần xong"))
    its_time_comes(monkeypatch, "journeys.consents_lapse")
    assert "insurance" in asked.now.requests


def test_my_dossiers_lead_there(asked):
    page = words(browser(SISTER).get("/ho-so-cua-toi/"))
    assert "Có 1 hồ sơ của người khác chờ quý vị trả lời." in page


def test_a_withdrawn_dossier_waits_for_nobody(asked):
    own_dossier.withdraw(
        row=asked.row, reason="", key="rut:1", applicant_id=asked.now.applicant, at=now()
    )
    assert "Hiện không có việc nào" in words(browser(SISTER).get(LIST))
    assert browser(SISTER).get(page_of(asked)).status_code == 404


def test_the_list_costs_few_queries_however_long(family, django_assert_max_num_queries):
    for _ in range(3):
        filed(family).born()
    client = browser(SISTER)
    client.get(LIST)
    with django_assert_max_num_queries(5):
        assert words(client.get(LIST)).count("Chờ trả lời") == 3
