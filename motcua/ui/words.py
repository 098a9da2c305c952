"""Facts in the words people write: dates, moments, money, phones, sizes.

Pure but for the language, which is the one active in the request.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext, ngettext

from motcua.kernel import email, money, phone
from motcua.kernel.email import Email
from motcua.kernel.partial_date import PartialDate
from motcua.kernel.refusal import Refusal
from motcua.kernel.working_calendar import ZONE

_KILO = 1024


def day_words(day: date | PartialDate | None) -> str:
    """Return 23/11/2026; a moment is taken in Vietnamese time, unknown parts stay blank."""
    if day is None:
        return ""
    if isinstance(day, PartialDate):
        return str(day)
    if isinstance(day, datetime):
        day = day.astimezone(ZONE)
    return f"{day:%d/%m/%Y}"


def moment_words(moment: datetime | None) -> str:
    """Return "15:30 ngày 23/11/2026", in Vietnamese time."""
    return "" if moment is None else moment_in(moment_pattern(), moment)


def moment_pattern() -> str:
    """Return how a moment is written in the language of the page, for pages that write a hundred."""
    return gettext("{time} ngày {day}")


def moment_in(pattern: str, moment: datetime) -> str:
    """Return a moment in a pattern that `moment_pattern` gave."""
    there = moment.astimezone(ZONE)
    return pattern.format(time=f"{there:%H:%M}", day=f"{there:%d/%m/%Y}")


def working_days_words(left: int) -> str:
    """Say how many working days are left; negative when the day has passed."""
    if left < 0:
        words = ngettext("trễ hạn {n} ngày làm việc", "trễ hạn {n} ngày làm việc", -left)
        return words.format(n=-left)
    if left == 0:
        return gettext("hạn trong hôm nay")
    return ngettext("còn {n} ngày làm việc", "còn {n} ngày làm việc", left).format(n=left)


def money_words(amount: int | None) -> str:
    """Return "10.000 đ" for an amount in đồng; nothing to pay is said in words."""
    if amount is None:
        return ""
    if amount == 0:
        return gettext("Không thu phí")
    # The space must not break: an amount and its unit stay on one line.
    return money.show(amount).replace(" ", "\u00a0")


def phone_words(number: str) -> str:
    """Return 0912 345 678 for a Vietnamese number in any writing; others as they are."""
    try:
        return phone.show(phone.read_contact(number))
    except Refusal:
        return number


def masked(text: str, shown: int = 3) -> str:
    """Hide all but the last characters: for numbers and phones outside the dossier."""
    if len(text) <= shown:
        return "•" * len(text)
    hidden = len(text) - shown
    return "•" * hidden + text[hidden:]


def masked_email(address: str) -> str:
    """Return the address with most of its local part hidden."""
    return email.mask(Email(address)) if "@" in address else masked(address)


def size_words(size: int | None) -> str:
    """Return a file's size: "850 KB", "2,4 MB"."""
    if not size:
        return ""
    if size < _KILO * _KILO:
        return f"{max(1, round(size / _KILO))}\u00a0KB"
    return f"{size / _KILO / _KILO:.1f}".replace(".", ",").replace(",0", "") + "\u00a0MB"


def file_code(digest: str) -> str:
    """Return how a file is called on both sides: the beginning of its SHA-256, short enough to compare by eye."""
    return digest[:8]


def number_groups(number: str) -> str:
    """Return a long number in threes, easier to read aloud: 034 199 012 345."""
    digits = number.replace(" ", "")
    return " ".join(digits[at : at + 3] for at in range(0, len(digits), 3))
