"""Whether a procedure may be published: it reads well, the lint finds nothing, its examples come out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from motcua.agencies.rules.codes import code_list, code_list_names
from motcua.journeys.rehearsal import rehearse_all
from motcua.procedures.rules.advice import advise
from motcua.procedures.rules.catalogue import Folder, read_folder
from motcua.procedures.rules.checking import check
from motcua.procedures.rules.example import read_examples
from motcua.procedures.rules.reading import Problem, Unreadable
from motcua.procedures.rules.versions import versions_apart

CATALOGUE = Path(__file__).resolve().parents[2] / "catalogue"


@dataclass(frozen=True)
class Checked:
    """What checking one folder found; `advice` forbids nothing."""

    folder: str
    examples: int
    problems: list[Problem]
    advice: list[Problem] = field(default_factory=list)


def checked(folder: Path, catalogue: Path = CATALOGUE) -> Checked:
    """Read, lint and rehearse one procedure's folder, without a database."""
    return _looked_at(folder, catalogue)[0]


def must_be_sound(folder: Path) -> None:
    """Raise Unreadable with every red line of a folder: reading, lint, examples."""
    found = checked(folder)
    if found.problems:
        raise Unreadable(found.problems)


def checked_together(folders: Iterable[Path], catalogue: Path = CATALOGUE) -> list[Checked]:
    """Check each folder, and the versions of one procedure against each other."""
    looked = [_looked_at(folder, catalogue) for folder in folders]
    doubts = list(versions_apart([read for _, read in looked if read]))
    for found, read in looked:
        found.problems.extend(problem for place, problem in doubts if read and place == read.path)
    return [found for found, _ in looked]


def _looked_at(folder: Path, catalogue: Path) -> tuple[Checked, Folder | None]:
    shown = _shown(folder)
    try:
        read = read_folder(folder, shown=shown)
        examples = read_examples(folder, shown)
    except Unreadable as found:
        return Checked(shown, 0, found.problems), None
    problems = check(read, _codes(), catalogue / "papers")
    if not problems:
        for rehearsal in rehearse_all(read, examples, catalogue):
            problems += rehearsal.problems
    return Checked(shown, len(examples), problems, advise(read, _hard_words())), read


def _codes() -> dict[str, frozenset[str]]:
    return {name: frozenset(r.code for r in code_list(name).rows) for name in code_list_names()}


def _hard_words() -> dict[str, str]:
    return {row.vi: row["instead"] for row in code_list("plain_words").rows}


def _shown(folder: Path) -> str:
    whole, here = folder.resolve(), Path.cwd()
    return str(whole.relative_to(here) if whole.is_relative_to(here) else whole)
