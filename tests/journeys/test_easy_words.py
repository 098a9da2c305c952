"""The page of a service in easy words: one press away, and there at once for who chose it for all pages."""

import pytest
from django.conf import settings
from django.test import Client

from motcua.procedures.operations import publish_folder
from motcua.toolkit.clock import now
from tests.journeys import ground

pytestmark = [pytest.mark.django_db]
PAGE = "/dich-vu/dang-ky-ket-hon/"


@pytest.fixture
def reader():
    ground.lay()
    publish_folder(folder=settings.CATALOGUE / "procedures/ho-tich/dang-ky-ket-hon", at=now())
    yield Client()
    ground.forget()


def test_the_whole_page_offers_the_easy_one(reader):
    page = reader.get(PAGE).content.decode()
    assert 'href="?doc=de-hieu"' in page
    assert "Hai người đăng ký thành vợ chồng." not in page


def test_the_easy_page_is_short_and_leads_to_the_form(reader):
    page = reader.get(f"{PAGE}?doc=de-hieu").content.decode()
    assert "Hai người đăng ký thành vợ chồng." in page
    assert "Phí, lệ phí" not in page
    assert 'href="/nop/dang-ky-ket-hon/"' in page


def test_who_chose_easy_words_reads_them_at_once_and_can_still_read_all(reader):
    reader.post("/hien-thi/", {"words": "easy"})
    assert "Hai người đăng ký thành vợ chồng." in reader.get(PAGE).content.decode()
    assert "Phí, lệ phí" in reader.get(f"{PAGE}?doc=day-du").content.decode()


def test_in_english_it_is_easy_english(reader):
    reader.get("/ngon-ngu/en")
    assert "Both come and sign." in reader.get(f"{PAGE}?doc=de-hieu").content.decode()
