"""Following a dossier on a phone in Chromium: every page legible, nothing beside the screen, axe content."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from motcua.dossiers.rules import acts as a
from motcua.journeys.tracking_address import tracking_path
from motcua.payments.confirmation import confirm
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import run_due
from tests import documents_samples as samples
from tests.browser.eye import look_at
from tests.browser.photographs import look_over
from tests.journeys.followed import NAME_FAULT, PAPER_FAULT, PHONE, filed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@pytest.fixture
def look():
    """Keep a page's picture; check that it fits the screen and that axe is content."""

    return lambda page, name: look_at(page, Path("following", f"following-{name}.png"))


def in_the_office(act):
    """Do something in a thread of its own: signing runs a loop, and so does Playwright here."""

    def work():
        act()
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(work).result()


def come(someone, live_server, dossier, **how):
    """Return the browser that filed a dossier."""
    from django.http import HttpResponse

    from motcua.portal.following import access

    page = someone(**how)
    answer = HttpResponse()
    access.grant(answer, dossier.code)
    for name, morsel in answer.cookies.items():
        page.context.add_cookies([{"name": name, "value": morsel.value, "url": live_server.url}])
    return page


@SCRIPTS
def test_from_the_receipt_to_the_results(someone, live_server, look, commune, world, scripts):
    dossier = filed(commune)
    page = come(someone, live_server, dossier, java_script_enabled=scripts)
    page.goto(f"{live_server.url}/bien-nhan/{dossier.code}/")
    look(page, "receipt")
    page.get_by_text("Vì sao ngày này?").click()
    look(page, "receipt-why")
    page.get_by_role("link", name="Theo dõi hồ sơ").click()
    look(page, "tracking-filed")
    page.get_by_role("link", name="Nộp trực tuyến").first.click()
    look(page, "pay")
    dossier.drafted()
    page.goto(f"{live_server.url}/theo-doi/{dossier.code}/")
    look(page, "tracking-draft")
    page.get_by_role("link", name="Xem dự thảo").click()
    look(page, "draft")
    page.get_by_role("button", name="Đúng, tôi đồng ý").click()
    page.get_by_text("Đồng ý với bản dự thảo").wait_for(state="attached")
    assert dossier.now.legs["birth"].step == "register"


def test_paid_and_done(someone, live_server, look, commune, world, client):
    dossier = filed(commune, way="post").let_in(client)
    page = come(someone, live_server, dossier)
    client.post(f"/ho-so/{dossier.code}/thanh-toan/residence_fee/")
    word = world.gateway.settle(world.gateway.orders[-1].ref)
    page.goto(f"{live_server.url}/thanh-toan/tro-ve?{word}")
    look(page, "returned-waiting")
    confirm(query=word, at=now())
    run_due()
    page.goto(f"{live_server.url}/thanh-toan/tro-ve?{word}")
    look(page, "returned-paid")
    page.get_by_role("link", name="Xem biên lai").click()
    look(page, "paid")
    in_the_office(lambda: dossier.born().refused("insurance").done("residence"))
    page.goto(f"{live_server.url}/theo-doi/{dossier.code}/")
    page.get_by_text("Mọi việc đã xảy ra").click()
    look(page, "tracking-done")


@SCRIPTS
def test_a_supplement(someone, live_server, look, commune, scripts):
    dossier = filed(commune).received().asked(NAME_FAULT, PAPER_FAULT)
    page = come(someone, live_server, dossier, java_script_enabled=scripts)
    page.goto(f"{live_server.url}/theo-doi/{dossier.code}/")
    look(page, "tracking-supplement")
    page.get_by_role("link", name="Xem và bổ sung").click()
    look(page, "supplement")
    page.get_by_label("Họ tên của trẻ").fill("Trần Bảo An")
    photo = {"name": "lai.jpg", "mimeType": "image/jpeg", "buffer": samples.jpeg(1200, 900)}
    page.get_by_label("Chọn ảnh hoặc PDF có sẵn").set_input_files(photo)
    if scripts:
        look_over(page, photo)
    else:
        page.get_by_role("button", name="Gửi tệp đã chọn").click()
    page.locator(".page-picture").wait_for()
    look(page, "supplement-with-paper")
    assert page.get_by_label("Họ tên của trẻ").input_value() == "Trần Bảo An"
    page.get_by_role("button", name="Gửi phần bổ sung").click()
    page.wait_for_url(f"**/theo-doi/{dossier.code}/")
    assert dossier.now.requests == {}


@SCRIPTS
def test_by_code_and_phone(someone, live_server, look, commune, world, scripts):
    dossier = filed(commune)
    page = someone(java_script_enabled=scripts)
    page.goto(f"{live_server.url}/theo-doi/{dossier.code}/")
    look(page, "closed")
    page.get_by_role("button", name="Nhận mã qua điện thoại").click()
    look(page, "find")
    page.get_by_role("button", name="Tiếp tục").click()
    look(page, "code")
    run_due()
    texts = [letter.body for letter in world.sms.letters.values() if letter.to == PHONE]
    page.get_by_label("Mã xác nhận gồm 6 chữ số").fill(re.search(r"\d{6}", texts[-1])[0])
    page.get_by_role("button", name="Xem hồ sơ").click()
    page.wait_for_url(f"**/theo-doi/{dossier.code}/")
    page.get_by_role("link", name="Rút hồ sơ").click()
    look(page, "withdraw")
    page.get_by_role("button", name="Rút hồ sơ").click()
    page.wait_for_url(f"**/theo-doi/{dossier.code}/")
    look(page, "tracking-withdrawn")
    assert dossier.now.status == 8


def test_by_the_qr_code_of_the_receipt(someone, live_server, look, commune):
    dossier = filed(commune).received()
    page = someone()
    page.goto(live_server.url + tracking_path(dossier.code))
    look(page, "standing")
    dossier.act(dossier.mother, a.AskWithdraw(reason=""))
    page.reload()
    look(page, "standing-withdrawing")
