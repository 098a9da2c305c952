"""Take in records of the national catalogue as public information pages; run again, it changes nothing.

A bad record is told with its file and cause and does not stop the others; the exit code is 1 when there was one.
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.config.verbs.house import the_house
from motcua.config.verbs.saying import complain, say

if TYPE_CHECKING:
    from motcua.procedures.records import Outcome


def declare(parser: ArgumentParser) -> None:
    """Take files and folders; of a folder every *.json below it."""
    parser.add_argument("place", nargs="+", type=Path, metavar="file-or-folder")


def run(asked: Namespace) -> int:
    """Take them in; return 1 when a record was bad, or there was none."""
    with the_house():
        from motcua.procedures.records import import_records
        from motcua.toolkit.clock import now

        outcome = import_records(places=asked.place, at=now())
    for bad in outcome.bad:
        complain(f"{bad.file}: {bad.cause}")
    say(_summary(outcome))
    return 0 if outcome.sound and not outcome.bad else 1


def _summary(outcome: "Outcome") -> str:
    bad = len(outcome.bad)
    return f"{outcome.new} new, {outcome.changed} changed, {outcome.same} same, {bad} bad"
