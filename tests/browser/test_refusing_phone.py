"""A phone that keeps nothing – full, private, old: the form goes on, and says what is kept where."""

import pytest
from playwright.sync_api import expect

from tests.browser.families import BEGINNING
from tests.browser.test_journey_whole_way import BIRTH

pytestmark = [pytest.mark.browser]
NAME = '[name="child.full_name"]'
FULL = """(() => {
  const full = () => { throw new DOMException("full", "QuotaExceededError"); };
  IDBFactory.prototype.open = full;
  Storage.prototype.setItem = full;
  CacheStorage.prototype.open = async () => full();
  ServiceWorkerContainer.prototype.register = async () => full();
})()"""


@pytest.fixture
def form(at_home):
    """Mai before a page of her declaration, on a phone that is full."""
    mai = at_home(journey="phone-is-full")
    mai.context.add_init_script(FULL)
    wrong: list[str] = []
    mai.page.on("pageerror", lambda error: wrong.append(str(error)))
    mai.begins(BIRTH, BEGINNING)
    mai.goes_to(f"{mai.page.url}trang/chau/")
    yield mai
    assert wrong == []


def test_what_a_full_phone_cannot_keep_is_kept_by_the_server_and_said_so(form):
    said, line = form.page.locator("[data-save-status]"), form.page.locator("[data-line]")
    form.page.locator(NAME).fill("Trần Minh An")
    expect(said).to_contain_text("máy này không giữ được bản nháp")
    expect(said).to_contain_text("Đã lưu vào hệ thống lúc")
    form.look("saved-there-only")
    form.context.set_offline(True)
    form.page.locator(NAME).fill("Trần Bảo An")
    expect(line).to_contain_text("máy này không giữ được bản nháp")
    expect(said).to_contain_text("Chưa lưu được")
    form.presses("Lưu và tiếp tục")
    expect(form.page.locator(NAME)).to_have_value("Trần Bảo An")
    form.context.set_offline(False)
    expect(said).to_contain_text("Đã lưu vào hệ thống lúc")
    form.page.reload()
    expect(form.page.locator(NAME)).to_have_value("Trần Bảo An")
