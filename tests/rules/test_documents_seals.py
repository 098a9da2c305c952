"""The seal in a QR code: small, readable by strangers' programs, broken by any change."""

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from motcua.documents.qr import _code
from motcua.documents.rules import cbor, seals
from motcua.documents.rules.seals import SealBroken, Sealed
from motcua.documents.rules.tokens import LENGTH, number_of, token_from

KEY = ec.derive_private_key(2026, ec.SECP256R1())
KNOWN = {seals.key_id(KEY.public_key()): KEY.public_key()}
AT = datetime(2026, 11, 23, 3, 42, tzinfo=UTC)
TOKEN = token_from(2**99 + 7)
ADDRESS = f"https://dichvucong.haiphong.gov.vn/xac-thuc/{TOKEN}#"


def birth(**other):
    given_ = {
        "token": TOKEN,
        "issued_at": AT,
        "key_ends_at": AT.replace(year=2027),
        "title": "Giấy khai sinh",
        "number": "284/2026",
        "agency": "Ủy ban nhân dân xã Nam Thanh Miện",
        "subject": "Nguyễn M•• A••",
        "name": seals.name_hash("Nguyễn Minh An", TOKEN),
        "practice": True,
    }
    return Sealed(**given_ | other)


def sealed(**other) -> bytes:
    return seals.seal(seals.claims_of(birth(**other)), KEY)


texts = st.text(max_size=300).filter(lambda text: "\ud800" not in text)
papers = st.builds(
    birth,
    token=st.integers(0, 2 ** (5 * LENGTH) - 1).map(token_from),
    issued_at=st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    title=texts, number=texts, agency=texts, subject=texts,
)  # fmt: skip


def test_a_seal_says_what_the_paper_says():
    assert seals.paper_of(seals.opened(sealed(), KNOWN)) == birth()


def test_the_same_paper_has_the_same_seal():
    assert sealed() == sealed()


@given(at=st.integers(0), bit=st.integers(0, 7))
def test_any_bit_changed_breaks_the_seal(at, bit):
    changed = bytearray(sealed())
    changed[at % len(changed)] ^= 1 << bit
    with pytest.raises(SealBroken):
        seals.opened(bytes(changed), KNOWN)


@given(st.binary(max_size=400))
def test_bytes_of_anybody_are_no_seal(content):
    with pytest.raises(SealBroken):
        seals.opened(content, KNOWN)


def test_a_key_that_is_not_ours_proves_nothing():
    stranger = ec.derive_private_key(1999, ec.SECP256R1())
    with pytest.raises(SealBroken):
        seals.opened(seals.seal(seals.claims_of(birth()), stranger), KNOWN)


def test_a_stranger_cannot_take_our_keys_name():
    stranger = ec.derive_private_key(1999, ec.SECP256R1())
    forged = seals.seal(seals.claims_of(birth()), stranger)
    named = {seals.key_id(stranger.public_key()): KEY.public_key()}
    with pytest.raises(SealBroken):
        seals.opened(forged, named)


@given(papers)
def test_whatever_it_says_the_whole_code_stays_below_a_kilobyte(paper):
    digits = seals.as_digits(seals.seal(seals.claims_of(paper), KEY))
    assert len(ADDRESS + digits) <= 1024


@given(st.binary(max_size=300))
def test_digits_carry_every_byte(content):
    assert seals.from_digits(seals.as_digits(content)) == content


@pytest.mark.parametrize("digits", ["", "12a", "0", "255", "٣", "9" * 2001])
def test_what_is_no_such_number_is_refused(digits):
    with pytest.raises(SealBroken):
        seals.from_digits(digits)


def test_a_birth_certificates_code_has_modules_that_a_cheap_phone_reads():
    code = _code(ADDRESS + seals.as_digits(sealed()))
    millimetres = 28 / code.symbol_size(border=4)[0]
    assert int(code.version) <= 13
    assert millimetres > 0.36


def test_a_name_is_recognised_however_its_tones_are_placed():
    first = seals.name_hash("NGUYỄN THỊ HÒA", TOKEN)
    assert first == seals.name_hash("Nguyễn Thị Hoà", TOKEN)
    assert first != seals.name_hash("Nguyễn Thị Hoa", TOKEN)


def test_hashes_of_one_person_on_two_papers_have_nothing_in_common():
    other = token_from(12345)
    assert seals.name_hash("Nguyễn Minh An", TOKEN) != seals.name_hash("Nguyễn Minh An", other)


@given(st.integers(0, 2 ** (5 * LENGTH) - 1))
def test_a_code_gives_its_number_back(number):
    assert number_of(token_from(number)) == number


values = st.recursive(
    st.integers(-(2**64), 2**64 - 1) | st.binary(max_size=30) | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.integers(-9, 9) | st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=8,
)


@given(values)
def test_cbor_gives_back_what_was_written(value):
    assert cbor.read(cbor.written(value)) == value


@pytest.mark.parametrize(
    "content",
    ["", "1801", "5f41ff", "f6", "a201000100", "a202000100", "62c328", "0000", "9b00ffffffffffffff",
     "81" * 40 + "00", "a1800"],
)  # fmt: skip
def test_cbor_of_another_way_is_refused(content):
    with pytest.raises(cbor.NotCbor):
        cbor.read(bytes.fromhex(content if len(content) % 2 == 0 else content + "0"))


def test_numbers_are_those_of_the_standard():
    heads = {0: "00", 23: "17", 24: "1818", 1000: "1903e8", -1: "20", -1000: "3903e7"}
    assert {number: cbor.written(number).hex() for number in heads} == heads
