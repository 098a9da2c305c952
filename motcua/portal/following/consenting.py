"""“Việc chờ quý vị đồng ý”: whoever a dossier concerns reads what it is about, and agrees or does not.

Only the person whose number VNeID proves sees it. Everybody else – the applicant, officials, whoever knows the
address – is answered as for what never was.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.dossiers.rules.refusals import ConsentNotAwaited, LegNotOpen, NotNow
from motcua.identity import queries as people
from motcua.identity.models import Person
from motcua.journeys import consenting
from motcua.journeys.consenting import Asked
from motcua.portal.following.acting import act_of, key_of
from motcua.portal.pages import language, show
from motcua.portal.signing_in.session import the_citizen
from motcua.toolkit.clock import now
from motcua.ui.fields import FieldView, Option, error_links

_ANSWERS = {"dong-y": True, "khong-dong-y": False}


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """List what waits for this person's word."""
    found = consenting.waiting_for(_person(request))
    context = {
        "asked": [_line(one) for one in found],
        "done": _done_words(request.GET.get("xong", "")),
        "mine": reverse("following:mine"),
    }
    return show(request, "following/consents", context)


def _person(request: HttpRequest) -> Person:
    return people.person(the_citizen(request).person_id)


def _line(asked: Asked) -> dict[str, Any]:
    return {
        "name": asked.stage.name.to(language()),
        "procedure": asked.published.procedure.name.to(language()),
        "applicant": asked.row.applicant_name,
        "subject": asked.row.subject_name,
        "until": asked.consent.until,
        "href": reverse("following:consent", args=[asked.row.code, asked.consent.leg]),
    }


def _done_words(done: str) -> str:
    return {
        "dong-y": gettext("Đã ghi: quý vị đồng ý."),
        "khong-dong-y": gettext("Đã ghi: quý vị không đồng ý."),
        "da-qua": gettext("Việc này không còn chờ quý vị: đã có câu trả lời, hoặc đã hết hạn."),
    }.get(done, "")


@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, code: str, leg: str) -> HttpResponse:
    """Show what this person is asked; take their yes or no, once."""
    person = _person(request)
    try:
        asked = consenting.asked(person=person, code=code, leg=leg)
    except ConsentNotAwaited:
        context = {"list": reverse("following:consents")}
        return show(request, "following/not_asked", context, status=404)
    agrees = _ANSWERS.get(request.POST.get("answer", ""))
    if request.method != "POST":
        return _page(request, asked)
    if agrees is None:
        return _page(request, asked, gettext("Hãy chọn đồng ý hoặc không đồng ý."))
    return _answered(request, asked, person, agrees=agrees)


def _answered(request: HttpRequest, asked: Asked, person: Person, *, agrees: bool) -> HttpResponse:
    key = key_of(request, "dongy", f"{asked.row.code}:{asked.consent.person[:8]}")
    done = request.POST["answer"]
    try:
        consenting.answer(question=asked, person=person, agrees=agrees, key=key, at=now())
    except (ConsentNotAwaited, LegNotOpen, NotNow):  # over in the meantime
        done = "da-qua"
    return redirect(f"{reverse('following:consents')}?xong={done}")


def _page(request: HttpRequest, asked: Asked, error: str = "") -> HttpResponse:
    field = FieldView(
        "answer",
        "answer",
        "radio",
        gettext("Quý vị có đồng ý không?"),
        options=[
            Option("dong-y", gettext("Tôi đồng ý")),
            Option("khong-dong-y", gettext("Tôi không đồng ý")),
        ],
        errors=[error] if error else [],
    )
    facts = asked.facts(language(), now())
    context = {
        "title": asked.step.name.to(language()),
        "rows": [*_about(asked), *({"label": label, "value": told} for label, told in facts)],
        "until": asked.consent.until,
        "on_paper": bool(asked.step.paper),
        "field": field,
        "errors": error_links([field]),
        "act": act_of(request),
        "back": reverse("following:consents"),
    }
    agency = asked.row.agency
    return show(request, "following/consent", context, agency=agency, status=422 if error else 200)


def _about(asked: Asked) -> list[dict[str, str]]:
    return [
        {"label": gettext("Người nộp hồ sơ"), "value": asked.row.applicant_name},
        {"label": gettext("Dịch vụ"), "value": asked.published.procedure.name.to(language())},
        {"label": gettext("Hồ sơ về"), "value": asked.row.subject_name},
        {"label": gettext("Phần cần đồng ý"), "value": asked.stage.name.to(language())},
        {"label": gettext("Nơi tiếp nhận"), "value": asked.row.agency.name},
    ]
