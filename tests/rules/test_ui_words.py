from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.partial_date import PartialDate
from motcua.ui import words

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _vietnamese():
    with override("vi"):
        yield


def test_a_day_is_written_as_people_write_it():
    assert words.day_words(date(2026, 11, 3)) == "03/11/2026"


def test_a_moment_near_midnight_belongs_to_the_vietnamese_day():
    assert words.day_words(datetime(2026, 11, 23, 17, 30, tzinfo=UTC)) == "24/11/2026"


def test_unknown_parts_of_a_date_stay_blank():
    assert words.day_words(PartialDate(1950)) == "__/__/1950"


def test_a_moment_is_told_in_vietnamese_time():
    assert words.moment_words(NOW) == "15:30 ngày 23/11/2026"


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (2, "còn 2 ngày làm việc"),
        (1, "còn 1 ngày làm việc"),
        (0, "hạn trong hôm nay"),
        (-3, "trễ hạn 3 ngày làm việc"),
    ],
)
def test_working_days_are_told_from_today(left, said):
    assert words.working_days_words(left) == said


def test_nothing_to_pay_is_said_in_words():
    assert words.money_words(0) == "Không thu phí"


@given(st.integers(min_value=1, max_value=10**12))
def test_an_amount_and_its_unit_stay_on_one_line(amount):
    shown = words.money_words(amount)
    assert " " not in shown
    assert int(shown.removesuffix("\u00a0đ").replace(".", "")) == amount


@pytest.mark.parametrize("typed", ["0912345678", "+84912345678", "0912.345.678"])
def test_a_phone_looks_the_same_however_it_was_typed(typed):
    assert words.phone_words(typed) == "0912 345 678"


def test_a_phone_that_cannot_be_read_is_shown_as_it_is():
    assert words.phone_words("hỏi chị Sen") == "hỏi chị Sen"


@given(st.text(max_size=40), st.integers(min_value=0, max_value=6))
def test_a_masked_text_keeps_its_length_and_shows_only_its_end(text, shown):
    hidden = words.masked(text, shown)
    assert len(hidden) == len(text)
    assert set(hidden[: max(0, len(text) - shown)]) <= {"•"}


@pytest.mark.parametrize(
    ("size", "said"),
    [(None, ""), (10, "1\u00a0KB"), (870_000, "850\u00a0KB"), (2_516_582, "2,4\u00a0MB")],
)
def test_a_file_size_is_said_in_the_unit_people_know(size, said):
    assert words.size_words(size) == said


def test_long_numbers_are_grouped_to_be_read_aloud():
    assert words.number_groups("031199000123") == "031 199 000 123"
