"""Conditions, computed values and checks: CEL over the fields of a procedure.

Typed against the form when a procedure is loaded, free of side effects, stopped by the evaluator's own budget.
An answer not given yet has its type's empty value (`""`, `0`, `false`, `[]`), so conditions are total; a date
function that is given no date is an error, and an error fails closed: `known(x) && …` guards against it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from cel_expr_python import cel

from motcua.kernel.vietnamese import fold
from motcua.procedures.rules.form import FormField
from motcua.procedures.rules.procedure import Procedure
from motcua.procedures.rules.texts import Expression

Values = Mapping[str, Any]
_T = cel.Type


class BadExpression(ValueError):
    """An expression that is not of the language, names no field or has the wrong type."""


class ExpressionFailed(ArithmeticError):
    """An expression met values it cannot work with; whoever asked decides what closed means."""


def _day(text: str) -> date:
    """Read a full date; a partial one is not enough to count with."""
    return date.fromisoformat(text)


def _years(born: str, at: str) -> int:
    first, last = _day(born), _day(at)
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def _days(first: str, last: str) -> int:
    return (_day(last) - _day(first)).days


def _is_full_date(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", text))


def _year(text: str) -> int:
    return int(text[:4])


def _number_fits(number: str, sex: str, year: int) -> bool:
    """Tell whether digits 4–6 of a personal number agree with sex and year (NĐ 137/2015 Đ13)."""
    digit = (year // 100 - 19) * 2 + (0 if sex == "male" else 1)
    return len(number) == 12 and number[3:6] == f"{digit}{year % 100:02d}"  # noqa: PLR2004


def _function(name: str, takes: list[Any], gives: Any, does: Callable[..., Any]) -> Any:
    overload = cel.Overload(id=f"{name}_1", return_type=gives, parameters=takes, impl=does)
    return cel.FunctionDecl(name, [overload])


_DECLARED: dict[str, tuple[list[Any], Any, Callable[..., Any]]] = {
    "known": ([_T.STRING], _T.BOOL, bool),
    "full_date": ([_T.STRING], _T.BOOL, _is_full_date),
    "years_between": ([_T.STRING, _T.STRING], _T.INT, _years),
    "days_between": ([_T.STRING, _T.STRING], _T.INT, _days),
    "year_of": ([_T.STRING], _T.INT, _year),
    "same_name": ([_T.STRING, _T.STRING], _T.BOOL, lambda a, b: fold(a) == fold(b)),
    "first_word": ([_T.STRING], _T.STRING, lambda a: a.split()[0] if a.split() else ""),
    "number_fits": ([_T.STRING, _T.STRING, _T.INT], _T.BOOL, _number_fits),
    "sum": ([_T.List(_T.INT)], _T.INT, sum),
}
FUNCTION_NAMES = tuple(_DECLARED)
_FUNCTIONS = [_function(name, *declared) for name, declared in _DECLARED.items()]

ALWAYS = {
    "today": (_T.STRING, ""),
    "channel": (_T.STRING, ""),
    "filing.place.province": (_T.STRING, ""),
    "filing.place.commune": (_T.STRING, ""),
    "filing.for_whom": (_T.STRING, "self"),
    "filing.relation": (_T.STRING, ""),
    "filing.signed_in_level": (_T.INT, 0),
}
_NAME = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*")


def variables(procedure: Procedure) -> dict[str, tuple[Any, Any]]:
    """Return name → (CEL type, empty value) of everything an expression may name."""
    known = dict(ALWAYS)
    for field in procedure.form.fields().values():
        known.update(_of(field))
    known.update({question.id: (_T.STRING, "") for question in procedure.eligibility})
    return known


_PARTS = {"facility": ("code", "text"), "place": ("province", "commune", "detail")}
_KINDS: dict[str, tuple[Any, Any]] = {
    "yes_no": (_T.BOOL, False),
    "tick": (_T.BOOL, False),
    "number": (_T.INT, 0),
    "money": (_T.INT, 0),
    "choices": (_T.List(_T.STRING), []),
    "group": (_T.List(_T.Map(_T.STRING, _T.DYN)), []),
}
_TEXT = (_T.STRING, "")


def _of(field: FormField) -> dict[str, tuple[Any, Any]]:
    if field.type == "group":
        parts = (part.model_copy(update={"id": f"row.{part.short}"}) for part in field.fields)
        return {field.id: _KINDS["group"], **{k: v for part in parts for k, v in _of(part).items()}}
    if field.type in _PARTS:
        return {f"{field.id}.{part}": _TEXT for part in _PARTS[field.type]}
    return {field.id: _KINDS.get(field.type, _TEXT)}


@dataclass(frozen=True)
class Expressions:
    """The compiled expressions of one procedure."""

    known: Mapping[str, tuple[Any, Any]]

    @cached_property
    def _environment(self) -> Any:
        types = {name: kind for name, (kind, _) in self.known.items()}
        return cel.NewEnv(variables=types, functions=_FUNCTIONS)

    @cached_property
    def _compiled(self) -> dict[str, tuple[Any, dict[str, Any]]]:
        return {}

    def compile(self, text: Expression) -> tuple[Any, dict[str, Any]]:
        """Return the checked expression and the empty values of what it names.

        Raises BadExpression with CEL's cause.
        """
        if text not in self._compiled:
            try:
                program = self._environment.compile(text)
            except RuntimeError as error:
                raise BadExpression(_first_line(str(error))) from None
            self._compiled[text] = program, self.named(text)
        return self._compiled[text]

    @cached_property
    def _named(self) -> dict[str, dict[str, Any]]:
        return {}

    def named(self, text: Expression) -> dict[str, Any]:
        """Return the variables the expression names, with their empty values."""
        if text not in self._named:
            words = {part for word in _NAME.findall(text) for part in _beginnings(word)}
            known = self.known.items()
            self._named[text] = {name: empty for name, (_, empty) in known if name in words}
        return self._named[text]

    def type_of(self, text: Expression) -> str:
        """Return the name of the type the expression gives, such as BOOL, INT or STRING."""
        return str(self.compile(text)[0].return_type())

    def value(self, text: Expression, values: Values) -> Any:
        """Evaluate over flat values; raises ExpressionFailed where CEL gives an error."""
        program, named = self.compile(text)
        # Only what the expression names crosses into CEL: the crossing costs more than the thinking.
        found = program.eval(data={name: values.get(name, empty) for name, empty in named.items()})
        if found.type() == _T.ERROR:
            raise ExpressionFailed(f"{text}: {found.value()}")
        return found.plain_value()

    def holds(self, text: bool | Expression, values: Values) -> bool:
        """Tell whether a condition is true; one that fails is not."""
        if isinstance(text, bool):
            return text
        if text in ("true", "false"):
            return text == "true"
        try:
            return bool(self.value(text, values))
        except ExpressionFailed:
            return False


def flat(answers: Values) -> dict[str, Any]:
    """Return the answers as expressions name them: a place or facility becomes its parts."""
    values: dict[str, Any] = {}
    for name, answer in answers.items():
        if isinstance(answer, dict):
            values.update({f"{name}.{part}": told or "" for part, told in answer.items()})
        elif answer is not None:
            values[name] = answer
    return values


def _beginnings(word: str) -> Iterator[str]:
    """Yield the word and what stands before each of its points: `members.list.all` names a group."""
    parts = word.split(".")
    return (".".join(parts[:end]) for end in range(1, len(parts) + 1))


def _first_line(text: str) -> str:
    line = text.splitlines()[0]
    return re.sub(r"^INVALID_ARGUMENT: ERROR: <input>:", "at ", line)
