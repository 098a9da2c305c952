"""Whether a procedure may be published: it reads well, the lint finds nothing, its examples come out."""

from dataclasses import dataclass
from pathlib import Path

from motcua.agencies.rules.codes import code_list, code_list_names
from motcua.journeys.rehearsal import rehearse_all
from motcua.procedures.rules.catalogue import read_folder
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
    """Read, lint and rehearse one procedure's folder, without a database."""
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
