"""Languages in step: what a language promises is translated, nothing is stale, nothing is said unmarked."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polib
import pytest

from motcua.config.pairs import read_pairs, texts_of, watch
from motcua.config.words import (
    MARKS,
    PLURAL_MARKS,
    Words,
    bring_in_step,
    catalogue_words,
    words_of,
)
from motcua.toolkit.spoken import Language, read_languages
from tests.house.vietnamese import is_vietnamese
from tests.running import ROOT

LOCALE = ROOT / "locale"
REMEDY = "Bring locale/ in step: .venv/bin/python -m motcua words"
UNDER_WAY = [language for language in read_languages(LOCALE).values() if not language.working]
REVIEW = "cần người nói tiếng mẹ đẻ xem lại"
FACES = ("portal", "desk", "openness", "api", "ui")
FOR_DEVELOPERS = ("gallery.py", "tokens.py")
# The name of a file that is saved; it holds the name of a Vietnamese paper.
NAMES = {" (dự thảo).pdf", "Cốc Cốc", "Một Cửa"}


@cache
def said() -> dict[str, dict[str, Words]]:
    return {
        "django": words_of(ROOT / "motcua"),
        "catalogue": catalogue_words(ROOT / "catalogue"),
    }


def entries(language: Language) -> Iterator[tuple[str, polib.POEntry]]:
    for name in said():
        for entry in polib.pofile(str(LOCALE / language.code / "LC_MESSAGES" / f"{name}.po")):
            yield name, entry


@pytest.mark.parametrize("language", UNDER_WAY, ids=lambda item: item.code)
def test_a_language_holds_what_its_scope_promises(language):
    held = {(name, entry.msgid) for name, entry in entries(language) if entry.translated()}
    promised = {
        (name, text)
        for name, words in said().items()
        for text, found in words.items()
        if not found.files.isdisjoint(language.scope)
    }
    assert promised - held == set(), REMEDY


@pytest.mark.parametrize("language", UNDER_WAY, ids=lambda item: item.code)
def test_no_translation_is_left_of_a_text_that_is_gone(language):
    assert [e.msgid for name, e in entries(language) if e.msgid not in said()[name]] == [], REMEDY


@pytest.mark.parametrize("language", UNDER_WAY, ids=lambda item: item.code)
def test_what_no_native_speaker_has_read_is_marked_and_said_so(language):
    unread = [entry for _, entry in entries(language) if REVIEW in entry.comment]
    assert not unread or language.note
    assert not [entry.msgid for _, entry in entries(language) if entry.fuzzy or entry.obsolete]


@pytest.mark.parametrize("language", UNDER_WAY, ids=lambda item: item.code)
def test_a_translation_has_the_same_gaps(language):
    different = {
        entry.msgid: text
        for _, entry in entries(language)
        for text in entry.msgstr_plural.values() or [entry.msgstr]
        if _gaps(text) not in (_gaps(entry.msgid), _gaps(entry.msgid_plural))
    }
    assert different == {}


def _gaps(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|\{\w+\}|</?\w+>|#", text))


def test_the_english_of_the_catalogue_is_not_stale():
    present, known = texts_of(ROOT / "catalogue"), read_pairs(LOCALE / "en" / "catalogue.pairs")
    fresh = {text for pair, text in present.items() if pair not in known}
    assert fresh == set(), f"{REMEDY}; where the English still holds: words --still-right"
    assert known - present.keys() == set(), REMEDY


OLD, NEW = ("vi-old", "en-old"), ("vi-new", "en-new")


@pytest.mark.parametrize(
    ("present", "stale"),
    [
        ({OLD}, []),
        ({NEW}, []),
        ({("vi-new", "en-old")}, ["vi-new"]),
        ({OLD, ("vi-new", "en-old")}, []),
        ({("vi-old", "en-new")}, []),
    ],
)
def test_english_is_stale_when_only_the_vietnamese_has_changed(present, stale):
    texts = {pair: pair[0] for pair in present}
    assert watch(texts, {OLD}).stale == stale
    after = watch(texts, watch(texts, {OLD}).known)
    assert after.stale == stale, "asking twice settles nothing"
    assert watch(texts, {OLD}, still_right=True).stale == []


def test_no_face_says_anything_in_python_that_is_not_marked():
    bare = {
        f"{path.relative_to(ROOT)}:{node.lineno}": node.value
        for face in FACES
        for path in sorted((ROOT / "motcua" / face).rglob("*.py"))
        if path.name not in FOR_DEVELOPERS
        for node in _unmarked(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert bare == {}


def _unmarked(tree: ast.AST) -> Iterator[ast.Constant]:
    """Yield Vietnamese texts outside of marking calls, bilingual texts and documentation."""
    marked = {id(inner) for node in ast.walk(tree) if _marks(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and is_vietnamese(node.value)
            and id(node) not in marked
            and node.value not in NAMES
        ):
            yield node


def _marks(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        return name in MARKS | PLURAL_MARKS | {"Text"}
    documentation = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    keys = [getattr(key, "value", "") for key in getattr(node, "keys", [])]
    return documentation or {"vi", "en"} <= {*keys}


def test_a_language_under_way_keeps_its_scope_and_what_it_has(tmp_path: Path):
    file = tmp_path / "django.po"
    known = polib.POFile()
    known.metadata = {"Plural-Forms": "nplurals=1; plural=0;"}
    known.append(polib.POEntry(msgid="Có", msgstr="មាន", comment=REVIEW))
    known.save(str(file))
    words = {
        "Có": Words("Có", files={"a.py"}),
        "{n} ngày": Words("{n} ngày", "{n} ngày", files={"b.py"}),
        "Xa": Words("Xa", files={"c.py"}),
    }
    outcome = bring_in_step(file, words, scope=["b.py"])
    after = polib.pofile(str(file))
    assert [entry.msgid for entry in after] == ["Có", "{n} ngày"]
    assert (after.find("Có").comment, outcome.untranslated) == (REVIEW, ["{n} ngày"])
    assert after.find("{n} ngày").msgstr_plural == {0: ""}
