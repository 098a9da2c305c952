"""Birth dates may be known to the day, the month or the year only (domain §6.4)."""

import re
from datetime import date

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_EARLIEST_YEAR = 1880


def is_birth_date(text: str, *, today: date) -> bool:
    """Tell whether the text is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, real and not in the future."""
    found = _ISO.fullmatch(text)
    if found is None:
        return False
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        return year >= _EARLIEST_YEAR and date(year, month, day) <= today
    except ValueError:
        return False


def from_vietnamese(text: str) -> str:
    """Return `dd/MM/yyyy`, `MM/yyyy` or `yyyy` as partial ISO text; "" when it is none of these."""
    parts = [part.strip() for part in re.split(r"[/.\-]", text.strip())]
    if not 1 <= len(parts) <= 3 or not all(part.isascii() and part.isdecimal() for part in parts):  # noqa: PLR2004
        return ""
    *smaller, year = parts
    if len(year) != 4 or any(len(part) > 2 for part in smaller):  # noqa: PLR2004
        return ""
    return "-".join([year, *(part.zfill(2) for part in reversed(smaller))])


def to_vietnamese(iso: str) -> str:
    """Return partial ISO text as people write it, unknown parts as `__`: `__/__/1950`."""
    if not iso:
        return ""
    year, month, day = ([*iso.split("-"), "__", "__"])[:3]
    return f"{day}/{month}/{year}"
