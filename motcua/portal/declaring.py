"""The declaration: its overview, and one page a topic."""

import json
import math
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from motcua.dossiers.rules import draft_codes
from motcua.dossiers.rules.drafts import marks_of
from motcua.journeys import filing, saving
from motcua.journeys.case import Case
from motcua.portal import autosaving, choosing_between
from motcua.portal.draft_pages import CHANGING, case_or_receipt, links, page_link, progress, show_of
from motcua.portal.field_views import Shown, asking_fields
from motcua.portal.helping.present import helping_of, noting, open_to
from motcua.portal.pages import language
from motcua.procedures.rules.answers import Overview, look_over
from motcua.procedures.rules.browser import OnThePhone
from motcua.procedures.rules.form import Page
from motcua.procedures.rules.group_rows import ROW_BUTTONS, after_row_buttons
from motcua.procedures.rules.reading_answers import Posted
from motcua.procedures.rules.showing import show as shown_words
from motcua.procedures.timing import minutes_to_fill
from motcua.toolkit.clock import now
from motcua.ui.fields import ErrorLink, FieldView, error_links
from motcua.ui.refusals import explained


def overview(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show every section with its state; jump to any, go on where it was left."""
    case = case_or_receipt(request, draft_id)
    if isinstance(case, HttpResponse):
        return case
    tasks, helped = _tasks(case), helping_of(request) is not None
    minutes = minutes_to_fill(case.published.procedure)
    onward = next((task["href"] for task in tasks if task["state"] not in ("done", "locked")), "")
    context = {
        "name": case.published.procedure.name.to(language()),
        "tasks": tasks,
        "onward": onward or links(case.draft)["check"],
        "minutes": minutes,
        "left": _left(minutes.number, tasks),
        "saved_at": case.draft.updated_at,
        "agency_name": case.draft.agency.name,
        "expires_at": case.draft.expires_at,
        "code": draft_codes.show(case.draft.code) if case.draft.code and not helped else "",
        "other_devices": reverse("portal:other_devices", args=[draft_id]),
    }
    return show_of(request, "overview", case, context)


def _tasks(case: Case) -> list[dict[str, Any]]:
    spoken, looked = language(), look_over(case.definition, case.settled)
    wrong, unread = looked.pages(), filing.pages_unread(case)
    tasks = [
        {
            "title": page.title.to(spoken),
            "href": page_link(case.draft, page.id),
            "state": "started" if page.id in unread else _state(case, page, wrong),
        }
        for page in case.definition.asked_pages(case.settled.values)
    ]
    there = links(case.draft)
    if case.definition.papers(case.settled.values):
        missing = filing.missing_papers(case)
        state = "todo" if missing else "done"
        tasks.append({"title": gettext("Giấy tờ"), "href": there["papers"], "state": state})
    ways = "done" if case.draft.ways.get("results") else "todo"
    tasks.append({"title": gettext("Cách nhận kết quả"), "href": there["ways"], "state": ways})
    ready = all(task["state"] == "done" for task in tasks)
    check = "todo" if ready else "locked"
    return [*tasks, {"title": gettext("Kiểm tra và nộp"), "href": there["check"], "state": check}]


def _left(minutes: int, tasks: list[dict[str, Any]]) -> int:
    """Return about how many minutes are left once something is done; 0 where there is nothing to tell."""
    open_ones = sum(task["state"] not in ("done", "locked") for task in tasks)
    return math.ceil(minutes * open_ones / len(tasks)) if open_ones < len(tasks) - 1 else 0


def _state(case: Case, page: Page, wrong: frozenset[str]) -> str:
    answered = [
        f for f in case.definition.asked(page, case.settled.values) if f.id in case.settled.answers
    ]
    if not answered:
        return "todo"
    return "started" if page.id in wrong else "done"


def page(request: HttpRequest, draft_id: UUID, page_id: str) -> HttpResponse:
    """Show one page of the form and keep what it brings, also when it is not complete."""
    if autosaving.asked(request):
        return autosaving.answered(request, draft_id, page_id)
    case = case_or_receipt(request, draft_id)
    if isinstance(case, HttpResponse):
        return case
    asked = case.definition.pages.get(page_id)
    if asked is None:
        raise Http404
    asked = open_to(request, case, asked)
    if choosing_between.asked(request):
        return choosing_between.chosen(request, case, asked)
    if request.method == "POST":
        return _posted(request, case, asked)
    return _page(request, case, asked, _as_left(case, asked))


def whole_page(request: HttpRequest, case: Case, asked: Page) -> HttpResponse:
    """Return a page as a phone without network needs it: also with what other pages' answers may call for."""
    shown = replace(_as_left(case, asked), open_rows=True)
    return _page(request, case, asked, shown, whole=True)


def _as_left(case: Case, asked: Page) -> Shown:
    """Return the page as it was left, also with what could not be read."""
    left = saving.as_left(case, asked, language())
    return Shown(case, language(), left[0], left[1].faults) if left else Shown(case, language())


def _posted(request: HttpRequest, case: Case, asked: Page) -> HttpResponse:
    posted = after_row_buttons(dict(request.POST.lists()))
    since = autosaving.since_of(posted)
    with noting(request, case.draft):
        saved = saving.save_page(
            draft=case.draft,
            page=asked,
            posted=posted,
            since=since,
            language=language(),
            at=now(),
        )
    if saved.merged.conflicts:
        return choosing_between.asking(request, saved, asked, posted)
    posted = saved.shown(asked, posted)
    if any(name in request.POST for name in _STAYING):
        shown = Shown(saved.case, language(), posted, searched=posted.one("_search"))
        return _page(request, saved.case, asked, shown)
    if "_later" in request.POST and not saved.reading.faults:
        return redirect("portal:overview", draft_id=case.draft.pk)
    return _onward(request, saved, asked, posted)


_STAYING = ("_ask", "_search", *ROW_BUTTONS)


def _onward(
    request: HttpRequest, saved: saving.SavedPage, asked: Page, posted: Posted
) -> HttpResponse:
    """Go to the next page; or show this one again with what is wrong or missing."""
    case, looked = saved.case, saved.looked
    faults = {**{item.field: item.refusal for item in looked.missing}, **saved.reading.faults}
    if faults or any(doubt.stops for doubt in looked.doubtful):
        shown = Shown(case, language(), posted, faults)
        return _page(request, case, asked, shown, looked=looked, status=422)
    return redirect(_after_change(case) if CHANGING in request.GET else _next(case, asked))


def _after_change(case: Case) -> str:
    """Return to the check page; or first to a page that the change has made incomplete."""
    wrong = look_over(case.definition, case.settled).pages() | filing.pages_unread(case)
    asked = (page.id for page in case.definition.asked_pages(case.settled.values))
    open_page = next((page for page in asked if page in wrong), None)
    there = links(case.draft)["check"]
    return page_link(case.draft, open_page, changing=True) if open_page else there


def _next(case: Case, asked: Page) -> str:
    pages = [page.id for page in case.definition.asked_pages(case.settled.values)]
    place = pages.index(asked.id) + 1 if asked.id in pages else len(pages)
    if place < len(pages):
        return page_link(case.draft, pages[place])
    there = links(case.draft)
    return there["papers"] if case.definition.papers(case.settled.values) else there["ways"]


def _page(
    request: HttpRequest,
    case: Case,
    asked: Page,
    shown: Shown,
    *,
    looked: Overview | None = None,
    errors: tuple[ErrorLink, ...] = (),
    status: int = 200,
    whole: bool = False,
) -> HttpResponse:
    spoken = language()
    values = case.settled.values
    phone = OnThePhone(case.definition, asked, values, whole=whole)
    views = _views(shown, phone)
    rules = phone.data()
    pages = [page.id for page in case.definition.asked_pages(values)]
    stops = (
        [doubt.check.say.to(spoken) for doubt in looked.doubtful if doubt.stops] if looked else []
    )
    context = {
        "name": case.published.procedure.name.to(spoken),
        "section": asked.section.to(spoken),
        "title": asked.title.to(spoken),
        "intro": asked.intro.to(spoken) if asked.intro else "",
        "fields": views,
        "known": _known(case, asked),
        "doubts": _doubts(phone),
        "whole": whole,
        "rules": json.dumps(rules, ensure_ascii=False, separators=(",", ":")) if rules else "",
        "explained": _explained(shown),
        "errors": [*errors, *error_links(views), *(ErrorLink(text) for text in stops)],
        **progress(case, asked.id),
        "revision": case.draft.revision,
        "was": marks_of({field.id: case.draft.answers.get(field.id) for field in phone.candidates}),
        "saved_at": case.draft.updated_at,
        "here": page_link(case.draft, asked.id, changing=CHANGING in request.GET),
        "back": _before(request, case, asked, pages),
        "links": links(case.draft),
    }
    return show_of(request, "page", case, context, status=status)


def _explained(shown: Shown) -> dict[str, str] | None:
    """Return the answer that explains what is wrong on the page, the first there is."""
    found = (explained(refusal.code) for refusal in shown.faults.values())
    return next(filter(None, found), None)


def _views(shown: Shown, phone: OnThePhone) -> list[FieldView]:
    """Return the page's questions; those that only another answer may call for are there, hidden."""
    asked = {field.id for field in phone.definition.asked(phone.page, phone.values)}
    asking = asking_fields(phone.definition, phone.candidates)
    decided = frozenset(filter(phone.decides, asking))
    shown = replace(shown, language=language(), asking=asking, decided=decided)
    views = zip(phone.candidates, shown.views(phone.candidates), strict=True)
    return [view if field.id in asked else replace(view, hidden=True) for field, view in views]


def _doubts(phone: OnThePhone) -> list[dict[str, Any]]:
    """Return the page's checks in words: those to look at again, and those a script may yet show."""
    numbers = {id(check): number for number, check in enumerate(phone.checks)}
    holds = phone.definition.expressions.holds
    found = (
        {
            "words": check.say.to(language()),
            "number": numbers.get(id(check)),
            "hidden": check.level == "error" or holds(check.that, phone.values),
        }
        for check in phone.page.checks
    )
    return [doubt for doubt in found if doubt["number"] is not None or not doubt["hidden"]]


def _before(request: HttpRequest, case: Case, asked: Page, pages: list[str]) -> str:
    if CHANGING in request.GET:
        return links(case.draft)["check"]
    place = pages.index(asked.id) if asked.id in pages else 0
    return page_link(case.draft, pages[place - 1]) if place else links(case.draft)["overview"]


def _known(case: Case, asked: Page) -> list[dict[str, str]]:
    """Return what belongs to the page but was answered elsewhere: shown, not asked again."""
    spoken, values = language(), case.settled.values
    asked_here = {field.id for field in case.definition.asked(asked, values)}
    return [
        {"label": field.label.to(spoken), "value": words}
        for field in case.definition.shown(asked, values)
        if field.id not in asked_here
        and (words := shown_words(field, case.settled.answers.get(field.id), case.world, spoken))
    ]
