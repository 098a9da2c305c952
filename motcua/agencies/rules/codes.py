"""Code lists of the catalogue (`catalogue/codes/*.yaml`), read strictly.

A list says which columns it has beyond `code`, `vi` and `en`; anything else – an unknown column, a
code twice, an empty text – is refused with file and line. Values stay text as written, so `01` keeps
its zero and the country code `NO` is not a truth value.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from motcua.kernel.translations import in_language

FOLDER = Path(__file__).resolve().parents[3] / "catalogue" / "codes"
LANGUAGES = ("vi", "en")
_HEAD = ("name", "title", "source", "demonstration", "columns", "rows")


class CodeListUnsound(ValueError):  # noqa: N818 - named for what is wrong, like refusals
    """A code list that cannot be read. The text holds file, line and what to do."""

    def __init__(self, where: str, node: Node, problem: str) -> None:
        """Name the file and the line of the node."""
        super().__init__(f"{where}:{node.start_mark.line + 1}: {problem}")


@dataclass(frozen=True, slots=True)
class Code:
    """One row: a stable code, its texts, and the list's own columns."""

    code: str
    vi: str
    en: str
    more: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def label(self, language: str = "vi") -> str:
        """Return the text in the language; in Vietnamese where there is no other."""
        written = {"vi": self.vi, "en": self.en}
        return written.get(language) or in_language(self.vi, language)

    def text(self, column: str, language: str) -> str:
        """Return one of the list's own texts, whose columns are called `<column>_vi` and `<column>_en`."""
        return self[f"{column}_{language}"] or in_language(self[f"{column}_vi"], language)

    def __getitem__(self, column: str) -> str:
        """Return the value of one of the list's own columns; empty where the row has none."""
        return self.more.get(column, "")


@dataclass(frozen=True)
class CodeList:
    """A list in its own order; `demonstration` lists are to be replaced by the official ones."""

    name: str
    rows: tuple[Code, ...]
    columns: tuple[str, ...] = ()
    demonstration: bool = False

    @cached_property
    def _by_code(self) -> dict[str, Code]:
        return {row.code: row for row in self.rows}

    def has(self, code: str) -> bool:
        """Tell whether the list knows the code."""
        return code in self._by_code

    def row(self, code: str) -> Code:
        """Return the row of the code. Raises `KeyError`."""
        return self._by_code[code]

    def label(self, code: str, language: str = "vi") -> str:
        """Return the text of the code; the code itself when the list does not know it."""
        found = self._by_code.get(code)
        return found.label(language) if found else code

    def where(self, column: str, value: str) -> tuple[Code, ...]:
        """Return the rows whose own column has this value."""
        return tuple(row for row in self.rows if row[column] == value)


def code_list_names() -> list[str]:
    """Return the names of all lists: the file names without `.yaml`."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


@lru_cache(maxsize=64)
def code_list(name: str) -> CodeList:
    """Return the list of `catalogue/codes/<name>.yaml`: immutable, read once a process.

    Raises `KeyError` when there is no such list, `CodeListUnsound` when it cannot be read.
    """
    path = FOLDER / f"{name}.yaml"
    if not name.isidentifier() or not path.is_file():
        raise KeyError(name)
    found = read_code_list(path.read_text(encoding="utf-8"), where=str(path))
    if found.name != name:
        raise ValueError(f"{path}: the list calls itself {found.name!r}, not {name!r}")
    return found


def read_code_list(text: str, *, where: str) -> CodeList:
    """Return the list that the text holds. `where` names the file in complaints.

    Raises `CodeListUnsound`.
    """
    root = _composed(text, where)
    head = _mapping(root, where)
    for key, node in head.items():
        if key not in _HEAD:
            raise CodeListUnsound(where, node, f"unknown key {key!r}; known: {', '.join(_HEAD)}")
    for key in ("name", "rows"):
        if key not in head:
            raise CodeListUnsound(where, root, f"{key!r} is missing")
    own = tuple(_text(node, where) for node in _items(head.get("columns"), where))
    rows = [_row(node, own, where) for node in _items(head["rows"], where)]
    _refuse_twice(rows, where)
    return CodeList(
        name=_text(head["name"], where),
        rows=tuple(row for row, _node in rows),
        columns=own,
        demonstration="demonstration" in head and _text(head["demonstration"], where) == "true",
    )


def _composed(text: str, where: str) -> Node:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as wrong:
        raise ValueError(f"{where}: {wrong}") from wrong
    if root is None:
        raise ValueError(f"{where}: the file is empty")
    return root


def _row(node: Node, own: tuple[str, ...], where: str) -> tuple[Code, Node]:
    cells = _mapping(node, where)
    for column, cell in cells.items():
        if column not in ("code", *LANGUAGES, *own):
            known = ", ".join(("code", *LANGUAGES, *own))
            raise CodeListUnsound(where, cell, f"unknown column {column!r}; known: {known}")
    for column in ("code", *LANGUAGES):
        if column not in cells or not _text(cells[column], where):
            raise CodeListUnsound(where, node, f"{column!r} is missing or empty")
    values = {column: _text(cell, where) for column, cell in cells.items()}
    more = {column: value for column, value in values.items() if column in own}
    return Code(values["code"], values["vi"], values["en"], MappingProxyType(more)), node


def _refuse_twice(rows: list[tuple[Code, Node]], where: str) -> None:
    seen: set[str] = set()
    for row, node in rows:
        if row.code in seen:
            raise CodeListUnsound(where, node, f"code {row.code!r} is written twice")
        seen.add(row.code)


def _mapping(node: Node, where: str) -> dict[str, Node]:
    if not isinstance(node, MappingNode):
        raise CodeListUnsound(where, node, "expected `key: value` pairs")
    found: dict[str, Node] = {}
    for key, value in node.value:
        if key.value in found:
            raise CodeListUnsound(where, key, f"{key.value!r} is written twice")
        found[str(key.value)] = value
    return found


def _items(node: Node | None, where: str) -> list[Node]:
    if node is None:
        return []
    if not isinstance(node, SequenceNode):
        raise CodeListUnsound(where, node, "expected a list")
    return list(node.value)


def _text(node: Node, where: str) -> str:
    if not isinstance(node, ScalarNode):
        raise CodeListUnsound(where, node, "expected a single text")
    return str(node.value).strip()


class KnownCodes:
    """The code lists of the catalogue, as forms ask for them; the same in every world."""

    def label(self, name: str, code: str, language: str) -> str | None:
        """Return the words of a code."""
        known = code_list(name)
        return known.label(code, language) if known.has(code) else None

    def codes(self, name: str, only: str = "") -> tuple[str, ...]:
        """Return the codes of a list, in order; `only` names a column that must say yes."""
        return tuple(row.code for row in code_list(name).rows if not only or row[only] == "yes")

    def address(self, name: str, code: str) -> str:
        """Return where a health facility is."""
        known = code_list(name)
        return known.row(code)["address"] if known.has(code) else ""
