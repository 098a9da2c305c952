"""Hands out dossier codes: per agency and day, atomic, never doubled."""

from datetime import datetime

from django.db import connection

from motcua.kernel import dossier_code
from motcua.kernel.working_time import ZONE

_NEXT = """
insert into dossiers_daycounter (agency, day, last) values (%s, %s, 1)
on conflict (agency, day) do update set last = dossiers_daycounter.last + 1
returning last
"""


def next_code(agency: str, at: datetime) -> str:
    """Return the agency's next code of the day (TT 01/2018/TT-VPCP Đ19).

    The counter's row stays locked until the surrounding transaction ends, so a roll-back gives the number
    back: take the code as late as possible.
    """
    day = at.astimezone(ZONE).date()
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [agency, day])
        (number,) = cursor.fetchone()
    return str(dossier_code.make(agency, day, number))
