"""A copy of one's data: everything of one's own, nothing of others, only for whoever came by VNeID."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.test import Client

from motcua.documents.wiring import blob_store
from motcua.dossiers.models import Dossier
from motcua.journeys import copying
from motcua.notices.models import Notice
from motcua.privacy.models import Copy
from motcua.toolkit.clock import now
from tests.journeys.desk_pages import dossier_page, words
from tests.signing_in import as_citizen, as_phone_holder

pytestmark = pytest.mark.django_db


@pytest.fixture
def mai(office):
    client = Client()
    account = as_citizen(client)
    row = office.born()
    Dossier.objects.filter(pk=row.pk).update(account=account)
    office.browser("registrar").get(dossier_page(row))
    client.row = row
    return client


def ordered(browser):
    assert browser.post("/du-lieu/ban-sao/").status_code == 302
    return Copy.objects.latest("asked_at")


def made(browser):
    found = ordered(browser)
    copying.make_copy(key=found.pk, at=now())
    found.refresh_from_db()
    return found


def unpacked(browser, found):
    answer = browser.get(f"/du-lieu/ban-sao/{found.pk}/tai-ve")
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_it_holds_what_was_declared_the_papers_the_results_and_who_looked(mai):
    archive = unpacked(mai, made(mai))
    told = json.loads(archive.read("du-lieu.json"))
    (dossier,) = told["dossiers"]
    assert dossier["answers"]["child.full_name"] == "Trần Minh An"
    assert "Trịnh Đức Thuận" in {one["who"] for one in dossier["read_by"]}
    names = archive.namelist()
    assert any("giay-to" in name for name in names)
    assert any("ket-qua" in name for name in names)
    assert "Trần Minh An" in archive.read("xem.html").decode()
    assert archive.testzip() is None


def test_nothing_of_other_peoples_dossiers_is_in_it(office, mai):
    other = office.filed(child="Lê Thị Bưởi")
    archive = unpacked(mai, made(mai))
    assert other.code not in archive.read("du-lieu.json").decode()


def test_pressed_twice_one_copy_is_made_and_told_once(mai):
    first, second = ordered(mai), ordered(mai)
    assert first.pk == second.pk
    for _ in range(2):
        copying.make_copy(key=first.pk, at=now())
    assert Notice.objects.filter(template="data_copy_ready", road="sms").count() == 1


def test_it_is_not_fetched_before_it_is_ready(mai):
    found = ordered(mai)
    assert mai.get(f"/du-lieu/ban-sao/{found.pk}/tai-ve").status_code == 409
    assert "đang được làm" in words(mai.get(f"/du-lieu/ban-sao/{found.pk}/"))


def test_after_72_hours_the_bytes_are_gone(mai):
    found = made(mai)
    digest = found.digest
    assert copying.forget_over(at=now() + timedelta(hours=71)) == 0
    assert copying.forget_over(at=now() + timedelta(hours=73)) == 1
    assert not blob_store().has(digest)


def test_who_came_by_phone_only_is_asked_for_more(mai):
    found = made(mai)
    weak = Client()
    as_phone_holder(weak)
    for path in (f"/du-lieu/ban-sao/{found.pk}/", f"/du-lieu/ban-sao/{found.pk}/tai-ve"):
        assert "/dang-nhap/" in weak.get(path)["Location"]
    assert weak.get("/du-lieu/").status_code == 200


def test_it_lies_sealed_in_the_store(mai, settings):
    found = made(mai)
    place = settings.FILES_ROOT / found.digest[:2] / found.digest
    assert b"PK\x03\x04" not in place.read_bytes()[:64]
