"""Reads one procedure's folder: `procedure.yaml`, `form.yaml`, `guide.*.md`, `examples/*.yaml`."""

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path

from motcua.procedures.rules.definition import Definition
from motcua.procedures.rules.procedure import Procedure
from motcua.procedures.rules.reading import Document, Problem, Unreadable, read_document, take
from motcua.procedures.rules.upgrading import LANGUAGE


@dataclass(frozen=True)
class Folder:
    """A procedure as read, with the documents it came from for telling lines."""

    path: Path
    procedure: Procedure
    document: Document
    form_document: Document
    guides: dict[str, str]

    @property
    def definition(self) -> Definition:
        """Return the procedure ready for use."""
        return Definition(self.procedure)

    def line(self, path: tuple[str | int, ...]) -> tuple[str, int]:
        """Return the file and line where a part of the procedure is written."""
        if path[:1] == ("form",):
            return self.form_document.file, self.form_document.line(path[1:])
        return self.document.file, self.document.line(path)


def read_folder(folder: Path, root: Path | None = None, *, shown: str = "") -> Folder:
    """Read a procedure; raises Unreadable with every problem of form and spelling.

    Files are named in complaints from `root` on, or under `shown`.
    """
    shown = shown or str(folder.relative_to(root) if root else folder)
    law = read_document(folder / "procedure.yaml", f"{shown}/procedure.yaml")
    form = read_document(folder / "form.yaml", f"{shown}/form.yaml")
    _must_be_mappings(law, form)
    together = Document(law.file, {**law.content, "form": form.content}, _joined(law, form))
    try:
        procedure = take(together, Procedure)
    except Unreadable as found:
        raise Unreadable([_at_home(problem, form) for problem in found.problems]) from None
    return Folder(folder, procedure, law, form, _guides(folder))


GUIDES = ("vi", "en", "easy.vi", "easy.en")
"""The guides a folder may hold: `guide.vi.md`, and in easy words `guide.easy.vi.md`."""


def _guides(folder: Path) -> dict[str, str]:
    places = {name: folder / f"guide.{name}.md" for name in GUIDES}
    return {
        name: place.read_text(encoding="utf-8") for name, place in places.items() if place.exists()
    }


def _must_be_mappings(*documents: Document) -> None:
    problems = [
        Problem(document.file, 1, "the file must hold `key: value` lines")
        for document in documents
        if not isinstance(document.content, dict)
    ]
    if problems:
        raise Unreadable(problems)


_FORM_LINES = 1_000_000
"""Lines of the form file are told apart from the procedure file's by this distance."""


def _joined(law: Document, form: Document) -> dict[tuple[str | int, ...], int]:
    moved = {("form", *path): line + _FORM_LINES for path, line in form.lines.items()}
    return {**law.lines, **moved}


def _at_home(problem: Problem, form: Document) -> Problem:
    if problem.line <= _FORM_LINES:
        return problem
    return replace(problem, file=form.file, line=problem.line - _FORM_LINES)


def folders(catalogue: Path) -> list[Path]:
    """Return every procedure folder below the catalogue, sorted by name."""
    return sorted(place.parent for place in catalogue.rglob("procedure.yaml"))


def canonical(procedure: Procedure) -> str:
    """Return the version's text as stored: the same content always gives the same bytes.

    It says in which language it is written, so that it can be read for ever (`upgrading`).
    """
    content = {**procedure.model_dump(mode="json", by_alias=True), "language": LANGUAGE}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """Return the name of a stored version: SHA-256 of its canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()
