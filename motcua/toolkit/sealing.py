"""Sealing: what tells of people lies encrypted at rest, under a key that the sealed value names.

An envelope is one byte for its kind, four for the key's id, twelve that never come twice, and what AES-256-GCM makes of
the content. Where a value belongs (`table.column`) is sealed with it: moved elsewhere it does not open.

The ring of keys is a folder only this installation reads: `<id>.key` for each key, `current` with the id of the one that
seals now, and `lookup`, the key of `keyed`. Made whole at first start; whatever is missing later is a fault and never
made anew, for what it sealed could not be opened.
"""

import hmac
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from motcua.toolkit.refusals import KeyIsMissing

KIND = b"\x01"
HEAD = 5
"""How many bytes at its beginning tell an envelope's kind and key."""
_KEY_ID = slice(1, HEAD)
_NONCE = slice(5, 17)
_SEALED = slice(17, None)
DIGITS = 32
"""Of a keyed hash."""


class DoesNotOpen(Exception):  # noqa: N818 - says what it is
    """A sealed value was altered, or does not belong where it stands. Names the place, never the content."""


class KeyRing:
    """The keys of a folder; kept in memory once read."""

    def __init__(self, folder: Path) -> None:
        """Use the keys of a folder, which is made with its first keys where there is none."""
        self.folder = folder
        if not folder.exists():
            _begin(folder)
        self._keys: dict[bytes, bytes] = {}
        self._ciphers: dict[bytes, AESGCM] = {}
        self._current = b""
        self._seen: tuple[int, int] | None = None
        self._told = str(folder / "current")
        self.lookup = self._read("lookup")

    @property
    def current(self) -> bytes:
        """The id of the key that seals now; a change by another process is seen at once."""
        try:
            found = os.stat(self._told)  # noqa: PTH116 - asked at every value: a Path costs five times as much
        except FileNotFoundError:
            raise KeyIsMissing(key="current") from None
        seen = (found.st_mtime_ns, found.st_ino)
        if seen != self._seen:
            self._current, self._seen = self._read("current"), seen
        return self._current

    def cipher(self, key_id: bytes) -> AESGCM:
        """Return what seals and opens by a key. Raises KeyIsMissing."""
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            cipher = self._ciphers[key_id] = AESGCM(self.key(key_id))
        return cipher

    def key(self, key_id: bytes) -> bytes:
        """Return the bytes of a key. Raises KeyIsMissing."""
        if key_id not in self._keys:
            self._keys[key_id] = self._read(f"{key_id.hex()}.key")
        return self._keys[key_id]

    def unseal(self, envelope: bytes, context: bytes) -> bytes:
        """Return what was sealed in this context. Raises KeyIsMissing, DoesNotOpen."""
        cipher = self.cipher(envelope[_KEY_ID])
        try:
            return cipher.decrypt(envelope[_NONCE], envelope[_SEALED], context)
        except (InvalidTag, ValueError):
            raise DoesNotOpen(context.decode()) from None

    def ids(self) -> Iterator[bytes]:
        """Yield the ids of all keys."""
        for place in sorted(self.folder.glob("*.key")):
            yield bytes.fromhex(place.stem)

    def renew(self) -> bytes:
        """Let a new key be the current one and return its id; a renewal that was cut off is gone on with."""
        newest = max(self.ids())
        if newest == self.current:
            newest = _add_key(self.folder, after=newest)
        draft = self.folder / f".current-{secrets.token_hex(4)}"
        _write(draft, newest)
        draft.replace(self.folder / "current")
        _flush(self.folder)
        return newest

    def retire(self, key_id: bytes) -> None:
        """Delete a key for good; the caller has counted that nothing bears it. Never the current one."""
        if key_id == self.current:
            raise ValueError("the current key is in use")
        (self.folder / f"{key_id.hex()}.key").unlink(missing_ok=True)
        _flush(self.folder)
        self._keys.pop(key_id, None)
        self._ciphers.pop(key_id, None)

    def _read(self, name: str) -> bytes:
        try:
            return bytes.fromhex((self.folder / name).read_text(encoding="ascii"))
        except FileNotFoundError:
            raise KeyIsMissing(key=name.removesuffix(".key")) from None


def ring() -> KeyRing:
    """Return the key ring of this installation."""
    return _ring_of(settings.SEALING_KEYS)


@cache
def _ring_of(folder: Path) -> KeyRing:
    return KeyRing(folder)


def seal(content: bytes, context: bytes) -> bytes:
    """Return the content in an envelope that opens only in this context. Raises KeyIsMissing."""
    keys = ring()
    key_id, nonce = keys.current, os.urandom(12)
    return KIND + key_id + nonce + keys.cipher(key_id).encrypt(nonce, content, context)


def unseal(envelope: bytes, context: bytes) -> bytes:
    """Return what was sealed in this context. Raises KeyIsMissing, DoesNotOpen."""
    return ring().unseal(envelope, context)


def is_current(envelope: bytes) -> bool:
    """Tell whether the key that seals now sealed this envelope; its first bytes are enough."""
    return envelope[:HEAD] == KIND + ring().current


def keyed(purpose: str, value: str) -> str:
    """Return the keyed hash of a value, 32 hex digits, by which equal values of a purpose are found.

    Its key stands apart from those that seal and is never changed, so that rotation leaves every look-up as it is.
    Whoever reads the database alone can neither tell nor try what was hashed.
    """
    told = f"{purpose}\0{value}".encode()
    return hmac.digest(ring().lookup, told, "sha256").hex()[:DIGITS]


def _begin(folder: Path) -> None:
    """Make the folder with its first keys in one step; of several processes the first one's stays."""
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".sealing-"))
    _write(draft / "lookup", secrets.token_bytes(32))
    _write(draft / "current", _add_key(draft))
    try:
        draft.rename(folder)
    except OSError:
        shutil.rmtree(draft)
        if not folder.exists():
            raise
    _flush(folder.parent)


def _add_key(folder: Path, after: bytes = bytes(4)) -> bytes:
    """Write a new key; return its id: the second it was made in, so that a later key has a higher one."""
    key_id = max(int(time.time()), int.from_bytes(after, "big") + 1).to_bytes(4, "big")
    _write(folder / f"{key_id.hex()}.key", AESGCM.generate_key(bit_length=256))
    _flush(folder)
    return key_id


def _write(place: Path, content: bytes) -> None:
    handle = os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(content.hex())
        file.flush()
        os.fsync(file.fileno())


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
