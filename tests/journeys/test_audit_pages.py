"""The public log: what anybody sees, keeps and checks, with the script that stands beside it."""

import json
import runpy
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from motcua.audit import exporting, operations
from motcua.audit.models import Head
from motcua.audit.rules.entries import canonical, chained
from motcua.audit.rules.merkle import leaf_hash
from motcua.toolkit.clock import now
from tests.rooms.conftest import own_home as own_home  # noqa: PLC0414 - a fixture
from tests.rules.heart import MONDAY
from tests.running import ROOT

pytestmark = pytest.mark.django_db
SCRIPT = runpy.run_path(str(ROOT / "motcua/openness/static/openness/verify_log.py"))


@pytest.fixture
def public(own_home) -> Client:
    for day in range(4):
        for number in range(day * 3):
            operations.append(
                kind="test.Happened",
                reference=f"thing/{day}.{number}",
                content={"số": number},
                at=MONDAY,
            )
        operations.number_waiting()
        operations.sign_head(at=MONDAY + timedelta(days=day))
    return Client()


@pytest.fixture
def keys(public: Client) -> dict:
    return SCRIPT["keys_in"](public.get("/nhat-ky/khoa.txt").content.decode())


def saved(place: Path, content: bytes) -> str:
    place.write_bytes(content)
    return str(place)


def refused(check: str, *given: object) -> str:
    with pytest.raises(SystemExit) as said:
        SCRIPT[check](*given)
    return str(said.value)


def test_the_page_shows_the_newest_head_and_the_key(public):
    page = public.get("/nhat-ky/").content.decode()
    newest = Head.objects.latest("day")
    assert newest.note.splitlines()[2] in page
    assert public.get("/nhat-ky/khoa.txt").content.decode().strip() in page.replace("&#x2B;", "+")


def test_anybody_checks_that_each_head_goes_on_from_the_one_before(public, keys, tmp_path):
    place = saved(tmp_path / "dau.json", public.get("/nhat-ky/dau.json").content)
    assert SCRIPT["check_heads"](place, keys).startswith("4 signed heads")


def test_who_kept_an_old_head_gets_the_proof_from_it_to_today(public, keys, tmp_path):
    place = saved(tmp_path / "dau.json", public.get("/nhat-ky/dau.json?tu=3").content)
    assert SCRIPT["check_heads"](place, keys).startswith("2 signed heads")


@pytest.mark.parametrize("size", ["4", "-1", "x", "", "9" * 5000])
def test_a_head_that_never_was_is_not_found(public, size):
    assert public.get(f"/nhat-ky/dau.json?tu={size}").status_code == 404


def test_a_head_of_another_log_does_not_go_on(public, keys, tmp_path):
    told = public.get("/nhat-ky/dau.json?tu=3").json()
    told["heads"][1]["consistency"][0] = told["heads"][1]["consistency"][1]
    place = saved(tmp_path / "dau.json", json.dumps(told).encode())
    said = refused("check_heads", place, keys)
    assert said == "the head of 18 entries does not go on from that of 3"


def test_the_whole_month_costs_few_questions(public, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        public.get("/nhat-ky/dau.json")


def test_who_watches_over_the_house_is_told_how_the_log_stands(public, own_home):
    assert public.get("/healthz/nhat-ky").json()["why"] == "not-signed"
    operations.sign_head(at=now())
    assert public.get("/healthz/nhat-ky").json()["size"] == 18
    operations.append(kind="test.Happened", reference="thing", content={}, at=MONDAY)
    assert public.get("/healthz/nhat-ky").json()["why"] == "not-numbered"


def exported(place: Path) -> bytes:
    content = b"".join(exporting.lines(exporting.own_contents))
    saved(place, content)
    return content


def test_the_whole_log_is_checked_elsewhere(public, keys, tmp_path):
    exported(tmp_path / "log")
    assert SCRIPT["check_log"](str(tmp_path / "log"), keys) == "18 entries: unchanged"


def test_one_changed_byte_anywhere_is_named(public, keys, tmp_path):
    content = exported(tmp_path / "log")
    entries = [number for number, line in enumerate(content.splitlines()) if b'"note"' not in line]
    start = 0
    for number, line in enumerate(content.splitlines(keepends=True)):
        count = sum(1 for one in entries if one < number)
        for at in range(number % 13, len(line), 13):
            wrong = bytearray(content)
            wrong[start + at] ^= 1 << (at % 7)
            place = saved(tmp_path / "wrong", bytes(wrong))
            assert named(refused("check_log", place, keys), count, entry=number in entries), at
        start += len(line)


def named(said: str, count: int, *, entry: bool) -> bool:
    """Tell whether it names the line: an entry by its place, a head or a broken line by what stands before."""
    after = said.startswith((f"the line after {count} entries", f"the head after {count} entries"))
    return after or said.startswith(f"entry {count} " if entry else "the head of ")


def test_a_line_that_is_left_out_is_named(public, keys, tmp_path):
    lines = exported(tmp_path / "log").splitlines(keepends=True)
    place = saved(tmp_path / "wrong", b"".join(lines[:5] + lines[6:]))
    assert "stands in place" in refused("check_log", place, keys)


def forged(lines: list[bytes], at: int) -> bytes:
    """Return the entries as somebody would write them who changes one and counts all that follows anew."""
    link, made = bytes(32), []
    for row in (json.loads(line) for line in lines if b'"note"' not in line):
        row["reference"] += "x" if row["position"] == at else ""
        said = {name: row[name] for name in ("at", "commitment", "kind", "reference")}
        leaf = leaf_hash(canonical(said))
        link = chained(link, leaf)
        made.append(canonical(row | {"hash": leaf.hex(), "link": link.hex()}) + b"\n")
    return b"".join(made)


def test_a_log_written_anew_from_an_entry_on_is_told_by_a_head_somebody_kept(
    public, keys, tmp_path
):
    kept = saved(tmp_path / "head", Head.objects.get(size=9).note.encode())
    lines = exported(tmp_path / "log").splitlines(keepends=True)
    place = saved(tmp_path / "forged", forged(lines, 4))
    assert (
        SCRIPT["check_log"](place, keys) == "18 entries: unchanged"
    )  # nobody can tell without one
    said = refused("check_log", place, keys, kept)
    assert said == "the head you kept: the log of 9 entries is another one now"


def test_a_log_that_lost_its_end_is_told_by_a_head_somebody_kept(public, keys, tmp_path):
    kept = saved(tmp_path / "head", public.get("/nhat-ky/dau.txt").content)
    lines = exported(tmp_path / "log").splitlines(keepends=True)
    place = saved(tmp_path / "short", b"".join(lines[:4]))
    assert refused("check_log", place, keys, kept).endswith("has no more than 3 entries now")
