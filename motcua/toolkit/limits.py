"""How often something may be tried: counted in PostgreSQL, so that all processes agree."""

from datetime import UTC, datetime
from math import ceil

from django.db import connection

from motcua.toolkit.models import Spending
from motcua.toolkit.refusals import TooOften


def spend(key: str, *, limit: int, per_seconds: int, at: datetime) -> int:
    """Count one try under `key` and return how many are left in this stretch of time.

    Stretches have fixed borders (every `per_seconds` since 1970). Raises TooOften with the seconds
    to wait in `data["retry_after"]` when `limit` tries were made before. `key` must not contain
    personal data in clear: hash a phone number first (`identity` shows how).

    Call it before the transaction of the act is opened: a refusal undoes what its transaction
    wrote, the count with it.
    """
    stretch = int(at.timestamp()) // per_seconds
    ends_at = datetime.fromtimestamp((stretch + 1) * per_seconds, UTC)
    used = _count(key, stretch, ends_at)
    if used > limit:
        wait = max(1, ceil((ends_at - at).total_seconds()))
        raise TooOften(retry_after=wait, minutes=ceil(wait / 60))
    return limit - used


def spent(key: str, *, per_seconds: int, at: datetime) -> int:
    """Return how many tries were made under `key` in the present stretch of time."""
    stretch = int(at.timestamp()) // per_seconds
    found = Spending.objects.filter(key=key, stretch=stretch).values_list("used", flat=True)
    return found.first() or 0


def once(key: str, *, until: datetime) -> bool:
    """Tell whether `key` is used for the first time; that it was is remembered until then."""
    with connection.cursor() as cursor:
        cursor.execute(
            """insert into toolkit_spending (key, stretch, used, ends_at)
               values (%s, 0, 1, %s) on conflict (key) do nothing""",
            [key, until],
        )
        return bool(cursor.rowcount == 1)


def hold(key: str, *, until: datetime) -> None:
    """Remember that nothing is tried under `key` until then."""
    Spending.objects.update_or_create(key=key, defaults={"stretch": 0, "used": 1, "ends_at": until})


def held_until(key: str, at: datetime) -> datetime | None:
    """Return until when nothing is tried under `key`; None when one may."""
    return (
        Spending.objects.filter(key=key, ends_at__gt=at).values_list("ends_at", flat=True).first()
    )


def forget(key: str) -> None:
    """Give the whole allowance back, for example after a right password."""
    Spending.objects.filter(key=key).delete()


def _count(key: str, stretch: int, ends_at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """insert into toolkit_spending as s (key, stretch, used, ends_at)
               values (%s, %s, 1, %s)
               on conflict (key) do update set
                 used = case when s.stretch = excluded.stretch then s.used + 1 else 1 end,
                 stretch = excluded.stretch, ends_at = excluded.ends_at
               returning used""",
            [key, stretch, ends_at],
        )
        row = cursor.fetchone()
    return int(row[0])


def drop_ended(before: datetime) -> int:
    """Delete counts of stretches that ended before that moment; return how many."""
    return Spending.objects.filter(ends_at__lt=before).delete()[0]
