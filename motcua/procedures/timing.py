"""How long filling in takes: what people really took, where enough of them have filed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from motcua.procedures.models import Filling, TimeToFill
from motcua.procedures.rules.procedure import Procedure

LATEST = 200
"""So many declarations of a procedure count; older ones are forgotten."""
ENOUGH = 20
"""Fewer tell more about single people than about the procedure."""
LONGEST = 24 * 3600


@dataclass(frozen=True)
class Minutes:
    """Minutes to fill in; `measured`, or as the author of the procedure guessed."""

    number: int
    measured: bool


def note_filling(*, code: str, seconds: int, on: date) -> None:
    """Keep how long one declaration took; what took no time was not filled in by hand and counts for nothing."""
    if 0 < seconds <= LONGEST:
        Filling.objects.create(code=code, seconds=seconds, on=on)


def minutes_to_fill(law: Procedure) -> Minutes:
    """Return the minutes that people took, else those of the author."""
    found = TimeToFill.objects.filter(code=law.code, filings__gte=ENOUGH).first()
    if found is None:
        return Minutes(law.minutes_to_fill, measured=False)
    return Minutes(max(1, round(found.seconds / 60)), measured=True)


def measure(at: datetime) -> None:
    """Take the middle one of the latest declarations of each procedure, and forget older ones."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [LATEST])
        cursor.execute(_MEASURE, [at])


_FORGET = """
delete from procedures_filling where id in (
    select id from (
        select id, row_number() over (partition by code order by id desc) as place
        from procedures_filling
    ) as placed where place > %s
)
"""
_MEASURE = """
insert into procedures_timetofill (code, seconds, filings, measured_at)
select code, percentile_cont(0.5) within group (order by seconds), count(*), %s
from procedures_filling group by code
on conflict (code) do update set
    seconds = excluded.seconds, filings = excluded.filings, measured_at = excluded.measured_at
"""
