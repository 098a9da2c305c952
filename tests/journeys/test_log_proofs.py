"""Her receipt proves that she filed: from when on, by which line of the log, and by a file that anybody checks."""

import json
import runpy
from base64 import b64decode, b64encode
from datetime import timedelta

import pytest

from motcua.audit import operations
from motcua.toolkit.clock import now
from tests.journeys.followed import filed
from tests.journeys.test_following_receipts import words_of
from tests.running import ROOT

pytestmark = pytest.mark.django_db
SCRIPT = runpy.run_path(str(ROOT / "motcua/openness/static/openness/verify_log.py"))


@pytest.fixture
def dossier(commune, client):
    return filed(commune).let_in(client)


@pytest.fixture
def address(dossier):
    return f"/bien-nhan/{dossier.code}/bang-chung"


def signed(days: int = 0) -> None:
    operations.number_waiting()
    operations.sign_head(at=now() + timedelta(days=days))


def checked(client, place, proof: str) -> str:
    place.write_text(proof, encoding="utf-8")
    keys = SCRIPT["keys_in"](client.get("/nhat-ky/khoa.txt").content.decode())
    return SCRIPT["check_proof"](str(place), keys)


def test_before_a_head_covers_it_the_receipt_says_from_when_on(dossier, address, client):
    assert (
        "trang này có thêm bằng chứng" in client.get(f"/bien-nhan/{dossier.code}/").content.decode()
    )
    assert "Bằng chứng đã nộp: từ" in words_of(client.get(f"/bien-nhan/{dossier.code}.pdf"))
    assert client.get(address).url == f"/bien-nhan/{dossier.code}/"


def test_after_it_page_and_paper_name_the_line(dossier, client):
    signed()
    assert "là dòng 1 của nhật ký" in client.get(f"/bien-nhan/{dossier.code}/").content.decode()
    assert "không ai sửa lén được: dòng 1," in words_of(
        client.get(f"/bien-nhan/{dossier.code}.pdf")
    )


def test_anybody_checks_her_proof_without_us(dossier, address, client, tmp_path):
    dossier.received()
    signed()
    said = checked(client, tmp_path / "proof", client.get(address).content.decode())
    assert said.startswith("entry 0 of ")
    assert f"event.Submitted {dossier.code}/1" in said


def test_a_proof_once_given_stays_the_same(dossier, address, client):
    signed()
    before = client.get(address).content
    dossier.received()
    signed(days=1)
    assert client.get(address).content == before


@pytest.mark.parametrize("what", ["entry", "content"])
def test_a_proof_about_something_else_is_none(dossier, address, client, tmp_path, what):
    signed()
    lines = client.get(address).content.decode().split("\n")
    said = json.loads(b64decode(lines[1].removeprefix("extra ")))
    said[what]["at"] = "2020-01-01T00:00:00.000000+00:00"
    lines[1] = f"extra {b64encode(json.dumps(said).encode()).decode()}"
    with pytest.raises(SystemExit, match="not what was signed"):
        checked(client, tmp_path / "proof", "\n".join(lines))
