from datetime import UTC, date, datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.agencies.rules import demo
from motcua.agencies.rules.folding import fold, sort_key, spoken
from motcua.agencies.rules.places import (
    Unit,
    address,
    day_of,
    formerly,
    likeness,
    search_words,
    without_types,
)
from motcua.agencies.rules.second_factor import (
    PAUSE,
    TRIES,
    after_wrong_try,
    code_at,
    counter_of,
    minutes_left,
    new_secret,
)

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
HAI_DUONG = Unit(
    "30", "province", "Tỉnh", "Hải Dương", "30", "", date(2004, 7, 8), date(2025, 7, 1)
)
THANH_GIANG = Unit(
    "11287", "commune", "Xã", "Thanh Giang", "30", "Huyện Thanh Miện", date(2004, 7, 8),
    date(2025, 7, 1),
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "folded"),
    [("Đắk Lắk", "dak lak"), ("Phường 01", "phuong 1"), ("Ea H'leo", "ea hleo"),
     ("  Bà Rịa - Vũng Tàu ", "ba ria vung tau"), ("Hoà", "hoa"), ("Ho\u0300a", "hoa")],
)  # fmt: skip
def test_folding_forgets_diacritics_signs_and_leading_zeros(typed, folded):
    assert fold(typed) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_the_place_of_a_tone_mark_does_not_matter_but_the_tone_does():
    assert spoken("Hòa Bình") == spoken("Hoà Bình")
    assert spoken("Hà") != spoken("Hạ")


def test_places_sort_as_in_a_vietnamese_dictionary():
    names = ["Đà Nẵng", "Cần Thơ", "Cao Bằng", "Cà Mau", "Phường 10", "Phường 2", "Điện Biên"]
    assert sorted(names, key=sort_key) == [
        "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Điện Biên", "Phường 2", "Phường 10",
    ]  # fmt: skip


def test_an_address_goes_down_to_the_province():
    full = "Xã Thanh Giang, Huyện Thanh Miện, Tỉnh Hải Dương"
    assert address(THANH_GIANG, HAI_DUONG) == full
    assert address(HAI_DUONG, HAI_DUONG) == "Tỉnh Hải Dương"


def test_an_old_name_is_said_in_a_sentence():
    said = formerly(THANH_GIANG, HAI_DUONG, split=True)
    assert said == "một phần trước đây thuộc xã Thanh Giang, huyện Thanh Miện, tỉnh Hải Dương"


def test_a_unit_ends_on_the_day_before_its_end():
    assert THANH_GIANG.valid_on(date(2025, 6, 30))
    assert not THANH_GIANG.valid_on(date(2025, 7, 1))


def test_late_evening_in_utc_is_the_next_day_in_viet_nam():
    assert day_of(datetime(2025, 6, 30, 18, 0, tzinfo=UTC)) == date(2025, 7, 1)


def test_abbreviations_are_written_out():
    assert " ".join(search_words("TP. HCM, P.01")) == "thanh pho ho chi minh phuong 1"


def test_type_words_are_dropped_but_a_name_made_of_them_stays():
    assert without_types("xã Thanh Giang, H. Thanh Miện") == "thanh giang thanh mien"
    assert without_types("xã") == "xa"


@given(st.text(max_size=60))
def test_likeness_is_a_number_for_whatever_is_typed(text):
    assert 0 <= likeness(text, THANH_GIANG, HAI_DUONG) < 3


def test_the_right_name_is_more_alike_than_a_wrong_one():
    right = likeness("thanh giang, thanh mien", THANH_GIANG, HAI_DUONG)
    assert right > likeness("thanh son, thanh ha", THANH_GIANG, HAI_DUONG)


def test_the_code_is_what_an_authenticator_app_shows():
    secret = new_secret()
    assert code_at(secret, AT) == pyotp.TOTP(secret).at(AT)


@pytest.mark.parametrize(
    ("seconds", "accepted"), [(0, True), (-30, True), (30, True), (-61, False), (61, False)]
)
def test_a_clock_may_be_half_a_minute_wrong(seconds, accepted):
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    at = datetime(2026, 11, 23, 3, 0, 0, tzinfo=UTC)
    code = code_at(secret, at + timedelta(seconds=seconds))
    assert (counter_of(secret, code, at) is not None) is accepted


@given(st.text(max_size=8).filter(lambda text: not text.replace(" ", "").isdigit()))
def test_what_is_no_code_never_opens(text):
    assert counter_of("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", text, AT) is None


def test_the_fifth_wrong_try_locks_for_five_minutes():
    tries, locked = 0, None
    for _ in range(TRIES - 1):
        tries, locked = after_wrong_try(tries, AT)
        assert locked is None
    tries, locked = after_wrong_try(tries, AT)
    assert (tries, locked) == (0, AT + PAUSE)
    assert minutes_left(locked, AT + timedelta(seconds=1)) == 5
    assert minutes_left(locked, AT + PAUSE) == 0


def test_the_sheet_of_the_demonstration_reads_back_what_was_written():
    who = demo.Credentials("mot-cua.nam-thanh-mien", "lua-song-ao-sen-0042", "ABC")
    assert demo.read(demo.written([(who, "Bộ phận một cửa")])) == {who.username: who}
