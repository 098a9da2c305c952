"""Expressions give here what the vectors say; the trees for the phone say the same text."""

import pytest

from motcua.procedures.rules.syntax import NotForBrowsers, names_in, tree
from tests.rules.expression_vectors import FUNCTIONS, Vector, made_up, written

WRITTEN = written()


@pytest.mark.parametrize("vector", WRITTEN, ids=[f"{n}-{v.that}" for n, v in enumerate(WRITTEN)])
def test_an_expression_gives_what_is_written(vector: Vector) -> None:
    assert vector.here() == vector.gives


def test_every_vector_can_be_decided_on_the_phone() -> None:
    assert all(vector.tree() for vector in WRITTEN)


def test_expressions_made_up_by_rule_are_of_the_language_too() -> None:
    outcomes = {str(vector.here()) for vector in made_up(300, seed=54)}
    assert outcomes == {"True", "False", "fails"}


def test_a_tree_is_the_text_in_nested_lists() -> None:
    found = tree('!known(a.t) || a.n + 1 > 2 && a.t in ["x"]', ["a.t", "a.n"], FUNCTIONS)
    assert found == [
        "||",
        ["!", ["f", "known", ["$", "a.t"]]],
        ["&&", [">", ["+", ["$", "a.n"], ["=", 1]], ["=", 2]], ["in", ["$", "a.t"], ["[", ["=", "x"]]]],
    ]  # fmt: skip
    assert names_in(found) == {"a.t", "a.n"}


def test_the_longest_declared_name_is_meant() -> None:
    assert tree("f.home.commune", ["f.home", "f.home.commune"], ()) == ["$", "f.home.commune"]


@pytest.mark.parametrize(
    "text",
    ["a.t.matches('x')", "unknown.name", "timestamp(a.t)", "{'a': 1}", "1.5", "a.t +", "'a\\n'", "("],
)  # fmt: skip
def test_what_only_the_server_can_decide_is_not_guessed(text: str) -> None:
    with pytest.raises(NotForBrowsers):
        tree(text, ["a.t"], FUNCTIONS)
