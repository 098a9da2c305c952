"""Hỏi đáp: what people ask, answered in plain words, each answer with what to do next."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from motcua.agencies import queries as agencies
from motcua.agencies.models import Agency
from motcua.portal.finding import home_crumb, question_links
from motcua.portal.pages import language, show
from motcua.procedures.questions import questions
from motcua.toolkit.clock import now

FROM = ("dich-vu", "buoc", "noi")
"""In an address: the service, the step and the place the person came from."""


def asking(service: str, step: str, place: str) -> str:
    """Return the address of the questions for who stands at a step of a service in a place."""
    told = dict(zip(FROM, (service, step, place), strict=True))
    given = {name: value for name, value in told.items() if value}
    return f"{reverse('portal:questions')}?{urlencode(given)}"


@require_safe
def every_question(request: HttpRequest) -> HttpResponse:
    """Show the questions by topic; those of the service and step one came from stand in front."""
    service, step, place = (request.GET.get(name, "")[:80] for name in FROM)
    listed = questions().listed(service=service, step=step, commune=place)
    kept = f"?{query}" if (query := _query(request)) else ""
    near = [q for q in listed if step and step in q.steps][:_NEAR]
    context = {
        "near": question_links(near, kept),
        "topics": [
            {
                "title": title,
                "questions": question_links((q for q in listed if q.topic == topic), kept),
            }
            for topic, title in _topics().items()
        ],
        "breadcrumbs": [home_crumb()],
    }
    return show(request, "questions", context, agency=_agency(place))


_NEAR = 5


@require_safe
def question(request: HttpRequest, name: str) -> HttpResponse:
    """Show one question with its answer, the next step, and whom to call."""
    found = questions().of(name)
    if found is None:
        raise Http404
    spoken, agency = language(), _agency(request.GET.get("noi", "")[:10])
    context = {
        "title": found.question.to(spoken),
        "answer": [paragraph.to(spoken) for paragraph in found.answer],
        "next": found.next.to(spoken),
        "go": {"href": found.go.to, "label": found.go.label.to(spoken)} if found.go else None,
        "agency": agency,
        "breadcrumbs": [home_crumb(), {"label": gettext("Hỏi đáp"), "href": _kept(request)}],
    }
    return show(request, "question", context, agency=agency)


def _kept(request: HttpRequest) -> str:
    query = _query(request)
    return reverse("portal:questions") + (f"?{query}" if query else "")


def _query(request: HttpRequest) -> str:
    return urlencode({name: request.GET[name][:80] for name in FROM if request.GET.get(name)})


def _agency(place: str) -> Agency | None:
    """Return whom to call at a place: its committee's support contact."""
    return agencies.find_agency("commune_committee", place, now()) if place else None


def _topics() -> dict[str, Any]:
    return {
        "before": gettext("Trước khi bắt đầu"),
        "signing": gettext("Đăng nhập, mã xác nhận"),
        "filling": gettext("Khi đang khai"),
        "papers": gettext("Giấy tờ, ảnh chụp"),
        "paying": gettext("Phí và trả tiền"),
        "tracking": gettext("Sau khi nộp"),
        "results": gettext("Kết quả"),
        "helping": gettext("Cần người giúp"),
        "safety": gettext("Riêng tư, an toàn"),
        "trouble": gettext("Khi gặp trục trặc"),
    }
