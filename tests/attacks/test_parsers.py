"""Hypothesis against everything that reads what strangers send: whatever comes, it is read or refused, never a fault."""

import base64
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from motcua.documents.images import reencode
from motcua.documents.reading_codes import apart
from motcua.documents.rules.kinds import Kind, kind_of
from motcua.exchange.rules import read_answer, read_envelope, source
from motcua.exchange.signing import AnswerMessage, Message, claimed_key_id, is_signed_by
from motcua.kernel import dossier_code, email, names, partial_date, personal_number, phone
from motcua.kernel.refusal import Refusal
from motcua.portal.tus import headers as tus
from motcua.procedures.rules.expressions import BadExpression, Expressions
from motcua.procedures.rules.reading import Unreadable, read_document
from tests.documents_samples import jpeg

bounded = settings(
    max_examples=60, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
few = settings(bounded, max_examples=25)
CODES = some.from_regex(
    r"[A-Za-z]\d{1,3}[.\dA-Za-z]{0,9}-\d{0,8}-\d{0,6}[^\n]{0,3}", fullmatch=True
)
DIGITS = some.text("0123456789 +-.()", max_size=40)
DATES = some.text("0123456789/-. ", max_size=20)
HEADER = some.text(some.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=200)


@pytest.mark.parametrize(
    ("read", "like"),
    [
        (dossier_code.read, CODES), (dossier_code.normalise, CODES), (phone.read, DIGITS),
        (phone.read_contact, DIGITS), (personal_number.read, DIGITS), (partial_date.read, DATES),
        (names.read, some.text(max_size=80)), (email.read, some.text("ab@.-_ \t", max_size=60)),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)  # fmt: skip
def test_what_is_typed_is_read_or_refused(read, like):
    @given(some.one_of(like, some.text(max_size=300)))
    @bounded
    def attack(typed):
        try:
            read(typed)
        except Refusal as no:
            assert no.code

    attack()


def asked_with(**headers):
    return SimpleNamespace(headers=headers)


@given(
    some.one_of(
        HEADER,
        some.binary(max_size=60).map(lambda raw: f"filename {base64.b64encode(raw).decode()}"),
    )
)
@bounded
def test_what_a_tus_client_says_is_read_or_refused(said):
    for read in (
        lambda: tus.number(asked_with(**{"Upload-Length": said}), "Upload-Length"),
        lambda: tus.told_of(asked_with(**{"Upload-Metadata": said})),
        lambda: tus.is_intact(asked_with(**{"Upload-Checksum": said}), b"piece"),
        lambda: tus.is_intact(asked_with(**{"Upload-Checksum": f"sha256 {said}"}), b"piece"),
    ):
        try:
            read()
        except Refusal as no:
            assert no.code


KEY = Ed25519PrivateKey.from_private_bytes(b"7" * 32).public_key()
INPUTS = some.one_of(
    HEADER,
    some.builds(
        'sig=({});created={};keyid="{}"'.format,
        some.sampled_from(['"@method" "@path"', '"content-digest"', '"@method" "@path" "content-digest" "content-type"', '"x";sf', ""]),
        some.one_of(some.integers(), some.text("0123456789.-", max_size=20)),
        some.text('abcé"\\', max_size=10),
    ),
)  # fmt: skip
SIGNATURES = some.one_of(
    HEADER, some.binary(max_size=70).map(lambda raw: f"sig=:{base64.b64encode(raw).decode()}:")
)


@given(INPUTS, SIGNATURES, HEADER, some.binary(max_size=50))
@bounded
def test_a_signature_that_is_none_is_no_signature_and_no_fault(signed, signature, digest, body):
    told = {
        "Signature-Input": signed, "Signature": signature, "Content-Digest": digest,
        "Content-Type": "application/json",
    }  # fmt: skip
    claimed_key_id(told)
    message = Message("POST", "http://motcua/api/exchange/inbox", told, body)
    assert not is_signed_by(message, key_id="k", key=KEY)
    assert not is_signed_by(AnswerMessage(200, told, body), key_id="k", key=KEY)


JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=20),
    lambda part: some.lists(part, max_size=3) | some.dictionaries(some.text(max_size=8), part, max_size=4),
    max_leaves=8,
)  # fmt: skip
EVENTS = some.fixed_dictionaries(
    {"specversion": some.just("1.0"), "source": some.just(source("p"))},
    optional=dict.fromkeys(("id", "type", "subject", "data"), JSON),
)


@given(some.one_of(some.binary(max_size=200), EVENTS.map(lambda told: json.dumps(told).encode())))
@bounded
def test_an_event_is_read_or_refused(body):
    try:
        read_answer(read_envelope(body, party="p"))
    except Refusal as no:
        assert no.code


PHOTO = jpeg(64, 48)


@given(
    some.lists(some.tuples(some.integers(0, len(PHOTO) - 1), some.integers(0, 255)), max_size=12),
    some.integers(1, len(PHOTO)),
)
@few
def test_a_spoilt_photograph_is_cleaned_or_refused(changes, length):
    raw = bytearray(PHOTO)
    for place, byte in changes:
        raw[place] = byte
    spoilt = bytes(raw[:length])
    kind = kind_of(spoilt)
    try:
        cleaned = reencode(spoilt, kind if kind in (Kind.JPEG, Kind.PNG) else Kind.JPEG, name="a")
        assert b"Exif" not in cleaned.content[:64]
    except Refusal as no:
        assert no.code


def test_what_reads_qr_codes_does_so_apart_and_says_nothing_of_rubbish():
    for raw in (b"", b"%PDF-1.7 rubbish", PHOTO[:100], b"\x89PNG\r\n\x1a\n" + b"0" * 50):
        try:
            assert apart(raw)[0] in ([], [[]])
        except Refusal as no:
            assert no.code


CEL = some.one_of(
    some.text(max_size=40),
    some.lists(
        some.sampled_from(["a", "1", "'x'", "(", ")", "&&", "||", "==", "+", "!", "[", "]", ".", "size(", "today", "?", ":"]),
        max_size=12,
    ).map(" ".join),
)  # fmt: skip


@given(CEL)
@bounded
def test_a_condition_is_understood_or_named_as_bad(text):
    if not text:
        return
    try:
        Expressions({}).compile(text)
    except BadExpression as bad:
        assert str(bad)


YAML = some.one_of(
    some.text(max_size=80),
    some.lists(
        some.sampled_from(["a:", " - b", "  c: 1", "[", "}", "&x", "*x", "!!python/object:os.system", "? ", "'", '"', "|", "\t", "a: &a [*a]", "---", "%YAML"]),
        max_size=8,
    ).map("\n".join),
)  # fmt: skip


def test_a_file_of_the_catalogue_is_read_or_its_line_is_named(tmp_path: Path):
    place = tmp_path / "procedure.yaml"

    @given(YAML)
    @bounded
    def attack(text):
        place.write_text(text, encoding="utf-8", errors="replace")
        try:
            read_document(place, "procedure.yaml")
        except Unreadable as told:
            assert told.problems

    attack()
