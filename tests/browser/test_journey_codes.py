"""Codes that are wrong, late or tried too often: always a way on."""

import pytest
from playwright.sync_api import expect

from tests.browser.families import BEGINNING, MAI_FILES
from tests.browser.test_journey_whole_way import BIRTH

pytestmark = [pytest.mark.browser]


def test_a_wrong_a_late_and_a_worn_out_code_each_lead_on(house, at_home):
    mai = at_home("student", journey="codes")
    mai.phone = "0911222333"
    facts = {**MAI_FILES, "applicant.phone": mai.phone, "applicant.relation": "mother"}
    mai.has_declared(BIRTH, BEGINNING, facts)
    mai.pledges()
    right = mai.reads_the_text_message()
    wrong = "000000" if right != "000000" else "111111"

    mai.types(wrong)
    expect(mai.page.locator(".error-summary")).to_contain_text("chưa đúng")
    mai.look("code-wrong")
    for _ in range(4):
        mai.types(wrong)
    mai.types(right)
    expect(mai.page.locator(".error-summary")).to_contain_text("Gửi lại mã")
    mai.look("code-worn-out")

    house.lets_minutes_pass(6)
    seen = len(house.messages(mai.phone, "sms"))
    mai.page.goto(mai.page.url)
    mai.asks_for_another_code()
    late = house.code_after(mai.phone, seen)
    house.lets_minutes_pass(6)
    mai.types(late)
    expect(mai.page.locator(".error-summary")).to_contain_text("không còn hiệu lực")
    mai.look("code-late")

    seen = len(house.messages(mai.phone, "sms"))
    mai.page.goto(mai.page.url)
    mai.asks_for_another_code()
    mai.types(house.code_after(mai.phone, seen))
    mai.page.wait_for_url("**/bien-nhan/**")
