"""An expression as a tree, for the browser: the same text that CEL compiles here, written as nested lists.

Only what procedures use is read: names, literals, lists, `! && || ?:`, comparisons, `in`, arithmetic, the
house's functions, `size`, and the macros `all exists exists_one filter map`. Whatever else an author writes
stays with the server, which decides alone; so this reader may refuse, never guess.

A tree is `["$", name]`, `["=", literal]`, `["[", item…]`, `[operator, part…]`, `["f", function, argument…]`,
`["m", macro, list, variable, body…]`, `[".", of, key]`, `["has", of, key]`, `["@", variable]`.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from motcua.procedures.rules.texts import Expression

Tree = list[Any]

MACROS = frozenset({"all", "exists", "exists_one", "filter", "map"})
_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>\d+(?![\w.]))
    | (?P<text>"[^"\\\n]*"|'[^'\\\n]*')
    | (?P<word>[A-Za-z_]\w*)
    | (?P<sign>\|\||&&|==|!=|<=|>=|[-+*/%!<>?:.,()\[\]])
    )""",
    re.VERBOSE,
)


class NotForBrowsers(ValueError):  # noqa: N818 - no fault: the server decides such an expression alone
    """An expression of CEL that this reader does not take."""


def tree(text: Expression, names: Collection[str], functions: Collection[str]) -> Tree:
    """Return the expression as a tree.

    `names` are the dotted names it may use, `functions` the house's own. Raises NotForBrowsers.
    """
    reader = _Reader(_tokens(text), names, functions)
    found = reader.choice()
    if reader.at < len(reader.tokens):
        raise NotForBrowsers(text)
    return found


def names_in(found: Tree) -> set[str]:
    """Return the dotted names that a tree asks for."""
    if found[0] == "$":
        return {found[1]}
    return {name for part in found[1:] if isinstance(part, list) for name in names_in(part)}


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    place = 0
    text = text.rstrip()
    while place < len(text):
        token = _TOKEN.match(text, place)
        if token is None or token.lastgroup is None:
            raise NotForBrowsers(text)
        found.append((token.lastgroup, token[token.lastgroup]))
        place = token.end()
    return found


@dataclass
class _Reader:
    tokens: list[tuple[str, str]]
    names: Collection[str]
    functions: Collection[str]
    at: int = 0
    bound: list[str] = field(default_factory=list)

    def _peek(self, ahead: int = 0) -> tuple[str, str]:
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else ("end", "")

    def _take(self, *signs: str) -> str:
        """Return the next token when it is one of these signs (or the word `in`), else nothing."""
        kind, value = self._peek()
        if value in signs and kind in ("sign", "word"):
            self.at += 1
            return value
        return ""

    def _need(self, sign: str) -> None:
        if not self._take(sign):
            raise NotForBrowsers(sign)

    def choice(self) -> Tree:
        condition = self._either()
        if not self._take("?"):
            return condition
        yes = self._either()
        self._need(":")
        return ["?", condition, yes, self.choice()]

    def _chain(self, below: Callable[[], Tree], *signs: str) -> Tree:
        found = below()
        while sign := self._take(*signs):
            found = [sign, found, below()]
        return found

    def _either(self) -> Tree:
        return self._chain(self._both, "||")

    def _both(self) -> Tree:
        return self._chain(self._relation, "&&")

    def _relation(self) -> Tree:
        return self._chain(self._sum, "==", "!=", "<=", ">=", "<", ">", "in")

    def _sum(self) -> Tree:
        return self._chain(self._product, "+", "-")

    def _product(self) -> Tree:
        return self._chain(self._unary, "*", "/", "%")

    def _unary(self) -> Tree:
        if self._take("!"):
            return ["!", self._unary()]
        if self._take("-"):
            return ["neg", self._unary()]
        return self._member()

    def _member(self) -> Tree:
        found = self._primary()
        while self._take("."):
            kind, word = self._peek()
            if kind != "word":
                raise NotForBrowsers(word)
            self.at += 1
            found = self._called(found, word) if self._take("(") else [".", found, word]
        return found

    def _called(self, found: Tree, word: str) -> Tree:
        if word == "size" and self._take(")"):
            return ["f", "size", found]
        if word not in MACROS:
            raise NotForBrowsers(word)
        kind, variable = self._peek()
        if kind != "word":
            raise NotForBrowsers(variable)
        self.at += 1
        self._need(",")
        self.bound.append(variable)
        bodies = self._arguments()
        self.bound.pop()
        return ["m", word, found, variable, *bodies]

    def _arguments(self, end: str = ")") -> list[Tree]:
        found: list[Tree] = []
        while not self._take(end):
            if found:
                self._need(",")
            found.append(self.choice())
        return found

    def _primary(self) -> Tree:
        kind, value = self._peek()
        self.at += 1
        if kind == "number":
            return ["=", int(value)]
        if kind == "text":
            return ["=", value[1:-1]]
        if value == "(":
            found = self.choice()
            self._need(")")
            return found
        if value == "[":
            return ["[", *self._arguments("]")]
        if kind == "word":
            return self._word(value)
        raise NotForBrowsers(value)

    def _word(self, word: str) -> Tree:
        if word in ("true", "false"):
            return ["=", word == "true"]
        if word in self.bound:
            return ["@", word]
        if self._take("("):
            if word == "has":
                return self._has()
            if word not in self.functions and word != "size":
                raise NotForBrowsers(word)
            return ["f", word, *self._arguments()]
        return ["$", self._name(word)]

    def _has(self) -> Tree:
        """Read `has(row.fact)`: whether a row has this answer at all."""
        asked = self.choice()
        self._need(")")
        if asked[0] != ".":
            raise NotForBrowsers("has")
        return ["has", *asked[1:]]

    def _name(self, word: str) -> str:
        """Return the longest declared name that begins here: names are dotted."""
        longest, ahead, name = "", 0, word
        taken = 0
        while True:
            if name in self.names:
                longest, taken = name, ahead
            if self._peek(ahead) != ("sign", ".") or self._peek(ahead + 1)[0] != "word":
                break
            name = f"{name}.{self._peek(ahead + 1)[1]}"
            ahead += 2
        if not longest:
            raise NotForBrowsers(word)
        self.at += taken
        return longest
