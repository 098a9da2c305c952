"""The reference names every key of the language, and no key that is none."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from motcua.dossiers.rules import acts
from motcua.journeys.rehearsal import ACTS, HOUSE
from motcua.procedures.rules.example import Example
from motcua.procedures.rules.expressions import ALWAYS, FUNCTION_NAMES
from motcua.procedures.rules.fills import MANNERS
from motcua.procedures.rules.form import Form
from motcua.procedures.rules.procedure import Procedure

DOCS = Path(__file__).resolve().parents[2] / "docs/reference"
PAGES = sorted(DOCS.glob("procedure-language*.md"))


def keys(*models: type[BaseModel]) -> set[str]:
    schemas = [model.model_json_schema(by_alias=True) for model in models]
    parts = [part for schema in schemas for part in (schema, *schema.get("$defs", {}).values())]
    return {key for part in parts for key in part.get("properties", {})}


def words_of_choice(*models: type[BaseModel]) -> set[str]:
    text = " ".join(str(model.model_json_schema()) for model in models)
    return {word for found in re.findall(r"'enum': \[([^\]]*)\]", text) for word in _quoted(found)}


def _quoted(text: str) -> list[str]:
    return re.findall(r"'([^']*)'", text)


KEYS = keys(Procedure, Form, Example)
CHOICES = words_of_choice(Procedure, Form, Example)
SPOKEN = (
    KEYS | CHOICES | set(ACTS) | set(MANNERS) | {"vi", "en", "true", "false", "null", "no", "01"}
)
ROLES = {"front_desk", "registrar", "leader", "applicant", "system", "person"}


def told(page: Path) -> set[str]:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return set(re.findall(r"`([a-z][a-z_0-9]*)`", text))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_key_is_explained(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert {key for key in KEYS - {"vi", "en"} if f"`{key}`" not in text} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_word_of_choice_type_and_act_is_explained(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    types = {"text", "place", "facility", "group", "confirm", "attend", "working_hours"}
    assert {w for w in (types | set(ACTS)) if f"`{w}`" not in text} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_function_and_every_name_that_is_always_there_is_explained(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert {name for name in FUNCTION_NAMES if f"{name}(" not in text} == set()
    assert {name for name in ALWAYS if f"`{name}`" not in text} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_nothing_is_explained_that_is_not_of_the_language(page: Path) -> None:
    examples = {"all", "thuong_tru", "birth", "marriage", "self", "other", "standing"}
    assert told(page) - SPOKEN - ROLES - examples - set(ALWAYS) == set()


def test_every_act_but_filing_and_the_houses_own_can_be_rehearsed() -> None:
    known = {kind.__name__ for kind in acts.Act.__subclasses__()}
    known -= {"Submit", *(kind.__name__ for kind in HOUSE)}
    assert {kind.__name__ for kind in ACTS.values()} == known
