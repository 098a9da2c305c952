"""Two at once: tabs, clicks, officials, devices, families."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.families import (
    BEGINNING,
    BEGINNING_FOR_ANOTHER,
    BEGINNING_NEXT_DOOR,
    BINH_FILES,
    LAN_FILES,
    MAI_FILES,
    MAI_FILES_NEXT_DOOR,
    STATUS_BEGINNING,
)
from tests.browser.test_journey_whole_way import BIRTH, pay

pytestmark = [pytest.mark.browser]
STATUS = "xac-nhan-tinh-trang-hon-nhan"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_double_click_files_once_and_the_back_key_finds_the_receipt(house, at_home, scripts):
    mai = at_home("father", scripts=scripts)
    facts = {**MAI_FILES, "applicant.relation": "father", "mother.full_name": "Nguyễn Thị Mai",
             "mother.birth_date": "12/04/1996", "mother.personal_number": "030196001234",
             "mother.same_residence": True}  # fmt: skip
    mai.has_declared(BIRTH, BEGINNING, facts)
    mai.pledges()
    mai.page.locator("[name=code]").fill(mai.reads_the_text_message())
    mai.page.locator("main form button.button-primary").first.dblclick()
    expect(mai.page.locator("main")).to_contain_text("Đã nộp hồ sơ")
    code = mai.reads_the_code_of_the_dossier()
    mai.page.go_back()
    mai.page.reload()
    expect(mai.page).to_have_url(re.compile("/bien-nhan/"))
    assert mai.reads_the_code_of_the_dossier() == code
    mai.goes_to("/ho-so-cua-toi/")
    assert mai.page.get_by_text(code).count() == 1


def test_in_the_neighbour_commune_police_and_insurance_work_at_our_desk(house, at_home, officer):
    mai = at_home(journey="next-door")
    mai.has_filed(BIRTH, BEGINNING_NEXT_DOOR, MAI_FILES_NEXT_DOOR)
    officer("mot-cua.thanh-mien").does(mai.code, "tiep-nhan")
    officer("ho-tich.thanh-mien").does(mai.code, "thuc-hien")
    mai.confirms_the_draft()
    officer("lanh-dao.thanh-mien").does(mai.code, "thuc-hien")
    pay(mai, "pay")
    police = officer("cong-an.thanh-mien")
    police.does(
        mai.code,
        "thuc-hien",
        {"value.notice_number": "TB-0001/2026", "value.registered_on": "01/11/2026"},
    )
    assert "Thẻ bảo hiểm y tế của cháu" not in police.page.locator("main").inner_text()
    officer("bao-hiem.thanh-mien").does(
        mai.code,
        "thuc-hien",
        {
            "value.card_number": "TE1312612345678",
            "value.valid_from": "20/11/2026",
            "value.valid_to": "19/11/2032",
        },
    )
    mai.follows()
    mai.sees("Đã trả kết quả")
    mai.look("tracking-finished")
    assert house.effects("residence", mai.code) == []


def test_two_officials_act_at_once_and_the_second_is_told(at_home, officer, chromium):
    mai = at_home()
    mai.has_filed(BIRTH, BEGINNING, MAI_FILES)
    first = officer("mot-cua.nam-thanh-mien")
    second = first.in_another_window(chromium)
    second.turns_to(mai.code, "tiep-nhan")
    first.does(mai.code, "tiep-nhan")
    second.page.locator("main form[method=post] button.button").first.click()
    expect(second.page.locator("main")).to_contain_text("Vũ Thị Thu Hằng")
    assert second.page.get_by_role("link", name=re.compile("hồ sơ", re.IGNORECASE)).count()
    second.eye.look("somebody-was-faster")
    second.context.close()

    other = officer("mot-cua.thanh-mien")
    for path in ("", "viec/tiep-nhan/", "viec/thuc-hien/khai_sinh/"):
        answer = other.page.goto(f"/can-bo/ho-so/{mai.code}/{path}")
        assert answer.status == 404
    assert "Trần Minh An" not in other.page.content()


def test_a_draft_begun_on_one_telephone_is_finished_on_another(at_home):
    first = at_home("father")
    first.begins(STATUS, STATUS_BEGINNING)
    first.presses("Khai tiếp")
    first.answers(BINH_FILES)
    there = re.match(r".*(/khai/[\w-]+/)", first.page.url)
    assert there
    first.close()
    nam = at_home("father", journey="another-telephone")
    nam.goes_to("/ho-so-cua-toi/", "my-dossiers")
    nam.page.locator(f'main a[href^="{there[1]}"]').first.click()
    nam.look("overview-resumed")
    nam.declares(BINH_FILES)
    nam.brings_papers()
    nam.chooses_ways()
    nam.pledges()
    nam.types_the_code()


def test_a_grandmother_files_and_her_relation_is_recorded(at_home, officer):
    lan = at_home("grandmother", journey="grandmother")
    lan.has_filed(BIRTH, BEGINNING_FOR_ANOTHER, LAN_FILES)
    desk = officer("mot-cua.nam-thanh-mien")
    desk.opens(lan.code)
    shown = desk.page.locator("main").inner_text()
    assert "Phạm Thị Lan" in shown
    assert "Bà" in shown
