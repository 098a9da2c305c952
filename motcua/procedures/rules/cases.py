"""Conditions in people's words: for leaflets, which say beforehand what a case calls for.

Only what a person can recognise is put in words: answers to questions, joined by and / or. Of a condition that
counts days or weighs values nothing is said.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from motcua.procedures.rules.definition import Definition
from motcua.procedures.rules.form import FormField
from motcua.procedures.rules.showing import show
from motcua.procedures.rules.texts import Expression
from motcua.procedures.rules.world import World

_TOKEN = re.compile(r'\s*(&&|\|\||==|!=|[!()\[\],]|"[^"]*"|[a-z_][a-z0-9_.]*)')
_JOINED = {
    "&&": {"vi": ", và ", "en": ", and "},
    "||": {"vi": ", hoặc ", "en": ", or "},
}
_OR = {"vi": " hoặc ", "en": " or "}
_NOT = {"vi": "không phải ", "en": "not "}
_FOR_WHOM = {"vi": "Quý vị nộp hồ sơ cho ai?", "en": "For whom do you file?"}
_MOST_ANSWERS = 3
"""Of a longer list of answers nobody learns whether they are meant: the paper's own name says more."""


@dataclass(frozen=True)
class _Answer:
    """A question answered (or not answered) by one of these values."""

    question: str
    values: tuple[str | bool, ...]
    wanted: bool = True


@dataclass(frozen=True)
class _Joined:
    """Several conditions, all or any of them."""

    sign: str
    parts: "tuple[_Answer | _Joined, ...]"


_Tree = _Answer | _Joined


class _BeyondWordsError(ValueError):
    """A condition that no short sentence tells."""


def case_words(
    definition: Definition, condition: bool | Expression, world: World, language: str = "vi"
) -> str | None:
    """Return when a condition holds, as questions and answers; "" for always, None when words fail.

    `residence.consent == "paper"` becomes `Chủ hộ đồng ý bằng cách nào? “Ký vào tờ khai”`.
    """
    if condition in (True, "true"):
        return ""
    try:
        tree = _Parser(str(condition)).whole()
        return _Speaker(definition, world, "en" if language == "en" else "vi").say(tree)
    except _BeyondWordsError:
        return None


class _Parser:
    """Reads the part of CEL that can be told: names, comparisons with texts, lists, and, or, not."""

    def __init__(self, text: str) -> None:
        self.tokens = [found[1] for found in _TOKEN.finditer(text)]
        if "".join(self.tokens) != re.sub(r'\s+(?=(?:[^"]*"[^"]*")*[^"]*$)', "", text):
            raise _BeyondWordsError(text)

    def whole(self) -> _Tree:
        tree = self._joined("||")
        if self.tokens:
            raise _BeyondWordsError(self.tokens[0])
        return tree

    def _joined(self, sign: str) -> _Tree:
        below = self._conjunction if sign == "||" else self._single
        parts = [below()]
        while self._next(sign):
            parts.append(below())
        return parts[0] if len(parts) == 1 else _Joined(sign, tuple(parts))

    def _conjunction(self) -> _Tree:
        return self._joined("&&")

    def _single(self) -> _Tree:
        if self._next("("):
            tree = self._joined("||")
            self._must(")")
            return tree
        wanted = not self._next("!")
        question = self._taken(r"[a-z_][a-z0-9_]*\.[a-z0-9_.]+")
        if self._next("=="):
            return _Answer(question, (self._text(),), wanted)
        if self._next("!="):
            return _Answer(question, (self._text(),), not wanted)
        if self._next("in"):
            return _Answer(question, self._list(), wanted)
        return _Answer(question, (wanted,))

    def _list(self) -> tuple[str, ...]:
        self._must("[")
        values = [self._text()]
        while self._next(","):
            values.append(self._text())
        self._must("]")
        return tuple(values)

    def _text(self) -> str:
        return self._taken(r'"[^"]+"').strip('"')

    def _next(self, token: str) -> bool:
        found = self.tokens[:1] == [token]
        if found:
            self.tokens.pop(0)
        return found

    def _must(self, token: str) -> None:
        if not self._next(token):
            raise _BeyondWordsError(token)

    def _taken(self, pattern: str) -> str:
        if not self.tokens or not re.fullmatch(pattern, self.tokens[0]):
            raise _BeyondWordsError(pattern)
        return self.tokens.pop(0)


@dataclass(frozen=True)
class _Speaker:
    definition: Definition
    world: World
    language: str

    def say(self, tree: _Tree) -> str:
        if isinstance(tree, _Answer):
            return self._answer(tree)
        parts = self._telling(tree.parts) if tree.sign == "&&" else tree.parts
        return _JOINED[tree.sign][self.language].join(self.say(part) for part in parts)

    def _telling(self, parts: Sequence[_Tree]) -> Sequence[_Tree]:
        """Leave out answers that go without saying: another part is asked only after them."""
        implied = {
            text for part in parts if isinstance(part, _Answer) for text in self._before(part)
        }
        told = [part for part in parts if _plainly_yes(part) not in implied]
        return told or parts

    def _before(self, answer: _Answer) -> set[str]:
        """Return the yes-or-no questions on which a question waits."""
        for page in self.definition.procedure.form.pages:
            for field in page.fields:
                if field.id == answer.question:
                    return {text.strip() for text in f"{page.when}&&{field.when}".split("&&")}
        return set()

    def _answer(self, answer: _Answer) -> str:
        if answer.question == "filing.for_whom":
            return self._for_whom(answer)
        label, words = self._question(answer.question, answer.values)
        told = _OR[self.language].join(f"“{word}”" for word in words)
        colon = "" if label.endswith("?") else ":"
        return f"{label}{colon} {'' if answer.wanted else _NOT[self.language]}{told}"

    def _question(self, name: str, values: Sequence[str | bool]) -> tuple[str, list[str]]:
        if len(values) > _MOST_ANSWERS:
            raise _BeyondWordsError(name)
        for question in self.definition.procedure.eligibility:
            if question.id == name:
                labels = {o.value: o.label.to(self.language) for o in question.options}
                return question.question.to(self.language), [labels[str(v)] for v in values]
        field = self.definition.fields.get(name)
        if field is None or field.type not in ("choice", "choices", "yes_no", "tick"):
            raise _BeyondWordsError(name)
        return field.label.to(self.language), [self._word(field, value) for value in values]

    def _for_whom(self, answer: _Answer) -> str:
        other = self.definition.procedure.start.somebody_else
        for_another = (answer.values == ("self",)) != answer.wanted
        if other is None or not for_another:
            raise _BeyondWordsError(answer.question)
        return f"{_FOR_WHOM[self.language]} “{other.label.to(self.language)}”"

    def _word(self, field: FormField, value: str | bool) -> str:
        return show(field, [value] if field.type == "choices" else value, self.world, self.language)


def _plainly_yes(tree: _Tree) -> str:
    """Return the question of a plain yes, empty for anything else."""
    return tree.question if isinstance(tree, _Answer) and tree.values == (True,) else ""
