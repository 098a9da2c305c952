"""Write a backup while the house serves: database and files into a folder, the keys into a file to keep elsewhere.

How it is brought back, and tried out beforehand: docs/how-to/back-up-and-restore.md.
"""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from motcua.config.verbs.house import the_house
from motcua.config.verbs.passphrases import declare_keys, passphrase
from motcua.config.verbs.saying import complain, say


def declare(parser: ArgumentParser) -> None:
    """Take the folder, new or empty, and the file of keys."""
    parser.add_argument("folder", type=Path)
    declare_keys(parser)


def run(asked: Namespace) -> int:
    """Write it; return 1 when that failed."""
    words = passphrase(asked.passphrase_file)
    os.environ["MOTCUA_AS_OWNER"] = "1"  # who sees every row
    with the_house():
        from motcua.config import backups
        from motcua.config.backup_folder import BackupFailed
        from motcua.toolkit.clock import now

        try:
            facts = backups.write(asked.folder, asked.keys, words, now())
        except BackupFailed as wrong:
            complain(str(wrong))
            return 1
    say(
        f"{sum(facts.rows.values())} rows, {facts.files} files, {facts.log_size} entries of the log"
    )
    return 0
