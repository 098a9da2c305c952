"""Words as the search compares them, and what the database keeps of a procedure's words."""

import re
from collections.abc import Iterable, Mapping

from motcua.kernel.vietnamese import fold

# “ký, kí” and “lý, lí” are one word in two spellings.
_TWO_SPELLINGS = re.compile(r"\b([bdghklmnrstv]h?)y\b|\b(qu)y\b")
_WORD = re.compile(r"[a-z0-9]+")
_LONGEST = 40
_MOST_PLACES = 16_000  # of a word in a tsvector


def words(text: str) -> list[str]:
    """Return the words of a text: no diacritics, one spelling for ký and kí.

    >>> words("Đăng ký kết hôn (2 bên)")
    ['dang', 'ki', 'ket', 'hon', '2', 'ben']
    """
    found = _WORD.findall(_TWO_SPELLINGS.sub(r"\1\2i", fold(text)))
    return [word[:_LONGEST] for word in found]


def vector(parts: Mapping[str, Iterable[str]]) -> str:
    """Return a tsvector of texts by weight: A name, B other names and agency, C for whom, D the rest.

    Texts stand apart, so that no phrase reaches from one into the next.

    >>> vector({"A": ["kết hôn"], "C": ["xã"]})
    "'hon':2A 'ket':1A 'xa':7C"
    """
    places: dict[str, list[str]] = {}
    at = 0
    for weight in sorted(parts):
        for text in parts[weight]:
            for word in words(text):
                at += 1
                places.setdefault(word, []).append(f"{min(at, _MOST_PLACES)}{weight}")
            at += _APART
    return " ".join(f"'{word}':{','.join(found[:_MOST])}" for word, found in sorted(places.items()))


_APART = 4
_MOST = 200  # places of one word that are kept
