"""`{% load languages %}`: the other languages to choose from, and what is said at the foot in this one."""

from django import template
from django.conf import settings
from django.utils.translation import get_language

from motcua.toolkit.spoken import Language

register = template.Library()


@register.simple_tag
def other_languages() -> list[Language]:
    """Return the languages one may change to, in their order."""
    return [item for code, item in settings.SPOKEN.items() if code != get_language()]


@register.simple_tag
def language_note() -> str:
    """Return what this language says of itself at the foot: that it awaits review; mostly nothing."""
    spoken = settings.SPOKEN.get(get_language())
    return spoken.note if spoken else ""


@register.simple_tag
def own_script() -> bool:
    """Tell whether this language is written in letters of its own, which need higher lines."""
    spoken = settings.SPOKEN.get(get_language())
    return bool(spoken and spoken.letters)
