"""The phone decides as the server does: the shared vectors, and a thousand expressions made up by rule."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page

from tests.rules.expression_vectors import FAILS, Vector, made_up, written

pytestmark = pytest.mark.browser
RULES = Path(settings.ROOT) / "motcua/ui/static/ui/rules.js"
DECIDE = """pairs => pairs.map(([tree, values]) => {
  try { return motcuaRules.evaluate(tree, values); } catch { return "fails"; }
})"""


def differing(page: Page, vectors: list[Vector]) -> list[tuple[str, object, object]]:
    """Return where the phone says something else than the server."""
    page.add_script_tag(path=RULES)
    there = page.evaluate(DECIDE, [[vector.tree(), vector.values] for vector in vectors])
    pairs = zip(vectors, there, strict=True)
    return [(v.that, v.here(), said) for v, said in pairs if v.here() != said]


def test_every_vector_gives_the_same_on_the_phone(someone: Callable[..., Page]) -> None:
    vectors = written()
    assert len(vectors) >= 80
    assert any(vector.gives == FAILS for vector in vectors)
    assert differing(someone(), vectors) == []


def test_a_thousand_made_up_expressions_give_the_same(someone: Callable[..., Page]) -> None:
    assert differing(someone(), made_up(1000, seed=20261126)) == []
