"""The secrets of an installation in one file, closed by a passphrase: for a backup that lies apart from the data.

A mark, a salt, a nonce, then what AES-256-GCM makes of a tar of the folder, under a key that scrypt makes of the passphrase.
"""

import io
import os
import tarfile
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MARK = b"MCKEYS\x01\n"
_SALT, _NONCE = 16, 12


class DoesNotFit(Exception):  # noqa: N818 - says what it is
    """The passphrase is another one, or the file was changed."""


def held(folder: Path) -> dict[str, bytes]:
    """Return every secret of a folder by its name below it."""
    places = sorted(place for place in folder.rglob("*") if place.is_file())
    return {str(place.relative_to(folder)): place.read_bytes() for place in places}


def close(secrets: dict[str, bytes], passphrase: str) -> bytes:
    """Return the secrets as one closed file."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for name, content in secrets.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(content), 0o600
            tar.addfile(entry, io.BytesIO(content))
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    sealed = _cipher(passphrase, salt).encrypt(nonce, packed.getvalue(), MARK)
    return MARK + salt + nonce + sealed


def unpack(closed: bytes, passphrase: str, folder: Path) -> None:
    """Write the secrets of a closed file into a folder, readable by this user alone. Raises DoesNotFit."""
    begin = len(MARK)
    salt, nonce = closed[begin : begin + _SALT], closed[begin + _SALT : begin + _SALT + _NONCE]
    try:
        packed = _cipher(passphrase, salt).decrypt(nonce, closed[begin + _SALT + _NONCE :], MARK)
    except (InvalidTag, ValueError):
        raise DoesNotFit from None
    folder.mkdir(parents=True, mode=0o700)
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        tar.extractall(folder, filter="data")
    for place in folder.rglob("*"):
        place.chmod(0o700 if place.is_dir() else 0o600)


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode()))
