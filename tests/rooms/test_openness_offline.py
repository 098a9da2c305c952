"""Checking a paper without a network: keys, list and the small program that strangers run."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from motcua.documents import issuing, paper_keys
from motcua.documents.models import IssuedPaper
from motcua.documents.rules import seals
from motcua.documents.status_list import status_list

pytestmark = pytest.mark.django_db
AT = datetime.now(UTC).replace(microsecond=0)
OWNER = "dossier:H31.284-261120-0007"
PROGRAM = Path(settings.ROOT) / "motcua" / "openness" / "static" / "openness" / "verify.py"


@pytest.fixture(autouse=True)
def _own_keys(own_home):
    """Keys are made anew for each test."""


def paper(token="0" * 19 + "1", **other) -> IssuedPaper:
    """Return a paper as it stands in the records, without its file."""
    given = {
        "owner": OWNER, "kind": "birth", "key": token, "template": "giay-khai-sinh", "title": "Giấy khai sinh",
        "number": "284/2026", "agency": "Ủy ban nhân dân xã Nam Thanh Miện", "signer": "Trần Văn Bình",
        "signer_title": "Chủ tịch", "subject": "Nguyễn M•• A••", "token": token, "signed_at": AT,
    }  # fmt: skip
    return IssuedPaper(**given | other)


def withdrawn(token="0" * 19 + "1") -> IssuedPaper:
    row = paper(token, status="revoked", status_at=AT, status_reason="Ghi sai ngày sinh")
    from motcua.documents.operations import keep_blob

    row.blob_id = keep_blob(token.encode(), "application/pdf", AT)
    row.save(force_insert=True)
    return row


def scanned(row=None, at=AT) -> str:
    row = row or paper(signed_at=at)
    digits = seals.as_digits(paper_keys.sealed_paper(row, "Nguyễn Minh An", practice=True))
    return f"{issuing.verification_url(row.token)}#{digits}"


def verify(client, tmp_path, text, name="") -> tuple[int, str]:
    """Run the stranger's program on what a checker has saved."""
    (tmp_path / "keys.json").write_bytes(client.get(reverse("openness:keys")).content)
    (tmp_path / "list").write_bytes(client.get(reverse("openness:withdrawn")).content)
    command = [sys.executable, str(PROGRAM), text, "keys.json", "list", *filter(None, [name])]
    ran = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    return ran.returncode, ran.stdout


def test_a_strangers_program_reads_the_seal_of_a_valid_paper(client, tmp_path):
    code, said = verify(client, tmp_path, scanned(), "nguyễn minh an")
    assert code == 0, said
    for told in ("Giấy khai sinh", "284/2026", "xã Nam Thanh Miện", "name: same", "status: valid"):
        assert told in said


def test_the_program_knows_a_withdrawn_paper_and_a_wrong_name(client, tmp_path):
    assert verify(client, tmp_path, scanned(withdrawn()))[0] == 2
    assert verify(client, tmp_path, scanned(), "Nguyễn Minh Anh")[0] == 1


def test_the_program_believes_no_changed_code(client, tmp_path):
    text = scanned()
    changed = text[:-9] + str((int(text[-9]) + 1) % 10) + text[-8:]
    assert verify(client, tmp_path, changed) == (1, "not genuine\n")


def test_a_paper_stays_valid_when_the_key_is_followed_by_another(client, tmp_path):
    text = scanned(at=AT - timedelta(days=1))
    paper_keys.new_key(AT)
    assert verify(client, tmp_path, text)[0] == 0
    assert len(client.get(reverse("openness:keys")).json()["keys"]) == 2


def test_the_next_key_comes_by_itself_after_a_year():
    first = paper_keys.present_key(AT)
    assert paper_keys.present_key(first.ends_at - timedelta(seconds=1)) == first
    assert paper_keys.present_key(first.ends_at).id != first.id


def test_what_a_stolen_key_sealed_proves_nothing_and_the_next_one_seals(client, tmp_path):
    text = scanned()
    stolen = paper_keys.present_key(AT)
    paper_keys.withdraw(stolen, AT)
    assert paper_keys.present_key(AT).id != stolen.id
    assert verify(client, tmp_path, text)[0] == 1


def test_keys_are_shown_without_their_private_halves(client):
    (shown,) = client.get(reverse("openness:keys")).json()["keys"]
    assert "d" not in shown
    assert shown["kty"] == "EC"


def test_the_list_tells_a_withdrawal_at_once_and_a_return_too(client):
    before = client.get(reverse("openness:withdrawn"))
    row = withdrawn()
    after = client.get(reverse("openness:withdrawn"))
    IssuedPaper.objects.filter(id=row.id).update(status="valid", status_at=None, status_reason="")
    again = client.get(reverse("openness:withdrawn"))
    told = [seals.token_hash(row.token) in each.content for each in (before, after, again)]
    assert told == [False, True, False]


def test_the_list_names_no_code(client):
    row = withdrawn()
    claims = seals.opened(status_list(AT).content, paper_keys.verifying_keys())
    assert claims[seals.REVOKED] == seals.token_hash(row.token)
    assert row.token.encode() not in status_list(AT).content


def test_an_unchanged_list_is_not_sent_twice_and_every_process_makes_the_same(client):
    first = client.get(reverse("openness:withdrawn"))
    again = client.get(reverse("openness:withdrawn"), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    from motcua.documents import status_list as module

    module._made.cache_clear()
    assert client.get(reverse("openness:withdrawn"))["ETag"] == first["ETag"]


def test_caches_keep_the_list_far_less_than_a_minute(client):
    answer = client.get(reverse("openness:withdrawn"))
    assert answer["Cache-Control"] == "public, max-age=30"
    assert not answer.cookies


def test_the_list_costs_one_question_while_nothing_changes(client, django_assert_num_queries):
    client.get(reverse("openness:withdrawn"))
    with django_assert_num_queries(1):
        client.get(reverse("openness:withdrawn"))


def test_the_page_brings_keys_and_list_with_it(client):
    page = client.get(reverse("openness:offline")).content.decode()
    known = json.loads(
        page.split('<script id="known" type="application/json">')[1].split("</script>")[0]
    )
    assert known["keys"] == client.get(reverse("openness:keys")).json()["keys"]
