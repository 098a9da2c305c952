"""Checking a dossier: each part accepted or faulted, one by one, and what is asked for follows from it."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from motcua.dossiers.models import CheckMark, EarlierAnswers
from motcua.notices.models import Notice
from tests.journeys.desk_pages import act_page, did, dossier_page, hidden, pressed, words
from tests.signing_in import as_citizen

pytestmark = pytest.mark.django_db
CHILD, HOME, NOTE = "section:child", "section:home", "paper:birth_note"


def page(row):
    return dossier_page(row) + "kiem-tra/"


def marked(browser, row, unit, do, *, seen=0, key="", **values):
    """Press a mark's button; return the answer."""
    sent = {"unit": unit, "do": do, "seen": seen, "key": key, **values}
    return browser.post(page(row), sent)


def blurred(browser, row, **values):
    return marked(browser, row, NOTE, "fault", on=NOTE, reason="unreadable", **values)


def units(browser, row):
    answer = browser.get(page(row))
    return {unit.key: unit for unit in answer.context["units"]}


def test_declaration_and_papers_stand_side_by_side(office):
    row = office.filed()
    answer = office.browser("front_desk").get(page(row))
    text = words(answer)
    assert "Trần Minh An" in text
    assert "<strong>0/5</strong> mục đã xem" in text
    assert [sheet.paper for sheet in answer.context["sheets"]] == [
        "Giấy chứng sinh", "Giấy tờ nhà ở",
    ]  # fmt: skip


def test_every_sheet_of_a_pdf_is_a_picture_there(office):
    row = office.filed()
    desk = office.browser("front_desk")
    house = desk.get(page(row)).context["sheets"][1]
    answer = desk.get(house.href)
    assert answer["Content-Type"] == "image/jpeg"
    assert desk.get(house.save)["Content-Type"] == "application/pdf"


def test_an_accepted_part_says_by_whom_and_leads_to_the_next(office):
    row = office.filed()
    desk = office.browser("front_desk")
    answer = marked(desk, row, CHILD, "accept")
    assert answer["Location"].endswith("kiem-tra/#muc-section-home")
    unit = units(desk, row)[CHILD]
    assert (unit.standing, unit.by) == ("accepted", "Phạm Thị Mai Hoa")


def test_a_fault_has_a_reason_that_fits_its_law_and_how_to_mend_it(office):
    row = office.filed()
    desk = office.browser("front_desk")
    form = desk.get(page(row), {"loi": NOTE})
    assert "Ảnh chụp mờ" in words(form)
    assert "Họ tên trong tờ khai khác" in words(form)
    assert "Không liên lạc được" not in words(form)
    blurred(desk, row)
    told = units(desk, row)[NOTE].faults[0]
    assert told.text.startswith("Giấy chứng sinh: Ảnh chụp mờ")
    assert told.how.startswith("Đặt giấy trên mặt phẳng")
    assert told.basis == "Luật; Nghị định 45/2020/NĐ-CP, Điều 9"


def test_a_reason_of_another_kind_is_refused_and_the_words_stay(office):
    row = office.filed()
    answer = marked(
        office.browser("front_desk"), row, "section:applicant", "fault",
        on="field:applicant.phone", reason="unreadable", how="Gọi lại giúp tôi",
    )  # fmt: skip
    assert answer.status_code == 400
    assert "Lý do này không dùng cho mục" in words(answer)
    assert "Gọi lại giúp tôi" in words(answer)


def test_faults_are_taken_back_one_by_one(office):
    row = office.filed()
    desk = office.browser("front_desk")
    blurred(desk, row)
    marked(desk, row, NOTE, "fault", seen=1, on=NOTE, reason="missing_page")
    assert len(units(desk, row)[NOTE].faults) == 2
    marked(desk, row, NOTE, "drop", seen=2, on=NOTE, reason="unreadable")
    assert [fault.code for fault in units(desk, row)[NOTE].faults] == ["missing_page"]
    marked(desk, row, NOTE, "drop", seen=3, on=NOTE, reason="missing_page")
    assert units(desk, row)[NOTE].standing == "unseen"


def test_of_two_officials_the_second_is_told_who_marked_it(office):
    row = office.filed()
    blurred(office.browser("front_desk"), row)
    answer = marked(office.browser("second_desk"), row, NOTE, "accept")
    assert answer.status_code == 409
    assert "Phạm Thị Mai Hoa vừa kiểm tra mục này" in words(answer)
    assert CheckMark.objects.get().verdict == "faulted"


def test_a_double_click_marks_once(office):
    row = office.filed()
    desk, key = office.browser("front_desk"), "6e1a8a8e-2f5f-4a7c-9f39-0d6a5d4c3b2a"
    answers = [marked(desk, row, CHILD, "accept", key=key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert CheckMark.objects.get().revision == 1


def test_another_office_sees_its_own_list_and_none_of_our_marks(office):
    row = office.received()
    blurred(office.browser("registrar"), row)
    marked(office.browser("registrar"), row, CHILD, "accept")
    seen = units(office.browser("police"), row)
    assert set(seen) == {CHILD, HOME, "paper:house_paper"}
    assert {unit.standing for unit in seen.values()} == {"unseen"}
    answer = marked(office.browser("police"), row, NOTE, "accept")
    assert answer.status_code == 409


def test_a_dossier_that_is_over_is_marked_no_more(office):
    row = office.filed()
    office.withdraw(row)
    answer = marked(office.browser("front_desk"), row, CHILD, "accept")
    assert answer.status_code == 409
    assert CheckMark.objects.count() == 0


def checked(browser, row):
    """Find the child's name and the birth note wrong, and accept everything else but the applicant."""
    field = "field:child.full_name"
    marked(browser, row, CHILD, "fault", on=field, reason="name_differs", how="Thêm chữ đệm Đức")
    blurred(browser, row)
    for unit in (HOME, "paper:house_paper"):
        marked(browser, row, unit, "accept")


def test_the_request_holds_all_that_was_found_in_the_words_written_there(office):
    row = office.received()
    registrar = office.browser("registrar")
    checked(registrar, row)
    answer = registrar.get(act_page(row, "yeu-cau-bo-sung", "birth"))
    assert [item.key for item in answer.context["items"]] == [
        "field:child.full_name:name_differs", "paper:birth_note:unreadable",
    ]  # fmt: skip
    assert answer.context["items"][0].how == "Thêm chữ đệm Đức"
    assert answer.context["unseen"] == ["Người nộp"]


def asked(browser, row, **more):
    """Send the request as the page offers it."""
    page = browser.get(act_page(row, "yeu-cau-bo-sung", "birth"))
    items = page.context["items"]
    typed = {f"text:{item.key}": item.text for item in items}
    typed |= {f"how:{item.key}": item.how for item in items}
    typed |= {"_stage": "send", "item": [item.key for item in items]}
    return pressed(browser, row, "yeu-cau-bo-sung", "birth", carried=hidden(page), **typed, **more)


def test_what_nobody_looked_at_must_be_confirmed_before_sending(office):
    row = office.received()
    registrar = office.browser("registrar")
    checked(registrar, row)
    answer = asked(registrar, row)
    assert answer.status_code == 400
    assert "Còn mục chưa kiểm tra" in words(answer)
    assert did(asked(registrar, row, unseen_ok="1"))
    faults = office.now(row).requests["birth"].faults
    assert faults[0].how == "Thêm chữ đệm Đức"


def test_the_citizen_reads_reason_law_and_mending_on_the_page_and_in_the_letter(office):
    row = office.received()
    row.__class__.objects.update(email="mai@example.vn")
    registrar = office.browser("registrar")
    checked(registrar, row)
    asked(registrar, row, unseen_ok="1")
    office.catch_up(row.code)
    mother = Client()
    row.__class__.objects.update(account=as_citizen(mother))
    page = words(mother.get(f"/ho-so/{row.code}/bo-sung/birth/"))
    letters = Notice.objects.order_by("-pk")
    letter = next(one.body for one in letters if "cần bổ sung" in one.title)
    for told in ("Thêm chữ đệm Đức", "Đặt giấy trên mặt phẳng", "Nghị định 45/2020/NĐ-CP, Điều 9"):
        assert told in page
        assert told in letter


def answered(office):
    """Return a dossier whose citizen has answered the registrar's request."""
    row = office.received()
    registrar = office.browser("registrar")
    checked(registrar, row)
    asked(registrar, row, unseen_ok="1")
    office.supplement(row, "birth", **{"child.full_name": "Trần Đức An"})
    return row, registrar


def test_the_answer_comes_back_as_a_difference(office):
    row, registrar = answered(office)
    answer = registrar.get(page(row))
    changed = answer.context["changed"]
    assert [(one.old, one.new) for one in changed.fields] == [("Trần Minh An", "Trần Đức An")]
    assert changed.fields[0].faults[0].how == "Thêm chữ đệm Đức"
    note = answer.context["pairs"][0]
    assert (note.name, len(note.old), len(note.new)) == ("Giấy chứng sinh", 1, 1)
    assert note.old[0].href != note.new[0].href


def test_what_changed_is_to_be_checked_again_and_the_rest_stays_accepted(office):
    row, registrar = answered(office)
    standing = {key: unit.standing for key, unit in units(registrar, row).items()}
    assert standing == {
        CHILD: "again", "paper:birth_note": "again", HOME: "accepted",
        "paper:house_paper": "accepted", "section:applicant": "unseen",
    }  # fmt: skip


def test_another_office_reads_no_answer_to_our_request(office):
    row, _ = answered(office)
    answer = office.browser("police").get(page(row))
    assert answer.context["changed"] is None
    assert "Thêm chữ đệm Đức" not in words(answer)


def test_the_dossier_says_how_much_is_checked(office):
    row = office.received()
    registrar = office.browser("registrar")
    checked(registrar, row)
    assert "4/5" in words(registrar.get(dossier_page(row)))


def test_the_database_keeps_marks_and_earlier_answers_sound(office):
    row = office.filed()
    blurred(office.browser("front_desk"), row)
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckMark.objects.update(verdict="accepted")
    EarlierAnswers.objects.create(dossier=row, seq=1, answers={}, until=row.submitted_at)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update dossiers_earlieranswers set answers = '{\"a\": 1}'")


def test_the_page_asks_the_database_a_few_things_only(office, django_assert_max_num_queries):
    row = office.filed()
    desk = office.browser("front_desk")
    blurred(desk, row)
    with django_assert_max_num_queries(16):
        desk.get(page(row))
