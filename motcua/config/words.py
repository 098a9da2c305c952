"""Finds every text the house shows, and keeps the catalogue of translations in step with them.

Vietnamese is the source language: a text is its own key. Templates are read through Django's own
`templatize`, Python through its syntax tree; gettext's tools are not needed.
"""

import ast
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
import yaml
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


def catalogue_words(catalogue: Path) -> dict[str, Words]:
    """Return every text of the catalogue that has an English beside it, by its Vietnamese.

    Its `files` also say where in a procedure it stands: `procedure.yaml/name`.
    """
    found: dict[str, Words] = {}
    for path in sorted(catalogue.rglob("*.yaml")):
        if "examples" in path.parts or "versions" in path.parts:
            continue
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        where = path.relative_to(catalogue.parent).as_posix()
        for key, text in _bilingual(content, ""):
            words = found.setdefault(text, Words(text))
            words.files |= {where, f"{path.name}/{key}"}
    return found


def _bilingual(node: object, key: str) -> Iterator[tuple[str, str]]:
    """Yield the Vietnamese of each text below `node`, with the first key that leads to it."""
    if isinstance(node, dict):
        for name, value in node.items():
            if isinstance(value, str) and (name == "vi" or str(name).endswith("_vi")) and value:
                yield key, value
            yield from _bilingual(value, key or str(name))
    elif isinstance(node, list):
        for item in node:
            yield from _bilingual(item, key)


def scoped(
    words: dict[str, Words], scope: Collection[str], known: Collection[str]
) -> dict[str, Words]:
    """Return the texts that a language under way holds: those of its scope, and what it has translated."""
    return {
        text: found
        for text, found in words.items()
        if text in known or not found.files.isdisjoint(scope)
    }


def bring_in_step(
    catalogue: Path, words: dict[str, Words], scope: Collection[str] | None = None
) -> Outcome:
    """Write the `.po` file so that it holds exactly `words`, sorted; translations and remarks are kept.

    A language under way says its `scope`; it holds those texts and the others it has translated.
    """
    known = polib.pofile(str(catalogue))
    before = {entry.msgid: entry for entry in known if not entry.obsolete}
    if scope is not None:
        words = scoped(words, scope, before)
    after = polib.POFile(wrapwidth=0)
    after.metadata = known.metadata
    forms = _forms(known)
    for text in sorted(words):
        after.append(_entry(words[text], before.get(text), forms))
    after.save(str(catalogue))
    return Outcome(
        added=sorted(words.keys() - before.keys()),
        dropped=sorted(before.keys() - words.keys()),
        untranslated=[entry.msgid for entry in after.untranslated_entries()],
    )


def _forms(catalogue: polib.POFile) -> int:
    """Return how many forms a counted text has in this language."""
    told = re.search(r"nplurals=(\d)", catalogue.metadata.get("Plural-Forms", ""))
    return int(told[1]) if told else 2


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


def _entry(words: Words, before: polib.POEntry | None, forms: int) -> polib.POEntry:
    entry = polib.POEntry(msgid=words.text, comment=before.comment if before else "")
    if re.search(r"%\(\w+\)[sd]", words.text):
        entry.flags = ["python-format"]
    if words.plural:
        entry.msgid_plural = words.plural
        entry.msgstr_plural = dict.fromkeys(range(forms), "")
    if before is None:
        return entry
    if words.plural:
        kept = before.msgstr_plural or dict.fromkeys(range(forms), before.msgstr)
        entry.msgstr_plural = dict(kept)
    else:
        entry.msgstr = before.msgstr or before.msgstr_plural.get(0, "")
    return entry
