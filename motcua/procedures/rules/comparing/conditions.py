"""Says a condition in words: `check.case == "other"` as “Trường hợp nào?” là “Khác”.

What is written more cleverly than the words below can say is shown as it is written.
"""

import re
from collections.abc import Callable, Iterator

from motcua.procedures.rules.comparing.names import Names, raw
from motcua.procedures.rules.texts import Text

_TOKEN = re.compile(r'\s*(\|\||&&|[=!<>]=|[<>!()\[\],]|"[^"]*"|\d+|[a-z][a-z0-9_.]*)')
_SIGNS = {
    "==": Text(vi="{a} là {b}", en="{a} is {b}"),
    "!=": Text(vi="{a} không phải là {b}", en="{a} is not {b}"),
    "<": Text(vi="{a} nhỏ hơn {b}", en="{a} is less than {b}"),
    "<=": Text(vi="{a} không quá {b}", en="{a} is at most {b}"),
    ">": Text(vi="{a} lớn hơn {b}", en="{a} is more than {b}"),
    ">=": Text(vi="{a} từ {b} trở lên", en="{a} is at least {b}"),
}
_YES = Text(vi="{a} là có", en="{a} is yes")
_NO = Text(vi="{a} là không", en="{a} is no")
_ANSWERED = Text(vi="{a} đã được trả lời", en="{a} is answered")
_UNANSWERED = Text(vi="{a} chưa được trả lời", en="{a} is not answered")
_NOT = Text(vi="không phải ({a})", en="not ({a})")


class _Unsayable(ValueError):  # noqa: N818 - said of the condition
    """More than the words here can say."""


def in_words(condition: str, names: Names) -> Text:
    """Return the condition in words, or as it is written where words do not reach."""
    try:
        return _Saying(condition, names).whole()
    except _Unsayable:
        return raw(condition)


def filled(template: Text, **gaps: Text) -> Text:
    """Return the sentence with its gaps filled, in each language by its own words."""
    return Text(
        vi=template.vi.format(**{name: text.vi for name, text in gaps.items()}),
        en=template.en.format(**{name: text.en for name, text in gaps.items()}),
    )


class _Saying:
    """Reads a condition from left to right."""

    def __init__(self, condition: str, names: Names) -> None:
        self._tokens = list(_tokens(condition))
        self._names = names

    def whole(self) -> Text:
        said = self._any()
        if self._tokens:
            raise _Unsayable
        return said

    def _any(self) -> Text:
        return self._joined("||", self._all, Text(vi="{a} hoặc {b}", en="{a} or {b}"))

    def _all(self) -> Text:
        return self._joined("&&", self._one, Text(vi="{a} và {b}", en="{a} and {b}"))

    def _joined(self, sign: str, part: Callable[[], Text], template: Text) -> Text:
        said = part()
        while self._next(sign):
            said = filled(template, a=said, b=part())
        return said

    def _one(self) -> Text:
        if self._next("!"):
            return self._denied()
        if self._next("("):
            said = self._any()
            self._must(")")
            return filled(Text(vi="({a})", en="({a})"), a=said)
        name = self._name()
        if self._next("("):
            return filled(_ANSWERED, a=self._known(name))
        return self._compared(name)

    def _denied(self) -> Text:
        if self._next("("):
            said = self._any()
            self._must(")")
            return filled(_NOT, a=said)
        name = self._name()
        if self._next("("):
            return filled(_UNANSWERED, a=self._known(name))
        return filled(_NO, a=self._names.of(name))

    def _known(self, function: str) -> Text:
        if function != "known":
            raise _Unsayable
        name = self._name()
        self._must(")")
        return self._names.of(name)

    def _compared(self, name: str) -> Text:
        called = self._names.of(name)
        if self._next("in"):
            return filled(_SIGNS["=="], a=called, b=self._among(name))
        if self._tokens[:1] == [] or self._tokens[0] not in _SIGNS:
            return filled(_YES, a=called)
        sign = self._tokens.pop(0)
        value = self._tokens.pop(0) if self._tokens else ""
        if value == '""' and sign in ("==", "!="):
            return filled(_UNANSWERED if sign == "==" else _ANSWERED, a=called)
        return filled(_SIGNS[sign], a=called, b=self._value(name, value))

    def _among(self, name: str) -> Text:
        self._must("[")
        said = self._value(name, self._tokens.pop(0) if self._tokens else "")
        while self._next(","):
            other = self._value(name, self._tokens.pop(0) if self._tokens else "")
            said = filled(Text(vi="{a} hoặc {b}", en="{a} or {b}"), a=said, b=other)
        self._must("]")
        return said

    def _value(self, name: str, told: str) -> Text:
        if told.startswith('"'):
            return self._names.answer(name, told[1:-1])
        if told.isdigit():
            return Text(vi=told, en=told)
        if re.fullmatch(r"[a-z][a-z0-9_.]*", told):
            return self._names.of(told)
        raise _Unsayable

    def _name(self) -> str:
        if not self._tokens or not re.fullmatch(r"[a-z][a-z0-9_.]*", self._tokens[0]):
            raise _Unsayable
        return self._tokens.pop(0)

    def _next(self, sign: str) -> bool:
        if self._tokens[:1] != [sign]:
            return False
        self._tokens.pop(0)
        return True

    def _must(self, sign: str) -> None:
        if not self._next(sign):
            raise _Unsayable


def _tokens(condition: str) -> Iterator[str]:
    at = 0
    text = condition.rstrip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise _Unsayable
        yield found[1]
        at = found.end()
