"""What a helper may open and write, and for how long: everything that is not named here stays with the owner.

The owner signs for the declaration (Luật Giao dịch điện tử 2023; NĐ 224/2026: the applicant answers for what
is declared). So a helper types, and the owner alone pledges, confirms with the code and files. Where money and
papers go, and to which phone the codes are sent, is never a helper's to change: those are what a dishonest
helper would change. Results and the life of a filed dossier are not shown to helpers at all.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from motcua.kernel.refusal import noop

READ = frozenset({"GET", "HEAD"})
WRITE = READ | {"POST"}
DOORS: dict[str, frozenset[str]] = {
    "overview": READ,
    "page": WRITE,
    "papers": READ,
    "paper": WRITE,
    "many_papers": WRITE,
    "uploads": frozenset({"OPTIONS", "POST"}),
    "upload": frozenset({"OPTIONS", "HEAD", "POST", "PATCH", "DELETE"}),
    "picture": READ,
    "signing_sheet": READ,
    "check": READ,
}
"""Page of a draft → how a helper may come. A page that is not here is closed to helpers."""

MONEY = frozenset({"account", "account_number", "account_holder", "bank"})
"""The last part of the names of questions that say where money goes."""

CODE_LIVES = timedelta(minutes=30)
CODE_DIGITS = 8


class Lasts(StrEnum):
    """How long the owner wants to be helped, once the helper has come in."""

    HOURS = "hours"
    DAY = "day"
    WEEK = "week"


LASTING: dict[Lasts, timedelta] = {
    Lasts.HOURS: timedelta(hours=2),
    Lasts.DAY: timedelta(days=1),
    Lasts.WEEK: timedelta(days=7),
}
LONGEST = LASTING[Lasts.WEEK]


class Who(StrEnum):
    """What the helper is to the owner, by the helper's own word – but of the team by the commune's list."""

    FAMILY = "family"
    TEAM = "team"


WHO_WORDS: dict[Who, str] = {
    Who.FAMILY: noop("người thân, người quen"),
    Who.TEAM: noop("tổ công nghệ số cộng đồng"),
}


def may_open(door: str, method: str) -> bool:
    """Tell whether a helper may come to a page of the draft this way."""
    return method in DOORS.get(door, frozenset())


def kept_from_helpers(fields: Iterable[str], contact: Iterable[str | None]) -> frozenset[str]:
    """Return the questions that only the owner answers: how they are reached, and where money goes.

    `contact`: the questions of the applicant's phone and e-mail, as the procedure names them.
    """
    reached = {field for field in contact if field}
    return frozenset(
        field for field in fields if field in reached or field.rpartition(".")[2] in MONEY
    )


def tidy_code(typed: str) -> str:
    """Return the digits of what a person typed or read aloud; spaces, dots and dashes are forgiven."""
    return "".join(sign for sign in typed if sign.isascii() and sign.isdigit())


def spaced(code: str) -> str:
    """Return a code as it is shown and read aloud: four digits, four digits."""
    return f"{code[:4]} {code[4:]}"


def code_ends(made: datetime) -> datetime:
    """Return the moment from which a code made then opens nothing."""
    return made + CODE_LIVES
