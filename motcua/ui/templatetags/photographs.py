"""What the photo desk in the browser is told: the numbers the server goes by, too."""

import json

from django import template

from motcua.documents.rules.photographs import as_json

register = template.Library()


@register.simple_tag
def photo_limits() -> str:
    """Return the limits of a legible photograph as JSON, for an attribute."""
    return json.dumps(as_json(), separators=(",", ":"))
