"""Signing with a PKCS#11 token, a real one in software (SoftHSM), and what happens when it says no."""

import os
import shutil
import subprocess
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from motcua.adapters.practice_signer.authority import PracticeAuthority
from motcua.adapters.practice_signer.certificates import ENDS, revocation_list, root
from motcua.adapters.practice_signer.clock import PracticeClock
from motcua.adapters.time_authority import HttpTimeAuthority
from motcua.adapters.token_signer import TokenSigner
from motcua.documents.papers import make_to_sign
from motcua.documents.ports import SigningNotPossible

AT = datetime.now(UTC).replace(microsecond=0)
AGENCY, PIN = "Ủy ban nhân dân xã Nam Thanh Miện", "284284"
MODULE = next(
    (str(place) for place in Path("/usr/lib").glob("**/libsofthsm2.so")), "/usr/lib/libsofthsm2.so"
)
PEM, DER = serialization.Encoding.PEM, serialization.Encoding.DER


class Publisher(ThreadingHTTPServer):
    """The authority's web server, with its revocation lists by their paths."""

    lists: dict[str, bytes] = {}
    asked = 0

    class RequestHandlerClass(BaseHTTPRequestHandler):
        def do_GET(self):
            self.server.asked += 1
            self.send_response(200)
            self.end_headers()
            self.wfile.write(self.server.lists[self.path])

        def log_message(self, *_told):
            pass

    def __init__(self):
        super().__init__(("127.0.0.1", 0), self.RequestHandlerClass)
        threading.Thread(target=self.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server_port}"


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """An authority outside: its lists on its web server, its chain in a file, its clock."""
    web, folder = Publisher(), tmp_path_factory.mktemp("authority")
    pki = PracticeAuthority(folder, web.address)
    web.lists = {f"/{name}": content for name, content in pki.revocation_lists(AT).items()}
    chain = [pki.root, pki.issuing.certificate]
    (folder / "chain.pem").write_bytes(b"".join(each.public_bytes(PEM) for each in chain))
    yield web, folder / "chain.pem", pki
    web.shutdown()


@pytest.fixture(scope="module")
def token(authority, tmp_path_factory):
    """A token with the agency's key and certificate on it."""
    assert shutil.which("softhsm2-util"), "This test needs SoftHSM: apt-get install softhsm2"
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "conf").write_text(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "conf")
    util("--init-token", "--free", "--label", "ubnd", "--so-pin", "111111", "--pin", PIN)
    seal = authority[2].official(AGENCY, "", AGENCY)
    key = seal.key.private_bytes(
        PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(key)
    util("--import", str(folder / "key.pem"), "--token", "ubnd", "--label", "dau", "--id", "01", "--pin", PIN)  # fmt: skip
    put_certificate(seal.certificate)
    yield folder
    del os.environ["SOFTHSM2_CONF"]


def util(*told):
    subprocess.run(["softhsm2-util", *told], check=True, capture_output=True)


def put_certificate(certificate):
    import pkcs11
    from pkcs11 import Attribute as Of

    token = next(iter(pkcs11.lib(MODULE).get_tokens(token_label="ubnd")))
    with token.open(rw=True, user_pin=PIN) as session:
        session.create_object(
            {
                Of.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                Of.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                Of.TOKEN: True,
                Of.LABEL: "dau",
                Of.ID: b"\x01",
                Of.SUBJECT: certificate.subject.public_bytes(),
                Of.VALUE: certificate.public_bytes(DER),
            }
        )


@pytest.fixture
def hand(token, authority, settings, tmp_path, own_home, monkeypatch):
    """Return a signer of that token; what the settings say can be changed."""
    clock = PracticeClock(authority[2])
    monkeypatch.setattr("motcua.adapters.token_signer.time_authority", lambda: clock)
    (tmp_path / "pin").write_text(f"{PIN}\n")
    (tmp_path / "secrets").mkdir()
    settings.SIGNING_ROOTS = str(authority[1])

    signers = []

    def made(**other):
        told = {"module": MODULE, "label": "ubnd", "pin_file": str(tmp_path / "pin"), "keys": {AGENCY: "dau"}}  # fmt: skip
        settings.TOKEN = told | other
        signers.append(TokenSigner())
        return signers[-1]

    yield made
    for signer in signers:
        signer._token.close()


def sign(hand, agency=AGENCY):
    pdf, place = make_to_sign("ket-qua", {"title": "Quyết định"}, at=AT)
    who = {"signer": "Trần Văn Bình", "title": "Chủ tịch", "agency": agency}
    return hand.sign(pdf, **who, reason="Quyết định", at=AT, place=place)


def why_not(hand, **how):
    with pytest.raises(SigningNotPossible) as said:
        sign(hand, **how)
    return said.value.why


def test_a_token_signs_and_another_program_proves_it(hand, tmp_path):
    written = sign(hand())
    (tmp_path / "paper.pdf").write_bytes(written)
    told = subprocess.run(
        ["pdfsig", str(tmp_path / "paper.pdf")], capture_output=True, text=True, check=True
    )
    assert "Signature Validation: Signature is Valid." in told.stdout
    assert f"CN={AGENCY}" in told.stdout
    proved = hand().verify(written)
    assert (proved.valid, proved.long_term) == (True, True)


def test_lists_are_fetched_once_for_many_papers(hand, authority):
    signer, before = hand(), authority[0].asked
    for _ in range(3):
        sign(signer)
    assert authority[0].asked - before == 2


def test_the_standing_tells_when_the_certificate_ends(hand):
    standing = hand().standing()
    assert standing.why == ""
    assert standing.ends == {"dau": ENDS}


def test_a_wrong_pin_is_tried_once_and_the_token_does_not_lock(hand, tmp_path):
    (tmp_path / "pin").write_text("000000")
    assert [why_not(hand()) for _ in range(12)] == ["pin-wrong"] * 12
    (tmp_path / "pin").write_text(f"{PIN} \n\n")
    assert sign(hand())


def test_a_refused_pin_is_not_tried_by_a_process_that_starts_later(hand, tmp_path, monkeypatch):
    (tmp_path / "pin").write_text("000000")
    why_not(hand())
    monkeypatch.setattr("pkcs11.lib", lambda _module: pytest.fail("the token was asked"))
    assert why_not(hand()) == "pin-wrong"


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"module": "/usr/lib/nowhere.so"}, "token-missing"),
        ({"label": "another"}, "token-missing"),
        ({"keys": {"*": "no-such-key"}}, "key-missing"),
        ({"keys": {"Ủy ban nhân dân xã Khác": "dau"}}, "key-missing"),
        ({"pin_file": "/nowhere/pin"}, "pin-missing"),
    ],
    ids=["no module", "no token", "no key", "a key of others", "no pin"],
)
def test_what_is_missing_is_named_and_nothing_is_signed(hand, other, why):
    assert why_not(hand(**other)) == why
    assert hand(**other).standing().why in (why, "")


def test_a_token_that_comes_back_signs_again_without_a_new_start(hand):
    signer = hand()
    with signer._token.session() as session:
        session.close()
    assert why_not(signer) == "token-failed"
    assert sign(signer)


def test_a_missing_file_of_roots_is_named(hand, settings):
    settings.SIGNING_ROOTS = "/nowhere/chain.pem"
    assert why_not(hand()) == "certificate-refused"
    assert hand().standing().about == "/nowhere/chain.pem"


def test_without_a_list_of_today_nothing_is_signed(hand, authority, monkeypatch):
    old = AT - timedelta(days=2)
    ended = revocation_list(root(), [], old, old + timedelta(days=1), 2)
    monkeypatch.setattr(authority[0], "lists", dict.fromkeys(authority[0].lists, ended))
    assert why_not(hand()) == "lists-missing"


def test_a_time_authority_that_does_not_answer_makes_the_paper_wait(hand, settings, monkeypatch):
    monkeypatch.setattr("motcua.adapters.token_signer.time_authority", HttpTimeAuthority)
    settings.TSA_URL = "http://127.0.0.1:9/"
    assert why_not(hand()) == "time-missing"
