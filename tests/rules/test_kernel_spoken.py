"""Vietnamese as a loudspeaker says it: every figure, date and code in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.spoken import address, digits, spoken, syllables


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("dưới 6 tuổi", "dưới sáu tuổi"),
        ("lệ phí 10.000 đ", "lệ phí mười nghìn đồng"),
        ("lệ phí 10.000\u00a0đ", "lệ phí mười nghìn đồng"),
        ("1.500.000 đồng", "một triệu năm trăm nghìn đồng"),
        ("Ngày 01/07/2025", "ngày một tháng bảy năm hai nghìn không trăm hai mươi lăm"),
        ("từ 04/2015", "từ tháng tư năm hai nghìn không trăm mười lăm"),
        ("7:30–11:30 và 13:00–17:00", "bảy giờ ba mươi phút đến mười một giờ ba mươi phút và mười ba giờ đến mười bảy giờ"),
        ("31/13/2026", "ba mươi mốt, mười ba, hai nghìn không trăm hai mươi sáu"),
        ("15h30", "mười lăm giờ ba mươi phút"),
        ("mã 1.000689", "mã một chấm không không không sáu tám chín"),
        ("tờ khai CT01", "tờ khai xê tê không một"),
        ("gọi 111", "gọi một trăm mười một"),
        ("số 0220", "số không hai hai không"),
        ("UBND xã/phường", "Ủy ban nhân dân xã, phường"),
        ("2–3 ngày", "hai đến ba ngày"),
        ("tăng 5%", "tăng năm phần trăm"),
        ("giấy (nếu có).", "giấy, nếu có."),
        ("“Nơi khác”", "Nơi khác"),
    ],
)  # fmt: skip
def test_what_is_written_is_said(written, said):
    assert spoken(written) == said


@given(st.text(alphabet="0123456789./:-–() đABCTaă%,", max_size=40))
def test_no_figure_is_ever_left(text):
    assert not any(sign.isdigit() for sign in spoken(text))


def test_a_telephone_number_is_read_in_its_groups():
    assert digits("0912 345 678") == "không chín một hai, ba bốn năm, sáu bảy tám"


def test_a_web_address_is_read_with_its_dots():
    assert address("https://motcua.vn/q/x") == "motcua chấm vn, gạch chéo q, gạch chéo x"


def test_syllables_are_counted_not_signs():
    assert syllables("Kính thưa bà con – xin mời !") == 6
