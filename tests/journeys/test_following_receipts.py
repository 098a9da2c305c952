"""Right after filing: what the citizen holds in her hand."""

import io
import re

import pytest
from pypdf import PdfReader

from motcua.documents.queries import documents_of
from motcua.journeys.tracking_address import check_of
from tests.journeys.followed import filed

pytestmark = pytest.mark.django_db


def words_of(answer) -> str:
    text = "\n".join(p.extract_text() for p in PdfReader(io.BytesIO(answer.content)).pages)
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def dossier(commune, client):
    return filed(commune).let_in(client)


def test_the_receipt_shows_code_paper_digest_date_and_what_comes_next(dossier, client):
    page = client.get(f"/bien-nhan/{dossier.code}/").content.decode()
    sent = documents_of(f"dossier:{dossier.code}")[0].page_list[0].received
    assert dossier.code in page
    assert "Giấy chứng sinh" in page
    assert sent[:8] in page
    assert "Dự kiến trả kết quả" in page
    assert "Vì sao ngày này?" in page
    assert "Công an xã Nam Thanh Miện" in page


def test_the_receipt_offers_to_pay_an_open_fee(dossier, client):
    page = client.get(f"/bien-nhan/{dossier.code}/").content.decode()
    assert f"/ho-so/{dossier.code}/thanh-toan/residence_fee/" in page


def test_the_receipt_asks_whether_it_was_easy(dossier, client):
    page = client.get(f"/bien-nhan/{dossier.code}/").content.decode()
    asking = re.search(r'href="(/danh-gia/nop/[^"]+)"', page)
    assert asking
    assert client.post(asking[1], {"mark": "5"}).status_code == 302


def test_the_paper_confirms_the_filing_before_reception(dossier, client):
    words = words_of(client.get(f"/bien-nhan/{dossier.code}.pdf"))
    assert "XÁC NHẬN ĐÃ NỘP HỒ SƠ" in words
    assert dossier.code in words
    assert f"{dossier.code}/{check_of(dossier.code)}/" in words.replace(" ", "")


def test_the_paper_is_form_01_after_reception(dossier, client):
    dossier.received()
    words = words_of(client.get(f"/bien-nhan/{dossier.code}.pdf"))
    assert "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ" in words
    assert "Vũ Thị Hạnh" in words


def test_the_paper_stays_the_same_whatever_happens_later(dossier, client):
    dossier.received()
    before = client.get(f"/bien-nhan/{dossier.code}.pdf").content
    dossier.asked().act(dossier.mother, _answered())
    assert client.get(f"/bien-nhan/{dossier.code}.pdf").content == before


def _answered():
    from motcua.dossiers.rules.acts import Supplement

    return Supplement(leg="birth", fields=("child.full_name",))


def test_a_stranger_gets_no_receipt(dossier, client):
    client.cookies.clear()
    assert client.get(f"/bien-nhan/{dossier.code}/").status_code == 404
    assert client.get(f"/bien-nhan/{dossier.code}.pdf").status_code == 404
