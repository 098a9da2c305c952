"""What an address of the figures asks for, and the address of each figure."""

from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from motcua.desk.signing_in.session import the_official
from motcua.reports.figures import Asked, today
from motcua.reports.lines import Mark
from motcua.reports.rules.windows import Span, Window, in_reach, window
from motcua.reports.seats import Seat, seat


def seat_of(request: HttpRequest, at: datetime) -> Seat:
    """Return the agency whose figures are asked for. Raises FiguresNotYours."""
    given = request.POST if request.method == "POST" else request.GET
    return seat(official=the_official(request), at=at, wanted=given.get("co-quan", ""))


def window_of(given: QueryDict, at: datetime, usual: Span) -> Window:
    """Read a window; a word or day that cannot be read means the usual one of today.

    With a last day (`den`) it is what of the window lies between the two days: a week cut by its month.
    """
    span = next((span for span in Span if span == given.get("ky")), usual)
    day, last = _day(given.get("ngay")) or today(at).first, _day(given.get("den"))
    whole = window(span, day)
    return whole.cut(day, last + timedelta(days=1)) if last else whole


def _day(told: str | None) -> date | None:
    try:
        return in_reach(date.fromisoformat(told or ""))
    except ValueError:
        return None


def asked_of(given: QueryDict, at: datetime) -> Asked:
    """Read which list is asked for. Raises FigureUnknown."""
    about = window_of(given, at, Span.DAY)
    return Asked(given.get("so", ""), about, given.get("nhom", ""), given.get("muc", ""))


def mark_of(told: str) -> Mark | None:
    """Read where the page before ended; a mark that cannot be read leads to the first page."""
    dossier, _, leg = told.partition("_")
    return (int(dossier), leg) if dossier.isascii() and dossier.isdigit() else None


def about_address(name: str, mine: Seat, about: Window | None, *parts: str) -> str:
    """Return the address of a page about a window; the page of today needs none."""
    asked = _whose(mine) | (_when(about) if about else {})
    return reverse(name, args=parts) + (f"?{urlencode(asked)}" if asked else "")


def list_address(mine: Seat, asked: Asked, mark: Mark | None = None) -> str:
    """Return the address of the list behind a figure, going on behind a mark."""
    values = parameters(mine, asked)
    if mark is not None:
        dossier, leg = mark
        values["sau"] = f"{dossier}_{leg}" if leg else str(dossier)
    return f"{reverse('desk:figure_list')}?{urlencode(values)}"


def parameters(mine: Seat, asked: Asked) -> dict[str, str]:
    """Return what names a list in an address or a form."""
    named = {"so": asked.figure, "nhom": asked.group, "muc": asked.key}
    filled = {name: value for name, value in named.items() if value}
    return filled | _when(asked.window) | _whose(mine)


def _when(about: Window) -> dict[str, str]:
    named = {"ky": str(about.span), "ngay": about.first.isoformat()}
    is_whole = about == window(about.span, about.first)
    return named if is_whole else {**named, "den": about.last.isoformat()}


def _whose(mine: Seat) -> dict[str, str]:
    return {"co-quan": mine.agency.code} if len(mine.offered) > 1 else {}
