"""What makes a photograph hard to read, and the shape of a sheet seen aslant."""

import io
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from motcua.documents import edges
from motcua.documents.photographs import Look, look, size_of
from motcua.documents.rules.photographs import LIMITS, Fault, Measures, faults

CLEAN = Measures(cut=False, side=1600, white=205, sharpness=1.8, blown=0)


def test_a_clean_sheet_has_no_fault():
    assert faults(CLEAN) == ()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"cut": True}, Fault.CUT),
        ({"side": LIMITS.small_side - 1}, Fault.SMALL),
        ({"white": LIMITS.dark_white - 1}, Fault.DARK),
        ({"sharpness": LIMITS.sharp / 2}, Fault.BLUR),
        ({"blown": LIMITS.glare_share * 2}, Fault.GLARE),
    ],
)
def test_each_fault_is_told_by_its_own_measure(change, fault):
    assert faults(replace(CLEAN, **change)) == (fault,)


def test_a_scan_as_white_as_paper_can_be_is_no_glare():
    assert faults(replace(CLEAN, white=255, blown=0.7)) == ()


def test_of_a_sheet_with_too_little_writing_nobody_says_that_it_is_blurred():
    assert faults(replace(CLEAN, sharpness=None)) == ()


def test_who_stands_in_the_dark_is_told_of_the_dark_first():
    assert faults(replace(CLEAN, white=40, sharpness=0.01)) == (Fault.DARK,)


@settings(max_examples=40, deadline=None)
@given(
    left=st.floats(0.05, 0.3), top=st.floats(0.05, 0.3), wide=st.floats(0.4, 0.65),
    high=st.floats(0.4, 0.65), lean=st.floats(-0.04, 0.04), light=st.integers(110, 250),
)  # fmt: skip
def test_a_bright_sheet_is_found_wherever_it_lies(left, top, wide, high, lean, light):
    corners = [
        (left + lean, top),
        (left + wide, top + lean),
        (left + wide - lean, top + high),
        (left, top + high - lean),
    ]
    found = edges.find(sheet(corners, light))
    assert found is not None
    assert not found.cut
    for (x, y), (u, v) in zip(found.corners, corners, strict=True):
        assert np.hypot(x - u, y - v) < 0.03


def sheet(corners, light, width=240, height=320):
    """Return grey points: a sheet of that light on a table half as light."""
    y, x = np.mgrid[0:height, 0:width]
    inside = np.ones((height, width), bool)
    for (u, v), (p, q) in zip(corners, [*corners[1:], corners[0]], strict=True):
        inside &= (p - u) * width * (y - v * height) - (q - v) * height * (x - u * width) >= 0
    return np.where(inside, light, light // 2).astype(np.float32)


def test_a_picture_that_is_all_black_is_dark_and_no_more():
    out = io.BytesIO()
    Image.new("L", (1200, 1600)).save(out, "JPEG")
    assert look(out.getvalue()) == Look(faults=(Fault.DARK,))


def test_nothing_is_found_on_an_empty_table():
    assert edges.find(np.full((320, 240), 120, np.float32)) is None


@pytest.mark.parametrize(
    ("corners", "size"),
    [
        ([(0, 0), (700, 0), (700, 1000), (0, 1000)], (707, 1000)),
        ([(0, 0), (1586, 0), (1586, 1000), (0, 1000)], (1586, 1000)),  # a card stays a card
        ([(264, 168), (968, 208), (1120, 1432), (72, 1360)], (870, 1230)),
    ],
)
def test_a_sheet_has_the_shape_it_has_on_the_table(corners, size):
    assert size_of(corners, (1200, 1600), 2000) == pytest.approx(size, rel=0.01)
