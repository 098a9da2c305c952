"""Finding a service: home, search, life events, all before signing in."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext

from motcua.agencies import queries as agencies
from motcua.agencies.rules.codes import Code, code_list
from motcua.portal.hits import cards, facets, hit_views
from motcua.portal.pages import language, show
from motcua.procedures import queries as procedures
from motcua.procedures.questions import questions
from motcua.procedures.rules.questions import Question
from motcua.procedures.rules.search.foreign import in_vietnamese, phrases
from motcua.procedures.rules.search.suggesting import events_named
from motcua.procedures.search import Filters, Finding, find, nearest
from motcua.toolkit.clock import now

LONGEST = 200
FILTERS = {"life_event": "su_kien", "field": "linh_vuc", "ministry": "bo", "level": "muc"}
"""What the search narrows to → how it is called in addresses."""


def today() -> date:
    """Return the day it is in Viet Nam."""
    return localtime(now()).date()


def home(request: HttpRequest) -> HttpResponse:
    """Show the search, the linked services in front, then the life events."""
    rows = procedures.offered()
    context = {
        "linked": cards([row for row in rows if row.linked]),
        "events": event_links(),
        "all": f"{reverse('portal:search')}?{urlencode({'muc': 'full'})}",
        "services": len(rows),
    }
    return show(request, "home", context)


def event_links() -> list[dict[str, str]]:
    """Return the life events as doors."""
    spoken = language()
    return [
        {
            "title": row.label(spoken),
            "text": row.text("short", spoken),
            "href": reverse("portal:life_event", args=[row["slug"]]),
            "icon": row["slug"],
        }
        for row in code_list("life_events").rows
    ]


def search(request: HttpRequest) -> HttpResponse:
    """Show what was found and why, narrowed where asked; of nothing, what to try instead."""
    text = request.GET.get("q", "")[:LONGEST]
    filters = Filters(**{name: request.GET.get(key, "")[:40] for name, key in FILTERS.items()})
    found = find(text, filters, after=request.GET.get("sau", "")[:40])
    context = {
        "query": text,
        "found": found,
        "hits": hit_views(found),
        "questions": question_links(questions().found(in_vietnamese(text, phrases()))),
        "facets": facets(found, filters, FILTERS),
        "narrowed": filters.any,
        "reset": f"{reverse('portal:search')}?{urlencode({'q': text})}",
        "following": _following(request, found),
        "breadcrumbs": [home_crumb()],
        **(_instead(text) if not found.hits else {"events": _events_beside(found)}),
    }
    return show(request, "search", context)


def question_links(found: Iterable[Question], kept: str = "") -> list[dict[str, str]]:
    """Return questions as doors; `kept` says where the person came from."""
    spoken = language()
    return [
        {
            "text": item.question.to(spoken),
            "href": f"{reverse('portal:question', args=[item.id])}{kept}",
        }
        for item in found
    ]


def _following(request: HttpRequest, found: Finding) -> str:
    if not found.following:
        return ""
    kept = {key: request.GET[key] for key in ("q", *FILTERS.values()) if request.GET.get(key)}
    return f"?{urlencode({**kept, 'sau': found.following})}"


def _instead(text: str) -> dict[str, Any]:
    near = [
        {"text": phrase, "href": f"{reverse('portal:search')}?{urlencode({'q': phrase})}"}
        for phrase in nearest(text)
    ]
    return {"near": near, "all_events": event_links()}


def _events_beside(found: Finding) -> list[dict[str, str]]:
    """Return the life events that were named beside what was looked for."""
    spoken = language()
    named = events_named(found.asked.typed, code_list("life_events"))
    return [
        {
            "title": row.label(spoken),
            "href": reverse("portal:life_event", args=[row["slug"]]),
        }
        for row in named[:2]
    ]


def life_event(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what there is to do on an occasion of life: what can be filed here first, then information."""
    event = _event(slug)
    after = request.GET.get("sau", "")[:40]
    found = find("", Filters(life_event=event.code), after=after, counting=False)
    views = hit_views(found)
    context = {
        "event": event.label(language()),
        "short": event.text("short", language()),
        "online": [view for view in views if view["offered"]],
        "told": [view for view in views if not view["offered"]],
        "total": found.total,
        "following": _following(request, found),
        "breadcrumbs": [home_crumb()],
    }
    return show(request, "life_event", context)


def _event(slug: str) -> Code:
    found = code_list("life_events").where("slug", slug)
    if not found:
        raise Http404
    return found[0]


def home_crumb() -> dict[str, str]:
    """Return where every way begins."""
    return {"label": gettext("Trang chủ"), "href": reverse("portal:home")}


def event_crumbs(codes: list[str] | tuple[str, ...]) -> list[dict[str, str]]:
    """Return the way to a service: home, and the first occasion of life it belongs to."""
    events = code_list("life_events")
    known = [events.row(code) for code in codes[:1] if events.has(code)]
    return [
        home_crumb(),
        *(
            {
                "label": row.label(language()),
                "href": reverse("portal:life_event", args=[row["slug"]]),
            }
            for row in known
        ),
    ]


def short_link(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead from the QR code of a leaflet to the service (R26)."""
    return redirect("portal:service", slug=slug)


def register_online(request: HttpRequest) -> HttpResponse:
    """“Đăng ký trực tuyến”: choose the place, see its agency, choose the service (R13)."""
    at = now()
    province, commune = request.GET.get("province", ""), request.GET.get("commune", "")
    chosen = agencies.find_place(commune, at) if commune else None
    agency = agencies.find_agency("commune_committee", commune, at) if chosen else None
    communes = agencies.communes(province, at) if province else ()
    return show(
        request,
        "register_online",
        {
            "provinces": agencies.provinces(at),
            "communes": communes,
            "province": province,
            "commune": commune,
            "place": agencies.full_name(commune, at) if chosen else "",
            "agency": agency,
            "services": cards(procedures.offered()) if agency else [],
            "back": reverse("portal:home"),
        },
        agency=agency,
    )
