"""An issued result that is wrong: proposed at the desk, signed by a leader, told, verified, sent anew."""

import io
import re

import pytest
from django.http import HttpResponse
from pypdf import PdfReader

from motcua.agencies.models import Post
from motcua.deliveries.models import Delivery
from motcua.documents.models import IssuedPaper
from motcua.documents.queries import content_of, issued_for
from motcua.dossiers.models import Correction, Event, Work
from motcua.notices.models import Notice
from motcua.portal.following import access
from tests.journeys.desk_pages import act_page, did, dossier_page, opened, pressed, words

pytestmark = pytest.mark.django_db
NOTE = {"reason": "clerical_error", "note": "Ghi thiếu chữ đệm của trẻ."}
RULING = {"reason": "not_competent", "note": "Cấp sai nơi.", "decision": "15/QĐ-UBND"}


def papers(row) -> list[IssuedPaper]:
    return [p for p in issued_for(f"dossier:{row.code}") if p.kind == "birth_paper"]


def corrected(office, **said):
    """Return a dossier on whose birth paper the registrar proposes to correct the child's name."""
    row = office.born(**said)
    answer = pressed(
        office.browser("registrar"), row, "dinh-chinh", "birth_paper",
        **NOTE, **{"child.full_name": "Trần Minh Bảo An"},
    )  # fmt: skip
    assert did(answer), words(answer)
    return row


def signed(office, row):
    answer = pressed(office.browser("leader"), row, "ky-thay-doi", "birth_paper")
    assert did(answer), words(answer)
    office.catch_up(row.code)


def test_a_corrected_paper_takes_the_place_of_the_first_and_says_the_new_name(office):
    row = corrected(office)
    signed(office, row)
    old, new = papers(row)
    assert (old.status, old.replaced_by_id, new.status) == ("replaced", new.pk, "valid")
    shown = "".join(p.extract_text() for p in PdfReader(io.BytesIO(content_of(new))).pages)
    assert "Trần Minh Bảo An".lower() in re.sub(r"\s+", " ", shown).lower()
    assert new.number == old.number


def test_the_leader_sees_old_and_new_and_the_paper_before_signing(office):
    row = corrected(office)
    assert Work.objects.get(dossier__code=row.code, kind="approval").role == "leader"
    page = words(office.browser("leader").get(act_page(row, "ky-thay-doi", "birth_paper")))
    assert "<del>Trần Minh An</del>" in page
    assert "<ins>Trần Minh Bảo An</ins>" in page
    assert "data:image/png" in page


def test_the_verification_page_of_the_old_paper_says_so_at_once(office, client):
    row = corrected(office)
    token = papers(row)[0].token
    signed(office, row)
    assert "đã được thay bằng bản khác" in client.get(f"/xac-thuc/{token}").content.decode()


def test_the_person_is_told_and_the_new_paper_goes_the_same_way(office):
    row = corrected(office, way="counter")
    signed(office, row)
    told = set(Notice.objects.filter(subject=row.code).values_list("template", flat=True))
    assert "result_corrected" in told
    ways = Delivery.objects.filter(subject=row.code, result_key="birth_paper").order_by("pk")
    assert [(one.way, one.state) for one in ways] == [
        ("counter", "cancelled"),
        ("counter", "ready"),
    ]


def test_names_stand_beside_the_history_never_in_it(office):
    row = corrected(office)
    event = Event.objects.get(dossier__code=row.code, kind="ResultChangeProposed")
    assert "Bảo" not in str(event.data)
    assert Correction.objects.get(dossier__code=row.code).now == {
        "child.full_name": "Trần Minh Bảo An"
    }


def test_a_double_click_proposes_once(office):
    row = office.born()
    browser = office.browser("registrar")
    carried = opened(browser, row, "thu-hoi", "birth_paper")
    answers = [
        pressed(browser, row, "thu-hoi", "birth_paper", carried=carried, **RULING) for _ in range(2)
    ]
    assert all(did(answer) for answer in answers)
    assert office.kinds(row).count("ResultChangeProposed") == 1


def test_a_revoked_paper_counts_no_more_until_it_is_reinstated(office, client):
    row = office.born()
    token = papers(row)[0].token
    pressed(office.browser("registrar"), row, "thu-hoi", "birth_paper", **RULING)
    signed(office, row)
    assert "đã bị thu hồi" in client.get(f"/xac-thuc/{token}").content.decode()
    assert "15/QĐ-UBND" in papers(row)[0].status_reason
    back = {**RULING, "reason": "revoked_wrongly", "decision": "16/QĐ-UBND"}
    pressed(office.browser("registrar"), row, "khoi-phuc", "birth_paper", **back)
    signed(office, row)
    assert papers(row)[0].status == "valid"


def test_who_proposed_is_not_offered_to_sign(office):
    row = office.born()
    leader = office.browser("leader")
    pressed(leader, row, "thu-hoi", "birth_paper", **RULING)
    signing = act_page(row, "ky-thay-doi", "birth_paper")
    assert signing not in words(leader.get(dossier_page(row)))
    assert leader.get(signing).status_code in (403, 409)


def test_nothing_changed_is_no_correction_and_nothing_is_lost(office):
    row = office.born()
    answer = pressed(office.browser("registrar"), row, "dinh-chinh", "birth_paper", **NOTE)
    assert answer.status_code == 400
    page = words(answer)
    assert "Chưa có mục nào khác với bản đã cấp" in page
    assert "Ghi thiếu chữ đệm của trẻ." in page


def test_a_linked_agency_is_not_offered_the_results_of_others(office):
    row = office.born()
    assert Post.objects.filter(role="police_officer").exists()
    page = words(office.browser("police").get(dossier_page(row)))
    assert "Đính chính" not in page


def test_a_second_correction_keeps_what_the_first_one_said(office):
    row = corrected(office)
    signed(office, row)
    said = {**NOTE, "child.birth_date__day": "6", "child.birth_date__month": "11",
            "child.birth_date__year": "2026"}  # fmt: skip
    browser = office.browser("registrar")
    page = words(browser.get(act_page(row, "dinh-chinh", "birth_paper")))
    assert "Trần Minh Bảo An" in page
    pressed(browser, row, "dinh-chinh", "birth_paper", **said, **{"child.full_name": "Trần Bảo An"})
    signed(office, row)
    assert [paper.status for paper in papers(row)] == ["replaced", "replaced", "valid"]
    shown = "".join(
        p.extract_text() for p in PdfReader(io.BytesIO(content_of(papers(row)[2]))).pages
    )
    assert "Trần Bảo An".lower() in re.sub(r"\s+", " ", shown).lower()


def test_her_page_says_that_a_result_was_revoked_and_offers_it_no_more(office, client):
    row = office.born()
    pressed(office.browser("registrar"), row, "thu-hoi", "birth_paper", **RULING)
    signed(office, row)
    as_her(client, row)
    page = client.get(f"/theo-doi/{row.code}/").content.decode()
    assert "Đã thu hồi" in page
    assert f"/ho-so/{row.code}/ket-qua/" not in page
    assert "Thu hồi: birth, quyết định số 15/QĐ-UBND" in page


def as_her(client, row):
    """Give a browser what it has right after filing."""
    answer = HttpResponse()
    access.grant(answer, row.code)
    for name, morsel in answer.cookies.items():
        client.cookies[name] = morsel.value


def test_what_a_deputy_signs_says_by_what_right(office, client):
    row = office.to_sign()
    leaders = Post.objects.filter(role="leader", agency=row.agency)
    leaders.update(signs="KT", title="Phó Chủ tịch")
    office.step(row, "leader", "birth", "sign")
    paper = papers(row)[0]
    shown = "".join(p.extract_text() for p in PdfReader(io.BytesIO(content_of(paper))).pages)
    assert re.search(r"KT\. CHỦ TỊCH\s+PHÓ CHỦ TỊCH", shown)
    verified = client.get(f"/xac-thuc/{paper.token}").content.decode()
    assert "KT. Chủ tịch, Phó Chủ tịch" in verified
