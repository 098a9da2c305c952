"""Names of places made comparable: for searching and for sorting, never for showing."""

import re

from motcua.kernel import names, vietnamese

_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_APOSTROPHE = re.compile("['’ʼ]")
WIDTH = 4  # digits of a numbered ward, so that phường 2 stands before phường 10


def fold(text: str) -> str:
    """Return lower-case ASCII words with single spaces: what a search compares.

    Numbers lose leading zeros, so that `Phường 01` and `Phường 1` are one.
    """
    words = _NOT_A_WORD.sub(" ", vietnamese.fold(_APOSTROPHE.sub("", text))).split()
    return " ".join(word.lstrip("0") or "0" if word.isdigit() else word for word in words)


def spoken(text: str) -> str:
    """Return the text as it is read aloud: diacritics count, the place of a tone mark does not."""
    return names.match_key(text)


def sort_key(name: str) -> str:
    """Return a key whose byte order is the order of Vietnamese dictionaries, word by word."""
    return " ".join(
        word.zfill(WIDTH) if word.isdigit() else names.sort_key(word) for word in name.split()
    )
