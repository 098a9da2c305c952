"""Bring a backup back into a new MOTCUA_HOME, and compare it with what the backup says: rows, the log's root, a file.

Afterwards `make start`. With a database of its own (DATABASE_URL) the house fills that one, which must be empty.
"""

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.config.verbs.house import the_house
from motcua.config.verbs.passphrases import declare_keys, passphrase
from motcua.config.verbs.saying import complain, say

if TYPE_CHECKING:
    from motcua.config.backup_folder import Facts


def declare(parser: ArgumentParser) -> None:
    """Take the folder of the backup and the file of keys."""
    parser.add_argument("folder", type=Path)
    declare_keys(parser)


def run(asked: Namespace) -> int:
    """Bring it back; return 1 when it failed, or what is there is not what was written."""
    words = passphrase(asked.passphrase_file)
    os.environ["MOTCUA_AS_OWNER"] = "1"  # who may make tables; read when the environment is
    from motcua.config import backup_folder
    from motcua.config.environment import environment

    try:
        # Before Django wakes: it would make secrets of its own.
        facts = backup_folder.unpack(asked.folder, asked.keys, words, environment.home)
        with _database(), the_house():
            return _filled(asked.folder, facts)
    except backup_folder.BackupFailed as wrong:
        complain(str(wrong))
        return 1


def _filled(folder: Path, facts: "Facts") -> int:
    from django.core.management import call_command

    from motcua.config import backups
    from motcua.config.environment import environment
    from motcua.config.start import PREPARED, tree_digest

    backups.fill_database(folder)
    wrong = list(backups.faults(facts))
    if (
        facts.prepared == tree_digest()
    ):  # the tables are those of this very tree: only the rest is made
        call_command("prepare", without_catalogue=True)
        (environment.home / PREPARED).write_text(facts.prepared, encoding="ascii")
    for line in wrong:
        complain(line)
    say(
        f"{sum(facts.rows.values())} rows, {facts.files} files, {facts.log_size} entries of the log"
    )
    return 1 if wrong else 0


@contextmanager
def _database() -> Iterator[None]:
    """Let our own PostgreSQL run meanwhile, where it is ours."""
    from motcua.config.environment import environment
    from motcua.config.postgres import EmbeddedPostgres
    from motcua.config.start import make_home

    if not environment.has_own_database:
        yield
        return
    make_home(environment.home)
    postgres = EmbeddedPostgres(environment.home / "postgres")
    postgres.start()
    try:
        yield
    finally:
        postgres.stop()
