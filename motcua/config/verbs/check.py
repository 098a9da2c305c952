"""Read, lint and rehearse procedures, without a database.

Each problem stands on a line of its own, `file:line: cause – hint`; the exit code is 1 when there is one. What could be
said in plainer words is advice: it fails nothing, unless asked for with --strict.
"""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from motcua.config.verbs.saying import say
from motcua.journeys.soundness import CATALOGUE, Checked, checked_together
from motcua.procedures.rules.catalogue import folders


def declare(parser: ArgumentParser) -> None:
    """Take folders; all of the catalogue when none is named."""
    parser.add_argument("folder", nargs="*", type=Path, help="default: all of the catalogue")
    parser.add_argument("--json", action="store_true", help="tell it to a program")
    parser.add_argument("--strict", action="store_true", help="let advice on words fail too")


def run(asked: Namespace) -> int:
    """Check every folder; return 1 when anything is wrong or there was nothing to check."""
    found = checked_together(_wanted(asked.folder))
    if asked.json:
        say(json.dumps([asdict(item) for item in found], ensure_ascii=False, indent=1))
    else:
        _tell(found)
    wrong = any(item.problems or (asked.strict and item.advice) for item in found)
    return 1 if wrong or not found else 0


def _wanted(named: list[Path]) -> Iterator[Path]:
    """Yield every procedure's folder at or below the named ones."""
    for place in named or [CATALOGUE / "procedures"]:
        yield from folders(place) or [place]


def _tell(found: list[Checked]) -> None:
    for item in found:
        for problem in (*item.problems, *item.advice):
            say(str(problem))
        if not item.problems:
            say(f"{item.folder}: sound, {item.examples} examples")
