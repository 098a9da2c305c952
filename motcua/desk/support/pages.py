"""What the pages of support share: their tabs, and who may open which."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from motcua.agencies.rules.roles import Role
from motcua.desk.pages import show
from motcua.identity import provider_state
from motcua.journeys.held_files import KEEPERS
from motcua.journeys.supporting import CALLERS, Supporter
from motcua.toolkit.clock import now


def page(
    request: HttpRequest,
    name: str,
    mine: Supporter,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page of support with the tabs this official may open."""
    tabs = [
        {
            "label": gettext("Tổ công nghệ số"),
            "href": reverse("desk:team"),
            "current": name == "team",
        }
    ]
    if mine.holds(*CALLERS):
        tabs = [
            {"label": gettext("Gọi lại"), "href": reverse("desk:calls"), "current": name == "calls"},
            {"label": gettext("Ý kiến người dân"), "href": reverse("desk:opinions"), "current": name == "opinions"},
            {"label": gettext("Dữ liệu cá nhân"), "href": reverse("desk:data_requests"), "current": name == "data_requests"},
            *tabs,
        ]  # fmt: skip
    if mine.holds(*KEEPERS):
        here = name == "held_files"
        tabs.append(
            {"label": gettext("Tệp cách ly"), "href": reverse("desk:held_files"), "current": here}
        )
    frame = {
        "tabs": tabs,
        "supports": True,
        "figures": mine.holds(*CALLERS),
        "at_counter": mine.holds(Role.FRONT_DESK),
        "vneid": provider_state.believed(now()),
        "sets_calendar": mine.holds(Role.ADMINISTRATOR),
    }
    return show(request, f"support/{name}", {**frame, **context}, status=status)
