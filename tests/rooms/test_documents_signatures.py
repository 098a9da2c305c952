"""Signatures on results, proved by programs that are not ours: pdfsig (NSS), openssl."""

import io
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from pypdf import PdfReader

from motcua.adapters.practice_signer import PracticeSigner
from motcua.adapters.practice_signer.authority import PracticeAuthority
from motcua.adapters.practice_signer.clock import PracticeClock
from motcua.documents.papers import make_to_sign
from motcua.documents.wiring import signer

AT = datetime.now(UTC).replace(microsecond=0)
SEAL = {"name": "Trần Văn Bình", "title": "Chủ tịch", "agency": "Ủy ban nhân dân xã Nam Thanh Miện",
        "at": AT.isoformat(), "practice": True}  # fmt: skip


@pytest.fixture(scope="module")
def made():
    return make_to_sign("ket-qua", {"title": "Quyết định", "signature": SEAL}, at=AT)


@pytest.fixture(scope="module")
def signed(made):
    pdf, place = made
    return signer().sign(
        pdf, signer=SEAL["name"], title=SEAL["title"], agency=SEAL["agency"], reason="Quyết định",
        at=AT, place=place,
    )  # fmt: skip


@pytest.fixture(scope="module")
def kept(signed, tmp_path_factory):
    """The signed file, its first signature and the bytes it covers, and the root, each as a file."""
    folder = tmp_path_factory.mktemp("signed")
    (folder / "paper.pdf").write_bytes(signed)
    field = PdfReader(io.BytesIO(signed)).get_fields()["ChuKySo"]["/V"].get_object()
    a, b, c, d = field["/ByteRange"]
    (folder / "covered").write_bytes(signed[a : a + b] + signed[c : c + d])
    (folder / "signature.der").write_bytes(bytes(field["/Contents"]))
    root = x509.load_der_x509_certificate(signer().published()["root.crt"])
    from cryptography.hazmat.primitives.serialization import Encoding

    (folder / "root.pem").write_bytes(root.public_bytes(Encoding.PEM))
    return folder


def run(*command, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_our_own_check_finds_everything_a_long_lived_signature_needs(signed):
    proved = signer().verify(signed)
    assert proved.valid
    assert proved.stamped
    assert proved.long_term
    assert (proved.signer, proved.signed_at) == ("Trần Văn Bình", AT)


def test_pdfsig_proves_the_signature_and_reads_who_signed(kept):
    told = run("pdfsig", "paper.pdf", cwd=kept)
    assert "Signature Validation: Signature is Valid." in told
    assert "ETSI.CAdES.detached" in told
    assert "O=Ủy ban nhân dân xã Nam Thanh Miện" in told


def test_openssl_proves_the_signature_up_to_the_root(kept):
    told = run(
        "openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "signature.der", "-content", "covered",
        "-CAfile", "root.pem", "-purpose", "any", "-out", "/dev/null", cwd=kept,
    )  # fmt: skip
    assert "successful" in told


def test_openssl_believes_our_clock(tmp_path, kept):
    (tmp_path / "told").write_bytes(b"H31.284")
    query = ("openssl", "ts", "-query", "-data", "told", "-sha256", "-cert", "-out", "query")
    run(*query, cwd=tmp_path)
    (tmp_path / "answer").write_bytes(PracticeClock().stamp((tmp_path / "query").read_bytes()))
    verify = ("openssl", "ts", "-verify", "-queryfile", "query", "-in", "answer", "-CAfile")
    assert "Verification: OK" in run(*verify, str(kept / "root.pem"), cwd=tmp_path)


def test_the_field_lies_over_what_shows_the_signer_and_hides_nothing(made, signed, kept):
    reader = PdfReader(io.BytesIO(signed))
    (widget,) = [
        note.get_object() for note in reader.pages[0]["/Annots"] if note.get_object()["/T"] == "ChuKySo"
    ]  # fmt: skip
    assert tuple(widget["/Rect"]) == made[1].box
    assert widget["/AP"]["/N"].get_object().get_data().split() == [b"q", b"Q"]
    left, low, right, high = made[1].box
    word = re.search(
        r'xMin="(.*?)" yMin="(.*?)".*>bởi:<', run("pdftotext", "-bbox", "paper.pdf", "-", cwd=kept)
    )
    x, y = float(word[1]), float(reader.pages[0].mediabox.height) - float(word[2])
    assert left <= x <= right
    assert low <= y <= high


def test_the_paper_stays_archivable_and_tagged_with_its_text_as_it_was(made, signed):
    before, after = (PdfReader(io.BytesIO(each)) for each in (made[0], signed))
    assert signed.startswith(made[0])
    root = after.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert b"<pdfaid:part>2</pdfaid:part>" in root["/Metadata"].get_data()
    assert after.pages[0].extract_text() == before.pages[0].extract_text()


def test_the_file_carries_the_certificates_and_lists_that_prove_it(signed):
    store = PdfReader(io.BytesIO(signed)).trailer["/Root"]["/DSS"]
    names = {
        x509.load_der_x509_certificate(each.get_object().get_data()).subject.rfc4514_string()
        for each in store["/Certs"]
    }  # fmt: skip
    assert any("Trần Văn Bình" in name for name in names)
    lists = [x509.load_der_x509_crl(each.get_object().get_data()) for each in store["/CRLs"]]
    assert {each.next_update_utc > AT for each in lists} == {True}


def test_a_text_added_afterwards_is_found(signed):
    from pyhanko.pdf_utils.content import RawContent
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.layout import BoxConstraints

    writer = IncrementalPdfFileWriter(io.BytesIO(signed), strict=False)
    content = RawContent(b"q Q", box=BoxConstraints(10, 10))
    writer.add_stream_to_page(0, writer.add_object(content.as_form_xobject()))
    changed = io.BytesIO()
    writer.write(changed)
    assert not signer().verify(changed.getvalue()).valid


def test_a_revoked_officials_later_signature_is_refused(tmp_path, made):
    from motcua.documents.ports import SigningNotPossible

    hand = PracticeSigner(tmp_path)
    who = {"signer": "Trần Văn Bình", "title": "Chủ tịch", "agency": ""}
    revoked = hand._authority.official(who["signer"], who["title"], "").certificate
    hand._authority.revoke(revoked, datetime.now(UTC))
    with pytest.raises(SigningNotPossible) as refused:
        hand.sign(made[0], **who, reason="x", at=AT)
    assert refused.value.why == "certificate-refused"


def test_two_processes_that_begin_at_once_share_one_root(tmp_path):
    first, second = (PracticeAuthority(tmp_path, "http://localhost") for _ in range(2))
    second._make_root()
    assert first.root == second.root
    assert not [each for each in tmp_path.iterdir() if each.name != "pki"]


def test_lists_are_published_and_made_anew_each_day(client):
    answer = client.get("/xac-thuc/chung-thu/issuing.crl")
    assert answer["Content-Type"] == "application/pkix-crl"
    assert x509.load_der_x509_crl(answer.content).next_update_utc > AT
    assert client.get("/xac-thuc/chung-thu/root.key").status_code == 404


def test_every_certificate_says_that_it_is_for_practice(kept):
    assert run("pdfsig", "paper.pdf", cwd=kept).count("OU=khóa thực hành") == 2
