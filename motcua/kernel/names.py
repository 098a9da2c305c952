"""Names of persons, in Vietnamese and in the other languages of Việt Nam.

Bộ luật Dân sự 2015 Điều 26: a citizen's name is in Vietnamese or another Vietnamese ethnic language,
without digits and without signs that are not letters. Apostrophes and hyphens belong to the spelling
of H'Mông, Ê-đê, Gia-rai, Cơ Ho… names, as do ƀ, č, ê̆, ñ, ŏ, ơ̆, ŭ, ư̆, f, j, w, z.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import ClassVar, Final, NewType

from motcua.kernel import vietnamese
from motcua.kernel.refusal import Refusal, noop

PersonName = NewType("PersonName", str)

LONGEST: Final = 120
_APOSTROPHES: Final = "'’ʼ‘`´ʹ"
_HYPHENS: Final = "-‐‑"
_ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# The order of tones in Vietnamese dictionaries: ngang, huyền, hỏi, ngã, sắc, nặng.
_TONES: Final = "\u0300\u0309\u0303\u0301\u0323"
_QUALITIES: Final = {"ă": "a\u0306", "â": "a\u0302", "ê": "e\u0302", "ô": "o\u0302", "ơ": "o\u031b"}
_LETTERS: Final = {parts: one for one, parts in {**_QUALITIES, "ư": "u\u031b"}.items()}
_VOWELS: Final = frozenset("aeiouy")
_APOSTROPHE: Final = re.compile(f"[{_APOSTROPHES}]")
_HYPHEN: Final = re.compile(f"[{_HYPHENS}]")
_SIGNS: Final = re.compile(f"[{_HYPHENS}{_APOSTROPHES}]")


class NameEmpty(Refusal):
    """No name at all."""

    code: ClassVar[str] = "kernel.name-empty"
    text: ClassVar[str] = noop("Hãy nhập họ, chữ đệm và tên như trong giấy tờ.")


class NameTooLong(Refusal):
    """A name longer than any paper can carry."""

    code: ClassVar[str] = "kernel.name-too-long"
    text: ClassVar[str] = noop("Họ tên dài quá {longest} ký tự. Hãy kiểm tra lại.")


class NameHasSigns(Refusal):
    """A digit or a sign that no name may hold."""

    code: ClassVar[str] = "kernel.name-has-signs"
    text: ClassVar[str] = noop(
        "Họ tên không được có chữ số hoặc ký hiệu “{sign}”. Hãy chỉ dùng chữ cái, dấu nháy ’ và dấu "
        "gạch nối khi tên có."
    )


class NameNotLatin(Refusal):
    """A letter of another script; papers of Việt Nam carry the Latin spelling."""

    code: ClassVar[str] = "kernel.name-not-latin"
    text: ClassVar[str] = noop(
        "Họ tên có chữ “{sign}” không thuộc bảng chữ cái La-tinh. Hãy ghi tên bằng chữ La-tinh như trong "
        "giấy tờ."
    )


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name taken apart by position: first word, words between, last word."""

    family: str
    middle: str
    given: str


def read(text: str) -> PersonName:
    """Read a name: composed letters, single spaces, the writer's own capitals and apostrophes.

    Raises NameEmpty, NameTooLong, NameHasSigns, NameNotLatin.

    >>> read("  H’Hen   Niê ")
    'H’Hen Niê'
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        raise NameEmpty
    if len(name) > LONGEST:
        raise NameTooLong(longest=LONGEST)
    for place, sign in enumerate(name):
        _check(name, place, sign)
    return PersonName(name)


def _check(name: str, place: int, sign: str) -> None:
    """Refuse a sign that may not stand at this place of a name."""
    before = name[place - 1] if place else " "
    after = name[place + 1] if place + 1 < len(name) else " "
    if sign == " ":
        return
    if unicodedata.combining(sign):
        if before == " " or not _is_letter_part(before):
            raise NameHasSigns(sign=sign)
    elif sign in _APOSTROPHES or sign in _HYPHENS:
        if not (_is_letter_part(before) and _is_letter_part(after)):
            raise NameHasSigns(sign=sign)
    elif not sign.isalpha():
        raise NameHasSigns(sign=sign)
    elif not unicodedata.name(sign, "").startswith("LATIN"):
        raise NameNotLatin(sign=sign)


def _is_letter_part(sign: str) -> bool:
    return sign.isalpha() or bool(unicodedata.combining(sign))


def fold(name: str) -> str:
    """Return the search key: no diacritics, no apostrophes, hyphens as spaces.

    >>> fold("H'Hen Niê"), fold("Đặng Thị Hòa")
    ('hhen nie', 'dang thi hoa')
    """
    return vietnamese.fold(_HYPHEN.sub(" ", _APOSTROPHE.sub("", name)))


def match_key(name: str) -> str:
    """Return a key that is equal for spellings of the same name: hòa and hoà, ' and ’, NFC and NFD.

    Marks still count: Hoa and Hòa stay different.

    >>> match_key("Nguyễn Thị HÒA") == match_key("nguyễn thị hoà")
    True
    """
    plain = _HYPHEN.sub("-", _APOSTROPHE.sub("'", name)).casefold()
    return " ".join("".join(_tone_apart(word)) for word in plain.split())


def split(name: str) -> NameParts:
    """Take a name apart by position, for sorting and masking only.

    In names such as H'Hen Niê the last word is the family's; papers keep the name whole.

    >>> split("Nguyễn Thị Thu Hoa")
    NameParts(family='Nguyễn', middle='Thị Thu', given='Hoa')
    """
    words = name.split()
    if len(words) <= 1:
        return NameParts("", "", "".join(words))
    return NameParts(words[0], " ".join(words[1:-1]), words[-1])


def sort_key(name: str) -> str:
    """Return a key for lists in Vietnamese order: by given name, then family, then middle names.

    In a word letters count before tones (a ă â … d đ …; ngang huyền hỏi ngã sắc nặng). Compare byte-wise
    (in the database: COLLATE "C").

    >>> sorted(["Trần Ân", "Lê Anh", "Đỗ Ánh", "Lê An"], key=sort_key)
    ['Lê An', 'Lê Anh', 'Đỗ Ánh', 'Trần Ân']
    """
    parts = split(name)
    words = [*parts.given.split(), *parts.family.split(), *parts.middle.split()]
    return " ".join(_rank(word) for word in words)


def mask(name: str) -> str:
    """Return the name with all but the family name hidden.

    >>> mask("Nguyễn Thị Hoa"), mask("Hoa")
    ('Nguyễn T•• H••', 'H••')
    """
    words = name.split()
    shown = words[:1] if len(words) > 1 else []
    return " ".join([*shown, *(f"{_first_letter(word)}••" for word in words[len(shown) :])])


def capitals(name: str) -> str:
    """Return the name in capitals, as certificates print it.

    >>> capitals("Đặng Thị Hòa")
    'ĐẶNG THỊ HÒA'
    """
    return unicodedata.normalize("NFC", name.upper())


def _first_letter(word: str) -> str:
    found = re.match(r".[\u0300-\u036f]*", unicodedata.normalize("NFC", word))
    return found.group() if found else ""


def _tone_apart(word: str) -> tuple[str, str]:
    """Return the word without its tone, and the tone: where a tone is placed does not matter."""
    letters, tones, base = "", "", ""
    for sign in unicodedata.normalize("NFD", word):
        if not unicodedata.combining(sign):
            base = sign
        if sign in _TONES and base in _VOWELS:
            tones += sign
        else:
            letters += sign
    return letters, tones


def _rank(word: str) -> str:
    """Return the word as ranks in the alphabet, then its tone as a rank."""
    plain, tone = _tone_apart(_SIGNS.sub("", word.casefold()))
    for parts, letter in _LETTERS.items():
        plain = plain.replace(parts, letter)
    letters = "".join(chr(ord("A") + _ALPHABET.index(sign)) for sign in plain if sign in _ALPHABET)
    return f"{letters}!{''.join(str(1 + _TONES.index(sign)) for sign in tone) or 0}"
