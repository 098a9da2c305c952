"""What must hold for every file of the tree."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.running import ROOT

LONGEST_FILE = 500
LONGEST_FUNCTION = 60
# Written apart, so that this file does not hold what it looks for.
MACHINE = ["/wo" + "rk/", "/ro" + "ot/", "/tmp" + "/w/", "../sha" + "red", "stack-" + "study"]
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
TEXT = {".py", ".md", ".toml", ".yaml", ".yml", ".html", ".css", ".js", ".in", ".txt", ".po", ".sh"}
TEXT |= {".typ", ".json", ".svg", ""}


@cache
def tree() -> list[Path]:
    """Return the files that belong to the project: known to git or about to be."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [path for name in names.splitlines() if (path := ROOT / name).is_file()]


def texts() -> Iterator[tuple[str, str]]:
    for path in tree():
        if path.suffix in TEXT:
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8", errors="replace")


def python_files() -> list[Path]:
    return [path for path in tree() if path.suffix == ".py" and "migrations" not in path.parts]


def test_no_python_file_is_longer_than_500_lines() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


@cache
def functions() -> list[tuple[str, int]]:
    """Return every function by file, line and name, with the lines it takes."""
    return [
        (f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1)
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    ]


def test_no_function_is_longer_than_60_lines() -> None:
    assert {name: lines for name, lines in functions() if lines > LONGEST_FUNCTION} == {}


def test_functions_are_short_in_the_middle() -> None:
    lengths = sorted(lines for name, lines in functions() if name.startswith("motcua/"))
    assert lengths[len(lengths) // 2] < 10


@pytest.mark.parametrize("word", MACHINE)
def test_no_file_names_a_path_of_the_machine_it_was_written_on(word: str) -> None:
    assert [name for name, text in texts() if word in text] == []


def test_nothing_is_left_for_later() -> None:
    found = [name for name, text in texts() if UNFINISHED.search(text)]
    assert found == ["CONTRIBUTING.md"]  # which says so


def test_pinned_lists_hold_versions_only_and_no_address() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        lines = path.read_text(encoding="utf-8").splitlines()
        wrong = [line for line in lines if line and not re.fullmatch(r"#.*|[\w.-]+==[\w.]+", line)]
        assert wrong == []


def test_every_library_has_its_licence_and_its_reason_beside_it() -> None:
    for path in (ROOT / "requirements").glob("*.in"):
        lines = path.read_text(encoding="utf-8").splitlines()
        wanted = [line for line in lines if line and not line.startswith("#")]
        assert wanted
        bare = [line for line in wanted if not re.search(r"# \S+.*?[.] \S.+[.]$", line)]
        assert bare == []


def test_every_wanted_library_is_in_its_pinned_list() -> None:
    pinned = set()
    for name in ("runtime", "sandbox", "develop"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        pinned |= set(re.findall(r"^([\w.-]+)==", text, re.MULTILINE))
        wanted = (ROOT / "requirements" / f"{name}.in").read_text(encoding="utf-8")
        for line in re.findall(r"^([A-Za-z][\w.-]*)", wanted, re.MULTILINE):
            assert re.sub(r"[-_.]+", "-", line).lower() in pinned


def test_no_script_is_written_into_a_page() -> None:
    inline = re.compile(r"<script(?![^>]*\bsrc=)|\son\w+=[\"']|\sstyle=[\"']|javascript:")
    pages = [(name, text) for name, text in texts() if name.endswith(".html")]
    assert [name for name, text in pages if inline.search(text)] == []
