"""Two telephones at one declaration; a call; an opinion; the office's side of all three. Looked at by axe."""

import re

import pytest
from django.test import Client

from motcua.help import codes
from motcua.help.models import Invitation, Opinion
from motcua.help.rules.opinions import Kind
from motcua.journeys import filing
from motcua.journeys.opinions import opinion_path
from motcua.kernel.working_time import Calendar
from motcua.notices.models import Notice
from motcua.toolkit.clock import now
from tests.browser.conftest import DESKTOP
from tests.browser.house import soon
from tests.browser.test_following_pages import look
from tests.journeys.english import vietnamese_left
from tests.journeys.office import office
from tests.signing_in import as_citizen

__all__ = ["look", "office"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def with_cookies(page, client, url):
    for name, morsel in client.cookies.items():
        path = {"url": f"{url}{morsel['path']}"} if morsel["path"] else {"url": url}
        page.context.add_cookies([{"name": name, "value": morsel.value, **path}])
    return page


@pytest.fixture
def always_open(monkeypatch):
    """Every day is worked, whenever the test runs."""
    monkeypatch.setattr(Calendar, "is_working", lambda _calendar, _day: True)


def copy(opinion, mark):
    """Let somebody else have an opinion too."""
    opinion.pk, opinion.mark, opinion.words = None, mark, ""
    opinion.subject = f"{opinion.subject}-{Opinion.objects.count()}"
    opinion.save(force_insert=True)


def test_a_grandson_helps_from_his_own_phone_and_is_stopped(someone, live_server, look, office):
    client = Client()
    account = as_citizen(client)
    draft, _ = filing.begin(
        published=office.linked, chosen=filing.Begin(commune="11239"), account=account, level=2,
        at=now(),
    )  # fmt: skip
    at = f"{live_server.url}/khai/{draft.pk}/"
    hers, his = with_cookies(someone(), client, live_server.url), someone()
    hers.goto(at)
    hers.get_by_role("link", name="Nhờ người thân").click()
    look(hers, "help-invite")
    hers.get_by_role("button", name="Tạo mã giúp").click()
    hers.get_by_text("Mã giúp của quý vị").wait_for()
    look(hers, "help-code")
    his.goto(f"{live_server.url}/giup/?ma={codes.code_of(Invitation.objects.get())}")
    look(his, "help-enter")
    his.get_by_role("button", name="Tiếp tục").click()
    his.get_by_label("Họ và tên của quý vị").fill("Trần Văn Nam")
    his.get_by_label("Số điện thoại di động của quý vị").fill("0912345002")
    look(his, "help-who")
    his.get_by_role("button", name="Nhận mã xác nhận").click()
    his.get_by_role("heading", name="Nhập mã xác nhận").wait_for()
    sent = re.search(r"\d{6}", Notice.objects.filter(template="code").latest("pk").body).group()
    his.get_by_label("Mã xác nhận gồm 6 chữ số").fill(sent)
    his.get_by_role("button", name="Vào giúp").click()
    his.get_by_text("Quý vị đang giúp").wait_for()
    look(his, "help-overview")
    his.goto(f"{at}trang/applicant/")
    look(his, "help-page")
    hers.reload()
    look(hers, "help-history")
    hers.get_by_role("button", name="Thôi nhờ người này").click()
    hers.get_by_text("quý vị đã thôi nhờ").wait_for()
    his.get_by_label("Nghề nghiệp của mẹ").fill("Thợ may")
    his.locator("[data-line]", has_text="vừa gửi chưa được lưu").wait_for()
    his.locator("[data-save-status]", has_text="Chưa lưu được").wait_for()
    soon(
        lambda: his.evaluate("motcuaStore.all('answers')") == [],
        within=5,
        what="no answers of hers",
    )
    his.reload()
    his.get_by_text("Việc giúp khai hồ sơ này đã kết thúc").wait_for()
    look(his, "help-over")


def test_a_call_and_an_opinion_on_the_phone_and_at_the_desk(
    someone, live_server, look, office, always_open
):
    row, phone = office.filed(), someone()
    phone.goto(f"{live_server.url}/goi-lai/H24.239/")
    phone.get_by_label("Số điện thoại của quý vị").fill("0912345001")
    look(phone, "call-ask")
    phone.get_by_role("button", name="Gửi yêu cầu gọi lại").click()
    phone.get_by_text("Chúng tôi sẽ gọi lại cho quý vị").wait_for()
    look(phone, "call-promised")
    phone.goto(f"{live_server.url}{opinion_path(Kind.FILING, row.code)}")
    phone.get_by_text("Rất khó").click()
    phone.get_by_label("Quý vị muốn nói thêm điều gì?").fill("Chữ nhỏ quá.")
    look(phone, "opinion")
    phone.get_by_role("button", name="Gửi ý kiến").click()
    phone.get_by_text("Cảm ơn quý vị").wait_for()
    look(phone, "opinion-thanks")
    assert Opinion.objects.get().mark == 1
    desk = with_cookies(someone(viewport=DESKTOP), office.browser("leader"), live_server.url)
    for path, name in (("goi-lai", "calls"), ("y-kien", "opinions"), ("to-cong-nghe-so", "team")):
        desk.goto(f"{live_server.url}/can-bo/{path}/")
        look(desk, f"desk-{name}")
    for mark in (5, 5, 4, 3):
        copy(Opinion.objects.get(mark=1), mark)
    desk.goto(f"{live_server.url}/so-lieu/hai-long/")
    look(desk, "opinions-open-wide")
    phone.goto(f"{live_server.url}/so-lieu/hai-long/")
    look(phone, "opinions-open")
    phone.goto(f"{live_server.url}/ngon-ngu/en?next=/giup/")
    assert vietnamese_left(phone.content()) == []
