"""A quicker `{% translate %}`: words without variables are translated once per language and kept.

A page holds some thirty of them; Django's own node looks each up anew through several proxies,
which made a fifth of a page's cost. Loaded by `{% load ui %}`, after `i18n`.
"""

from typing import Any

from django.template import Context, Node
from django.template.base import Parser, Token, Variable
from django.templatetags.i18n import TranslateNode, do_translate
from django.utils.translation import get_language


class Translated(Node):
    """Constant words, remembered by language."""

    child_nodelists = ()

    def __init__(self, node: TranslateNode) -> None:
        """Keep Django's node, which knows how to translate."""
        self.node = node
        self.known: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        """Return the words, or put them into the context when they have a name there."""
        language = get_language()
        if language not in self.known:
            self.known[language] = self._words(context)
        words = self.known[language]
        if self.node.asvar:
            context[self.node.asvar] = words
            return ""
        return words

    def _words(self, context: Context) -> str:
        words: str = self.node.render(context)
        return context[self.node.asvar] if self.node.asvar else words


def _is_constant(node: TranslateNode) -> bool:
    told: Any = node.filter_expression
    literal = isinstance(told.var, Variable) and told.var.lookups is None
    return literal and not told.filters and node.message_context is None and not node.noop


def translate(parser: Parser, token: Token) -> Node:
    """Compile `{% translate %}`."""
    node: TranslateNode = do_translate(parser, token)
    return Translated(node) if _is_constant(node) else node
