"""Files at rest: sealed in chunks, read as streams, and noticed when anything of them was changed."""

import hashlib
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from motcua.adapters.disk_files import DiskFiles
from motcua.toolkit.refusals import KeyIsMissing
from motcua.toolkit.sealed_files import CHUNK
from motcua.toolkit.sealing import DoesNotOpen, ring

PAPER = b"%PDF-1.7 " + "Nguyễn Thị Mai 030196004321 ".encode() * 6000


@pytest.fixture
def store(settings: Settings, tmp_path: Path) -> DiskFiles:
    settings.SEALING_KEYS = tmp_path / "secrets" / "sealing"
    return DiskFiles(tmp_path / "files")


def kept(store: DiskFiles, content: bytes = PAPER) -> str:
    digest = hashlib.sha256(content).hexdigest()
    store.put(digest, content)
    return digest


def on_disk(store: DiskFiles, digest: str) -> Path:
    return store.root / digest[:2] / digest


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])
def test_what_was_put_comes_back_whatever_its_size(store: DiskFiles, size: int) -> None:
    content = PAPER[:size]
    digest = kept(store, content)
    assert store.read(digest) == b"".join(store.stream(digest)) == content


def test_nothing_of_the_content_lies_on_the_disk(store: DiskFiles) -> None:
    lies = on_disk(store, kept(store)).read_bytes()
    assert "Nguyễn Thị Mai".encode() not in lies
    assert b"%PDF-1.7" not in lies


def test_a_large_file_opens_piece_by_piece(store: DiskFiles) -> None:
    assert len(next(store.stream(kept(store)))) == CHUNK


def changed(lies: bytes) -> bytes:
    return lies[:-1] + bytes([lies[-1] ^ 1])


def cut(lies: bytes) -> bytes:
    return lies[: 25 + CHUNK + 16]


def exchanged(lies: bytes) -> bytes:
    first, second = lies[25 : 25 + CHUNK + 16], lies[25 + CHUNK + 16 : 25 + 2 * (CHUNK + 16)]
    return lies[:25] + second + first + lies[25 + 2 * (CHUNK + 16) :]


@pytest.mark.parametrize("harm", [changed, cut, exchanged])
def test_a_harmed_file_does_not_open(store: DiskFiles, harm) -> None:
    digest = kept(store)
    on_disk(store, digest).write_bytes(harm(on_disk(store, digest).read_bytes()))
    with pytest.raises(DoesNotOpen):
        store.read(digest)


def test_a_file_in_anothers_place_does_not_open(store: DiskFiles) -> None:
    digest, other = kept(store), kept(store, b"other")
    on_disk(store, digest).write_bytes(on_disk(store, other).read_bytes())
    with pytest.raises(DoesNotOpen):
        store.read(digest)


def test_a_file_kept_before_is_read_and_sealed_when_its_turn_comes(store: DiskFiles) -> None:
    digest = kept(store)
    on_disk(store, digest).write_bytes(PAPER)
    assert store.read(digest) == PAPER
    assert [*store.not_sealed_by(ring().current)] == [digest]
    assert store.reseal(digest)
    assert [*store.not_sealed_by(ring().current)] == []
    assert store.read(digest) == PAPER


def test_a_key_that_is_gone_is_said_before_the_first_piece(store: DiskFiles) -> None:
    digest, old = kept(store), ring().current
    ring().renew()
    ring().retire(old)
    with pytest.raises(KeyIsMissing):
        store.stream(digest)


def test_what_is_not_there_is_not_sealed_anew(store: DiskFiles) -> None:
    assert not store.reseal("0" * 64)
