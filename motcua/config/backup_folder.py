"""The folder of a backup, without Django: what is in it, and how it comes back into a home that has nothing yet.

A backup is `database.dump` (pg_dump, one snapshot), `home/` (files that people gave, and what the operator changed) and
`backup.json` (what must be there again). The keys that open sealed values lie in a file of their own, closed by a
passphrase, to be kept elsewhere: neither is worth anything without the other.
"""

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from motcua.config import key_files

KEPT = ("files", "faq", "trusted", "revocation-lists")
"""What of the home folder is kept, besides database and secrets; the rest is made anew."""
DUMP, FACTS, HOME = "database.dump", "backup.json", "home"


class BackupFailed(Exception):  # noqa: N818 - says what it is
    """It could not be written or brought back; the text says why."""


@dataclass(frozen=True)
class Facts:
    """What was there at the moment of a backup: rows by table, files, the log by its size and root.

    `prepared`: for which tree the database was prepared (`start.tree_digest`); empty when it is not our own.
    """

    made_at: str
    dump: str
    rows: dict[str, int]
    files: int
    log_size: int
    log_root: str
    prepared: str = ""


def unpack(folder: Path, keys: Path, passphrase: str, home: Path) -> Facts:
    """Bring files and secrets back into a home that has none. Raises BackupFailed."""
    facts = Facts(**json.loads((folder / FACTS).read_text(encoding="utf-8")))
    if (home / "secrets").exists() or (home / "files").exists():
        raise BackupFailed(f"{home} is in use; a backup is brought back into a new home")
    if digest(folder / DUMP) != facts.dump:
        raise BackupFailed(f"{folder / DUMP} is not what was written on {facts.made_at}")
    try:
        key_files.unpack(keys.read_bytes(), passphrase, home / "secrets")
    except key_files.DoesNotFit:
        raise BackupFailed(
            f"{keys}: the passphrase does not fit, or the file was changed"
        ) from None
    for name in KEPT:
        if (folder / HOME / name).exists():
            shutil.copytree(folder / HOME / name, home / name)
    return facts


def digest(place: Path) -> str:
    """Return the SHA-256 of a file."""
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
