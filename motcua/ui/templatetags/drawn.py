"""`{% load drawn %}`: icons beside words, and the door drawn in each of its states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import SafeString, mark_safe

from motcua.ui import pictures

if TYPE_CHECKING:
    from django.template import Context

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """Show an icon before its words; a screen reader hears the words only."""
    return mark_safe(pictures.icon(name))  # noqa: S308 - our own files


@register.simple_tag
def drawing(name: str) -> SafeString:
    """Show the door: open, ajar, shut, lost, mending, offline."""
    return mark_safe(pictures.drawing(name))  # noqa: S308 - our own files


@register.simple_block_tag(takes_context=True)
def state(context: Context, content: str, name: str, title: str) -> SafeString:
    """Say why there is nothing to see here, with the door drawn so, and what can be done."""
    engine = context.template.engine  # type: ignore[union-attr]
    with context.push(content=content, name=name, title=title):
        return engine.get_template("ui/components/state.html").render(context)
