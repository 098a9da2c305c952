"""Texts of the catalogue in languages beyond the two it is written in.

Vietnamese and English stand beside each other in the catalogue; every further language is a folder of `locale/` and
translates by the Vietnamese text. So a translation can be mended without a new version of a law, and falls away by
itself when the Vietnamese changes.
"""

import gettext
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "locale"
WRITTEN = ("vi", "en")
"""Languages in which the catalogue itself is written."""


def in_language(vietnamese: str, language: str) -> str:
    """Return a text of the catalogue in a further language; the Vietnamese where it is not translated."""
    return _catalogue(language).gettext(vietnamese) if vietnamese else vietnamese


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """Read the compiled translations once a process; a language without any translates nothing."""
    return gettext.translation("catalogue", FOLDER, [language], fallback=True)
