"""Kinds, page order, codes and names: what documents decides without looking anything up."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.documents.rules import pages as order
from motcua.documents.rules.kinds import MEGABYTE, NAME_LENGTH, Kind, kind_of, safe_name
from motcua.documents.rules.pages import Page
from motcua.documents.rules.refusals import (
    TooManyPages,
    TooMuchInAll,
    TurnNotUnderstood,
)
from motcua.documents.rules.tokens import ALPHABET, LENGTH, grouped, read_token, token_from


def page(name: str) -> Page:
    return Page(name, "d" * 64, "r" * 64, "d" * 64, "image", "image/jpeg", name, 10, 1, 20, 30)


def ids(pages: list[Page]) -> str:
    return "".join(each.id for each in pages)


PAPER = [page("a"), page("b"), page("c")]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xff\xd8\xff\xe0", Kind.JPEG),
        (b"\x89PNG\r\n\x1a\n", Kind.PNG),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", Kind.WEBP),
        (b"\x00\x00\x00\x18ftypheic", Kind.HEIC),
        (b"%PDF-1.7", Kind.PDF),
        (b"\xef\xbb\xbf\r\n%PDF-1.4", Kind.PDF),
        (b"<html>%PDF-1.4", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"PK\x03\x04word/document.xml", None),
        (b"GIF89a", None),
        (b"", None),
    ],
)
def test_a_file_is_what_its_first_bytes_say(content, kind):
    assert kind_of(content) is kind


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("Giấy chứng sinh.jpg", "Giấy chứng sinh.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Lan\\ảnh.png", "ảnh.png"),
        ("anh\u202egpj.exe", "anhgpj.exe"),
        ('a"b<c>.pdf', "a_b_c_.pdf"),
        ("", "tep"),
        ("...", "tep"),
        (unicodedata.normalize("NFD", "Giấy.jpg"), "Giấy.jpg"),
    ],
)
def test_a_file_name_is_made_harmless(given_name, safe):
    assert safe_name(given_name) == safe


@given(st.text())
def test_any_file_name_becomes_short_and_printable(given_name):
    safe = safe_name(given_name)
    assert 0 < len(safe) <= NAME_LENGTH
    assert not set(safe) & set('/\\\n\r\0"')


def test_a_long_file_name_keeps_its_ending():
    assert safe_name("ả" * 300 + ".jpeg").endswith("ả.jpeg")


def test_a_page_sent_twice_stands_once():
    assert ids(order.added(PAPER, page("b"))) == "abc"


def test_a_page_removed_twice_takes_no_other_with_it():
    assert ids(order.removed(order.removed(PAPER, "b"), "b")) == "ac"


def test_a_new_page_stands_where_the_old_one_stood():
    assert ids(order.replaced(PAPER, "b", page("n"))) == "anc"


def test_a_page_replaced_by_one_already_there_is_not_doubled():
    assert ids(order.replaced(PAPER, "b", page("c"))) == "ac"


@given(st.lists(st.sampled_from([90, 180, 270, -90])))
def test_turns_add_up_around_the_circle(turns):
    now = page("a")
    for degrees in turns:
        now = replace(now, turned=order.turned(now, degrees))
    assert now.turned == sum(turns) % 360


@pytest.mark.parametrize("degrees", [0, 45, 360, 91])
def test_a_page_turns_only_by_quarters(degrees):
    with pytest.raises(TurnNotUnderstood):
        order.turned(page("a"), degrees)


def test_a_quarter_turn_swaps_width_and_height():
    turned = order.with_content(page("a"), digest="e" * 64, size=11, turned_to=90)
    assert (turned.width, turned.height) == (30, 20)
    back = order.with_content(turned, digest="d" * 64, size=10, turned_to=270)
    assert (back.width, back.height) == (30, 20)


def test_sixty_sheets_are_taken_and_the_next_is_not():
    order.refuse_if_full([(30, 1), (30, 1)], name="x")
    with pytest.raises(TooManyPages):
        order.refuse_if_full([(30, 1), (31, 1)], name="x")


def test_a_hundred_megabytes_are_taken_and_one_byte_more_is_not():
    order.refuse_if_full([(1, 100 * MEGABYTE)], name="x")
    with pytest.raises(TooMuchInAll):
        order.refuse_if_full([(1, 100 * MEGABYTE), (1, 1)], name="x")


@given(st.integers(0, 2**100 - 1))
def test_a_code_reads_back_as_printed_in_lower_case_and_with_look_alikes(number):
    token = token_from(number)
    assert len(token) == LENGTH
    printed = grouped(token).lower().replace("0", "o").replace("1", "l")
    assert read_token(f" {printed} ") == token


def test_different_numbers_give_different_codes():
    assert len({token_from(number) for number in range(1000)}) == 1000


@pytest.mark.parametrize("typed", ["", "ABC", "U" * LENGTH, "0" * (LENGTH + 1), "ắ" * LENGTH])
def test_what_is_no_code_reads_as_none(typed):
    assert read_token(typed) is None


def test_the_alphabet_has_no_look_alikes():
    assert not set("ILOU") & set(ALPHABET)
