"""The personal number (số định danh cá nhân, NĐ 137/2015 Đ13, TT 07/2016/TT-BCA Đ7).

`PPP G YY NNNNNN`: place, century and sex, year, random. There is no check digit, and numbers of
people born abroad begin with country codes, so everything beyond the shape is only a doubt to show.
"""

import re
from enum import Enum

_SHAPE = re.compile(r"[0-9]{12}")
_FIRST_CENTURY = 1900


class Doubt(Enum):
    """What does not fit together; shown as a question, never a refusal."""

    SEX = "sex"
    YEAR = "year"


def tidy_number(typed: str) -> str:
    """Return the number without the spaces and dots people group it with."""
    return re.sub(r"[\s.\-\u00a0]", "", typed)


def is_personal_number(number: str) -> bool:
    """Tell whether the text has the shape of a personal number: 12 digits."""
    return _SHAPE.fullmatch(number) is not None


def birth_year(number: str) -> int:
    """Return the year of birth the number speaks of (1900–2399)."""
    return _FIRST_CENTURY + int(number[3]) // 2 * 100 + int(number[4:6])


def is_male(number: str) -> bool:
    """Tell whether the number was given to a man: an even fourth digit."""
    return int(number[3]) % 2 == 0


def doubts(number: str, *, birth_date: str = "", sex: str = "") -> set[Doubt]:
    """Return what does not fit the sex (`male`/`female`) and the (partial ISO) birth date."""
    found = set()
    if birth_date and int(birth_date[:4]) != birth_year(number):
        found.add(Doubt.YEAR)
    if sex and (sex == "male") != is_male(number):
        found.add(Doubt.SEX)
    return found
