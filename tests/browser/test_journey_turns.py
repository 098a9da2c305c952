"""What happens when the way turns: supplements, refusals, withdrawals – each with a way on."""

import pytest

from tests.browser.families import BEGINNING, MAI_FILES
from tests.browser.test_journey_whole_way import BIRTH, pay, register_the_birth

pytestmark = [pytest.mark.browser]
DESK = "mot-cua.nam-thanh-mien"


@pytest.fixture
def filed(at_home):
    """Let a mother file a birth dossier: `filed(journey="withdrawn")`."""

    def file(key: str = "mother", **how: object):
        mai = at_home(key)
        mai.has_filed(BIRTH, BEGINNING, MAI_FILES)
        mai.journey_begins(str(how.get("journey", "")))
        return mai

    return file


def test_what_is_missing_is_asked_once_and_only_there_the_form_reopens(filed, officer):
    mai = filed(journey="supplement-before-reception")
    officer(DESK).asks_for_a_supplement(
        mai.code, {"field:child.full_name": "name_differs", "paper:giay_chung_sinh": "unreadable"}
    )
    mai.follows()
    mai.sees("Bổ sung hồ sơ")
    mai.look("tracking-supplement")
    mai.goes_on("/bo-sung/")
    mai.look("supplement")
    assert mai.asked() == {"child.full_name", "giay_chung_sinh"}
    mai.brings("giay_chung_sinh", pages=1)
    mai.supplies({"child.full_name": "Trần Minh Ân"})
    mai.follows()
    mai.look("tracking-supplied")
    desk = officer(DESK)
    desk.opens(mai.code)
    desk.sees("Trần Minh Ân")
    desk.sees("Bản trước khi bổ sung")
    desk.does(mai.code, "tiep-nhan")


def test_a_linked_agency_asks_and_its_part_alone_waits(house, filed, officer):
    mai = filed(journey="supplement-by-a-leg")
    house.answers("insurance", "supplement", mai.code, field="insurance.facility")
    register_the_birth(officer, mai)
    mai.follows()
    mai.sees("Bổ sung hồ sơ: Cấp thẻ bảo hiểm y tế")
    mai.look("tracking-leg-supplement")
    mai.goes_on("/bo-sung/bhyt/")
    mai.look("leg-supplement")
    assert mai.asked() == {"insurance.facility"}
    mai.supplies({"insurance.facility": "31041"})
    pay(mai, "pay")
    mai.follows()
    mai.sees("Đã trả kết quả")
    assert len(house.effects("insurance", mai.code)) == 1


def test_an_insurance_that_refuses_leaves_birth_and_residence_alone(house, filed, officer):
    mai = filed(journey="insurance-refused")
    house.answers("insurance", "refuse", mai.code)
    register_the_birth(officer, mai)
    pay(mai, "pay")
    mai.follows()
    mai.sees("Bị từ chối")
    mai.sees("Đã trả kết quả")
    mai.look("tracking-insurance-refused")
    assert mai.page.get_by_text("Tải về (PDF)").count() == 2
    assert house.effects("insurance", mai.code) == []
    house.told(mai.phone, "không giải quyết được")
    house.told(mai.who["email"], "Trẻ đã được cấp thẻ bảo hiểm y tế")


def test_a_dossier_nobody_received_is_taken_back_at_once(filed, officer):
    mai = filed(journey="withdrawn-at-once")
    mai.withdraws("Tôi nộp nhầm xã.")
    mai.sees("Dừng xử lý")
    mai.look("tracking-withdrawn")
    desk = officer(DESK)
    desk.opens(mai.code)
    assert desk.page.locator('main a[href*="/viec/"]').count() == 0


def test_a_received_dossier_is_taken_back_when_the_desk_agrees(house, filed, officer):
    mai = filed(journey="withdrawn-later")
    officer(DESK).does(mai.code, "tiep-nhan")
    mai.withdraws("Gia đình chuyển đi.")
    assert mai.page.get_by_role("link", name="Nộp trực tuyến").count() == 0
    mai.look("tracking-withdrawing")
    officer(DESK).does(mai.code, "tra-loi-rut", {"answer": "yes"})
    mai.sees("Dừng xử lý")
    house.told(mai.phone, mai.code)
