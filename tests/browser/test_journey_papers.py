"""Papers at a kitchen table: photographed, chosen, turned, replaced, taken out – and what is no paper."""

import pytest
from playwright.sync_api import expect

from tests.browser import photographs
from tests.browser.families import BEGINNING, MAI_FILES
from tests.browser.filling import Form
from tests.browser.test_journey_whole_way import BIRTH

pytestmark = [pytest.mark.browser]
PAPER = "giay_chung_sinh"


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def table(request, at_home):
    """A mother with the page of the birth note open."""
    mai = at_home(
        journey=f"papers-{'scripts' if request.param else 'plain'}", scripts=request.param
    )
    mai.begins(BIRTH, BEGINNING)
    draft = mai.page.url.rstrip("/")
    mai.goes_to(f"{draft}/trang/{PAPER}/")
    mai.answers(MAI_FILES)
    mai.goes_to(f"{draft}/giay-to/{PAPER}/", "paper-empty")
    return mai


def names(page):
    return page.locator(".pages .page a").all_inner_texts()


def upright(page):
    """Tell whether the first page, as it is shown, is higher than wide."""
    return page.locator(".page-picture").first.evaluate(
        "async e => (await e.decode(), e.naturalHeight > e.naturalWidth)"
    )


def press(page, words, number):
    with page.expect_navigation():
        page.locator(".pages .page").nth(number - 1).get_by_role("button", name=words).click()


def test_pages_are_added_replaced_turned_and_taken_out(table):
    table.chooses_files(
        PAPER, [photographs.jpeg("GIẤY CHỨNG SINH", 1), photographs.heic("BẢN HAI")]
    )
    assert len(names(table.page)) == 2
    assert upright(table.page)
    press(table.page, "Xoay", 1)
    assert not upright(table.page)

    press(table.page, "Thay", 2)
    expect(table.page.locator("main")).to_contain_text("thay cho trang 2")
    table.look("paper-replacing")
    table.sends(PAPER, photographs.jpeg("BẢN RÕ HƠN", 9))
    expect(table.page.locator(".pages .page").nth(1)).to_contain_text("IMG_0009")
    assert len(names(table.page)) == 2

    press(table.page, "Bỏ", 1)
    assert len(names(table.page)) == 1
    table.presses("Xong")
    table.look("papers-state")


def test_a_file_that_is_no_paper_is_refused_with_what_to_do(table):
    recipe = {"name": "cong-thuc.txt", "mimeType": "text/plain", "buffer": b"Hai qua trung"}
    table.sends(PAPER, recipe)
    refused = ".upload .field-error" if Form(table.page).scripts else ".error-summary"
    expect(table.page.locator(refused)).to_contain_text("không phải là ảnh")
    table.look("paper-refused")
    assert names(table.page) == []
    table.chooses_files(PAPER, [photographs.pdf("GIẤY CHỨNG SINH")])
    assert names(table.page) == ["ban-quet.pdf"]
    assert Form(table.page).page.locator(".error-summary").count() == 0
