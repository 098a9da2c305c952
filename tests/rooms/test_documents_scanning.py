"""No file becomes a paper that a real scanner has not passed, where an installation has one."""

import io
import os
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from motcua.adapters.clamd import Clamd
from motcua.documents import operations, quarantine, uploads
from motcua.documents.models import Blob, Document, Upload
from motcua.documents.ports import ScannerAway
from motcua.documents.rules.refusals import FileInfected, FileNotChecked
from motcua.toolkit.wiring import made
from tests import documents_samples as samples
from tests import scanner

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 20, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
LATER = timedelta(days=31)


@pytest.fixture(scope="module")
def socket() -> Iterator[str]:
    """A scanner; in a short path, for a socket's name is short."""
    with tempfile.TemporaryDirectory(prefix="scan-") as folder, scanner.running(Path(folder)) as at:
        yield at


@pytest.fixture
def scanned(settings, socket, tmp_path):
    """An installation that has a scanner, and its own folder of files."""
    _installed(settings, socket, tmp_path)
    yield
    made.cache_clear()


@pytest.fixture
def away(settings, tmp_path):
    """An installation whose scanner has gone."""
    _installed(settings, f"{tmp_path}/nobody", tmp_path)
    yield
    made.cache_clear()


def _installed(settings, socket, tmp_path):
    settings.CLAMD, settings.SCANNER = socket, "motcua.adapters.clamd.Clamd"
    settings.FILES_ROOT = tmp_path / "files"
    made.cache_clear()


def send(content, name="giấy.jpg"):
    return operations.add_page(
        owner="draft:lan", key="birth-notice", filename=name, content=content, at=AT
    )


def zipped(content: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("a.txt", content)
    return kept.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        scanner.EICAR,
        samples.jpeg() + scanner.EICAR,
        samples.pdf().replace(b"%%EOF", scanner.OURS + b"\n%%EOF"),
        zipped(scanner.EICAR),
        zipped(zipped(scanner.OURS)),
    ],
    ids=["eicar", "behind-a-photo", "inside-a-pdf", "zipped", "zipped-twice"],
)
def test_what_the_scanner_knows_is_refused_and_lies_sealed_in_quarantine(scanned, content):
    with pytest.raises(FileInfected):
        send(content)
    assert not Document.objects.exists()
    assert not Blob.objects.exists()
    (held,) = quarantine.held()
    assert (held.owner, held.name, held.size) == ("draft:lan", "giấy.jpg", len(content))
    assert quarantine.content_of(held.digest) == content


def test_a_clean_photo_passes_and_nothing_is_held(scanned):
    assert send(samples.jpeg()).sheets == 1
    assert quarantine.held() == []


def test_what_lies_in_quarantine_can_be_read_by_no_other_scanner(scanned, settings, socket):
    with pytest.raises(FileInfected):
        send(scanner.EICAR)
    for place in (settings.FILES_ROOT / "quarantine").iterdir():
        assert Clamd(socket).scan(place.read_bytes()) == ""
        assert place.stat().st_mode & 0o077 == 0


def test_the_same_file_sent_twice_is_noted_twice_and_lies_there_once(scanned, settings):
    for _ in range(2):
        with pytest.raises(FileInfected):
            send(scanner.EICAR)
    assert len(quarantine.held()) == 2
    assert len(list((settings.FILES_ROOT / "quarantine").glob("*.content"))) == 1


def test_after_thirty_days_nothing_of_it_is_left(scanned, settings):
    with pytest.raises(FileInfected):
        send(scanner.EICAR)
    assert quarantine.sweep(at=AT - LATER) == 0
    (held,) = quarantine.held()
    quarantine.sweep(at=datetime.fromisoformat(held.found_at) + LATER)
    assert list((settings.FILES_ROOT / "quarantine").iterdir()) == []


def test_a_flood_of_findings_fills_no_disk(settings, tmp_path, monkeypatch):
    settings.FILES_ROOT = tmp_path
    monkeypatch.setattr(quarantine, "MOST_BYTES", 10_000)
    for _ in range(8):
        quarantine.keep(os.urandom(3_000), finding="x", name="a", owner="b", at=AT)
    kept = (tmp_path / "quarantine").glob("*.content")
    assert sum(place.stat().st_size for place in kept) < 10_000
    assert len(quarantine.held()) == 8


def test_while_the_scanner_is_away_no_file_is_taken_and_the_sender_is_told_when_to_come_again(away):
    with pytest.raises(FileNotChecked) as told:
        send(samples.jpeg())
    assert told.value.data["retry_after"] == 30
    assert not Document.objects.exists()


def test_a_scanner_that_was_away_is_not_asked_again_at_once_and_is_asked_a_while_later(
    socket, tmp_path
):
    asked = Clamd(f"{tmp_path}/nobody", pause=0.2)
    with pytest.raises(ScannerAway):
        asked.scan(b"x")
    asked.address = socket
    with pytest.raises(ScannerAway):
        asked.scan(b"x")
    asked._away_until = 0.0
    assert asked.scan(b"x") == ""


def test_a_file_longer_than_the_scanner_takes_is_not_passed(socket):
    with pytest.raises(ScannerAway):
        Clamd(socket).scan(bytes(26 * 1_048_576))


def begun(content):
    return uploads.begin(
        owner="draft:lan", key="birth-notice", act_key="k", name="a.jpg", length=len(content), at=AT
    )


def gone_on(upload, content, offset):
    def keep(arrived, whole, at):
        operations.add_page(
            owner=arrived.owner, key=arrived.key, filename=arrived.name, content=whole, at=at
        )

    return uploads.receive(
        owner="draft:lan",
        key=upload.key,
        upload=upload.pk,
        offset=offset,
        content=content[offset:],
        keep=keep,
        at=AT,
    )


def test_a_file_sent_piece_by_piece_waits_for_the_scanner_and_goes_on_when_it_is_back(
    away, settings, socket
):
    content = samples.jpeg()
    upload = begun(content)
    with pytest.raises(FileNotChecked):
        gone_on(upload, content, 0)
    assert Upload.objects.get().state == Upload.State.ARRIVING
    settings.CLAMD = socket
    made.cache_clear()
    assert gone_on(upload, content, 0).state == Upload.State.KEPT


def test_a_file_sent_piece_by_piece_that_is_infected_is_decided_once_and_stays_in_quarantine(
    scanned,
):
    content = samples.jpeg() + scanner.EICAR
    upload = begun(content)
    for offset in (0, len(content)):
        with pytest.raises(FileInfected):
            gone_on(upload, content, offset)
    assert Upload.objects.get().state == Upload.State.REFUSED
    assert len(quarantine.held()) == 1


def test_the_scanner_tells_its_version_and_who_has_none_says_so(socket, tmp_path):
    assert Clamd(socket).standing().version.startswith("ClamAV")
    assert Clamd(f"{tmp_path}/nobody").standing().why == "away"
    assert made("motcua.adapters.no_scanner.NoScanner").standing().why == "none"
