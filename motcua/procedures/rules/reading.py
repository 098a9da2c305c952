"""Reads YAML strictly: what is wrong is told with file, line, cause and a hint."""

import difflib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)
Path_ = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """Something an author must mend."""

    file: str
    line: int
    cause: str
    hint: str = ""

    def __str__(self) -> str:
        """Return one line as compilers write it, so that editors can jump to it."""
        return f"{self.file}:{self.line}: {self.cause}" + (f" – {self.hint}" if self.hint else "")


class Unreadable(Exception):  # noqa: N818 - carries problems to an author, not a fault of ours
    """A file of the catalogue that cannot be taken."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems, in the order of the file."""
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The C parser where the library brings it: ten times as fast, same result."""


class _Loader(_Base):  # type: ignore[misc]
    """YAML with only the plain scalars people expect: `no` is a word and dates are text."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", "-0123456789"),
    ("float", r"^-?[0-9]+\.[0-9]+$", "-0123456789"),
    ("null", r"^(?:~|null)$", "~n"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


@dataclass(frozen=True)
class Document:
    """A file's content with the line of every part."""

    file: str
    content: Any
    lines: dict[Path_, int]

    def line(self, path: Path_) -> int:
        """Return the line of the part, or of the nearest part around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_document(place: Path, name: str) -> Document:
    """Read a YAML file; raises Unreadable for syntax and for keys written twice."""
    try:
        node = yaml.compose(place.read_text(encoding="utf-8"), Loader=_Loader)
    except FileNotFoundError:
        raise Unreadable([Problem(name, 1, "the file is missing")]) from None
    except (UnicodeDecodeError, yaml.reader.ReaderError):
        raise Unreadable([Problem(name, 1, "not text in UTF-8")]) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise Unreadable([Problem(name, line, error.problem or "not YAML")]) from None
    lines: dict[Path_, int] = {}
    problems: list[Problem] = []
    try:
        content = _build(node, (), lines, problems, name) if node else None
    except RecursionError:  # an anchor inside itself
        raise Unreadable([Problem(name, 1, "a part contains itself")]) from None
    if problems:
        raise Unreadable(problems)
    return Document(name, content, lines)


def _build(
    node: yaml.Node, path: Path_, lines: dict[Path_, int], problems: list[Problem], file: str
) -> Any:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        built: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            if key in built:
                problems.append(Problem(file, line, f"`{key}` is written twice"))
            built[key] = _build(value_node, (*path, key), lines, problems, file)
            lines[(*path, key)] = line
        return built
    if isinstance(node, yaml.SequenceNode):
        return [
            _build(item, (*path, place), lines, problems, file)
            for place, item in enumerate(node.value)
        ]
    return _scalar(node)


def _scalar(node: yaml.Node) -> Any:
    kind = node.tag.rsplit(":", 1)[-1]
    value = str(node.value)
    if kind == "bool":
        return value == "true"
    if kind == "int":
        return int(value)
    if kind == "float":
        return float(value)
    return None if kind == "null" else value


def take(document: Document, model: type[Model]) -> Model:
    """Make the typed model of a document; raises Unreadable with every problem in it."""
    try:
        return model.model_validate_json(json.dumps(document.content))
    except ValidationError as error:
        raise Unreadable(sorted(_problems(document, model, error), key=_place)) from None


def _place(problem: Problem) -> tuple[str, int]:
    return problem.file, problem.line


def _problems(
    document: Document, model: type[BaseModel], error: ValidationError
) -> Iterator[Problem]:
    told = error.errors(include_url=False)
    for item in told:
        path = tuple(item["loc"])
        if item["type"] == "too_short" and any(_inside(other["loc"], path) for other in told):
            continue  # a list is “too short” only because one of its items is wrong
        where = ".".join(str(part) for part in path)
        yield Problem(
            document.file, document.line(path), f"{where}: {item['msg']}", _hint(item, model)
        )


def _inside(path: Path_, other: Path_) -> bool:
    return len(path) > len(other) and path[: len(other)] == other


_SHAPES = {
    r"^[a-z][a-z0-9_]*$": "small letters, digits, underscores, such as `giay_chung_sinh`",
    r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$": "`party.fact`, such as `child.birth_date`",
    r"^\d\.\d{6}$": "one digit, a point, six digits, such as `1.004873`",
    r"^[a-z0-9-]+$": "small letters without accents, digits, hyphens, such as `dang-ky-ket-hon`",
    r"^KQ\.[A-Z]\d{2}\.\d{6}$": "the national code of a result, such as `KQ.G15.000031`",
}
"""What a name must look like, in words, by its pattern."""


def _hint(item: "ErrorDetails", model: type[BaseModel]) -> str:
    kind, given, about = item["type"], item.get("input"), item.get("ctx", {})
    if kind == "extra_forbidden":
        here = _keys_at(model, tuple(item["loc"])[:-1])
        near = _nearest(item["loc"][-1], here)
        return f"did you mean `{near}`?" if near else "known here: " + ", ".join(sorted(here))
    if kind == "literal_error":
        near = _nearest(given, re.findall(r"'([^']*)'", str(about.get("expected"))))
        return f"did you mean `{near}`?" if near else ""
    if kind == "string_type" and isinstance(given, (int, float)):
        return "put it in quotes"
    if kind == "string_pattern_mismatch":
        return _SHAPES.get(str(about.get("pattern")), "")
    return "add it" if kind == "missing" else ""


def _nearest(word: object, known: Iterable[str]) -> str:
    return next(iter(difflib.get_close_matches(str(word), list(known), n=1)), "")


def _keys_at(model: type[BaseModel], path: Path_) -> set[str]:
    """Return the keys that may stand at a place of the document."""
    schema = model.model_json_schema(by_alias=True)
    places = [schema]
    for part in path:
        inner = [
            place.get("items", {})
            if isinstance(part, int)
            else place.get("properties", {}).get(part, {})
            for place in places
        ]
        places = [meant for place in inner for meant in _meant(place, schema["$defs"])]
    return {key for place in places for key in place.get("properties", {})}


def _meant(place: dict[str, Any], known: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the schemas that a reference or a choice of schemas stands for."""
    if "$ref" in place:
        yield known[place["$ref"].rsplit("/", 1)[-1]]
    for choice in place.get("anyOf", ()):
        yield from _meant(choice, known)
    if place.get("properties") or place.get("items"):
        yield place
