"""One question: was it easy, are you satisfied. Answered in words, without a sign-in, changed for seven days."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.help.rules.opinions import LONGEST_WORDS, WORDS, Kind
from motcua.journeys import opinions
from motcua.journeys.opinions import Asked
from motcua.kernel.refusal import Refusal
from motcua.kernel.words import WordsTooLong
from motcua.portal.pages import language, show
from motcua.procedures.rules.reading_answers import Posted
from motcua.toolkit.clock import now
from motcua.toolkit.networks import brake
from motcua.ui.fields import FieldView, Option, error_links
from motcua.ui.refusals import refusal_text

MOST = 120
"""Opinions an hour from one network."""


@require_http_methods(["GET", "HEAD", "POST"])
def opinion(request: HttpRequest, slug: str, code: str, check: str) -> HttpResponse:
    """Ask, thank, and show the office's answer. Raises OpinionUnknown."""
    found = opinions.asked(slug=slug, code=code, check=check)
    if request.method != "POST":
        return _page(request, found)
    posted = Posted(dict(request.POST.lists()))
    try:
        brake(request, "opinion", MOST)
        opinions.give(about=found, mark=posted.number("mark"), words=posted.one("words"), at=now())
    except Refusal as refusal:
        return _page(request, found, posted, refusal)
    return redirect(f"{request.path}?xong=1")


def _page(
    request: HttpRequest, found: Asked, posted: Posted | None = None, wrong: Refusal | None = None
) -> HttpResponse:
    too_long = isinstance(wrong, WordsTooLong)
    fields = [
        _mark(found, posted, None if too_long else wrong),
        _words(found, posted, wrong if too_long else None),
    ]
    context = {
        "title": question(found.kind),
        "name": found.published.procedure.name.to(language()),
        "given": found.given,
        "open": found.open(now()),
        "thanked": "xong" in request.GET and found.given is not None,
        "mark_words": gettext(WORDS[found.kind][found.given.mark]) if found.given else "",
        "fields": fields,
        "errors": error_links(fields),
    }
    status = wrong.status if wrong else 200
    return show(request, "opinions/opinion", context, agency=found.agency, status=status)


def question(kind: Kind) -> str:
    """Return what is asked."""
    return {
        Kind.FILING: gettext("Khai hồ sơ này có dễ không?"),
        Kind.ENDING: gettext("Quý vị có hài lòng với việc giải quyết hồ sơ này không?"),
    }[kind]


def _mark(found: Asked, posted: Posted | None, wrong: Refusal | None) -> FieldView:
    given = found.given.mark if found.given else 0
    chosen = posted.number("mark") if posted else given
    return FieldView(
        "mark", "mark", "radio", question(found.kind),
        options=[
            Option(str(mark), gettext(words), selected=mark == chosen)
            for mark, words in WORDS[found.kind].items()
        ],
        errors=[refusal_text(wrong)] if wrong else [],
        legend_as_heading=True,
    )  # fmt: skip


def _words(found: Asked, posted: Posted | None, wrong: Refusal | None) -> FieldView:
    given = found.given.words if found.given else ""
    return FieldView(
        "words", "words", "long_text", gettext("Quý vị muốn nói thêm điều gì?"),
        hint=gettext("Chỉ cơ quan đọc; ngoài công khai chỉ có con số."),
        value=posted.one("words") if posted else given,
        required=False, counted=LONGEST_WORDS,
        errors=[refusal_text(wrong)] if wrong else [],
    )  # fmt: skip
