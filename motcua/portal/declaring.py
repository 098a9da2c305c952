"""The declaration: its overview, one page a topic, and how results are to come."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from motcua.deliveries import operations as deliveries
from motcua.deliveries.rules import PostAway
from motcua.dossiers.models import Draft
from motcua.dossiers.rules.refusals import DraftChanged
from motcua.journeys import filing
from motcua.journeys.case import Case, read
from motcua.journeys.filing import PostAddress
from motcua.kernel.refusal import Refusal
from motcua.portal.field_views import Shown, asking_fields, communes_of, matches, provinces
from motcua.portal.pages import draft_of, language, show
from motcua.procedures.rules.answers import Overview, look_over
from motcua.procedures.rules.form import Page
from motcua.procedures.rules.reading_answers import Posted, Reading
from motcua.procedures.rules.showing import show as shown_words
from motcua.toolkit.clock import now
from motcua.ui.fields import ErrorLink, FieldView, Option, PlaceValue, error_links
from motcua.ui.refusals import refusal_text


def case_or_receipt(request: HttpRequest, draft_id: UUID) -> Case | HttpResponse:
    """Return the case of a draft; a draft that was filed leads to its receipt instead."""
    draft = draft_of(request, draft_id)
    if draft.dossier is not None:
        return redirect("following:receipt", code=draft.dossier.code)
    return read(draft, now())


def links(draft: Draft, **more: str) -> dict[str, str]:
    """Return the addresses of a draft's pages."""
    names = ("overview", "papers", "ways", "check", "confirm")
    return {name: reverse(f"portal:{name}", args=[draft.pk]) for name in names} | more


def page_link(draft: Draft, page: str) -> str:
    """Return the address of one page of the form."""
    return reverse("portal:page", args=[draft.pk, page])


def progress(case: Case, here: str) -> dict[str, int]:
    """Return how far a page is on the whole way: form, papers, ways, check."""
    values = case.settled.values
    way = [page.id for page in case.definition.asked_pages(values)]
    way += ["papers"] if case.definition.papers(values) else []
    way += ["ways", "check"]
    return {"step": way.index(here) + 1 if here in way else 1, "steps": len(way)}


def overview(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show every section with its state; jump to any, go on where it was left."""
    case = case_or_receipt(request, draft_id)
    if isinstance(case, HttpResponse):
        return case
    tasks = _tasks(case)
    onward = next((task["href"] for task in tasks if task["state"] not in ("done", "locked")), "")
    context = {
        "name": case.published.procedure.name.to(language()),
        "tasks": tasks,
        "onward": onward or links(case.draft)["check"],
        "minutes": case.published.procedure.minutes_to_fill,
        "saved_at": case.draft.updated_at,
        "agency_name": case.draft.agency.name,
        "expires_at": case.draft.expires_at,
    }
    return show(request, "overview", context, agency=case.draft.agency)


def _tasks(case: Case) -> list[dict[str, Any]]:
    spoken, looked = language(), look_over(case.definition, case.settled)
    wrong = looked.pages()
    tasks = [
        {
            "title": page.title.to(spoken),
            "href": page_link(case.draft, page.id),
            "state": _state(case, page, wrong),
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


def _state(case: Case, page: Page, wrong: frozenset[str]) -> str:
    answered = [
        f for f in case.definition.asked(page, case.settled.values) if f.id in case.settled.answers
    ]
    if not answered:
        return "todo"
    return "started" if page.id in wrong else "done"


def page(request: HttpRequest, draft_id: UUID, page_id: str) -> HttpResponse:
    """Show one page of the form and keep what it brings, also when it is not complete."""
    case = case_or_receipt(request, draft_id)
    if isinstance(case, HttpResponse):
        return case
    asked = case.definition.pages.get(page_id)
    if asked is None:
        raise Http404
    if request.method == "POST":
        return _posted(request, case, asked)
    return _page(request, case, asked, Shown(case, language()))


def _posted(request: HttpRequest, case: Case, asked: Page) -> HttpResponse:
    posted = Posted(dict(group_acts(request).lists()))
    revision = int(posted.one("_revision") or 0) or None
    autosave = "_autosave" in request.POST
    try:
        saved, reading, looked = filing.save_page(
            draft=case.draft,
            page=asked,
            posted=posted,
            revision=revision,
            language=language(),
            at=now(),
        )
    except DraftChanged as refusal:
        if autosave:
            return HttpResponse(status=409)
        return _changed_elsewhere(request, case, asked, posted, refusal)
    if autosave:
        return HttpResponse(status=204, headers={"X-Revision": str(saved.draft.revision)})
    if any(name in request.POST for name in _STAYING):
        shown = Shown(saved, language(), posted, searched=posted.one("_search"))
        return _page(request, saved, asked, shown)
    if "_later" in request.POST and not reading.faults:
        return redirect("portal:overview", draft_id=case.draft.pk)
    return _onward(request, saved, asked, posted, reading, looked)


_STAYING = ("_ask", "_search", "_add", "_remove")


def _onward(
    request: HttpRequest,
    case: Case,
    asked: Page,
    posted: Posted,
    reading: Reading,
    looked: Overview,
) -> HttpResponse:
    """Go to the next page; or show this one again with what is wrong or missing."""
    faults = {**{item.field: item.refusal for item in looked.missing}, **reading.faults}
    if faults or any(doubt.stops for doubt in looked.doubtful):
        shown = Shown(case, language(), posted, faults)
        return _page(request, case, asked, shown, looked=looked, status=422)
    return redirect(_next(case, asked))


def group_acts(request: HttpRequest) -> Any:
    """Return what was posted with a row added to, or taken from, a repeated group."""
    data = request.POST.copy()
    if name := data.get("_add"):
        data[f"{name}__rows"] = str(int(data.get(f"{name}__rows") or 0) + 1)
    if row := data.get("_remove"):
        name, _, number = row.rpartition("__")
        _close_gap(data, name, int(number))
    return data


def _close_gap(data: Any, name: str, gone: int) -> None:
    rows = int(data.get(f"{name}__rows") or 0)
    for number in range(gone, rows):
        mine, following = f"{name}__{number}__", f"{name}__{number + 1}__"
        for key in [key for key in data if key.startswith(mine)]:
            data.setlist(key, data.getlist(following + key[len(mine) :]))
    data[f"{name}__rows"] = str(max(rows - 1, 0))


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
) -> HttpResponse:
    spoken = language()
    values = case.settled.values
    fields = list(case.definition.asked(asked, values))
    asking = asking_fields(case.definition, fields)
    views = Shown(case, spoken, shown.posted, shown.faults, shown.searched, asking).views(fields)
    pages = [page.id for page in case.definition.asked_pages(values)]
    stops = (
        [doubt.check.say.to(spoken) for doubt in looked.doubtful if doubt.stops] if looked else []
    )
    doubts = [
        doubt.check.say.to(spoken)
        for doubt in look_over(case.definition, case.settled, [asked]).doubtful
        if not doubt.stops
    ]
    context = {
        "name": case.published.procedure.name.to(spoken),
        "section": asked.section.to(spoken),
        "title": asked.title.to(spoken),
        "intro": asked.intro.to(spoken) if asked.intro else "",
        "fields": views,
        "known": _known(case, asked),
        "doubts": doubts,
        "errors": [*errors, *error_links(views), *(ErrorLink(text) for text in stops)],
        **progress(case, asked.id),
        "revision": case.draft.revision,
        "saved_at": case.draft.updated_at,
        "here": page_link(case.draft, asked.id),
        "back": _before(case, asked, pages),
        "links": links(case.draft),
    }
    return show(request, "page", context, agency=case.draft.agency, status=status)


def _before(case: Case, asked: Page, pages: list[str]) -> str:
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


def _changed_elsewhere(
    request: HttpRequest, case: Case, asked: Page, posted: Posted, refusal: Refusal
) -> HttpResponse:
    """Show what was typed with the draft's newer revision: saving again is then a decision."""
    fresh = read(draft_of(request, case.draft.pk), now())
    errors = (ErrorLink(refusal_text(refusal)),)
    return _page(request, fresh, asked, Shown(fresh, language(), posted), errors=errors, status=409)


def ways(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Ask how each result is to come; by post with address and fee (R5, R27)."""
    case = case_or_receipt(request, draft_id)
    if isinstance(case, HttpResponse):
        return case
    errors: list[ErrorLink] = []
    if request.method == "POST" and "_ask" not in request.POST and "_search" not in request.POST:
        try:
            filing.choose_ways(
                draft=case.draft, ways=_chosen(request, case), address=_address(request), at=now()
            )
        except Refusal as refusal:
            errors = [ErrorLink(refusal_text(refusal))]
        else:
            return redirect("portal:check", draft_id=draft_id)
    return _ways(request, case, errors)


def _chosen(request: HttpRequest, case: Case) -> dict[str, str]:
    results = case.definition.results(case.settled.values)
    return {result.id: request.POST.get(f"way.{result.id}", "") for result in results}


def _address(request: HttpRequest) -> PostAddress:
    data = request.POST
    return PostAddress(
        name=data.get("post_name", "").strip(),
        phone=data.get("post_phone", "").strip(),
        commune=data.get("post__match") or data.get("post__commune", ""),
        detail=data.get("post__detail", "").strip(),
    )


def _ways(request: HttpRequest, case: Case, errors: list[ErrorLink]) -> HttpResponse:
    spoken = language()
    results = case.definition.results(case.settled.values)
    chosen = _chosen(request, case) if request.method == "POST" else filing.chosen_ways(case)
    address = _address(request) if request.method == "POST" else _kept_address(case)
    views = [
        FieldView(
            id=f"way-{result.id}",
            name=f"way.{result.id}",
            widget="radio",
            label=result.name.to(spoken),
            options=[
                Option(way, words, hint, selected=chosen.get(result.id) == way)
                for way in result.ways
                for words, hint in [way_words(way)]
            ],
        )
        for result in results
    ]
    by_post = any("post" in result.ways for result in results)
    context = {
        "name": case.published.procedure.name.to(spoken),
        "fields": views,
        "address": _address_views(request, case, address) if by_post else [],
        "quote": quote(case, address.commune) if by_post else None,
        **progress(case, "ways"),
        "errors": errors,
        "back": links(case.draft)["overview"],
        "links": links(case.draft),
    }
    return show(request, "ways", context, agency=case.draft.agency, status=422 if errors else 200)


def way_words(way: str) -> tuple[str, str]:
    """Return a way of receiving a result in words, with what to know about it."""
    return {
        "online": (
            gettext("Bản điện tử có chữ ký số"),
            gettext("Tải về ngay khi xong. Có giá trị như bản giấy."),
        ),
        "counter": (gettext("Bản giấy, nhận tại bộ phận một cửa"), gettext("Vẫn kèm bản điện tử.")),
        "post": (
            gettext("Bản giấy, bưu điện giao tận nhà"),
            gettext("Quý vị trả cước khi nhận. Vẫn kèm bản điện tử."),
        ),
    }[way]


def _kept_address(case: Case) -> PostAddress:
    kept = case.draft.ways.get("address")
    if kept:
        return PostAddress(**kept)
    names = case.published.procedure.applicant
    answers = case.settled.answers
    home = answers.get(names.address) if names.address else None
    return PostAddress(
        name=str(answers.get(names.name, "")),
        phone=str(answers.get(names.phone, "")),
        commune=home.get("commune", "") if isinstance(home, dict) else "",
        detail=home.get("detail", "") if isinstance(home, dict) else "",
    )


def _address_views(request: HttpRequest, case: Case, address: PostAddress) -> list[FieldView]:
    world = case.world.commune(address.commune)
    province = request.POST.get("post__province") or (world.province if world else "")
    search = request.POST.get("post__search", "") if "_search" in request.POST else ""
    place = PlaceValue(
        province=province,
        commune=address.commune,
        detail=address.detail,
        search=search,
        searched=bool(search),
        communes=communes_of(province, address.commune, case),
        matches=matches(search, case) if search else (),
    )
    return [
        FieldView("post_name", "post_name", "name", gettext("Họ tên người nhận"), value=address.name),
        FieldView("post_phone", "post_phone", "phone", gettext("Số điện thoại người nhận"), value=address.phone),
        FieldView(
            "post", "post", "place", gettext("Địa chỉ nhận"), value=place,
            options=provinces(province, case), communes_url=reverse("portal:communes"),
            search_url=reverse("portal:places"),
        ),
    ]  # fmt: skip


def quote(case: Case, commune: str) -> dict[str, Any] | None:
    """Return what the post asks for the way there; None when it is not known."""
    if not commune:
        return None
    try:
        said = deliveries.quote(from_place=case.draft.agency.place_code, to_place=commune, at=now())
    except PostAway:
        return None
    return {"fee": said.fee_vnd, "days": said.days}
