"""A backup, written while the house serves, and looked at when it is back: `motcua backup`, `motcua restore`, `motcua drill`."""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from motcua.audit import tree
from motcua.audit.rules import merkle
from motcua.config import key_files
from motcua.config.backup_folder import DUMP, FACTS, HOME, KEPT, BackupFailed, Facts, digest
from motcua.config.postgres import binaries
from motcua.config.start import PREPARED
from motcua.documents.models import Blob
from motcua.documents.wiring import blob_store

ON_THE_WAY = ".arriving-*"


def write(folder: Path, keys: Path, passphrase: str, at: datetime) -> Facts:
    """Write a backup into a new folder, and the keys into a file. Raises BackupFailed.

    Files are copied before and after the dump, so that each one it speaks of is there; so are keys, for one may be
    renewed meanwhile.
    """
    home = Path(settings.HOME)
    if folder.exists() and any(folder.iterdir()):
        raise BackupFailed(f"{folder} is not empty")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    secrets = key_files.held(home / "secrets")
    _copy_home(home, folder / HOME)
    with _snapshot() as name:
        _run("pg_dump", "-Fc", "--no-owner", "--no-privileges", f"--snapshot={name}",
             f"--file={folder / DUMP}")  # fmt: skip
        rows, log = counted(), log_now()
    files = _copy_home(home, folder / HOME)
    mark = home / PREPARED
    prepared = mark.read_text(encoding="ascii") if mark.exists() else ""
    facts = Facts(at.isoformat(), digest(folder / DUMP), rows, files, *log, prepared)
    (folder / FACTS).write_text(json.dumps(asdict(facts), indent=1) + "\n", encoding="utf-8")
    keys.touch(mode=0o600)
    keys.write_bytes(key_files.close(secrets | key_files.held(home / "secrets"), passphrase))
    return facts


def fill_database(folder: Path) -> None:
    """Bring the tables back into the empty database that is connected. Raises BackupFailed."""
    if connection.introspection.table_names():
        raise BackupFailed("the database is not empty")
    name = connection.settings_dict["NAME"]
    _run("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", f"--dbname={name}",
         str(folder / DUMP))  # fmt: skip


def faults(facts: Facts) -> Iterator[str]:
    """Yield a line for each thing that is not what the backup says; nothing when all is there."""
    there = counted()
    for table, count in facts.rows.items():
        if there.get(table) != count:
            yield f"{table}: {there.get(table)} rows instead of {count}"
    if log_now() != (facts.log_size, facts.log_root):
        yield f"the log: not the {facts.log_size} entries whose root was written down"
    newest = Blob.objects.order_by("-created_at").first()
    if newest and hashlib.sha256(blob_store().read(newest.digest)).hexdigest() != newest.digest:
        yield f"file {newest.digest}: its content is another one"


def log_now() -> tuple[int, str]:
    """Return how many entries the log has, and the root over them."""
    size = tree.size()
    return size, merkle.root(size, tree.look).hex()


def counted() -> dict[str, int]:
    """Return how many rows each table has."""
    with connection.cursor() as cursor:
        found = {}
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"select count(*) from {connection.ops.quote_name(table)}")  # noqa: S608 - names of tables
            found[table] = cursor.fetchone()[0]
    return found


@contextmanager
def _snapshot() -> Iterator[str]:
    """Hold one view of the database, and give its name to whoever shall see the same."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read")
        cursor.execute("select pg_export_snapshot()")
        yield cursor.fetchone()[0]


def _run(program: str, *words: str) -> None:
    """Run a program of PostgreSQL's own against the database that is connected. Raises BackupFailed."""
    done = subprocess.run(
        [str(binaries() / program), *words],
        env=_connected(),
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise BackupFailed(f"{program}: {done.stderr.strip()}")


def _connected() -> dict[str, str]:
    """Return the environment by which PostgreSQL's programs find the database."""
    given: dict[str, Any] = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    found = {name: str(given[of]) for name, of in names.items() if given[of]}
    modes = {
        f"PG{name.upper()}": given["OPTIONS"].get(name, "") for name in ("sslmode", "sslrootcert")
    }
    told = {name: value for name, value in modes.items() if value}
    return os.environ | found | told | {"PGDATABASE": str(given["NAME"])}


def _copy_home(home: Path, kept: Path) -> int:
    """Copy what is not there yet or was changed; return how many files there are."""
    count = 0
    for name in KEPT:
        for place in (home / name).rglob("*"):
            if place.is_file() and not place.match(ON_THE_WAY):
                _copy(place, kept / place.relative_to(home))
                count += 1
    return count


def _copy(place: Path, kept: Path) -> None:
    try:
        about = place.stat()
        if kept.exists() and kept.stat().st_mtime_ns == about.st_mtime_ns:
            return
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(place, kept)
    except FileNotFoundError:
        return  # it was taken out meanwhile: what speaks of it no longer does
