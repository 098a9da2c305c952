"""Turning news into words: templates per language, plain text, no holes."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine

from motcua.notices.rules import check_words

FOLDER = Path(__file__).parent / "templates"
HOLE = "⟨?%s⟩"  # a name the template uses and nobody gave; tests look for it


@cache
def _engine() -> Engine:
    # Plain text: nothing to escape. Compiled templates are kept for the life of the process.
    return Engine(dirs=[str(FOLDER)], autoescape=False, string_if_invalid=HOLE, debug=False)


@cache
def _template(name: str) -> Any:
    return _engine().get_template(name)


def words(template: str, road: str, language: str, data: Mapping[str, Any]) -> tuple[str, str]:
    """Return title (email only) and text of a message. Raises UnknownNewsError, WordsMissingError.

    Vietnamese stands for every language we have no words in.
    """
    check_words(template, set(data))
    ending = ".en.txt" if language == "en" else ".txt"
    context = Context(dict(data), autoescape=False)
    folder = f"notices/{template}"
    if road == "sms":
        return "", _line(_template(f"{folder}/sms{ending}").render(context))
    title = _line(_template(f"{folder}/email_subject{ending}").render(context))
    return title[:200], _template(f"{folder}/email{ending}").render(context).strip() + "\n"


def _line(text: str) -> str:
    """Put everything on one line: titles must not break, short messages need not."""
    return " ".join(text.split())
