"""What the photo desk in the browser is told: the numbers the server goes by, too."""

import json

from django import template
from django.utils.translation import gettext

from motcua.documents.rules.photographs import as_json
from motcua.ui.photo_words import FAULTS

register = template.Library()


@register.simple_tag
def photo_limits() -> str:
    """Return the limits of a legible photograph as JSON, for an attribute."""
    return json.dumps(as_json(), separators=(",", ":"))


@register.simple_tag
def photo_faults() -> list[tuple[str, str]]:
    """Return each fault with what to do about it."""
    return [(name, gettext(words)) for name, words in FAULTS.items()]
