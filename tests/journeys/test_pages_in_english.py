"""Every page in English: no text that has an English is shown in Vietnamese."""

import pytest
from django.test import Client

from motcua.documents.models import IssuedPaper
from motcua.procedures.queries import by_digest
from tests.journeys.desk_pages import act_page, dossier_page, pressed
from tests.journeys.english import read_in_english, vietnamese_left
from tests.journeys.followed import filed
from tests.journeys.test_consulting import asked
from tests.journeys.test_extending import as_owner
from tests.signing_in import as_citizen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered():
    """What this process knows of versions came from databases that were rolled back."""
    by_digest.cache_clear()


PUBLIC = [
    "/", "/tim/?q=khai+sinh", "/tim/?q=zzz", "/viec/co-con/", "/viec/viec-khac/", "/dich-vu/thu/", "/nop/thu/", "/dang-ky-truc-tuyen/",
    "/hoi-dap/", "/hoi-dap/mat-mang/",
    "/theo-doi/", "/theo-doi/H24.284-261105-0001/", "/xac-thuc/", "/xac-thuc/AAAAABBBBBCCCCCDDDDD", "/nhat-ky/",
    "/dang-nhap/", "/dang-nhap/vneid/", "/dang-nhap/dien-thoai/", "/dang-ky-tai-khoan/",
    "/dang-ky-tai-khoan/cong-dan/", "/dang-ky-tai-khoan/thue-bao/", "/dang-xuat/",
    "/can-bo/dang-nhap/", "/khong-co-trang-nay/",
]  # fmt: skip


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_is_english_in_english(commune, client, path):
    assert vietnamese_left(read_in_english(client, path)) == []


def test_the_pages_of_a_filing_are_english(commune, client):
    begun = client.post("/nop/thu/", {"place__province": "31", "place__commune": "11284"})
    for page in ("", "trang/applicant/", "trang/child/", "giay-to/", "nhan-ket-qua/", "kiem-tra/"):
        assert vietnamese_left(read_in_english(client, f"{begun.url}{page}")) == [], page


@pytest.mark.parametrize("moment", ["received", "drafted", "born", "asked"])
def test_the_page_of_a_dossier_is_english(commune, client, moment):
    dossier = filed(commune).let_in(client)
    if moment == "asked":
        dossier.received()
    getattr(dossier, moment)()
    assert vietnamese_left(read_in_english(client, f"/theo-doi/{dossier.code}/")) == []


def test_what_a_dossier_asks_for_is_asked_in_english(commune, client):
    dossier = filed(commune).let_in(client).drafted()
    pages = [
        f"/bien-nhan/{dossier.code}/",
        f"/theo-doi/{dossier.code}/rut/",
        f"/ho-so/{dossier.code}/ban-du-thao/birth/",
        f"/ho-so/{dossier.code}/thanh-toan/residence_fee/",
    ]
    for page in pages:
        assert vietnamese_left(read_in_english(client, page)) == [], page


def test_a_supplement_is_asked_for_in_english(commune, client):
    dossier = filed(commune).let_in(client).received().asked()
    page = f"/ho-so/{dossier.code}/bo-sung/birth/"
    assert vietnamese_left(read_in_english(client, page)) == []


def test_the_pages_of_an_account_are_english(commune, client):
    as_citizen(client)
    for page in ("/tai-khoan/", "/ho-so-cua-toi/", "/dang-xuat/"):
        assert vietnamese_left(read_in_english(client, page)) == [], page


def test_a_verified_paper_is_shown_in_english(commune, client):
    filed(commune).born()
    token = IssuedPaper.objects.latest("pk").token
    assert vietnamese_left(read_in_english(Client(), f"/xac-thuc/{token}")) == []


def test_the_pages_of_the_desk_are_english(office):
    row = office.filed()
    browser = office.browser("front_desk")
    acts = [act_page(row, slug) for slug in ("receive", "supplement", "decline")]
    for page in ("/can-bo/", "/can-bo/?q=An", dossier_page(row), *acts):
        assert vietnamese_left(read_in_english(browser, page)) == [], page


def test_a_dossier_the_registrar_has_worked_on_is_english(office):
    row = office.to_sign()
    page = read_in_english(office.browser("leader"), dossier_page(row))
    assert vietnamese_left(page) == []


def test_extending_and_consulting_are_english(office):
    row = asked(office)
    leader, police = office.browser("leader"), office.browser("police")
    pages = [
        (leader, act_page(row, "gia-han")),
        (leader, act_page(row, "lay-y-kien", "marriage")),
        (leader, "/can-bo/nhac-han/"),
        (police, dossier_page(row)),
        (police, act_page(row, "tra-loi-y-kien", "1")),
    ]
    for browser, page in pages:
        assert vietnamese_left(read_in_english(browser, page)) == [], page
    pressed(leader, row, "gia-han", days="2", reason="verification")
    assert vietnamese_left(read_in_english(leader, dossier_page(row))) == []
    assert vietnamese_left(read_in_english(as_owner(row), f"/theo-doi/{row.code}/")) == []


def test_a_page_that_stayed_vietnamese_would_be_found(commune, client):
    html = client.get("/").content.decode()
    assert '<html lang="vi"' in html
    assert len(vietnamese_left(html)) > 5


def test_vietnamese_is_spoken_whatever_the_browser_prefers(commune, client):
    answer = client.get("/", headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert answer["Content-Language"] == "vi"
    assert '<html lang="vi"' in answer.content.decode()


def test_the_switch_keeps_the_language_and_leads_back(commune, client):
    html = client.get("/theo-doi/").content.decode()
    link = html.partition('lang="en" hreflang="en"')[2].partition('href="')[2].partition('"')[0]
    answer = client.get(link)
    assert answer["Location"] == "/theo-doi/"
    assert client.get("/theo-doi/")["Content-Language"] == "en"
