"""What people type in a language with its own letters, said in Vietnamese, which the search understands."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

FOLDER = Path(__file__).resolve().parents[4] / "locale"
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
_LETTER = re.compile(r"[^\W\d_]")


@cache
def phrases() -> dict[str, str]:
    """Return phrase → Vietnamese of every `locale/<code>/search.yaml`, the longest phrase first."""
    found: dict[str, str] = {}
    for path in sorted(FOLDER.glob("*/search.yaml")):
        found.update(yaml.safe_load(path.read_text(encoding="utf-8")))
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


def in_vietnamese(text: str, known: Mapping[str, str]) -> str:
    """Return the text with known phrases in Vietnamese; what is Latin already stays as typed.

    Such scripts write without spaces: a phrase counts wherever it stands, the longest first.

    >>> in_vietnamese("ធ្វើសំបុត្រកំណើតឱ្យកូន", {"សំបុត្រកំណើត": "khai sinh"})
    'khai sinh'
    """
    if all(_LATIN.match(letter) for letter in _LETTER.findall(text)):
        return text
    for phrase, meaning in known.items():
        text = text.replace(phrase, f" {meaning} ")
    return " ".join(word for word in text.split() if _LATIN.search(word) or word.isdigit())
