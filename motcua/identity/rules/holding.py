"""Whose a mobile number is, and when two ways of signing in are one person's (docs/why/0028).

Carriers take back numbers that fall silent and give them to somebody else. So a code sent to a number proves who holds
it today, not who held it when an account was opened. Within `SILENT` of its last use a number is still its account's;
after that whoever holds it says the birth date of the account, or begins anew beside it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.identity.rules.refusals import AnotherPerson
from motcua.kernel import names, partial_date
from motcua.kernel.partial_date import PartialDate

SILENT = timedelta(days=60)
"""No carrier gives a number to somebody else sooner [U: the term differs between carriers]."""
MOST_BIRTH_DATES = 3
"""Birth dates tried for one account in a day."""
UNDONE_WITHIN = timedelta(days=30)
"""How long a link is undone by one press of either side."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of a person, told by them or proved by VNeID."""

    full_name: str
    birth_date: str = ""
    """Partial ISO text; empty when unknown."""
    personal_number: str = ""
    verified: bool = False


def fell_silent(last_used: datetime | None, at: datetime) -> bool:
    """Tell whether a number has not opened its account for so long that somebody else may hold it."""
    return last_used is None or at - last_used > SILENT


def knows_birth_date(told: str, known: str) -> bool:
    """Tell whether somebody says the birth date of an account: no less exactly than it is known, and not against it."""
    said, kept = _read(told), _read(known)
    return said is not None and kept is not None and _within(said, kept)


def must_be_one_person(told: Known, proven: Known) -> None:
    """Refuse to join what may be two people: an account's own words against what VNeID proved.

    A told personal number decides alone. Without one, the name and the birth date must both agree; where no birth date
    was told, nothing shows that the two are one. Two proved people are one only by one number. Raises AnotherPerson.
    """
    if told.personal_number:
        same = told.personal_number == proven.personal_number
    else:
        same = _same_name(told, proven) and _same_birth(told.birth_date, proven.birth_date)
    if not same:
        raise AnotherPerson


def _same_name(one: Known, other: Known) -> bool:
    return names.match_key(one.full_name) == names.match_key(other.full_name)


def _same_birth(one: str, other: str) -> bool:
    told, proven = _read(one), _read(other)
    if told is None or proven is None:
        return False
    return _within(told, proven) or _within(proven, told)


def _within(inner: PartialDate, outer: PartialDate) -> bool:
    """Tell whether every day that `inner` may be is one that `outer` may be."""
    return outer.earliest <= inner.earliest and inner.latest <= outer.latest


def _read(iso: str) -> PartialDate | None:
    return partial_date.read(iso) if iso else None
