"""Finds every text the house shows, and keeps the catalogue of translations in step with them.

Vietnamese is the source language: a text is its own key. Templates are read through Django's own
`templatize`, Python through its syntax tree; gettext's tools are not needed.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.utils.translation.template import templatize

# Calls whose first text (for the plural ones: the first two) is shown to people.
MARKS = frozenset({"gettext", "gettext_lazy", "gettext_noop", "noop", "_noop", "_"})
PLURAL_MARKS = frozenset({"ngettext", "ngettext_lazy"})

_CALLS = re.compile(r"\b(gettext|ngettext|pgettext|npgettext|_)\(")


@dataclass
class Words:
    """One text: the words, those for many where it is counted, and the files that say it."""

    text: str
    plural: str = ""
    files: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Outcome:
    """What bringing a catalogue in step did: texts added, dropped, and those without translation."""

    added: list[str]
    dropped: list[str]
    untranslated: list[str]


class UnreadableWords(Exception):  # noqa: N818 - says what stands where
    """A text is marked for translation in a way that cannot be looked up."""


def words_of(package: Path) -> dict[str, Words]:
    """Return every text under `package` by itself. Raises UnreadableWords."""
    found: dict[str, Words] = {}
    for path in _sources(package):
        where = path.relative_to(package.parent).as_posix()
        for text, plural in words_in(path):
            words = found.setdefault(text, Words(text))
            words.plural = words.plural or plural
            words.files.add(where)
    return found


def words_in(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the texts of one file, each with its plural or nothing. Raises UnreadableWords."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = _calls_alone(templatize(source))
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call):
            yield from _said_by(call, path)


def bring_in_step(catalogue: Path, words: dict[str, Words]) -> Outcome:
    """Write the `.po` file so that it holds exactly `words`, sorted; translations are kept."""
    known = polib.pofile(str(catalogue))
    before = {entry.msgid: entry for entry in known if not entry.obsolete}
    after = polib.POFile(wrapwidth=0)
    after.metadata = known.metadata
    for text in sorted(words):
        after.append(_entry(words[text], before.get(text)))
    after.save(str(catalogue))
    return Outcome(
        added=sorted(words.keys() - before.keys()),
        dropped=sorted(before.keys() - words.keys()),
        untranslated=[entry.msgid for entry in after.untranslated_entries()],
    )


def _sources(package: Path) -> list[Path]:
    return sorted(
        path
        for path in package.rglob("*")
        if path.is_file()
        and (
            path.suffix == ".py"
            or (path.suffix in {".html", ".txt", ".svg"} and "templates" in path.parts)
        )
    )


def _calls_alone(templatized: str) -> str:
    """Return only the marking calls out of what `templatize` made of a template."""
    calls = []
    for begin in _CALLS.finditer(templatized):
        end = _end_of_call(templatized, begin.end())
        calls.append(templatized[begin.start() : end].replace(",count)", ", 0)"))
    return "\n".join(calls)


def _end_of_call(source: str, position: int) -> int:
    quote = ""
    while position < len(source):
        sign = source[position]
        if quote and sign == "\\":
            position += 1
        elif quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        elif sign == ")":
            return position + 1
        position += 1
    return position


def _said_by(call: ast.Call, path: Path) -> Iterator[tuple[str, str]]:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    if name.startswith(("pgettext", "npgettext")):
        raise UnreadableWords(f"{path}: a text needs no context here; word it differently.")
    if name in PLURAL_MARKS:
        singular, plural = (_constants(argument, path) for argument in call.args[:2])
        yield from zip(singular, plural, strict=True)
    elif name in MARKS and call.args:
        yield from ((text, "") for text in _constants(call.args[0], path))


def _constants(node: ast.expr, path: Path) -> list[str]:
    """Return the texts a marked argument may be; none when it is a name, looked up at run time."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return _constants(node.body, path) + _constants(node.orelse, path)
    if isinstance(node, ast.JoinedStr | ast.BinOp):
        raise UnreadableWords(f"{path}:{node.lineno}: mark one whole text, filled in afterwards.")
    return []


def _entry(words: Words, before: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(msgid=words.text)
    if re.search(r"%\(\w+\)[sd]", words.text):
        entry.flags = ["python-format"]
    if words.plural:
        entry.msgid_plural = words.plural
        entry.msgstr_plural = {0: "", 1: ""}
    if before is None:
        return entry
    if words.plural:
        kept = before.msgstr_plural or {0: before.msgstr, 1: before.msgstr}
        entry.msgstr_plural = dict(kept)
    else:
        entry.msgstr = before.msgstr or before.msgstr_plural.get(0, "")
    return entry
