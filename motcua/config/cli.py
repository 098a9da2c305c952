"""`motcua check [folder…] [--json]`: reads, lints and rehearses procedures, without a database.

Each problem stands on a line of its own, `file:line: cause – hint`; the exit code is 1 when there is one.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from motcua.agencies.rules.codes import code_list, code_list_names
from motcua.journeys.rehearsal import rehearse_all
from motcua.procedures.rules.catalogue import folders, read_folder
from motcua.procedures.rules.checking import check
from motcua.procedures.rules.example import read_examples
from motcua.procedures.rules.reading import Problem, Unreadable

CATALOGUE = Path(__file__).resolve().parents[2] / "catalogue"


@dataclass(frozen=True)
class Checked:
    """What checking one folder found."""

    folder: str
    examples: int
    problems: list[Problem]


def checked(folder: Path, catalogue: Path = CATALOGUE) -> Checked:
    """Read, lint and rehearse one procedure's folder."""
    shown = _shown(folder)
    try:
        read = read_folder(folder, shown=shown)
        examples = read_examples(folder, shown)
    except Unreadable as found:
        return Checked(shown, 0, found.problems)
    problems = check(read, _codes(), catalogue / "papers")
    if not problems:
        for rehearsal in rehearse_all(read, examples, catalogue):
            problems += rehearsal.problems
    return Checked(shown, len(examples), problems)


def _codes() -> dict[str, frozenset[str]]:
    return {name: frozenset(r.code for r in code_list(name).rows) for name in code_list_names()}


def _shown(folder: Path) -> str:
    whole, here = folder.resolve(), Path.cwd()
    return str(whole.relative_to(here) if whole.is_relative_to(here) else whole)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return the exit code."""
    parser = argparse.ArgumentParser(prog="motcua", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verb = verbs.add_parser("check", help="read, lint and rehearse procedures")
    verb.add_argument(
        "folder", nargs="*", type=Path, help="all of the catalogue when none is named"
    )
    verb.add_argument("--json", action="store_true", help="tell it to a program")
    asked = parser.parse_args(arguments)
    found = [checked(folder) for folder in _wanted(asked.folder)]
    if asked.json:
        print(json.dumps([asdict(item) for item in found], ensure_ascii=False, indent=1))
    else:
        _tell(found)
    return 1 if not found or any(item.problems for item in found) else 0


def _wanted(named: list[Path]) -> Iterator[Path]:
    """Yield every procedure's folder at or below the named ones."""
    for place in named or [CATALOGUE / "procedures"]:
        yield from folders(place) or [place]


def _tell(found: list[Checked]) -> None:
    for item in found:
        for problem in item.problems:
            print(problem)
        if not item.problems:
            print(f"{item.folder}: sound, {item.examples} examples")


if __name__ == "__main__":
    sys.exit(main())
