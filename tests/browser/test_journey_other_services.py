"""The two other services: a certificate brought by post, and a marriage that ends at the counter."""

from datetime import datetime

import pytest

from motcua.kernel.working_time import ZONE
from tests.browser.families import (
    BINH_FILES,
    BY_POST,
    CUC_FILES,
    MARRIAGE_BEGINNING,
    STATUS_BEGINNING,
)

pytestmark = [pytest.mark.browser]


def test_a_certificate_of_marital_status_comes_by_post(house, citizen, officer):
    binh = citizen("binh", journey="marital-status-by-post")
    binh.goes_to("/dich-vu/xac-nhan-tinh-trang-hon-nhan/", "service-marital-status")
    binh.presses("Bắt đầu khai")
    binh.signs_up_by_phone()
    binh.files("xac-nhan-tinh-trang-hon-nhan", STATUS_BEGINNING, BINH_FILES, BY_POST)

    officer("mot-cua.nam-thanh-mien").does(binh.code, "tiep-nhan")
    officer("ho-tich.nam-thanh-mien").does(binh.code, "thuc-hien")
    binh.confirms_the_draft()
    officer("lanh-dao.nam-thanh-mien").does(binh.code, "thuc-hien")
    number = house.post_order("Lê Văn Bình")
    for state in ("picked_up", "in_transit", "out_for_delivery"):
        house.scans(number, state)
    binh.follows()
    binh.sees("Bưu điện")
    binh.look("tracking-with-the-post")
    house.scans(number, "delivered")
    binh.sees("Đã trả kết quả")
    binh.look("tracking-delivered")


def test_a_marriage_is_signed_and_its_certificate_handed_over_at_the_counter(
    house, at_home, officer
):
    cuc = at_home("bride", journey="marriage-at-the-counter")
    cuc.goes_to("/dich-vu/dang-ky-ket-hon/", "service-marriage")
    cuc.has_filed("dang-ky-ket-hon", MARRIAGE_BEGINNING, CUC_FILES)

    officer("mot-cua.nam-thanh-mien").does(cuc.code, "tiep-nhan")
    registrar = officer("ho-tich.nam-thanh-mien")
    registrar.does(cuc.code, "thuc-hien")
    cuc.confirms_the_draft()
    cuc.follows()
    cuc.look("tracking-come-and-sign")
    today = datetime.now(ZONE).strftime("%d/%m/%Y")
    registrar.does(cuc.code, "thuc-hien", {"value.signed_on": today, "signed": True})
    officer("lanh-dao.nam-thanh-mien").does(cuc.code, "thuc-hien")
    cuc.follows()
    cuc.sees("Đã có")
    cuc.look("tracking-come-and-fetch")
    officer("mot-cua.nam-thanh-mien").hands_over(cuc.code)
    cuc.sees("Đã trả kết quả")
    cuc.look("tracking-handed-over")
