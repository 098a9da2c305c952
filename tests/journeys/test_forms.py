"""Forms 01–05: drawn for citizen and office from the history, the same paper whenever it is asked for."""

import io
import re

import pytest
from pypdf import PdfReader

from motcua.dossiers.rules import acts as a
from tests.cast import FRONT_DESK, LEADER
from tests.journeys.followed import NAME_FAULT, PAPER_FAULT, filed

pytestmark = pytest.mark.django_db


def words_of(answer) -> str:
    assert answer.status_code == 200, answer.content[:300]
    text = "\n".join(p.extract_text() for p in PdfReader(io.BytesIO(answer.content)).pages)
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def dossier(commune, client):
    return filed(commune).let_in(client)


def paper(client, dossier, slug):
    return client.get(f"/ho-so/{dossier.code}/phieu/{slug}.pdf")


def offered(client, dossier) -> list[str]:
    page = client.get(f"/theo-doi/{dossier.code}/").content.decode()
    return re.findall(rf"/ho-so/{dossier.code}/phieu/([a-z0-9-]+)\.pdf", page)


def test_what_is_missing_stands_on_form_02_with_reason_remedy_law_and_day(dossier, client):
    dossier.asked(NAME_FAULT, PAPER_FAULT, leg="")
    (slug,) = offered(client, dossier)
    words = words_of(paper(client, dossier, slug))
    assert "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ" in words
    assert "Họ tên của trẻ: Tên của trẻ chưa rõ dấu. Cách làm: Viết lại đủ dấu." in words
    assert "Căn cứ: Luật Hộ tịch 2014, Điều 16" in words
    assert "Giấy chứng sinh: Ảnh giấy chứng sinh bị mờ." in words
    assert re.search(r"Đề nghị bổ sung trước: \d\d giờ", words)
    assert "Vũ Thị Hạnh" in words


def test_a_form_stays_byte_for_byte_what_it_was(dossier, client):
    dossier.asked(NAME_FAULT, leg="")
    slug = offered(client, dossier)[0]
    before = paper(client, dossier, slug).content
    dossier.act(dossier.mother, a.Supplement(fields=("child.full_name",))).received()
    assert paper(client, dossier, slug).content == before


def test_a_declined_dossier_has_form_03(dossier, client):
    dossier.act(FRONT_DESK, a.Decline(faults=(PAPER_FAULT,)))
    words = words_of(paper(client, dossier, offered(client, dossier)[0]))
    assert "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ" in words
    assert "Ảnh giấy chứng sinh bị mờ. Ông/Bà có thể: Chụp lại cả tờ." in words


def test_a_stopped_dossier_has_form_05_with_the_reason(dossier, client):
    dossier.received().act(LEADER, a.Stop(faults=(PAPER_FAULT,)))
    words = words_of(paper(client, dossier, offered(client, dossier)[0]))
    assert "Về việc dừng giải quyết hồ sơ" in words
    assert "Lý do dừng giải quyết: Ảnh giấy chứng sinh bị mờ." in words
    assert "Bùi Thị Hòa" in words


def test_the_receipt_is_the_same_paper_under_both_addresses(dossier, client):
    dossier.received()
    receipt = client.get(f"/bien-nhan/{dossier.code}.pdf").content
    assert paper(client, dossier, offered(client, dossier)[0]).content == receipt


def test_a_refused_part_is_refused_in_the_name_of_its_agency_on_its_own_form(dossier, client):
    dossier.born().refused("insurance")
    words = words_of(paper(client, dossier, offered(client, dossier)[0]))
    assert "BẢO HIỂM XÃ HỘI" in words
    assert "Phần việc: Thẻ BHYT" in words
    assert "Trẻ đã có thẻ." in words


@pytest.mark.parametrize("slug", ["bo-sung-1", "kiem-soat-1", "x"])
def test_what_never_was_is_not_found(dossier, client, slug):
    assert paper(client, dossier, slug).status_code == 404


def test_the_office_prints_from_the_dossiers_page_what_the_citizen_downloads(office):
    row = office.received()
    desk = office.browser("front_desk")
    page = desk.get(f"/can-bo/ho-so/{row.code}/").content.decode()
    assert "Giấy tiếp nhận hồ sơ và hẹn trả kết quả</a>" in page
    assert "Mẫu 01" in page
    printed = desk.get(f"/can-bo/ho-so/{row.code}/phieu/tiep-nhan-2.pdf")
    assert "GIẤY TIẾP NHẬN HỒ SƠ" in words_of(printed)


def test_the_way_of_a_dossier_is_the_offices_paper_never_the_citizens(office, client):
    row = office.born()
    slug = f"kiem-soat-{office.now(row).seq}"
    printed = words_of(office.browser("leader").get(f"/can-bo/ho-so/{row.code}/phieu/{slug}.pdf"))
    assert "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ" in printed
    assert "Công chức tư pháp – hộ tịch, Ủy ban nhân dân xã Thanh Miện" in printed
    assert "Trước hạn" in printed
    assert client.get(f"/ho-so/{row.code}/phieu/{slug}.pdf").status_code == 404


def test_an_extension_is_form_04_with_both_dates(dossier, client):
    dossier.received()
    dossier.act(LEADER, a.Extend(days=2, reason="system_fault", text="Chúng tôi xin lỗi."))
    slug = offered(client, dossier)[0]
    words = words_of(paper(client, dossier, slug))
    assert "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN" in words
    assert "Lý do: Hệ thống hoặc đường truyền gián đoạn" in words
    assert "Chúng tôi xin lỗi." in words


def test_a_linked_agency_prints_its_own_part_and_no_more_than_it_may_see(office):
    row = office.born()
    seq = office.now(row).seq
    police = office.browser("police")
    base = f"/can-bo/ho-so/{row.code}/phieu"
    assert police.get(f"{base}/tiep-nhan-2.pdf").status_code == 404
    sheet = words_of(police.get(f"{base}/kiem-soat-{seq}.pdf"))
    assert "Công chức tư pháp" not in sheet
    assert "Kiểm tra và tiếp nhận" not in sheet
    page = police.get(f"/can-bo/ho-so/{row.code}/").content.decode()
    assert "Giấy tiếp nhận hồ sơ và hẹn trả kết quả</a>" not in page
