"""Files that are sealed at rest, chunk by chunk, so that a large one opens as a stream.

A sealed file begins with a mark, the id of its key and a salt; from both comes the key of this one file. Chunks follow, each
sealed in its place and the last one as the last, so that none is exchanged, left out or cut off unnoticed. What begins
otherwise was kept before files were sealed and is read as it lies.
"""

import os
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from motcua.toolkit.sealing import DoesNotOpen, ring

MARK = b"MCSF\x01"
CHUNK = 65_536
_ID, _SALT, _TAG = 4, 16, 16
_HEADER = len(MARK) + _ID + _SALT


def sealed(content: bytes, context: bytes) -> Iterator[bytes]:
    """Yield the content as a sealed file that opens only in this context. Raises KeyIsMissing."""
    key_id, salt = ring().current, os.urandom(_SALT)
    cipher = _cipher(key_id, salt)
    yield MARK + key_id + salt
    last = max(0, len(content) - 1) // CHUNK
    for place in range(last + 1):
        chunk = content[place * CHUNK : (place + 1) * CHUNK]
        yield cipher.encrypt(_nonce(place, last=place == last), chunk, context)


def opened(file: BinaryIO, context: bytes) -> Iterator[bytes]:
    """Return the content of a file piece by piece, and close it. Raises KeyIsMissing at once, DoesNotOpen on the way."""
    header = file.read(_HEADER)
    if not header.startswith(MARK):
        return _plain(header, file)
    try:
        cipher = _cipher(header[len(MARK) : len(MARK) + _ID], header[-_SALT:])
    except BaseException:
        file.close()
        raise
    return _chunks(file, cipher, context)


def key_of(file: BinaryIO) -> bytes:
    """Return the id of the key that sealed a file, nothing for a plain one."""
    header = file.read(_HEADER)
    return header[len(MARK) : len(MARK) + _ID] if header.startswith(MARK) else b""


def _chunks(file: BinaryIO, cipher: AESGCM, context: bytes) -> Iterator[bytes]:
    with file:
        chunk, place = file.read(CHUNK + _TAG), 0
        while chunk or place == 0:
            following = file.read(CHUNK + _TAG)
            try:
                yield cipher.decrypt(_nonce(place, last=not following), chunk, context)
            except (InvalidTag, ValueError):
                raise DoesNotOpen(context.decode()) from None
            chunk, place = following, place + 1


def _plain(header: bytes, file: BinaryIO) -> Iterator[bytes]:
    with file:
        yield header
        while piece := file.read(CHUNK):
            yield piece


def _cipher(key_id: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, b"motcua.file").derive(ring().key(key_id)))


def _nonce(place: int, *, last: bool) -> bytes:
    return place.to_bytes(11, "big") + (b"\x01" if last else b"\x00")
