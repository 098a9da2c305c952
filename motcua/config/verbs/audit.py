"""Check the log against the database, or write it down for whoever checks it elsewhere.

`verify` names every event, entry and head that is not as it was written, and exits with 1 when there is one. `export`
writes a file for `verify_log.py` (from /nhat-ky/); with --contents it holds what the entries are about: personal data.
"""

import os
from argparse import ArgumentParser, Namespace
from itertools import chain
from pathlib import Path

from motcua.config.verbs.house import the_house
from motcua.config.verbs.saying import complain, say


def declare(parser: ArgumentParser) -> None:
    """Take what to do, and where to write."""
    doing = parser.add_subparsers(dest="doing", required=True)
    doing.add_parser("verify", help="compare database and log")
    export = doing.add_parser("export", help="write entries and heads as lines of JSON")
    export.add_argument("file", type=Path)
    export.add_argument(
        "--contents", action="store_true", help="with what they are about: keep it closed"
    )


def run(asked: Namespace) -> int:
    """Do it; return 1 when something was changed."""
    os.environ["MOTCUA_AS_OWNER"] = "1"  # who sees every row
    with the_house():
        return (
            _verify() if asked.doing == "verify" else _export(asked.file, contents=asked.contents)
        )


def _verify() -> int:
    from motcua.audit import queries, soundness, tree
    from motcua.dossiers import entering

    wrong = 0
    for line in chain(soundness.faults(), entering.differences()):
        complain(line)
        wrong += 1
    for kept_class, count in entering.erased().items():
        say(f"{count} events erased under class {kept_class}")
    head = queries.last_head()
    signed = f"{head.size} signed on {head.day}" if head else "none signed yet"
    say(
        f"{tree.size()} entries, {signed}: " + (f"{wrong} not as written" if wrong else "unchanged")
    )
    return 1 if wrong else 0


def _export(place: Path, *, contents: bool) -> int:
    from motcua.audit import exporting
    from motcua.audit.keys import key_lines
    from motcua.dossiers import entering

    sources = (exporting.own_contents, entering.contents) if contents else ()
    with place.open("wb") as file:
        place.chmod(0o600)
        file.writelines(exporting.lines(*sources))
    for line in key_lines():
        say(line)
    return 0
