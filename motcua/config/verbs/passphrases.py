"""How verbs come by the passphrase that closes a backup's keys: from a file, or typed."""

import getpass
from argparse import ArgumentParser
from pathlib import Path

SHORTEST = 12


def declare_keys(parser: ArgumentParser) -> None:
    """Take where the keys lie and who knows the passphrase."""
    parser.add_argument("--keys", type=Path, required=True, help="the file of keys; keep it apart")
    parser.add_argument(
        "--passphrase-file", type=Path, help="its first line closes the keys; else it is asked for"
    )


def passphrase(given: Path | None) -> str:
    """Return the passphrase. Raises SystemExit when it is too short."""
    told = given.read_text(encoding="utf-8") if given else getpass.getpass("Passphrase: ")
    line = told.partition("\n")[0]
    if len(line) < SHORTEST:
        raise SystemExit(f"a passphrase has at least {SHORTEST} signs")
    return line
