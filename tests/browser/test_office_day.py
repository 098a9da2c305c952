"""One whole day of an office: five people at their desks, one dossier, nothing typed twice.

The front desk takes it in, the registrar checks and asks once, the leader signs, police and insurance do their
parts, the front desk hands over, and the leader sees it all in the figures and on the control sheet.
"""

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.families import BEGINNING_NEXT_DOOR, MAI_FILES_NEXT_DOOR
from tests.browser.test_journey_whole_way import BIRTH, pay

pytestmark = [pytest.mark.browser]
RESIDENCE = {"value.notice_number": "TB-0007/2026", "value.registered_on": "01/11/2026"}
PEOPLE = (
    "Phạm Thị Mai Hoa",
    "Trịnh Đức Thuận",
    "Hoàng Thị Bích Ngà",
    "Đỗ Mạnh Kha",
    "Ngô Thị Lệ Giang",
)
INSURANCE = {
    "value.card_number": "TE1312612345679",
    "value.valid_from": "20/11/2026",
    "value.valid_to": "19/11/2032",
}


def takes_it(desk, code):
    """Claim the row of a dossier in the queue."""
    desk.page.goto("/can-bo/")
    desk.page.locator(f'input[name=chon][value$="~{code}"]').check(force=True)
    desk.page.get_by_role("button", name="Nhận việc", exact=True).click()
    expect(desk.page.locator("main")).to_contain_text("Đã làm 1 hồ sơ")
    desk.page.goto("/can-bo/?muc=cua-toi")
    expect(desk.page.locator("main")).to_contain_text(code)
    desk.eye.look("mine")


def finds_a_fault(desk, code):
    """Look at the papers beside the declaration; mark one paper, and send what was marked."""
    desk.page.goto(f"/can-bo/ho-so/{code}/kiem-tra/")
    desk.eye.look("checking")
    desk.page.get_by_role("link", name="Ghi lỗi – Giấy chứng sinh").click()
    desk.page.get_by_label("Lý do", exact=True).select_option("unreadable")
    desk.page.get_by_role("button", name="Ghi lỗi này").click()
    desk.turns_to(code, "yeu-cau-bo-sung", "khai_sinh")
    desk.page.locator('label[for="unseen-ok"]').click()
    desk.page.locator('[name=_stage][value="send"]').click()
    expect(desk.page.locator("main")).to_contain_text("Đã gửi yêu cầu bổ sung")


def answers(mai):
    """Photograph the paper again and send it."""
    mai.follows()
    mai.sees("Bổ sung hồ sơ")
    mai.goes_on("/bo-sung/khai_sinh/")
    assert mai.asked() == {"giay_chung_sinh"}
    mai.brings("giay_chung_sinh", pages=1)
    mai.supplies({})


def control_sheet(desk, code):
    """Return the words of form 06."""
    desk.opens(code)
    sheet = desk.page.locator('main a[href*="/phieu/kiem-soat"]').first
    answer = desk.context.request.get(sheet.get_attribute("href"))
    assert answer.ok, answer.status
    pages = PdfReader(io.BytesIO(answer.body())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_five_people_of_an_office_carry_one_dossier_through_their_day(at_home, officer):
    desk, registrar, leader, police, insurance = (
        officer(f"{post}.thanh-mien")
        for post in ("mot-cua", "ho-tich", "lanh-dao", "cong-an", "bao-hiem")
    )
    mai = at_home()
    mai.has_filed(
        BIRTH, BEGINNING_NEXT_DOOR, MAI_FILES_NEXT_DOOR, {"way.giay_khai_sinh": "counter"}
    )
    takes_it(desk, mai.code)
    desk.does(mai.code, "tiep-nhan")
    takes_it(registrar, mai.code)
    finds_a_fault(registrar, mai.code)
    answers(mai)
    registrar.page.goto(f"/can-bo/ho-so/{mai.code}/kiem-tra/")
    registrar.eye.look("difference")
    registrar.does(mai.code, "thuc-hien")
    mai.confirms_the_draft()
    leader.page.goto("/can-bo/?muc=cho-ky")
    leader.sees(mai.code)
    leader.does(mai.code, "thuc-hien")
    pay(mai, "pay")
    police.does(mai.code, "thuc-hien", RESIDENCE)
    insurance.does(mai.code, "thuc-hien", INSURANCE)
    desk.hands_over(mai.code)
    mai.follows()
    mai.sees("Đã trả kết quả")
    leader.page.goto("/can-bo/so-lieu/")
    leader.eye.look("figures")
    words = control_sheet(leader, mai.code)
    assert [name for name in PEOPLE if name not in words] == []
