"""Asking another unit from the desk: it sees the question and what was ticked, answers once, and no more."""

from datetime import timedelta

import pytest

from motcua.desk.acts import FORMS
from motcua.documents.queries import documents_of
from motcua.dossiers.models import Work
from motcua.dossiers.mornings import unanswered
from motcua.toolkit.clock import now
from tests.journeys.desk_pages import act_page, did, dossier_page, pressed, words
from tests.journeys.office import INSURANCE, POLICE
from tests.journeys.test_extending import as_owner

pytestmark = pytest.mark.django_db
QUESTION = "Người mẹ có đang cư trú tại xã không?"
ASKED = {
    "whom": f"{POLICE}:police_officer", "question": QUESTION, "until": "1",
    "fields": ["child.full_name"], "papers": ["birth_note"],
}  # fmt: skip


def alone(office):
    """Return a dossier in which the police have no part: only their opinion is asked."""
    return office.received(published=office.counter, way="counter")


def asked(office, row=None, leg="marriage", **changes):
    row = row or alone(office)
    answer = pressed(office.browser("registrar"), row, "lay-y-kien", leg, **{**ASKED, **changes})
    assert did(answer), words(answer)
    office.catch_up(row.code)
    return row


def test_the_asked_find_the_question_in_their_queue(office):
    row = asked(office)
    work = Work.objects.get(dossier=row, kind="consultation")
    assert (work.agency.code, work.role, work.step) == (POLICE, "police_officer", "1")
    page = words(office.browser("police").get("/can-bo/"))
    assert row.code in page
    assert "Trần Minh An" not in page


def test_they_see_the_question_and_what_was_ticked_and_nothing_else(office):
    row = asked(office)
    page = words(office.browser("police").get(dossier_page(row)))
    assert QUESTION in page
    assert "Trần Minh An" in page
    for kept in ("Nơi thường trú", "Thợ may", "0912", "Lịch sử", "Đã nộp hồ sơ", "Giấy tờ nhà ở"):
        assert kept not in page


def test_of_the_papers_they_open_the_ticked_one_only(office):
    row = asked(office)
    police = office.browser("police")
    status = {
        paper.key: police.get(
            f"{dossier_page(row)}giay-to/{paper.pk}/{paper.page_list[0].id}"
        ).status_code
        for paper in documents_of(f"dossier:{row.code}")
    }
    assert status == {"birth_note": 200, "house_paper": 404}


def test_a_colleague_in_another_post_of_the_asked_agency_sees_nothing(office):
    row = asked(office, whom=f"{INSURANCE}:insurance_clerk")
    assert office.browser("police").get(dossier_page(row)).status_code == 404
    assert office.browser("clerk").get(dossier_page(row)).status_code == 200


def test_the_answer_is_kept_and_what_was_ticked_is_shut_again(office):
    row = asked(office)
    police = office.browser("police")
    said = pressed(police, row, "tra-loi-y-kien", "1", answer="Có, tạm trú từ tháng 1.")
    assert did(said)
    assert "Trần Minh An" not in words(police.get(dossier_page(row)))
    assert "Có, tạm trú từ tháng 1." in words(office.browser("registrar").get(dossier_page(row)))
    assert not Work.objects.filter(dossier=row, kind="consultation").exists()


def test_a_second_answer_is_refused_with_words(office):
    row = asked(office)
    police = office.browser("police")
    pressed(police, row, "tra-loi-y-kien", "1", answer="Có.")
    again = police.get(act_page(row, "tra-loi-y-kien", "1"))
    assert again.status_code == 409


def test_the_citizen_reads_who_is_asked_but_neither_question_nor_answer(office):
    row = asked(office)
    assert "Đang lấy ý kiến của Công an xã" in words(as_owner(row).get(f"/theo-doi/{row.code}/"))
    pressed(office.browser("police"), row, "tra-loi-y-kien", "1", answer="Có, tạm trú.")
    page = words(as_owner(row).get(f"/theo-doi/{row.code}/"))
    assert "Lấy ý kiến của Công an xã Thanh Miện" in page
    assert QUESTION not in page
    assert "Có, tạm trú." not in page


def test_an_agency_elsewhere_is_found_by_its_name(office):
    row = alone(office)
    registrar = office.browser("registrar")
    page = words(pressed(registrar, row, "lay-y-kien", "marriage", name="nam thanh mien", _find=1))
    assert "Ủy ban nhân dân xã Nam Thanh Miện" in page
    assert office.kinds(row).count("Consulted") == 0


def test_what_the_asker_may_not_see_cannot_be_shown_to_others(office):
    row = office.born()
    pressed(office.browser("front_desk"), row, "thu-tien", "fee", taken=1)
    office.catch_up(row.code)
    answer = pressed(
        office.browser("police"), row, "lay-y-kien", "residence",
        whom=f"{INSURANCE}:insurance_clerk", question=QUESTION, until="1",
        fields=["mother.occupation", "child.full_name"],
    )  # fmt: skip
    assert did(answer), words(answer)
    assert office.now(row).consultations[1].fields == ("child.full_name",)


def test_without_whom_what_and_until_nothing_is_asked(office):
    row = alone(office)
    answer = pressed(office.browser("registrar"), row, "lay-y-kien", "marriage")
    assert answer.status_code == 400
    assert {"whom", "question", "until"} <= set(answer.context["form"].wrong)


def test_a_question_longer_than_there_is_room_is_sent_back_whole(office):
    row, long = alone(office), "Mẹ có ở đây không? " * 120
    answer = pressed(
        office.browser("registrar"), row, "lay-y-kien", "marriage", **{**ASKED, "question": long}
    )
    assert answer.status_code == 400
    assert "Hãy viết ngắn hơn: nhiều nhất 2000 ký tự." in words(answer)
    assert long.strip() in words(answer)
    assert not office.now(row).consultations


def test_a_late_answer_is_told_to_the_heads_of_the_office_that_asked(office):
    row = asked(office)
    Work.objects.filter(dossier=row, kind="consultation").update(due_at=now() - timedelta(days=1))
    assert unanswered(now()).count() == 1
    page = words(office.browser("front_desk").get("/can-bo/nhac-han/"))
    assert row.code in page
    assert "Cán bộ công an, Công an xã Thanh Miện" in page
    assert row.code not in words(office.browser("elsewhere").get("/can-bo/nhac-han/"))


def test_the_end_of_the_dossier_takes_the_question_away(office):
    row = asked(office)
    item = "reason::other"
    pressed(
        office.browser("leader"), row, "dung-xu-ly", _stage="send", item=item,
        **{f"text:{item}": "Trùng hồ sơ", f"how:{item}": "Xem hồ sơ đã nộp"},
    )  # fmt: skip
    assert not Work.objects.filter(dossier=row).exists()
    assert words(office.browser("police").get(dossier_page(row))).count("Không cần trả lời nữa")


def test_who_was_only_asked_tries_every_other_act_in_vain(office):
    row = asked(office)
    police = office.browser("police")
    page = words(police.get(act_page(row, "tra-loi-y-kien", "1")))
    assert QUESTION in page
    carried = {"seen": office.now(row).seq, "post": office.post("police").pk, "step": "draft"}
    tried = {
        slug: police.post(act_page(row, slug, "marriage"), carried).status_code for slug in FORMS
    }
    assert {slug for slug, status in tried.items() if status != 404} == {"tra-loi-y-kien"}
    assert tried["tra-loi-y-kien"] in (400, 409)


def test_a_part_there_is_none_of_is_asked_about_in_vain(office):
    row = alone(office)
    carried = {"seen": office.now(row).seq, "post": office.post("registrar").pk}
    answer = office.browser("registrar").post(act_page(row, "lay-y-kien", "khong-co"), carried)
    assert answer.status_code == 400
