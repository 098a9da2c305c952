"""Acting for another on two telephones and at the counter: given, accepted, chosen before the form, ended. Looked at by axe."""

import pytest
from django.test import Client

from motcua.mandates.models import Mandate
from tests.browser.conftest import DESKTOP
from tests.browser.test_following_pages import look
from tests.browser.test_help_pages import with_cookies
from tests.cast import NAM
from tests.journeys.english import vietnamese_left
from tests.journeys.office import office
from tests.signing_in import as_citizen, as_phone_holder

__all__ = ["look", "office"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_hoa_lets_nam_act_and_ends_it_without_scripts(someone, live_server, look, office):
    hoa, nam = Client(), Client()
    as_citizen(hoa)
    as_phone_holder(nam, phone="+84912345002", name=NAM.name)
    hers = with_cookies(someone(java_script_enabled=False), hoa, live_server.url)
    his = with_cookies(someone(), nam, live_server.url)
    hers.goto(f"{live_server.url}/uy-quyen/")
    look(hers, "mandates-none")
    hers.get_by_role("link", name="Nhờ người làm thay tôi").click()
    look(hers, "mandate-form")
    hers.get_by_label("Họ và tên người làm thay quý vị").fill(NAM.name)
    hers.get_by_label("Số điện thoại di động của người ấy").fill(NAM.phone)
    hers.get_by_text("Vợ, chồng").click()
    hers.get_by_label("Cho việc gì?").select_option(label="Mọi thủ tục")
    hers.get_by_role("button", name="Ủy quyền").click()
    look(hers, "mandate-waits")
    his.goto(f"{live_server.url}/uy-quyen/")
    his.get_by_role("link", name="Quý vị làm thay").click()
    look(his, "mandate-offered")
    his.get_by_role("button", name="Nhận, tôi là").click()
    his.get_by_text("Đang có hiệu lực").wait_for()
    look(his, "mandate-held")
    his.goto(f"{live_server.url}/nop/{office.linked.procedure.slug}/")
    look(his, "mandate-choose")
    his.goto(f"{live_server.url}/ngon-ngu/en?next=/uy-quyen/nho/")
    assert vietnamese_left(his.content()) == []
    his.goto(f"{live_server.url}/uy-quyen/{Mandate.objects.get().pk}/")
    assert vietnamese_left(his.content()) == []
    hers.reload()
    hers.get_by_role("button", name="Thôi ủy quyền").click()
    look(hers, "mandate-ended")
    wide = with_cookies(someone(viewport=DESKTOP), hoa, live_server.url)
    for name, path in {"form": "nho/", "one": f"{Mandate.objects.get().pk}/"}.items():
        wide.goto(f"{live_server.url}/uy-quyen/{path}")
        look(wide, f"mandate-wide-{name}")
    desk = with_cookies(someone(viewport=DESKTOP), office.browser("front_desk"), live_server.url)
    desk.goto(f"{live_server.url}/can-bo/uy-quyen/ghi/")
    look(desk, "mandate-desk")
