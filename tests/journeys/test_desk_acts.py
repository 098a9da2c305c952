"""What officials do at the desk: every act, once, and only on what they have seen."""

import pytest

from motcua.deliveries.models import Delivery, PostOrder
from motcua.dossiers.rules.status import LegState, Status
from motcua.payments.models import Receipt
from tests.journeys.desk_pages import (
    act_page,
    did,
    dossier_page,
    hidden,
    opened,
    pressed,
    signed_note,
    words,
)

pytestmark = pytest.mark.django_db


def test_the_front_desk_receives(office):
    row = office.filed()
    answer = pressed(office.browser("front_desk"), row, "tiep-nhan")
    assert did(answer)
    assert office.now(row).status is Status.PROCESSING
    page = words(office.browser("front_desk").get(answer["Location"]))
    assert "Đã tiếp nhận hồ sơ" in page


def test_a_double_click_does_it_once(office):
    row = office.filed()
    desk = office.browser("front_desk")
    carried = opened(desk, row, "tiep-nhan")
    answers = [pressed(desk, row, "tiep-nhan", carried=carried) for _ in range(2)]
    assert all(did(answer) for answer in answers)
    assert office.kinds(row).count("Received") == 1


def test_of_two_officials_at_once_the_second_is_told_what_changed(office):
    row = office.filed()
    first, second = office.browser("front_desk"), office.browser("second_desk")
    carried = opened(second, row, "khong-tiep-nhan")
    pressed(first, row, "tiep-nhan")
    wrote = {"_stage": "review", "pick": "other", "note": "Không rõ\nnơi cư trú của mẹ."}
    answer = pressed(second, row, "khong-tiep-nhan", carried=carried, **wrote)
    assert answer.status_code == 409
    page = words(answer)
    assert "Phạm Thị Mai Hoa vừa xử lý hồ sơ này" in page
    assert [told.title for told in answer.context["changes"]][-1] == "Đã tiếp nhận hồ sơ"
    assert "Không rõ<br>nơi cư trú của mẹ." in page
    assert "Declined" not in office.kinds(row)


def test_whoever_comes_back_to_an_act_they_did_is_not_told_that_it_was_lost(office):
    row = office.filed()
    desk = office.browser("front_desk")
    pressed(desk, row, "tiep-nhan")
    back = desk.get(act_page(row, "tiep-nhan"))
    assert back.status_code == 409
    assert "Việc này không làm được lúc này" in words(back)
    assert "chưa được ghi" not in words(back)


def test_without_what_was_seen_nothing_is_done(office):
    row = office.filed()
    desk = office.browser("front_desk")
    assert desk.post(act_page(row, "tiep-nhan"), {}).status_code == 409
    assert office.kinds(row) == ["Submitted"]


def test_an_act_without_its_token_is_refused(office):
    from django.test import Client

    row = office.filed()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = office.browser("front_desk").cookies
    assert strict.post(act_page(row, "tiep-nhan"), {"seen": 1}).status_code == 403
    assert office.kinds(row) == ["Submitted"]


def test_not_taking_a_dossier_in_needs_a_coded_reason(office):
    row = office.filed()
    answer = pressed(office.browser("front_desk"), row, "khong-tiep-nhan", _stage="review")
    assert answer.status_code == 400
    assert "Hãy chọn ít nhất một lý do" in words(answer)


def test_reasons_are_read_over_before_they_are_sent(office):
    row = office.filed()
    desk = office.browser("front_desk")
    review = pressed(desk, row, "khong-tiep-nhan", _stage="review", pick=["not_competent", "other"])
    page = words(review)
    assert "Nộp tại cơ quan ghi trong phiếu từ chối" in page
    assert "Luật Hộ tịch 2014, Điều 13" in page
    assert office.kinds(row) == ["Submitted"]
    items = ["reason::not_competent", "reason::other"]
    typed = {f"text:{item}": "Lý do rõ ràng" for item in items}
    typed |= {f"how:{item}": "Làm thế này" for item in items}
    answer = pressed(
        desk, row, "khong-tiep-nhan", carried=hidden(review), _stage="send", item=items, **typed
    )
    assert did(answer)
    faults = office.now(row).faults
    assert [fault.code for fault in faults] == ["not_competent", "other"]
    assert faults[0].basis.startswith("Luật Hộ tịch 2014")


def test_another_reason_must_be_put_in_words(office):
    row = office.filed()
    answer = pressed(
        office.browser("front_desk"), row, "khong-tiep-nhan", _stage="send", item="reason::other"
    )
    assert answer.status_code == 400
    assert "Hãy ghi lý do và việc người dân cần làm" in words(answer)


def ask(browser, row, leg, items):
    typed = {f"text:{item}": f"Sai: {item}" for item in items}
    typed |= {f"how:{item}": "Sửa cho đúng" for item in items}
    typed["unseen_ok"] = "1"
    return pressed(browser, row, "yeu-cau-bo-sung", leg, _stage="send", item=items, **typed)


ITEMS = ["field:child.full_name:name_differs", "paper:birth_note:unreadable"]


def test_a_supplement_is_asked_for_once_mended_and_goes_on(office):
    row = office.received()
    registrar = office.browser("registrar")
    chosen = {f"reason:{item.rpartition(':')[0]}": item.rpartition(":")[2] for item in ITEMS}
    review = pressed(
        registrar, row, "yeu-cau-bo-sung", "birth", _stage="review",
        pick=[item.rpartition(":")[0] for item in ITEMS], **chosen,
    )  # fmt: skip
    assert "Đặt giấy trên mặt phẳng" in words(review)
    assert did(ask(registrar, row, "birth", ITEMS))
    request = office.now(row).requests["birth"]
    assert request.fields == {"child.full_name"}
    assert request.papers == {"birth_note"}
    assert office.now(row).clock.standing
    office.supplement(row, "birth", **{"child.full_name": "Trần Minh Ân"})
    page = registrar.get(dossier_page(row))
    assert "Trần Minh Ân" in words(page)
    assert len(page.context["earlier_papers"]) == 1
    assert not office.now(row).clock.standing


def test_a_ticked_field_without_a_reason_is_asked_about(office):
    row = office.received()
    answer = pressed(
        office.browser("registrar"), row, "yeu-cau-bo-sung", "birth", _stage="review",
        pick="field:child.full_name",
    )  # fmt: skip
    assert answer.status_code == 400
    assert "Hãy chọn lý do cho từng mục đã đánh dấu" in words(answer)


def test_the_second_request_is_the_leaders(office):
    row = office.received()
    ask(office.browser("registrar"), row, "birth", ITEMS[:1])
    office.supplement(row, "birth", **{"child.full_name": "Trần Minh Ân"})
    registrar = office.browser("registrar")
    assert "Trình lãnh đạo yêu cầu bổ sung lần hai" in words(registrar.get(dossier_page(row)))
    assert registrar.get(act_page(row, "yeu-cau-bo-sung", "birth")).status_code == 409
    assert did(ask(office.browser("leader"), row, "birth", ITEMS[:1]))
    assert office.now(row).requests["birth"].number == 2


def test_the_police_cannot_ask_about_what_they_may_not_see(office):
    row = office.born()
    pressed(office.browser("front_desk"), row, "thu-tien", "fee", taken=1)
    office.catch_up(row.code)
    police = office.browser("police")
    page = words(police.get(act_page(row, "yeu-cau-bo-sung", "residence")))
    assert "Nơi thường trú của cháu" in page
    assert "Nghề nghiệp của mẹ" not in page
    answer = ask(police, row, "residence", ["field:mother.occupation:other"])
    assert answer.status_code == 400


def test_the_registrar_sends_the_draft_to_the_citizen(office):
    row = office.received()
    registrar = office.browser("registrar")
    page = words(registrar.get(act_page(row, "thuc-hien", "birth")))
    assert "Gửi bản dự thảo cho người dân xác nhận" in page
    assert did(pressed(registrar, row, "thuc-hien", "birth"))
    assert office.now(row).leg("birth").step == "confirm"


def test_the_leader_signs_and_the_result_is_there(office):
    row = office.to_sign()
    assert did(pressed(office.browser("leader"), row, "thuc-hien", "birth"))
    office.catch_up(row.code)
    results = office.browser("leader").get(dossier_page(row)).context["results"]
    assert results[0].paper.signer == "Hoàng Thị Bích Ngà"


def test_the_leader_sends_back_with_a_remark(office):
    row = office.to_sign()
    leader = office.browser("leader")
    assert pressed(leader, row, "tra-lai", "birth").status_code == 400
    assert did(pressed(leader, row, "tra-lai", "birth", remark="Sai ngày sinh bằng chữ"))
    assert office.now(row).leg("birth").step == "draft"
    page = words(office.browser("registrar").get(dossier_page(row)))
    assert "Sai ngày sinh bằng chữ" in page


def decided(browser, row, **values):
    typed = {
        "value.notice_number": "15/TB", "value.since__day": "1", "value.since__month": "12",
        "value.since__year": "2026", **values,
    }  # fmt: skip
    return pressed(browser, row, "thuc-hien", "residence", **typed)


def at_the_police(office):
    row = office.born()
    pressed(office.browser("front_desk"), row, "thu-tien", "fee", taken=1)
    office.catch_up(row.code)
    return row


def test_the_police_type_the_values_of_their_decision(office):
    row = at_the_police(office)
    police = office.browser("police")
    missing = decided(police, row, **{"value.notice_number": ""})
    assert missing.status_code == 400
    assert "Hãy nhập “Số thông báo”" in words(missing)
    wrong = decided(police, row, **{"value.since__day": "40"})
    assert wrong.status_code == 400
    assert 'value="40"' in words(wrong)
    assert did(decided(police, row))
    values = office.now(row).leg("residence").values
    assert values == {"notice_number": "15/TB", "since": "2026-12-01"}
    assert "Đăng ký từ ngày: 01/12/2026" in words(police.get(dossier_page(row)))


def test_one_leg_refused_leaves_the_others_alone(office):
    row = office.born()
    clerk = office.browser("clerk")
    item = "reason::insurance_exists"
    answer = pressed(
        clerk, row, "tu-choi", "insurance", _stage="send", item=item,
        **{f"text:{item}": "Đã có thẻ", f"how:{item}": "Dùng thẻ đã cấp"},
    )  # fmt: skip
    assert did(answer)
    now = office.now(row)
    assert now.leg("insurance").state is LegState.REFUSED
    assert now.leg("residence").state is LegState.WAITING
    assert not now.status.final


def test_money_at_the_counter_opens_the_leg_that_waited(office):
    row = office.born()
    desk = office.browser("front_desk")
    assert pressed(desk, row, "thu-tien", "fee").status_code == 400
    carried = opened(desk, row, "thu-tien", "fee")
    answers = [pressed(desk, row, "thu-tien", "fee", carried=carried, taken=1) for _ in range(2)]
    assert all(did(answer) for answer in answers)
    assert Receipt.objects.get().received_by == "Phạm Thị Mai Hoa"
    assert office.now(row).leg("residence").state is LegState.OPEN
    assert desk.get(act_page(row, "thu-tien", "fee")).status_code == 409


def test_the_registrar_takes_no_money(office):
    row = office.born()
    carried = {"seen": 1, "post": office.post("front_desk").pk, "taken": 1}
    answer = office.browser("registrar").post(act_page(row, "thu-tien", "fee"), carried)
    assert answer.status_code == 403
    assert not Receipt.objects.exists()


def test_a_withdrawal_is_answered(office):
    row = office.received()
    office.withdraw(row)
    desk = office.browser("front_desk")
    assert "Trả lời yêu cầu rút hồ sơ" in words(desk.get("/can-bo/"))
    assert pressed(desk, row, "tra-loi-rut", answer="no").status_code == 400
    assert did(pressed(desk, row, "tra-loi-rut", answer="no", remark="Đã vào sổ"))
    assert office.now(row).status is Status.PROCESSING
    office.withdraw(row)
    assert did(pressed(desk, row, "tra-loi-rut", answer="yes"))
    assert office.now(row).status is Status.STOPPED


def test_the_leader_stops_a_dossier_with_a_reason(office):
    row = office.received()
    item = "reason::false_papers"
    answer = pressed(
        office.browser("leader"), row, "dung-xu-ly", _stage="send", item=item,
        **{f"text:{item}": "Giấy chứng sinh giả", f"how:{item}": "Khiếu nại nếu nhầm"},
    )  # fmt: skip
    assert did(answer)
    assert office.now(row).status is Status.STOPPED


def married(office):
    row = office.received(published=office.counter, way="counter")
    office.step(row, "registrar", "marriage", "draft")
    return row


def test_both_come_and_sign_on_a_day(office):
    row = married(office)
    registrar = office.browser("registrar")
    unsigned = pressed(registrar, row, "thuc-hien", "marriage")
    assert unsigned.status_code == 400
    day = {"value.attended_on__day": "2", "value.attended_on__month": "11",
           "value.attended_on__year": "2026"}  # fmt: skip
    assert did(pressed(registrar, row, "thuc-hien", "marriage", signed=1, **day))
    assert office.now(row).leg("marriage").values == {"attended_on": "2026-11-02"}


def test_the_last_result_handed_over_closes_the_dossier(office):
    row = married(office)
    office.step(row, "registrar", "marriage", "attend")
    office.step(row, "leader", "marriage", "sign")
    desk = office.browser("front_desk")
    assert "Trả kết quả: Giấy chứng nhận kết hôn" in words(desk.get("/can-bo/"))
    nobody = pressed(desk, row, "tra-ket-qua", "certificate", receiver="", proof="card")
    assert nobody.status_code == 400
    carried = opened(desk, row, "tra-ket-qua", "certificate")
    answers = [
        pressed(desk, row, "tra-ket-qua", "certificate", carried=carried, results=["certificate"],
                **signed_note())
        for _ in range(2)
    ]  # fmt: skip
    assert all(did(answer) for answer in answers)
    assert office.now(row).status is Status.RETURNED
    delivery = Delivery.objects.get(subject=row.code)
    assert (delivery.state, delivery.receiver_name) == ("handed_over", "Nguyễn Thị Mai")
    assert row.code not in words(desk.get("/can-bo/"))


def test_a_letter_the_post_did_not_take_is_given_by_hand(office):
    row = office.born(way="post")
    desk = office.browser("front_desk")
    assert did(pressed(desk, row, "giao-buu-dien", "birth_paper", number="EB123VN"))
    letter = PostOrder.objects.get(delivery__key=f"{row.code}:birth_paper")
    assert letter.tracking_number == "EB123VN"
    assert letter.next_attempt_at is None
    assert "birth_paper" in office.now(row).returned


def test_a_letter_already_with_the_post_is_not_given_twice(office):
    row = office.born(way="post")
    Delivery.objects.filter(key=f"{row.code}:birth_paper").update(state="in_transit")
    desk = office.browser("front_desk")
    answer = pressed(desk, row, "giao-buu-dien", "birth_paper", number="EB123VN")
    assert answer.status_code == 409
    assert "birth_paper" not in office.now(row).returned


def test_a_result_kept_for_the_counter_does_not_go_by_post(office):
    row = office.born(way="counter")
    desk = office.browser("front_desk")
    carried = opened(desk, row, "tra-ket-qua", "birth_paper")
    answer = pressed(desk, row, "giao-buu-dien", "birth_paper", carried=carried, number="EB123VN")
    assert answer.status_code == 409
    assert not office.now(row).returned


def test_an_act_that_there_is_none_of_is_unknown(office):
    row = office.filed()
    assert office.browser("front_desk").get(act_page(row, "bay-len-troi")).status_code == 404
