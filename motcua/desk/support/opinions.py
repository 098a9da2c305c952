"""What people think of the office: counted, read, and answered by the leader where it was low."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.rules.roles import Role
from motcua.desk.pages import language
from motcua.desk.signing_in.session import the_official
from motcua.desk.support.pages import page
from motcua.help import opinions
from motcua.help.models import Opinion
from motcua.help.rules.opinions import LONGEST_WORDS, WORDS, Kind, Tally
from motcua.journeys import supporting
from motcua.kernel.refusal import Refusal
from motcua.procedures.queries import latest
from motcua.reports.satisfaction import of_offices
from motcua.toolkit.clock import now
from motcua.ui.fields import FieldView, error_links
from motcua.ui.refusals import refusal_text


@require_safe
def read(request: HttpRequest) -> HttpResponse:
    """Show the counts of a year, what is to be answered, and what people wrote. Raises SupportNotYours."""
    at = now()
    mine = supporting.caller(the_official(request), at)
    low, all_words = opinions.to_answer(mine.agency_ids), opinions.with_words(mine.agency_ids)
    found = latest({one.procedure for one in [*low, *all_words]})
    names = {code: one.procedure.name.to(language()) for code, one in found.items()}
    context = {
        "tallies": [_tally(kind, of) for kind, of in of_offices(mine.agency_ids, at).items()],
        "low": [_line(one, names) for one in low],
        "lines": [_line(one, names) for one in all_words],
        "leads": mine.holds(Role.LEADER),
    }
    return page(request, "opinions", mine, context)


def _tally(kind: Kind, of: Tally) -> dict[str, object]:
    title = {
        Kind.FILING: gettext("Khai hồ sơ có dễ không"),
        Kind.ENDING: gettext("Hài lòng với việc giải quyết"),
    }[kind]
    counts = [(gettext(words), of.counts[mark - 1]) for mark, words in WORDS[kind].items()]
    return {
        "title": title,
        "counts": counts,
        "total": of.total,
        "satisfied": of.satisfied if of.total else 0,
    }


def _line(one: Opinion, names: dict[str, str]) -> dict[str, object]:
    return {
        "opinion": one,
        "mark": gettext(WORDS[Kind(one.kind)][one.mark]),
        "procedure": names.get(one.procedure, one.procedure),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, opinion_id: int) -> HttpResponse:
    """Answer one opinion, in the leader's words. Raises SupportNotYours, OpinionUnknown, LeaderAnswers."""
    mine = supporting.caller(the_official(request), now())
    found = opinions.opinion_of_office(opinion_id, mine.agency_ids)
    supporting.must_lead(mine, found.agency_id)
    told, wrong = request.POST.get("words", ""), ""
    if request.method == "POST":
        try:
            opinions.answer(opinion=found, words=told, by=mine.official.pk, at=now())
            return redirect("desk:opinions")
        except Refusal as no:
            wrong = refusal_text(no)
    field = FieldView(
        "words", "words", "long_text", gettext("Cơ quan trả lời"), value=told, counted=LONGEST_WORDS,
        hint=gettext("Người cho ý kiến đọc được lời này ở trang đã trả lời; ngoài ra không ai thấy."),
        errors=[wrong] if wrong else [],
    )  # fmt: skip
    names = latest({found.procedure})
    context = {
        **_line(found, {code: one.procedure.name.to(language()) for code, one in names.items()}),
        "field": field,
        "errors": error_links([field]),
    }
    return page(request, "answer", mine, context, status=400 if wrong else 200)
