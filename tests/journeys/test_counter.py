"""The counter: a paper dossier is typed by an official, confirmed by its applicant, filed and received at once."""

import re

import pytest

from motcua.documents.queries import documents_of
from motcua.dossiers.models import Dossier, Draft, ReadLog
from motcua.dossiers.queries import history
from motcua.dossiers.rules.status import Status
from motcua.identity.models import DESTINATION, OneTimeCode
from motcua.notices.models import Notice
from motcua.toolkit.sealing import keyed
from tests.documents_samples import jpeg, pdf
from tests.journeys.desk_pages import words
from tests.journeys.office import ANSWERS, PAGES, _procedure
from tests.rules.heart import said

pytestmark = pytest.mark.django_db


def upload(content, name="a.jpg"):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content)


class Counter:
    """The front desk's browser, with a paper dossier before it."""

    def __init__(self, office, name="front_desk"):
        self.office, self.browser = office, office.browser(name)

    def begin(self, slug="lien-thong-thu", channel="counter", **more):
        page = f"/can-bo/quay/nhap/{slug}/"
        to_form = self.browser.post(page, {"channel": channel, **more})
        begun = self.browser.post(
            to_form["Location"], {"place__commune": "11239", "place__province": "31"}
        )
        self.overview = begun["Location"]
        self.draft = Draft.objects.get(pk=self.overview.split("/")[2])
        return begun

    def fill(self, **changes):
        for page, answers in ANSWERS.items():
            told = {**answers, **changes}
            posted = {name: values[0] for name, values in told.items() if name in answers}
            answer = self.browser.post(f"{self.overview}trang/{page}/", posted)
            assert answer.status_code == 302, words(answer)
        self.browser.post(
            f"{self.overview}giay-to/birth_note/", {"birth_note": upload(jpeg(900, 1200))}
        )

    @property
    def confirming(self):
        return f"/can-bo/quay/{self.draft.pk}/xac-nhan/"

    def signed(self, **more):
        sheet = {"sheet": upload(jpeg(600, 800)), "same": "1", "_sheet": "1", **more}
        return self.browser.post(self.confirming, sheet)


@pytest.fixture
def counter(office):
    return Counter(office)


def only_dossier():
    return Dossier.objects.get()


def test_a_paper_dossier_is_filed_and_received_in_one_go(counter):
    counter.begin()
    counter.fill()
    answer = counter.signed()
    row = only_dossier()
    assert answer["Location"] == f"/can-bo/ho-so/{row.code}/?xong=tiep-nhan"
    assert (row.channel, row.received_at) == ("counter", row.submitted_at)


def test_the_history_tells_who_typed_it_and_how_the_applicant_confirmed(counter):
    counter.begin()
    counter.fill()
    counter.signed()
    submitted = history(only_dossier().pk)[0]
    assert (submitted.by.kind, submitted.by.name) == ("applicant", "Nguyễn Thị Mai")
    assert (submitted.typed_by.name, submitted.confirmed) == ("Phạm Thị Mai Hoa", "sheet")
    page = words(counter.browser.get(f"/can-bo/ho-so/{only_dossier().code}/"))
    assert "Người nhập: Phạm Thị Mai Hoa." in page


def test_the_signed_sheet_stays_with_the_dossier(counter):
    counter.begin()
    counter.fill()
    counter.signed()
    kept = {paper.key: paper.name for paper in documents_of(f"dossier:{only_dossier().code}")}
    assert kept["to-khai-co-chu-ky"] == "Tờ khai có chữ ký"


def test_without_the_signed_sheet_nothing_is_filed(counter):
    counter.begin()
    counter.fill()
    answer = counter.browser.post(counter.confirming, {"_sheet": "1", "same": "1"})
    assert answer.status_code == 422
    assert not Dossier.objects.exists()


@pytest.fixture
def doubtful(office, counter):
    """An entry with something unusual in it, typed to the end."""
    doubt = {"that": 'child.full_name == "Trần An"', "level": "confirm", "say": said("Tên lạ.")}
    pages = [{**page, "checks": [doubt]} if page["id"] == "child" else page for page in PAGES]
    office._published(_procedure(code="9.000005", slug="co-nghi-van", form={"pages": pages}))
    counter.begin("co-nghi-van")
    counter.fill()
    return counter


def test_what_is_unusual_is_confirmed_by_a_person_and_ticked_by_nobody_else(doubtful):
    page = doubtful.browser.get(doubtful.confirming).content.decode()
    assert "Tên lạ." in page
    assert "checked" not in page
    assert doubtful.signed().status_code == 422
    assert not Dossier.objects.exists()


def test_the_photograph_stays_when_the_tick_was_forgotten(doubtful):
    doubtful.signed()
    doubtful.browser.post(doubtful.confirming, {"_sheet": "1", "same": "1", "doubts": "1"})
    assert only_dossier().status == Status.PROCESSING


def test_the_applicant_confirms_by_a_code_sent_to_their_phone(counter):
    counter.begin()
    counter.fill()
    counter.browser.post(counter.confirming, {"_send": "1"})
    assert OneTimeCode.objects.get().destination_key == keyed(DESTINATION, "+84912345001")
    code = re.search(r"\d{6}", Notice.objects.get(template="code").body).group()
    counter.browser.post(counter.confirming, {"_code": "1", "code": code})
    assert history(only_dossier().pk)[0].confirmed == "code"


def test_a_code_for_what_was_changed_since_confirms_nothing(counter):
    counter.begin()
    counter.fill()
    counter.browser.post(counter.confirming, {"_send": "1"})
    code = re.search(r"\d{6}", Notice.objects.get(template="code").body).group()
    counter.fill(**{"child.full_name": ["Trần Minh Bình"]})
    answer = counter.browser.post(counter.confirming, {"_code": "1", "code": code})
    assert answer.status_code == 422
    assert not Dossier.objects.exists()


def test_whoever_has_no_telephone_files_all_the_same(counter):
    counter.begin()
    counter.fill(**{"applicant.phone": [""]})
    assert "Bằng mã gửi" not in words(counter.browser.get(counter.confirming))
    counter.signed()
    assert only_dossier().phone == ""


def test_confirming_twice_files_once(counter):
    counter.begin()
    counter.fill()
    first, second = counter.signed(), counter.signed()
    assert first["Location"] == second["Location"]
    assert Dossier.objects.count() == 1


def test_the_citizens_own_page_files_no_entry_of_the_counter(counter):
    counter.begin()
    counter.fill()
    answer = counter.browser.post(f"{counter.overview}kiem-tra/", {"pledge": "1"})
    assert answer["Location"] == counter.confirming
    assert not Dossier.objects.exists()


def test_a_dossier_that_came_by_post_says_so(counter):
    counter.begin(channel="post")
    counter.fill()
    counter.signed()
    assert only_dossier().channel == "post"


def test_an_interrupted_entry_waits_for_anybody_of_the_office(counter, office):
    counter.begin()
    counter.fill()
    second = Counter(office, "second_desk")
    assert "Nguyễn Thị Mai" in words(second.browser.get("/can-bo/quay/"))
    on = second.browser.post(f"/can-bo/quay/{counter.draft.pk}/")
    assert second.browser.get(on["Location"]).status_code == 200
    assert counter.browser.get(counter.overview).status_code == 404


def test_another_offices_counter_neither_sees_nor_takes_up_the_entry(counter, office):
    counter.begin()
    other = Counter(office, "elsewhere")
    assert str(counter.draft.pk) not in words(other.browser.get("/can-bo/quay/"))
    assert other.browser.post(f"/can-bo/quay/{counter.draft.pk}/").status_code == 404
    assert other.browser.get(counter.confirming).status_code == 404


def test_signing_out_locks_the_open_entries_away(counter):
    counter.begin()
    counter.browser.post("/can-bo/dang-xuat/")
    assert counter.browser.get(counter.overview).status_code == 404


def test_only_the_front_desk_works_at_the_counter(office):
    assert office.browser("registrar").get("/can-bo/quay/").status_code == 403


def test_whoever_filed_here_before_need_not_be_typed_again(counter, office):
    before = office.filed()
    found = words(counter.browser.get("/can-bo/quay/nhap/lien-thong-thu/?q=nguyen thi mai"))
    assert before.code in found
    assert "0912 345 001" not in found
    counter.begin(like=before.code)
    assert ReadLog.objects.filter(dossier=before).count() == 1


def test_another_places_dossier_is_not_this_counters_to_enter(counter):
    to_form = counter.browser.post("/can-bo/quay/nhap/lien-thong-thu/", {"channel": "counter"})
    answer = counter.browser.post(
        to_form["Location"], {"place__commune": "11284", "place__province": "31"}
    )
    assert "Ủy ban nhân dân xã Nam Thanh Miện tiếp nhận" in words(answer)
    assert not Draft.objects.exists()


def test_a_scan_of_all_papers_is_dealt_out_sheet_by_sheet(counter):
    counter.begin()
    many = f"{counter.overview}nhieu-giay-to/"
    counter.browser.post(many, {"tep": [upload(pdf(2), "tat-ca.pdf"), upload(jpeg(), "b.jpg")]})
    heap = documents_of(f"draft:{counter.draft.pk}")[0]
    first, second, third = [page.id for page in heap.page_list]
    to = {f"to.{first}": "birth_note", f"to.{second}": "house_paper", f"to.{third}": "bo"}
    assert counter.browser.post(many, to)["Location"] == f"{counter.overview}giay-to/"
    kept = {paper.key: paper.sheets for paper in documents_of(f"draft:{counter.draft.pk}")}
    assert kept == {"birth_note": 1, "house_paper": 1}


def test_pages_that_lie_undealt_stop_the_filing(counter):
    counter.begin()
    counter.fill()
    counter.browser.post(
        f"{counter.overview}nhieu-giay-to/", {"tep": upload(jpeg(300, 300), "c.jpg")}
    )
    assert "chưa xếp" in words(counter.signed())
    assert not Dossier.objects.exists()


def test_the_sheet_to_sign_carries_its_number(counter):
    counter.begin()
    counter.fill()
    answer = counter.browser.get(f"/can-bo/quay/{counter.draft.pk}/to-khai.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
