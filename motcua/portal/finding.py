"""Finding a service: home, search, what it is and what it takes, before signing in."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext
from markdown_it import MarkdownIt

from motcua.agencies import queries as agencies
from motcua.documents.qr import qr_svg
from motcua.portal.pages import language, show
from motcua.procedures import queries as procedures
from motcua.procedures.models import Listing
from motcua.procedures.queries import Published
from motcua.procedures.rules.plan import TimeLimit
from motcua.procedures.rules.procedure import Fee
from motcua.procedures.search import find
from motcua.toolkit.clock import now

LONGEST = 200


def today() -> date:
    """Return the day it is in Viet Nam."""
    return localtime(now()).date()


def _cards(rows: list[Listing]) -> list[dict[str, str]]:
    spoken = language()
    return [
        {
            "title": row.name[spoken],
            "text": row.short[spoken],
            "note": level_words(row.level),
            "href": reverse("portal:service", args=[row.slug]),
        }
        for row in rows
    ]


def level_words(level: str) -> str:
    """Return what a level of service means for the person, with the older label (R1, R2, R4)."""
    if level == "full":
        return gettext("Toàn trình – không phải đến cơ quan (trước đây: mức độ 4)")
    return gettext("Một phần – nộp trên mạng, nhận kết quả tại quầy (trước đây: mức độ 3)")


def home(request: HttpRequest) -> HttpResponse:
    """Show the search, the linked services in front, then the others."""
    rows = procedures.offered()
    return show(
        request,
        "home",
        {
            "linked": _cards([row for row in rows if row.linked]),
            "others": _cards([row for row in rows if not row.linked]),
        },
    )


def search(request: HttpRequest) -> HttpResponse:
    """Show what was found, or what to try instead."""
    text = request.GET.get("q", "")[:LONGEST]
    found = [hit.row for hit in find(text).hits if hit.row.slug]
    others = [] if found else _cards(procedures.offered())
    return show(
        request,
        "search",
        {"query": text, "found": _cards(found), "others": others, "back": reverse("portal:home")},
    )


def short_link(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead from the QR code of a leaflet to the service (R26)."""
    return redirect("portal:service", slug=slug)


def service(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a service is: who, papers, fee, time, steps, law – all before signing in."""
    published = procedures.current(slug, today())
    if published.procedure.slug != slug:
        target = reverse("portal:service", args=[published.procedure.slug])
        return HttpResponsePermanentRedirect(target)
    return show(request, "service", service_facts(published, language()))


def service_facts(published: Published, spoken: str) -> dict[str, Any]:
    """Return what the page of a service tells."""
    law = published.procedure
    guide = published.guides.get(spoken) or published.guides.get("vi", "")
    return {
        "law": law,
        "name": law.name.to(spoken),
        "short": law.short.to(spoken),
        "audience": law.audience.to(spoken),
        "level": level_words(law.level),
        "level_reason": law.level_reason.to(spoken) if law.level_reason else "",
        "limit": limit_words(law.plan.limit),
        "fees": [_fee_words(fee, spoken) for fee in law.fees],
        "papers": [
            {"name": p.name.to(spoken), "help": p.help.to(spoken) if p.help else ""}
            for p in law.papers
        ],
        "results": [result.name.to(spoken) for result in law.results],
        "stages": [
            {"title": stage.name.to(spoken), "text": limit_words(stage.limit)}
            for stage in law.plan.stages
        ],
        "basis": [{"title": b.title.to(spoken), "articles": b.articles} for b in law.legal_basis],
        "guide": MarkdownIt("js-default").render(guide),
        "start": reverse("portal:start", args=[law.slug]),
        "qr": f"{settings.BASE_URL}{reverse('portal:short_link', args=[law.slug])}",
        "qr_file": reverse("portal:service_qr", args=[law.slug]),
        "back": reverse("portal:home"),
    }


def limit_words(limit: TimeLimit | None) -> str:
    """Return a time limit in words."""
    if limit is None:
        return ""
    if limit.unit == "working_days":
        return gettext("{n} ngày làm việc").format(n=limit.amount)
    if limit.unit == "days":
        return gettext("{n} ngày").format(n=limit.amount)
    return gettext("{n} giờ làm việc").format(n=limit.amount)


def _fee_words(fee: Fee, spoken: str) -> dict[str, Any]:
    """Return a fee with its rates in force today; amounts that provinces set are told apart."""
    rates = [rate for rate in fee.rates if rate.effective is None or rate.effective.holds(today())]
    return {
        "name": fee.name.to(spoken),
        "rates": [
            {
                "amount": rate.amount,
                "channel": _channel_words(rate.channel),
                "province": agencies.full_name(rate.province, today()) if rate.province else "",
                "note": rate.note.to(spoken) if rate.note else "",
            }
            for rate in rates
        ],
        "exemptions": [item.name.to(spoken) for item in fee.exemptions],
    }


def _channel_words(channel: str | None) -> str:
    return {
        "online": gettext("nộp trực tuyến"),
        "counter": gettext("nộp tại quầy"),
        "post": gettext("nộp qua bưu điện"),
        None: "",
    }[channel]


def service_qr(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer the QR code of a service as a picture to print on a leaflet."""
    published = procedures.current(slug, today())
    address = f"{settings.BASE_URL}{reverse('portal:short_link', args=[published.procedure.slug])}"
    answer = HttpResponse(qr_svg(address), content_type="image/svg+xml")
    answer["Cache-Control"] = "public, max-age=86400"
    return answer


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
            "services": _cards(procedures.offered()) if agency else [],
            "back": reverse("portal:home"),
        },
        agency=agency,
    )
