"""The code on a sheet that is printed to be signed: read as it was written, and by nobody else's key."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.documents.rules.sheet_codes import (
    LENGTH,
    SheetCode,
    SheetCodeBroken,
    digest_of,
    found_in,
    paper_mark,
    read,
    written,
)

KEY = b"a key of the house"
CODES = st.builds(
    lambda draft, paper, page, told: SheetCode(draft, paper_mark(paper), page, digest_of(told)),
    st.uuids(), st.text(), st.integers(0, 255), st.text(),
)  # fmt: skip
CODE = SheetCode(UUID(int=7), paper_mark("ct01"), 1, digest_of("Trần Bảo An"))


@given(CODES)
def test_a_code_is_read_as_it_was_written(code):
    letters = written(code, KEY)
    assert len(letters) == LENGTH
    assert read(letters, KEY) == code
    assert found_in(["WIFI:x", f"https://motcua.vn/to-ky/{letters}"]) == letters


@given(CODES, st.integers(0, LENGTH - 2), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_one_other_letter_breaks_it(code, place, letter):
    letters = written(code, KEY)
    altered = letters[:place] + letter + letters[place + 1 :]
    if altered != letters:
        with pytest.raises(SheetCodeBroken):
            read(altered, KEY)


def test_another_house_cannot_read_it():
    with pytest.raises(SheetCodeBroken):
        read(written(CODE, KEY), b"a key of another house")


@pytest.mark.parametrize("letters", ["", "a", "1" * 60, "a" * 61, "é" * 60])
def test_what_is_no_code_is_broken(letters):
    with pytest.raises(SheetCodeBroken):
        read(letters, KEY)
