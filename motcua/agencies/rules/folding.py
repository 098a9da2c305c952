"""Vietnamese text made comparable: for searching and for sorting, never for showing.

Sources: domain rules of names (Bộ luật Dân sự 2015, Đ26) – both places of the tone mark
(`hòa`, `hoà`), both Unicode forms and `đ` without a decomposition are the same to a reader.
"""

import re
import unicodedata

_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the dictionaries' order
_MARKS = {"\u0306", "\u0302", "\u031b"}  # breve, circumflex, horn: they make another letter


def fold(text: str) -> str:
    """Return lower-case ASCII words with single spaces: what a search compares.

    Numbers lose leading zeros, so that `Phường 01` and `Phường 1` are one.
    """
    bare = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    plain = "".join(letter for letter in bare if not unicodedata.combining(letter))
    words = _NOT_A_WORD.sub(" ", plain.replace("'", "").replace("’", "")).split()
    return " ".join(word.lstrip("0") or "0" if word.isdigit() else word for word in words)


def spoken(text: str) -> str:
    """Return the text with its diacritics, in one form: for telling `Hà` from `Hạ`.

    The tone mark moves to the end of its syllable, so its place in it does not matter.
    """
    syllables = unicodedata.normalize("NFD", text.casefold()).split()
    return unicodedata.normalize("NFC", " ".join(_tone_last(syllable) for syllable in syllables))


def _tone_last(syllable: str) -> str:
    tones = "".join(letter for letter in syllable if letter in _TONES)
    return "".join(letter for letter in syllable if letter not in _TONES) + tones


def sort_key(text: str) -> str:
    """Return a key whose byte order is the order of Vietnamese dictionaries.

    Letters decide first (a ă â b c d đ e ê …), tones only between equal words.
    """
    letters: list[str] = []
    tones: list[str] = []
    for word in text.split():
        tone = "0"
        for letter in unicodedata.normalize("NFC", word.casefold()):
            base, own_tone = _without_tone(letter)
            tone = own_tone or tone
            letters.append(_position(base))
        letters.append(" ")
        tones.append(tone)
    return "".join(letters).rstrip() + "!" + "".join(tones)


def _without_tone(letter: str) -> tuple[str, str]:
    parts = unicodedata.normalize("NFD", letter)
    tones = [str(_TONES.index(part) + 1) for part in parts if part in _TONES]
    kept = "".join(part for part in parts if part not in _TONES)
    return unicodedata.normalize("NFC", kept), tones[0] if tones else ""


def _position(letter: str) -> str:
    """Return one printable character per letter, in order; digits stay before letters."""
    found = _LETTERS.find(letter)
    return chr(ord("A") + found) if found >= 0 else letter if letter.isdigit() else "#"
