"""What the house says: refusals, settings, migrations."""

import importlib
import pkgutil
import re
import string
from collections import Counter
from functools import cache

import pytest
from django.core.management import call_command

import motcua
from motcua.config.declared import SETTINGS, reference
from motcua.kernel.refusal import Refusal
from tests.house.test_house_tree import texts
from tests.house.vietnamese import is_vietnamese
from tests.running import ROOT


@cache
def refusals() -> list[type[Refusal]]:
    for module in pkgutil.walk_packages(motcua.__path__, "motcua."):
        if not re.search(r"__main__|\.migrations\b|config\.wsgi|config\.start", module.name):
            importlib.import_module(module.name)
    found: list[type[Refusal]] = []
    open_ = [Refusal]
    while open_:
        subclasses = open_.pop().__subclasses__()
        found += subclasses
        open_ += subclasses
    return [refusal for refusal in found if refusal.__module__.startswith("motcua.")]


def own(refusal: type[Refusal], name: str) -> object:
    return vars(refusal).get(name)


def test_there_are_refusals_to_look_at() -> None:
    assert len(refusals()) > 10


def test_every_refusal_has_a_code_of_its_own() -> None:
    codes = Counter(refusal.code for refusal in refusals() if own(refusal, "code"))
    assert [code for code, count in codes.items() if count > 1] == []
    parents = [refusal.__name__ for refusal in refusals() if refusal.__subclasses__()]
    bare = [r.__qualname__ for r in refusals() if not own(r, "code") and r.__name__ not in parents]
    assert bare == []


def test_a_code_begins_with_the_room_that_refuses() -> None:
    wrong = [
        refusal.code
        for refusal in refusals()
        if own(refusal, "code") and refusal.code.split(".")[0] != refusal.__module__.split(".")[1]
    ]
    assert wrong == []


def test_a_code_is_a_room_and_words_with_dashes() -> None:
    codes = [refusal.code for refusal in refusals() if own(refusal, "code")]
    assert [code for code in codes if not re.fullmatch(r"[a-z]+\.[a-z]+(-[a-z0-9]+)*", code)] == []


def test_every_refusal_speaks_vietnamese() -> None:
    # One whose whole text is a gap passes on the words of a procedure, which are checked there.
    texts_of = [refusal for refusal in refusals() if own(refusal, "text")]
    spoken = [refusal for refusal in texts_of if not re.fullmatch(r"(\{\w+\} ?)+", refusal.text)]
    assert [r.code for r in spoken if not is_vietnamese(r.text)] == []


def test_every_refusal_is_a_sentence_whose_gaps_have_names() -> None:
    for refusal in refusals():
        assert refusal.text.strip().endswith((".", "?", "!", ".”", ")", "}")), refusal.code
        names = [name for _, name, _, _ in string.Formatter().parse(refusal.text)]
        assert "" not in names, refusal.code


def test_every_refusal_has_a_status_of_a_refusal() -> None:
    assert {r.code: r.status for r in refusals() if not 400 <= r.status < 600} == {}


def test_the_page_of_settings_is_the_one_made_from_them() -> None:
    page = ROOT / "docs" / "reference" / "settings.md"
    assert page.read_text(encoding="utf-8") == reference()


def test_every_variable_that_is_read_is_declared() -> None:
    used = {
        name
        for path, text in texts()
        if path.startswith(("motcua/", "sandbox/", "requirements/", "docs/")) or path == "Makefile"
        for name in re.findall(r"\bMOTCUA_[A-Z0-9_]+\b", text)
    }
    assert used - set(SETTINGS) == set()


def test_every_declared_variable_is_read() -> None:
    source = "".join(
        text
        for path, text in texts()
        if path.startswith("motcua/") and path != "motcua/config/declared.py"
    )
    assert [name for name in SETTINGS if name not in source] == []


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
