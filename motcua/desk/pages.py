"""What every page of the desk shares: who is signed in, whom to ask, the way to the queue."""

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from motcua.agencies.rules.roles import Role
from motcua.desk.signing_in.session import lock_after, the_official
from motcua.journeys.bookkeeping import KEEPERS
from motcua.reports.seats import READERS


def language() -> str:
    """Return the language of this page: vi or en."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def ways_of(roles: Collection[str]) -> dict[str, bool]:
    """Return where these roles lead beside the queue, as every page of the desk names it."""
    return {
        "figures": bool(READERS.intersection(roles)),
        "at_counter": Role.FRONT_DESK in roles,
        "keeps_books": bool(KEEPERS.intersection(roles)),
    }


def show(
    request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render a page of the desk; with `figures` in the context it leads to the figures of the office, with `at_counter` to its counter."""
    queue, ways = reverse("desk:queue"), []
    if context.get("figures"):
        here = name.startswith("figures/")
        ways = [{"label": gettext("Số liệu"), "href": reverse("desk:figures"), "current": here}]
    if context.get("at_counter"):
        here = name.startswith("counter/")
        ways.append({"label": gettext("Quầy"), "href": reverse("desk:counter"), "current": here})
    if context.get("keeps_books"):
        here = name.startswith("books/")
        ways.append({"label": gettext("Sổ"), "href": reverse("desk:books"), "current": here})
    if context.get("sets_calendar"):
        here = name.startswith("calendar/")
        way = {"label": gettext("Lịch"), "href": reverse("desk:calendar"), "current": here}
        ways.append(way)
    if context.get("sets_calendar") or context.get("administers"):
        here = name.startswith("officials/")
        way = {"label": gettext("Nhân sự"), "href": reverse("desk:officials"), "current": here}
        ways.append(way)
    if any(context.get(who) for who in ("figures", "supports", "sets_calendar")):
        here = bool(context.get("supports"))
        name_of = "desk:calls" if context.get("figures") else "desk:team"
        ways.append({"label": gettext("Hỗ trợ"), "href": reverse(name_of), "current": here})
    frame = {
        "lock_after": int(lock_after().total_seconds()),
        "account": {
            "name": the_official(request).full_name,
            "href": reverse("official:security"),
            "sign_out": reverse("official:sign_out"),
        },
        "desk_home": queue,
        "desk_nav": [
            {"label": gettext("Hàng việc"), "href": queue, "current": name == "queue"},
            *ways,
        ],
    }
    return render(request, f"desk/{name}.html", {**frame, **context}, status=status)
