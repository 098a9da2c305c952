"""The whole way of one birth dossier, from a phone to three results, with scripts and without."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.browser.families import BEGINNING, MAI_FILES
from tests.browser.house import soon

pytestmark = [pytest.mark.browser]
BIRTH = "khai-sinh-lien-thong"
CHANGE_OF_MIND = {"Tên và ngày sinh của cháu": {"child.full_name": "Trần Minh Anh"}}
KEPT = """async () => {
  const asked = (what) => new Promise(done => { what.onsuccess = () => done(what.result); });
  const phone = await asked(indexedDB.open("motcua"));
  const keys = ["answers", "outbox", "uploads"].map(name => asked(phone.transaction(name).objectStore(name).getAllKeys()));
  const copies = (await caches.keys()).filter(name => name.startsWith("motcua-draft-"));
  phone.close();
  return [...copies, ...(await Promise.all(keys)).flat()];
}"""
RESULTS = ("Giấy khai sinh", "Thông báo kết quả đăng ký thường trú", "Thẻ bảo hiểm y tế")


def words_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def register_the_birth(officer, mai):
    """Reception, draft, the mother's yes, what the systems answer, the leader's signature."""
    officer("mot-cua.nam-thanh-mien").does(mai.code, "tiep-nhan")
    officer("ho-tich.nam-thanh-mien").does(mai.code, "thuc-hien", part="khai_sinh")
    mai.confirms_the_draft()
    officer("lanh-dao.nam-thanh-mien").does(mai.code, "thuc-hien", part="khai_sinh")


def pay(mai, choice):
    mai.goes_to_pay()
    mai.page.locator(f"[name=choice][value={choice}]").click()
    mai.page.wait_for_load_state()


def its_result(house, mai, name):
    """Download a result, look it over and verify it as anybody may; return where it is verified, and the PDF."""
    card = mai.page.locator("article.card", has_text=name).first
    pdf = mai.downloads(card.get_by_role("link", name="Tải về"))
    assert pdf.startswith(b"%PDF")
    assert b"/ByteRange" in pdf
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    verify = card.get_by_role("link", name="Kiểm tra").get_attribute("href")
    shown = house.fetch(verify if verify.startswith("http") else house.url + verify)
    assert shown.status == 200
    assert name in shown.data.decode()
    assert verify.rstrip("/").split("/")[-1] in words_of(pdf).replace("-", "")
    assert "trần minh anh" in words_of(pdf).lower()
    return verify, pdf


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_mother_files_and_three_results_come(house, citizen, officer, scripts):
    mai = citizen(journey=f"whole-way-{'scripts' if scripts else 'plain'}", scripts=scripts)
    mai.goes_to("/", "home")
    mai.eye.shows("home")
    mai.searches("khai sinh")
    mai.look("found")
    mai.presses("Đăng ký khai sinh – Đăng ký thường trú")
    mai.look("service")
    mai.presses("Bắt đầu khai")
    mai.look("sign-in")
    mai.signs_in_by_vneid()
    if scripts:
        mai.files(BIRTH, BEGINNING, MAI_FILES, **CHANGE_OF_MIND)
        # Nothing of what was declared stays on her telephone.
        soon(lambda: not mai.page.evaluate(KEPT), what="a telephone that forgot")
    else:  # the form without scripts is the robot's way (`test_robot`)
        mai.has_filed(BIRTH, BEGINNING, MAI_FILES | CHANGE_OF_MIND["Tên và ngày sinh của cháu"])
        mai.goes_to(f"/bien-nhan/{mai.code}/", "receipt")

    shown = house.fetch(mai.scans_the_qr())
    assert shown.status == 200
    assert mai.code in shown.data.decode()
    assert "Trần" not in shown.data.decode()
    receipt = mai.downloads(mai.page.locator('main a[href$=".pdf"]').first)
    assert mai.code in words_of(receipt)
    mai.follows()
    mai.look("tracking-filed")

    register_the_birth(officer, mai)
    mai.follows()
    mai.sees("Tải về")
    mai.look("tracking-birth-registered")
    mai.eye.shows("tracking", "Chặng đường")
    assert house.effects("residence", mai.code) == []

    # With scripts she comes back from the gateway; without, she closes the tab after paying.
    pay(mai, "pay" if scripts else "close")
    mai.look("paid" if scripts else "gateway-closed")
    mai.follows()
    mai.sees("Đã trả kết quả")
    mai.look("tracking-finished")

    verify, pdf = [its_result(house, mai, name) for name in RESULTS][-1]
    mai.goes_to(verify, "verified")
    mai.page.locator("main input[type=file]").set_input_files(
        {"name": "the.pdf", "mimeType": "application/pdf", "buffer": pdf}
    )
    mai.presses("So sánh")
    assert "đúng là bản cơ quan đã ký" in mai.page.locator("main").inner_text()
    for system in ("population", "civil-registry", "residence", "insurance"):
        assert len(house.effects(system, mai.code)) == 1
    house.told(mai.phone, mai.code, road="sms")
    house.told(mai.who["email"], mai.code, road="email")
