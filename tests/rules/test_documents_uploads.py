"""A file that arrives in pieces: any pieces, cut anywhere, are the file in the end, or nothing is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.documents.rules import uploads
from motcua.documents.rules.kinds import FILE_LIMIT, OWNER_BYTES
from motcua.documents.rules.refusals import (
    FileEmpty,
    FileTooLarge,
    OffsetDiffers,
    TooManyPages,
    TooMuchInAll,
    UploadTooLong,
)


@given(
    content=st.binary(min_size=1, max_size=400),
    sent=st.lists(st.tuples(st.integers(1, 90), st.floats(0, 1)), min_size=1, max_size=60),
)
def test_pieces_cut_anywhere_make_the_file_and_nothing_else(content, sent) -> None:
    there = b""
    for size, came_through in sent:
        piece = content[len(there) :][:size]
        piece = piece[: round(len(piece) * came_through)]
        after = uploads.after(
            received=len(there), length=len(content), offset=len(there), size=len(piece)
        )
        there += piece
        assert after == len(there) <= len(content)
    assert content.startswith(there)


@given(received=st.integers(0, 1000), offset=st.integers(0, 1000), size=st.integers(0, 1000))
def test_a_piece_is_taken_only_at_the_end_of_what_is_there(received, offset, size) -> None:
    placed = {"received": received, "length": 1000, "offset": offset, "size": size}
    if offset != received:
        with pytest.raises(OffsetDiffers) as refused:
            uploads.after(**placed)
        assert refused.value.data == {"offset": received}
    elif received + size > 1000:
        with pytest.raises(UploadTooLong):
            uploads.after(**placed)
    else:
        assert uploads.after(**placed) == received + size


@given(content=st.binary(max_size=5).map(lambda seed: seed * 40_000), offset=st.integers(0, 10**7))
def test_rows_of_a_piece_lie_end_to_end_and_are_small(content, offset) -> None:
    rows = uploads.rows(content, offset)
    assert b"".join(piece for _, piece in rows) == content
    assert all(0 < len(piece) <= uploads.PIECE for _, piece in rows)
    ends = [offset, *(start + len(piece) for start, piece in rows)]
    assert [start for start, _ in rows] == ends[:-1]


@pytest.mark.parametrize(
    ("length", "kept", "arriving", "refusal"),
    [
        (0, 0, [], FileEmpty),
        (FILE_LIMIT + 1, 0, [], FileTooLarge),
        (2, OWNER_BYTES - 1, [], TooMuchInAll),
        (2, 0, [OWNER_BYTES - 1], TooMuchInAll),
        (2, 0, [1] * 60, TooManyPages),
    ],
)
def test_what_is_too_much_is_refused_before_a_byte_has_come(length, kept, arriving, refusal):
    with pytest.raises(refusal):
        uploads.refuse_beginning(name="a.jpg", length=length, kept=kept, arriving=arriving)


def test_what_just_fits_may_come() -> None:
    uploads.refuse_beginning(
        name="a.jpg", length=FILE_LIMIT, kept=OWNER_BYTES - FILE_LIMIT - 59, arriving=[1] * 59
    )
