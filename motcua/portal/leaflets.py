"""Leaflets on the open web: what a commune hangs up and reads aloud, as page, PDF and plain text."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from motcua.agencies import queries as agencies
from motcua.journeys.leaflets import making, writing
from motcua.journeys.leaflets.facts import Facts, facts
from motcua.journeys.leaflets.pictures import picture_file
from motcua.journeys.leaflets.speech import script
from motcua.journeys.leaflets.writing import Kind
from motcua.portal.pages import language, show
from motcua.procedures import queries as procedures
from motcua.toolkit.clock import now
from motcua.toolkit.networks import brake

MOST_PDFS = 300
"""PDFs an hour from one network: a commune prints a few, whoever reads them all is a machine."""
_HOUR = 3600
_KINDS: dict[str, Kind] = {"huong-dan": "guide", "ap-phich": "poster", "phat-thanh": "broadcast"}


@require_safe
def leaflets(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the commune, then what to look at, print or copy."""
    at = now()
    law = procedures.current(slug, localtime(at).date()).procedure
    province, commune = request.GET.get("province", ""), request.GET.get("commune", "")
    told = facts(slug, commune, language=language(), at=at) if commune else None
    context = {
        "name": law.name.to(language()),
        "provinces": agencies.provinces(at),
        "communes": agencies.communes(province, at) if province else (),
        "province": province,
        "commune": commune,
        "told": told,
        "kinds": [_card(slug, word, commune) for word in _KINDS] if told else [],
        "support": _support(told) if told else None,
        "back": reverse("portal:service", args=[law.slug]),
    }
    return show(request, "leaflets/choose", context)


def _card(slug: str, word: str, commune: str) -> dict[str, str]:
    titles = {
        "huong-dan": (gettext("Tờ hướng dẫn"), gettext("A4, hai mặt: ai, khi nào, giấy tờ, lệ phí, từng bước có hình.")),
        "ap-phich": (gettext("Áp phích mã QR"), gettext("A3, dán tường: đứng cách hai mét vẫn quét được.")),
        "phat-thanh": (gettext("Bài phát thanh"), gettext("Hai đến ba phút, số và ngày đã viết thành chữ để đọc.")),
    }  # fmt: skip
    title, text = titles[word]
    return {"title": title, "text": text, **_addresses(slug, word, commune)}


def _addresses(slug: str, word: str, commune: str) -> dict[str, str]:
    """Return where a leaflet is, as page, PDF and text; the files name their language."""
    page = reverse("portal:leaflet", args=[slug, word])
    asked = f"?commune={commune}"
    file = f"{page.rstrip('/')}.{{}}{asked}&language={language()}"
    return {"page": page + asked, "pdf": file.format("pdf"), "plain": file.format("txt")}


@require_safe
def leaflet(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Show one leaflet as a page."""
    commune = request.GET.get("commune", "")
    told = facts(slug, commune, language=language(), at=now())
    context = {
        "told": told,
        "words": writing.labels(),
        "back": f"{reverse('portal:leaflets', args=[told.slug])}?commune={commune}",
        "support": _support(told),
        **_addresses(told.slug, kind, commune),
        **_PAGES[_kind(kind)](told),
    }
    return show(request, f"leaflets/{_kind(kind)}", context)


def _support(told: Facts) -> dict[str, str]:
    office = told.office
    return {
        "unit": office.support_name,
        "phone": office.support_phone,
        "hours": office.support_hours,
    }


def _kind(word: str) -> Kind:
    if word not in _KINDS:
        raise Http404
    return _KINDS[word]


def _guide(told: Facts) -> dict[str, Any]:
    sections = [
        {"title": title, "lines": lines}
        for title, lines in writing.guide_sections(told)
        if title != writing.labels()["steps"]
    ]
    steps = [
        {
            "title": step.title,
            "text": step.text,
            "picture": reverse("portal:leaflet_picture", args=[told.slug, step.picture])
            if step.picture
            else "",
        }
        for step in told.steps
    ]
    return {"sections": sections, "steps": steps}


def _poster(told: Facts) -> dict[str, Any]:
    words = writing.labels()
    headline = words["headline"] if told.whole else words["headline_partial"]
    return {"headline": headline, "codes": [told.account, told.service, *told.linked]}


def _broadcast(told: Facts) -> dict[str, Any]:
    """The loudspeaker speaks Vietnamese, whatever the page around it speaks."""
    with translation.override("vi"):
        spoken = script(facts(told.slug, told.commune_code, language="vi", at=now()))
    paragraphs = [paragraph.splitlines() for paragraph in spoken.paragraphs]
    return {"paragraphs": paragraphs, "minutes": writing.minutes_words(spoken)}


_PAGES = {"guide": _guide, "poster": _poster, "broadcast": _broadcast}


@require_safe
def leaflet_pdf(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Answer a leaflet to print. Raises TooOften: setting a sheet is work."""
    brake(request, "leaflets", MOST_PDFS)
    told = _told(request, slug, kind)
    with translation.override(told.language):
        content = making.pdf(_kind(kind), told)
    name = f"{told.slug}-{kind}-{request.GET.get('commune', '')}.pdf"
    return _public(content, "application/pdf", name)


@require_safe
def leaflet_text(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Answer a leaflet in plain lines."""
    told = _told(request, slug, kind)
    with translation.override(told.language):
        content = writing.text(_kind(kind), told)
    return _public(content.encode(), "text/plain; charset=utf-8")


def _told(request: HttpRequest, slug: str, kind: str) -> Facts:
    """Return the facts in the language asked for; the loudspeaker speaks Vietnamese."""
    english = request.GET.get("language") == "en" and _kind(kind) != "broadcast"
    spoken = "en" if english else "vi"
    with translation.override(spoken):
        return facts(slug, request.GET.get("commune", ""), language=spoken, at=now())


def _public(content: bytes, kind: str, name: str = "") -> HttpResponse:
    """Answer a file that caches may keep for an hour and search engines need not list."""
    answer = HttpResponse(content, content_type=kind)
    answer["Cache-Control"] = f"public, max-age={_HOUR}"
    answer["X-Robots-Tag"] = "noindex"
    if name:
        answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@require_safe
def leaflet_picture(request: HttpRequest, slug: str, name: str) -> FileResponse:
    """Answer a picture of this portal's own pages."""
    file = picture_file(slug, name)
    if file is None:
        raise Http404
    answer = FileResponse(file.open("rb"), content_type="image/png")
    answer["Cache-Control"] = f"public, max-age={24 * _HOUR}"
    return answer
