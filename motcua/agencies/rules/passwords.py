"""Officials' passwords as NIST SP 800-63B-4 §3.1.1 asks: long, not well known, nothing else.

No mixture of signs is asked for, no change comes by the calendar, pasting is allowed. Fifteen signs, as for a
password that stands alone: on a trusted device it nearly does.
"""

import unicodedata
from collections.abc import Collection, Iterable

from motcua.agencies.rules.access_refusals import PasswordTooLong, PasswordWellKnown
from motcua.agencies.rules.refusals import PasswordTooShort
from motcua.kernel.vietnamese import fold

LEAST, MOST = 15, 256
OWN_LEAST = 8
"""So many letters must be left when what everybody knows of a person is taken out."""
SHORTEST_WORD = 3
ROWS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
OF_THE_HOUSE = frozenset(
    [
        "motcua",
        "canbo",
        "congchuc",
        "vienchuc",
        "matkhau",
        "password",
        "hanhchinhcong",
        "dichvucong",
        "uybannhandan",
        "ubnd",
        "congan",
        "baohiemxahoi",
        "hotich",
        "tuphap",
        "quantri",
        "admin",
        "administrator",
        "vietnam",
    ]
)
KNOWN_HERE = frozenset(
    [
        "anhyeuem",
        "emyeuanh",
        "yeuemnhieulam",
        "anhyeuemnhieulam",
        "toiyeuvietnam",
        "vietnammuonnam",
        "khongcomatkhau",
        "matkhaulagi",
        "chungtacuahientai",
        "docdaplachuhanhphuc",
        "doclaptudohanhphuc",
        "khongaibiet",
    ]
)
"""What people here use besides the lists of the world."""


def normal(password: str) -> str:
    """Return the password in one spelling (NFKC): one keyboard composes `ế`, another sends its parts."""
    return unicodedata.normalize("NFKC", password)


def check(password: str, *, own: Iterable[str], known: Collection[str]) -> None:
    """Let a new password pass.

    `own`: what everybody knows of its person: names, the user name, the agency. `known`: passwords of the lists, in
    small letters. Raises PasswordTooShort, PasswordTooLong, PasswordWellKnown.
    """
    told = normal(password)
    if len(told) < LEAST:
        raise PasswordTooShort(least=LEAST)
    if len(told) > MOST:
        raise PasswordTooLong(most=MOST)
    bare = _letters(told)
    core = bare.strip("0123456789") or bare
    unit = _unit(core)
    if any(one in known or one in KNOWN_HERE for one in (told.lower(), bare, core, unit)):
        raise PasswordWellKnown
    if _runs(bare) or len(set(bare)) < SHORTEST_WORD or len(_without(core, own)) < OWN_LEAST:
        raise PasswordWellKnown


def _letters(told: str) -> str:
    return "".join(sign for sign in fold(told) if sign.isalnum())


def _unit(word: str) -> str:
    """Return what a word repeats: `matkhau` of `matkhaumatkhau`; itself when nothing."""
    return word[: (word + word).find(word, 1)] if word else ""


def _runs(word: str) -> bool:
    """Tell whether it runs along a keyboard, an alphabet or the digits, either way."""
    rows = [row * 2 for row in (*ROWS, *(row[::-1] for row in ROWS))]
    return any(word in row for row in rows)


def _without(word: str, own: Iterable[str]) -> str:
    """Return what is left when a person's own words are taken out, the longest first."""
    parts = {
        part for text in own for part in fold(text).replace(".", " ").replace("-", " ").split()
    }
    whole = {_letters(text) for text in own}
    known = {w for w in parts | whole | OF_THE_HOUSE if len(w) >= SHORTEST_WORD}
    for part in sorted(known, key=len, reverse=True):
        word = word.replace(part, "")
    return word.strip("0123456789")
