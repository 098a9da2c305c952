"""Due dates, roles and states in the words of the desk."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils.translation import gettext, ngettext

from motcua.agencies.rules.roles import NAMES, Role
from motcua.kernel.working_time import ZONE, Calendar
from motcua.ui.words import working_days_words

LONGEST = 400  # days looked at when working days are counted


@dataclass(frozen=True)
class Due:
    """When something is due, in words and with a shape: never by colour alone."""

    label: str
    kind: str
    at: datetime | None = None
    late: bool = False


def due_words(due: datetime | None, now: datetime, calendar: Calendar) -> Due:
    """Say how long is left, or how late it is, in working days of the office's calendar."""
    if due is None:
        return Due(gettext("thời hạn đang tạm dừng"), "paused")
    today, last = now.astimezone(ZONE).date(), due.astimezone(ZONE).date()
    if due < now:
        return Due(_late(_working_days(last, today, calendar)), "stopped", due, late=True)
    if last == today:
        return Due(gettext("hạn trong hôm nay"), "action", due)
    left = _working_days(today, last, calendar)
    near = left <= settings.NEAR_DUE_DAYS
    return Due(working_days_words(left), "action" if near else "running", due)


def _late(days: int) -> str:
    if days == 0:
        return gettext("trễ hạn hôm nay")
    return ngettext("trễ hạn {n} ngày làm việc", "trễ hạn {n} ngày làm việc", days).format(n=days)


def _working_days(after: date, until: date, calendar: Calendar) -> int:
    """Count the working days after one day, up to and with another."""
    span = min((until - after).days, LONGEST)
    return sum(calendar.is_working(after + timedelta(days=n)) for n in range(1, span + 1))


def end_of_day(now: datetime) -> datetime:
    """Return the last moment of today in Viet Nam."""
    there = now.astimezone(ZONE)
    return there.replace(hour=23, minute=59, second=59, microsecond=999999)


def soon(now: datetime, calendar: Calendar) -> datetime:
    """Return until when something is due soon: the end of the working day that NEAR_DUE_DAYS names."""
    day, left = now.astimezone(ZONE).date(), settings.NEAR_DUE_DAYS
    for _ in range(LONGEST):
        day += timedelta(days=1)
        left -= calendar.is_working(day)
        if not left:
            break
    return end_of_day(datetime.combine(day, time(12), ZONE))


def role_words(role: str) -> str:
    """Return what a role is called."""
    return gettext(NAMES[Role(role)]) if role in set(Role) else role
