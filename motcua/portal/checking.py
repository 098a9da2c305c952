"""Check your answers, pledge, confirm with a code, file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from motcua.documents.queries import documents_of
from motcua.identity.queries import code_holds_until, seconds_until_resend
from motcua.identity.rules.refusals import ResendTooSoon
from motcua.journeys import filing, one_time_codes, result_ways
from motcua.journeys.actors import filer
from motcua.journeys.assurance import Act, service_level
from motcua.journeys.case import Case
from motcua.journeys.mandating import standing_of
from motcua.journeys.refusals import (
    DeclarationIncomplete,
    DoubtsUnconfirmed,
    OthersDraft,
    PledgeMissing,
    PledgeOutdated,
)
from motcua.kernel.refusal import Refusal
from motcua.portal import at_counter
from motcua.portal.choosing_ways import quote_words, way_words
from motcua.portal.draft_pages import (
    case_or_receipt,
    links,
    page_link,
    paper_link,
    progress,
    show_of,
)
from motcua.portal.following import access
from motcua.portal.helping.present import helping_of
from motcua.portal.pages import account_of, code_time, language
from motcua.portal.signing_in.session import citizen_of
from motcua.portal.signing_in.step_up import stepped_up
from motcua.procedures.rules.answers import look_over
from motcua.procedures.rules.showing import show as shown_words
from motcua.toolkit.clock import now
from motcua.toolkit.networks import brake_gently
from motcua.ui.fields import ErrorLink, FieldView, error_links
from motcua.ui.refusals import refusal_text

PURPOSE = "file"
PLEDGED = "pledged"
OUTDATED = "da-doi"
"""In the address of the check page: what was pledged is no longer what the draft says."""
MOST_PLEDGES = 10
MOST_CODES = 60
"""Confirmation codes an hour from one network: many families may share one."""


def check(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show everything declared with change links, the fee and its basis, and the pledge."""
    case = case_or_receipt(request, draft_id)
    if isinstance(case, HttpResponse):
        return case
    if answer := _proved_more(request, case):
        return answer
    if request.method == "POST":
        try:
            _must_be_ready(request, case)
        except Refusal as refusal:
            return _check(request, case, _as_links(case, refusal), gettext("Chưa nộp được hồ sơ"))
        return _onward(request, case)
    if OUTDATED in request.GET:
        return _check(request, case, _as_links(case, PledgeOutdated()), gettext("Cần cam đoan lại"))
    return _check(request, case)


def _proved_more(request: HttpRequest, case: Case) -> HttpResponse | None:
    """Return the way to prove more where the service asks for VNeID, before anything is pledged. Raises OthersDraft."""
    needed = service_level(case.published) or 0
    if not needed or at_counter.typed_here(case.draft) or helping_of(request):
        return None
    answer = stepped_up(request, Act.FILE, service=needed)
    citizen = citizen_of(request)
    if answer is None and citizen and case.draft.account_id not in citizen.accounts:
        raise OthersDraft
    return answer


def _must_be_ready(request: HttpRequest, case: Case) -> None:
    if at_counter.typed_here(case.draft):  # doubts and pledge are the applicant's, at the desk
        filing.ready_to_file(case, doubts_confirmed=True)
        return
    filing.ready_to_file(case, doubts_confirmed="doubts" in request.POST)
    if "pledge" not in request.POST:
        raise PledgeMissing


def _onward(request: HttpRequest, case: Case) -> HttpResponse:
    if at_counter.typed_here(case.draft):
        return redirect(at_counter.confirmation(case.draft))
    if case.published.procedure.start.confirmation == "pledge":
        return _file(request, case)
    _remember_pledge(request, case)
    _send_code(request, case)
    return redirect("portal:confirm", draft_id=case.draft.pk)


def _remember_pledge(request: HttpRequest, case: Case) -> None:
    """Note that the pledge was given here for what the draft says now, with or without its doubts."""
    kept = [one for one in request.session.get(PLEDGED, []) if one[0] != case.draft.pk.hex]
    mine = [case.draft.pk.hex, case.draft.revision, "doubts" in request.POST]
    request.session[PLEDGED] = [*kept, mine][-MOST_PLEDGES:]


@dataclass(frozen=True)
class Pledge:
    """What was pledged here about a draft: whether that is still what it says, and whether its doubts were confirmed."""

    holds: bool
    doubts: bool


def _pledge(request: HttpRequest, case: Case) -> Pledge | None:
    """Return the pledge that was given on this device, if any."""
    if not request.COOKIES.get(settings.SESSION_COOKIE_NAME):
        return None
    for draft, revision, doubts in request.session.get(PLEDGED, []):
        if draft == case.draft.pk.hex:
            return Pledge(revision == case.draft.revision, doubts)
    return None


def _pledge_again(draft_id: UUID, pledge: Pledge | None) -> HttpResponse:
    """Lead back to the check page, which says why where a pledge was given before."""
    there = reverse("portal:check", kwargs={"draft_id": draft_id})
    return redirect(f"{there}?{OUTDATED}" if pledge else there)


def _send_code(request: HttpRequest, case: Case) -> None:
    """Send the confirmation code, unless one is so fresh that it must still be on its way."""
    brake_gently(request, "filing-code", MOST_CODES)
    try:
        one_time_codes.send(
            purpose=PURPOSE, phone=_phone(case), reference=str(case.draft.pk), at=now()
        )
    except ResendTooSoon:
        return


def _phone(case: Case) -> str:
    """Return where the code goes: to whoever files; by a mandate to its holder, not to whom they file for."""
    standing = standing_of(case.draft.circumstances)
    if standing is not None:
        return str(standing.row.holder_phone)
    return str(case.settled.answers.get(case.published.procedure.applicant.phone, ""))


def _as_links(case: Case, refusal: Refusal) -> list[ErrorLink]:
    """Return the refusal with the way to what it asks for, and a link to each page that must be looked at again."""
    wrong = look_over(case.definition, case.settled).pages() | filing.pages_unread(case)
    titles = {page.id: page.title.to(language()) for page in case.asked_or_known_pages()}
    return [
        ErrorLink(refusal_text(refusal), _where(case, refusal)),
        *(
            ErrorLink(titles[page], page_link(case.draft, page, changing=True))
            for page in titles
            if page in wrong
        ),
    ]


def _where(case: Case, refusal: Refusal) -> str:
    """Return where what a refusal asks for is done; empty where pages say so themselves."""
    if isinstance(refusal, PledgeMissing | PledgeOutdated):
        return "#pledge"
    if isinstance(refusal, DoubtsUnconfirmed):
        return "#doubts"
    return "" if isinstance(refusal, DeclarationIncomplete) else links(case.draft)["papers"]


def _check(
    request: HttpRequest, case: Case, errors: Sequence[ErrorLink] = (), title: str = ""
) -> HttpResponse:
    spoken = language()
    law = case.published.procedure
    looked = look_over(case.definition, case.settled)
    fees = case.fees()
    pledge = FieldView(
        "pledge",
        "pledge",
        "pledge",
        gettext("Tôi đồng ý và cam đoan như trên"),
        statement=law.pledge.to(spoken),
    )
    context = {
        "name": law.name.to(spoken),
        "sections": _sections(case),
        "papers": _papers(case),
        "ways": _ways(case),
        "quote": _quote(case),
        **progress(case, "check"),
        "fees": [_fee(case, due) for due in fees],
        "total": sum(due.amount for due in fees),
        "doubts": [d.check.say.to(spoken) for d in looked.doubtful if not d.stops],
        "pledge": pledge,
        "errors": errors,
        "errors_title": title,
        "agency_name": case.draft.agency.name,
        "with_code": law.start.confirmation == "code",
        "back": links(case.draft)["overview"],
        "links": links(case.draft),
    }
    return show_of(request, "check", case, context, status=422 if errors else 200)


def _sections(case: Case) -> list[dict[str, Any]]:
    """Return one summary a page: its answers, what is missing, the link to change it."""
    spoken, values = language(), case.settled.values
    sections = []
    for page in case.asked_or_known_pages():
        rows = [
            {
                "label": field.label.to(spoken),
                "value": shown_words(field, case.settled.answers.get(field.id), case.world, spoken),
                "missing": case.definition.required(field, values)
                and case.settled.answers.get(field.id) in (None, "", []),
            }
            for field in case.definition.shown(page, values)
        ]
        asked = any(case.definition.asked(page, values))
        change = page_link(case.draft, page.id, changing=True) if asked else ""
        kept = [row for row in rows if row["value"] or row["missing"]]
        if kept:
            sections.append({"title": page.title.to(spoken), "rows": kept, "change": change})
    return sections


def _papers(case: Case) -> list[dict[str, Any]]:
    there = {document.key: document for document in documents_of(case.owner)}
    return [
        {
            "label": item.paper.name.to(language()),
            "value": _paper_words(item, there.get(item.paper.id)),
            "missing": item.required and not item.replaced and item.paper.id not in there,
            "change_href": paper_link(case.draft, item.paper.id, changing=True),
        }
        for item in case.definition.papers(case.settled.values)
    ]


def _paper_words(item: Any, document: Any) -> str:
    if document:
        return ", ".join(page.name for page in document.page_list)
    if item.replaced and item.paper.replaced_by:
        return str(item.paper.replaced_by.to(language()))
    return "–"


def _ways(case: Case) -> list[dict[str, Any]]:
    chosen = result_ways.chosen_ways(case)
    return [
        {
            "label": result.name.to(language()),
            "value": way_words(chosen[result.id])[0],
            "change_href": links(case.draft)["ways"],
        }
        for result in case.definition.results(case.settled.values)
    ]


def _quote(case: Case) -> dict[str, Any] | None:
    """Return what the post will ask, when something comes by post (R5)."""
    address = case.draft.ways.get("address") or {}
    by_post = "post" in result_ways.chosen_ways(case).values()
    return quote_words(case, address.get("commune", "")) if by_post else None


def _fee(case: Case, due: Any) -> dict[str, Any]:
    spoken, law = language(), case.published.procedure
    note = due.exempted.name if due.exempted else due.rate.note
    return {
        "label": due.fee.name.to(spoken),
        "basis": law.cited(due.exempted or due.rate, spoken),
        "amount": due.amount,
        "note": note.to(spoken) if note else "",
    }


def confirm(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Ask for the code that was sent to the applicant's phone, then file."""
    case = case_or_receipt(request, draft_id)
    if isinstance(case, HttpResponse):
        return case
    if answer := _proved_more(request, case):
        return answer
    pledge = _pledge(request, case)
    if not pledge or not pledge.holds:  # another device, changed since, an address typed by hand
        return _pledge_again(draft_id, pledge)
    problem: Refusal | None = None
    if request.method == "POST":
        try:
            return _confirmed(request, case)
        except Refusal as refusal:
            problem = refusal
            # Another tab may have filed it with this very code.
            case = case_or_receipt(request, draft_id)
            if isinstance(case, HttpResponse):
                return case
    return _code_page(request, case, problem)


def _confirmed(request: HttpRequest, case: Case) -> HttpResponse:
    reference, phone = str(case.draft.pk), _phone(case)
    if "_resend" in request.POST:
        brake_gently(request, "filing-code", MOST_CODES)
        one_time_codes.send(purpose=PURPOSE, phone=phone, reference=reference, at=now())
        return redirect(request.path)
    one_time_codes.check(
        purpose=PURPOSE, phone=phone, reference=reference, code=request.POST.get("code", ""),
        at=now(),
    )  # fmt: skip
    return _file(request, case)


def _file(request: HttpRequest, case: Case) -> HttpResponse:
    account, _ = account_of(request)
    pledge = _pledge(request, case)
    doubts = "doubts" in request.POST or bool(pledge and pledge.holds and pledge.doubts)
    recorded = filing.file(
        draft_id=case.draft.pk,
        by=filer(case.draft, account),
        doubts_confirmed=doubts,
        language=language(),
        at=now(),
    )
    answer = redirect("following:receipt", code=recorded.row.code)
    if (
        standing_of(case.draft.circumstances) is None
    ):  # a mandate opens it itself, as long as it lasts
        access.grant(answer, recorded.row.code)
    return answer


def _code_page(request: HttpRequest, case: Case, problem: Refusal | None) -> HttpResponse:
    code = FieldView(
        "code",
        "code",
        "code",
        gettext("Mã xác nhận gồm 6 chữ số"),
        errors=[refusal_text(problem)] if problem else [],
    )
    wait = seconds_until_resend(purpose=PURPOSE, destination=_phone(case), at=now())
    context = {
        "name": case.published.procedure.name.to(language()),
        "phone": _phone(case),
        "code": code,
        "wait": wait,
        **code_time(
            code_holds_until(
                purpose=PURPOSE,
                destination=_phone(case),
                reference=str(case.draft.pk),
                at=now(),
            )
        ),
        "errors": error_links([code]),
        "back": links(case.draft)["check"],
    }
    return show_of(request, "confirm", case, context, status=422 if problem else 200)
