"""The box's authority of time: believed by openssl, used by our signer, and what its silence does."""

import subprocess

import pytest

from motcua.adapters.practice_signer import PracticeSigner
from motcua.adapters.time_authority import HttpTimeAuthority
from motcua.documents.papers import make_to_sign
from motcua.documents.ports import SigningNotPossible
from motcua.toolkit.clock import now
from tests.sandbox_box import running


@pytest.fixture(scope="module")
def box(tmp_path_factory):
    for here, _ in running(tmp_path_factory.mktemp("box")):
        yield here


@pytest.fixture
def hand(box, settings, tmp_path, own_home, monkeypatch):
    """A signer that has its papers stamped by the box."""
    (tmp_path / "chain.pem").write_bytes(box.get("/tsa/chain.pem").data)
    settings.SIGNING_ROOTS = str(tmp_path / "chain.pem")
    settings.TSA_URL = f"{box.url}/tsa"
    monkeypatch.setattr("motcua.adapters.practice_signer.time_authority", HttpTimeAuthority)
    yield PracticeSigner(tmp_path)
    box.form("/tsa/faults", mode="none")


def sign(hand):
    pdf, place = make_to_sign("ket-qua", {"title": "Quyết định"}, at=now())
    who = {"signer": "Trần Văn Bình", "title": "Chủ tịch", "agency": ""}
    return hand.sign(pdf, **who, reason="x", at=now(), place=place)


def test_openssl_believes_the_boxs_time(box, tmp_path, settings):
    (tmp_path / "told").write_bytes(b"H31.284")
    (tmp_path / "chain.pem").write_bytes(box.get("/tsa/chain.pem").data)
    settings.TSA_URL = f"{box.url}/tsa"

    def ts(*told):
        done = subprocess.run(
            ["openssl", "ts", *told], cwd=tmp_path, capture_output=True, check=True
        )
        return done.stdout + done.stderr

    ts("-query", "-data", "told", "-sha256", "-cert", "-out", "query")
    (tmp_path / "answer").write_bytes(HttpTimeAuthority().stamp((tmp_path / "query").read_bytes()))
    assert b"OK" in ts("-verify", "-queryfile", "query", "-in", "answer", "-CAfile", "chain.pem")


def test_papers_stamped_outside_are_proved_for_long(hand):
    proved = hand.verify(sign(hand))
    assert (proved.valid, proved.stamped, proved.long_term) == (True, True, True)


@pytest.mark.parametrize(("mode", "why"), [("down", "time-missing"), ("refuse", "time-refused")])
def test_without_a_time_nothing_is_signed_and_later_it_is(box, hand, mode, why):
    box.form("/tsa/faults", mode=mode)
    with pytest.raises(SigningNotPossible) as said:
        sign(hand)
    assert said.value.why == why
    box.form("/tsa/faults", mode="none")
    assert sign(hand)
