"""One dossier before an official: who sees it, how much of it, and that looking is written down."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.documents.queries import documents_of
from motcua.dossiers.models import ReadLog
from motcua.dossiers.readings import readings_of
from tests.journeys.desk_pages import act_page, dossier_page, opened, words

pytestmark = pytest.mark.django_db


def paper(row, key):
    document = next(d for d in documents_of(f"dossier:{row.code}") if d.key == key)
    return f"{dossier_page(row)}giay-to/{document.pk}/{document.page_list[0].id}"


def test_the_commune_sees_declaration_papers_and_history(office):
    row = office.received()
    page = words(office.browser("registrar").get(dossier_page(row)))
    for told in ("Trần Minh An", "05/11/2026", "Thợ may", "Giấy chứng sinh", "091••••001"):
        assert told in page
    assert "Phạm Thị Mai Hoa – Bộ phận một cửa" in page
    assert "Vì sao ngày này?" in page


@pytest.mark.parametrize("other", ["elsewhere", "administrator"])
def test_for_others_it_is_as_unknown_as_one_that_does_not_exist(office, other):
    row = office.filed()
    browser = office.browser(other)
    foreign = browser.get(dossier_page(row))
    none = browser.get("/can-bo/ho-so/H24.239-261123-9999/")
    assert foreign.status_code == none.status_code == 404
    assert foreign.context["text"] == none.context["text"]
    assert ReadLog.objects.count() == 0


def test_a_code_that_cannot_be_one_is_unknown_too(office):
    assert office.browser("registrar").get("/can-bo/ho-so/abc/").status_code == 404


def test_acts_and_papers_of_another_commune_are_unknown(office):
    row = office.filed()
    browser = office.browser("elsewhere")
    assert browser.get(act_page(row, "tiep-nhan")).status_code == 404
    assert browser.post(act_page(row, "tiep-nhan"), {"seen": 1}).status_code == 404
    assert browser.get(paper(row, "birth_note")).status_code == 404
    assert office.kinds(row) == ["Submitted"]


def test_the_police_see_only_what_their_list_allows(office):
    row = office.born()
    page = words(office.browser("police").get(dossier_page(row)))
    for told in ("Trần Minh An", "Thôn Phú Khê", "Giấy tờ nhà ở"):
        assert told in page
    for hidden in ("Thợ may", "Nguyễn Thị Mai", "0912 345 001", "Giấy chứng sinh"):
        assert hidden not in page
    assert "Chỉ hiện những gì cơ quan mình cần" in page


def test_the_police_open_only_the_papers_on_their_list(office):
    row = office.born()
    police = office.browser("police")
    assert police.get(paper(row, "house_paper")).status_code == 200
    assert police.get(paper(row, "birth_note")).status_code == 404
    assert police.get(f"{paper(row, 'birth_note')}/anh-nho").status_code == 404


def test_the_insurance_gets_the_birth_certificate_but_not_the_polices_notice(office):
    row = office.born()
    results = office.browser("clerk").get(dossier_page(row)).context["results"]
    assert {result.name for result in results} == {"birth", "insurance"}


def test_a_picture_is_shown_and_a_pdf_saved(office):
    row = office.received()
    browser = office.browser("registrar")
    picture, pdf = browser.get(paper(row, "birth_note")), browser.get(paper(row, "house_paper"))
    assert picture["Content-Disposition"].startswith("attachment")
    assert pdf["Content-Disposition"].startswith("attachment")
    assert browser.get(f"{paper(row, 'house_paper')}/anh-nho")["Content-Type"] == "image/jpeg"


def test_a_paper_is_not_for_who_is_not_signed_in(office, client):
    row = office.filed()
    assert client.get(paper(row, "birth_note")).status_code == 302


def test_opening_a_dossier_is_written_down_with_the_post(office):
    row = office.received()
    office.browser("registrar").get(dossier_page(row))
    office.browser("police").get(dossier_page(row))
    told = [(reading.official_name, reading.role) for reading in readings_of(row)]
    assert told == [("Đỗ Mạnh Kha", "police_officer"), ("Trịnh Đức Thuận", "registrar")]


def test_who_looked_is_never_changed(office):
    row = office.received()
    office.browser("registrar").get(dossier_page(row))
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        ReadLog.objects.update(official_name="Ai đó")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        ReadLog.objects.all().delete()


def test_only_what_the_heart_allows_is_offered(office):
    row = office.filed()
    offered = {
        name: [link.label for link in office.browser(name).get(dossier_page(row)).context["links"]]
        for name in ("front_desk", "registrar", "police")
    }
    assert "Tiếp nhận hồ sơ" in offered["front_desk"]
    assert "Không tiếp nhận" in offered["front_desk"]
    assert offered["registrar"] == offered["police"] == []


@pytest.mark.parametrize("other", ["front_desk", "registrar", "police"])
def test_nobody_but_the_leader_signs(office, other):
    row = office.to_sign()
    browser = office.browser(other)
    assert browser.get(act_page(row, "thuc-hien", "birth")).status_code == 409
    seen = office.now(row).seq
    forged = {"seen": seen, "step": "sign", "post": office.post("leader").pk}
    answer = browser.post(act_page(row, "thuc-hien", "birth"), forged)
    assert answer.status_code == 403
    assert office.now(row).leg("birth").step == "sign"


def test_the_leader_sees_the_paper_before_signing(office):
    row = office.to_sign()
    leader = office.browser("leader")
    page = words(leader.get(act_page(row, "thuc-hien", "birth")))
    assert "data:image/png;base64," in page
    assert opened(leader, row, "thuc-hien", "birth")["step"] == "sign"
    draft = leader.get(f"{dossier_page(row)}du-thao/birth_paper.pdf")
    assert draft.content.startswith(b"%PDF")


def test_a_draft_of_another_legs_result_is_not_for_the_police(office):
    row = office.born()
    police = office.browser("police")
    assert police.get(f"{dossier_page(row)}du-thao/birth_paper.pdf").status_code == 409
    assert police.get(f"{dossier_page(row)}du-thao/residence_paper.pdf").status_code == 200


def test_a_signed_result_is_downloaded_and_verified(office):
    row = office.born()
    browser = office.browser("registrar")
    result = next(r for r in browser.get(dossier_page(row)).context["results"] if r.paper)
    assert b"".join([browser.get(result.href).content]).startswith(b"%PDF")
    assert result.verify.endswith(result.paper.token)


def test_notices_are_shown_with_masked_addresses(office):
    row = office.received()
    notices = office.browser("registrar").get(dossier_page(row)).context["notices"]
    assert "Tiếp nhận và hẹn trả" in {notice.title for notice in notices}
    assert {notice.to for notice in notices} == {"•••••••••001"}


def test_a_dossier_costs_a_bounded_number_of_queries(office):
    row = office.born()
    browser = office.browser("registrar")
    browser.get(dossier_page(row))
    with CaptureQueriesContext(connection) as asked:
        browser.get(dossier_page(row))
    assert len(asked) <= 20


def test_from_a_dossier_the_same_ways_lead_on_as_from_the_queue(office):
    row = office.received()
    for name, ways in (("front_desk", ("so-lieu", "quay")), ("registrar", ("so",))):
        page = words(office.browser(name).get(dossier_page(row)))
        assert all(f'href="/can-bo/{way}/"' in page for way in ways)
