"""The vectors of expressions, and expressions made up by rule: what both sides must agree on."""

from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml
from cel_expr_python import cel

from motcua.procedures.rules.expressions import ExpressionFailed, Expressions
from motcua.procedures.rules.syntax import Tree, tree

FILE = Path(__file__).parent / "vectors/expressions.yaml"
FAILS = "fails"
_T = cel.Type
FUNCTIONS = (
    "known", "full_date", "years_between", "days_between", "year_of", "same_name", "first_word",
    "number_fits", "sum",
)  # fmt: skip


@dataclass(frozen=True)
class Vector:
    """An expression, its answers and what it gives; None as `gives` where nobody wrote it down."""

    that: str
    values: dict[str, Any]
    gives: Any = None

    def tree(self) -> Tree:
        """Return the expression as the phone gets it."""
        return tree(self.that, self.values, FUNCTIONS)

    def here(self) -> Any:
        """Return what CEL gives, FAILS where it gives an error."""
        known = {name: (_kind(name, value), value) for name, value in self.values.items()}
        try:
            return Expressions(known).value(self.that, self.values)
        except ExpressionFailed:
            return FAILS


def _kind(name: str, value: Any) -> Any:
    if isinstance(value, bool):
        return _T.BOOL
    if isinstance(value, int):
        return _T.INT
    if isinstance(value, list):
        return _T.List(_T.Map(_T.STRING, _T.DYN) if name.endswith(".rows") else _T.STRING)
    return _T.STRING


def written() -> list[Vector]:
    """Return the vectors of the file."""
    rows = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return [
        Vector(row["that"], row.get("with", {}), FAILS if row.get("fails") else row["gives"])
        for row in rows
    ]


_ANSWERS = {
    "a.t": ["", "x", "Đặng Đức", "2026-11-23", "2026-02-30", "1950"],
    "b.t": ["", "y", "dang duc", "2006-11-24", "1950-03"],
    "a.n": [0, 1, -3, 20], "b.n": [0, 2, 7],
    "a.b": [True, False], "b.b": [True, False],
    "a.list": [[], ["x"], ["x", "y"]],
    "f.rows": [[], [{"age": 4, "kind": "x"}], [{"kind": "y"}, {"age": 1, "kind": "x"}]],
}  # fmt: skip
_MADE = {
    "bool": [
        "a.b", "b.b", "true", "!({bool})", "({bool}) && ({bool})", "({bool}) || ({bool})",
        "({bool}) ? ({bool}) : ({bool})", "({int}) < ({int})", "({int}) == ({int})",
        "({text}) == ({text})", "({text}) >= ({text})", "({text}) in a.list", "known({text})",
        "full_date({text})", "same_name({text}, {text})", "f.rows.all(r, r.age > ({int}))",
        "f.rows.exists(r, r.kind == ({text}))", "f.rows.exists(r, has(r.age) && ({bool}))",
        "number_fits({text}, {text}, {int})",
    ],
    "int": [
        "a.n", "b.n", "3", "({int}) + ({int})", "({int}) - ({int})", "({int}) * 2", "({int}) / ({int})",
        "({int}) % ({int})", "-({int})", "size({text})", "a.list.size()", "days_between({text}, {text})",
        "years_between({text}, {text})", "year_of({text})", "sum([{int}, {int}])",
        "({bool}) ? ({int}) : ({int})",
    ],
    "text": [
        "a.t", "b.t", '"x"', '"2026-11-23"', "({text}) + ({text})", "first_word({text})",
        "({bool}) ? ({text}) : ({text})",
    ],
}  # fmt: skip


def made_up(how_many: int, seed: int) -> list[Vector]:
    """Return expressions put together by rule, each with answers; always the same for a seed."""
    chance = Random(seed)
    return [
        Vector(_expression(chance, "bool", 4), {n: chance.choice(v) for n, v in _ANSWERS.items()})
        for _ in range(how_many)
    ]


def _expression(chance: Random, kind: str, depth: int) -> str:
    shapes = [shape for shape in _MADE[kind] if depth or "{" not in shape]
    text = chance.choice(shapes)
    for hole in ("bool", "int", "text"):
        while f"{{{hole}}}" in text:
            text = text.replace(f"{{{hole}}}", _expression(chance, hole, max(depth - 1, 0)), 1)
    return text
