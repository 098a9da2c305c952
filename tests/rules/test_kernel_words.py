"""Words that somebody wrote are kept whole or refused, never cut."""

import pytest

from motcua.kernel.words import WordsTooLong, within
from motcua.privacy.rules.requests import LONGEST, answerable, readable


def test_what_fits_is_kept_whole() -> None:
    assert within("  Đã sửa. ", 7) == "Đã sửa."


def test_a_new_line_is_one_sign_as_on_the_page() -> None:
    assert within("a\r\nb", 3) == "a\nb"


def test_what_does_not_fit_is_refused_with_how_much_does() -> None:
    with pytest.raises(WordsTooLong) as refused:
        within("Đã sửa.", 6)
    assert refused.value.data == {"n": 6}


def test_neither_a_request_about_data_nor_its_answer_is_cut() -> None:
    for write in (readable, lambda words: answerable("granted", "", words, ())[1]):
        assert len(write("a" * LONGEST)) == LONGEST
        with pytest.raises(WordsTooLong):
            write("a" * (LONGEST + 1))
