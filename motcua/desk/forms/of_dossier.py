"""The forms of one dossier before an official: listed on its page, drawn when asked for."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.desk.pages import language
from motcua.desk.signing_in.session import the_official
from motcua.documents.serving import pdf_response
from motcua.journeys import looking
from motcua.journeys.forms.control import draw_control_sheet
from motcua.journeys.forms.drawing import draw
from motcua.journeys.forms.listing import (
    Form,
    control_sheet,
    control_sheet_of,
    form_of,
    forms_of,
)
from motcua.journeys.forms.words import form_number, form_words
from motcua.journeys.looking import Opened
from motcua.toolkit.clock import now


@dataclass(frozen=True)
class FormLine:
    """A form that may be printed: its name, its number in the circular, its moment."""

    name: str
    number: str
    href: str
    at: datetime | None = None


def lines(opened: Opened) -> list[FormLine]:
    """Return the forms this official may print, in the order in which they came to be."""
    known = (*forms_of(opened.history), control_sheet(opened.history))
    return [_line(opened, form) for form in known if _seen(opened, form)]


def _line(opened: Opened, form: Form) -> FormLine:
    return FormLine(
        form_words(form, opened.published.procedure, language()),
        form_number(form),
        reverse("desk:form", args=[opened.row.code, form.slug]),
        form.at,
    )


def _seen(opened: Opened, form: Form) -> bool:
    """Tell whether the form is the official's business; of form 06 everybody sees their own parts."""
    if form.kind == "control":
        return not opened.sight.only_asked
    return _part_seen(opened, form.leg)


def _part_seen(opened: Opened, leg: str) -> bool:
    return opened.sight.leg(leg) if leg else opened.sight.whole


@require_safe
def form(request: HttpRequest, code: str, slug: str) -> HttpResponseBase:
    """Answer a form as a PDF, with no more in it than the official may see."""
    opened = looking.look_around(official=the_official(request), code=code, at=now())
    opened.must_be_open()
    found = form_of(opened.history, slug) or control_sheet_of(opened.history, slug)
    if found is None or not _seen(opened, found):
        raise Http404
    return pdf_response(_drawn(opened, found), f"{found.slug}-{opened.row.code}.pdf")


def _drawn(opened: Opened, form: Form) -> bytes:
    sight = opened.sight
    if form.kind != "control":
        sees = None if sight.all_declared else sight.field
        return draw(opened.row, opened.history, form, sees=sees)
    subject = sight.field(opened.published.procedure.subject)
    return draw_control_sheet(
        opened.row, opened.history, form, sees=lambda leg: _part_seen(opened, leg),
        subject_seen=subject,
    )  # fmt: skip
