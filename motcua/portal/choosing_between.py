"""One field, two answers: typed here, and meanwhile on another device. The person chooses, nothing is lost."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from motcua.dossiers.rules.drafts import Conflict
from motcua.journeys import saving
from motcua.journeys.case import Case
from motcua.journeys.saving import SavedPage, Since
from motcua.portal.autosaving import in_words
from motcua.portal.draft_pages import CHANGING, page_link, show_of
from motcua.portal.helping.present import noting
from motcua.portal.pages import language
from motcua.procedures.rules.controls import controls, field_of
from motcua.procedures.rules.form import FormField, Page
from motcua.procedures.rules.reading_answers import Posted, Reader, read_fields
from motcua.toolkit.clock import now
from motcua.ui.fields import FieldView, Option, error_links

MARK = "_choosing"
MINE, THEIRS, BOTH = "mine", "theirs", "both"


def asked(request: HttpRequest) -> bool:
    """Tell whether the person has been asked to choose, and answers now."""
    return request.method == "POST" and MARK in request.POST


def asking(request: HttpRequest, saved: SavedPage, page: Page, posted: Posted) -> HttpResponse:
    """Show both answers of each field that was changed on both sides."""
    return _page(request, saved.case, page, posted, saved.merged.conflicts)


def chosen(request: HttpRequest, case: Case, page: Page) -> HttpResponse:
    """Keep what was chosen, then show the page as it is; ask again where it changed once more meanwhile."""
    posted = Posted(dict(request.POST.lists()))
    conflicts = _conflicts(case, page, posted)
    choices = {one.field: posted.one(_name(one.field)) for one in conflicts}
    if any(choice not in (MINE, THEIRS, BOTH) for choice in choices.values()):
        return _page(request, case, page, posted, conflicts, unanswered=True)
    both = [one for one in conflicts if choices[one.field] == BOTH]
    told = Posted({**posted.values, **_joined(case, both)})
    kept = frozenset(name for name, choice in choices.items() if choice != THEIRS)
    since = Since(revision=posted.number("_revision") or None, changed=kept)
    with noting(request, case.draft):
        saved = saving.save_page(
            draft=case.draft, page=page, posted=told, since=since, language=language(), at=now()
        )
    if saved.merged.conflicts:
        return asking(request, saved, page, told)
    return redirect(_here(request, case, page))


def _conflicts(case: Case, page: Page, posted: Posted) -> tuple[Conflict, ...]:
    """Return the conflicts that the form carries along, with the other side's answers of now."""
    reader = Reader(case.world, case.circumstances.today, language())
    fields = [field for field in page.fields if field.id in posted.many("_conflict")]
    mine = read_fields(reader, fields, posted).answers
    return tuple(
        Conflict(field.id, mine.get(field.id), case.draft.answers.get(field.id)) for field in fields
    )


def _joined(case: Case, conflicts: list[Conflict]) -> dict[str, list[str]]:
    """Return groups with the rows of both sides, one that both have once; any other field as it is here."""
    joined: dict[str, list[str]] = {}
    for one in conflicts:
        field = case.definition.fields[one.field]
        if field.type == "group":
            theirs, mine = one.theirs or [], one.mine or []
            joined |= controls(field, [*theirs, *(row for row in mine if row not in theirs)])
    return joined


def _name(field: str) -> str:
    return f"_keep.{field}"


def _here(request: HttpRequest, case: Case, page: Page) -> str:
    return page_link(case.draft, page.id, changing=CHANGING in request.GET)


def _page(
    request: HttpRequest,
    case: Case,
    page: Page,
    posted: Posted,
    conflicts: tuple[Conflict, ...],
    *,
    unanswered: bool = False,
) -> HttpResponse:
    names = {one.field for one in conflicts}
    views = [_view(case, one, posted, unanswered=unanswered) for one in conflicts]
    carried = [(name, value) for name, values in posted.values.items() for value in values
               if field_of(name) in names]  # fmt: skip
    context: dict[str, Any] = {
        "name": case.published.procedure.name.to(language()),
        "fields": views,
        "errors": error_links(views),
        "carried": [*carried, *(("_conflict", name) for name in sorted(names))],
        "revision": case.draft.revision,
        "here": _here(request, case, page),
    }
    return show_of(request, "choosing_between", case, context, status=422 if unanswered else 409)


def _view(case: Case, one: Conflict, posted: Posted, *, unanswered: bool) -> FieldView:
    told, name = in_words(case, one), _name(one.field)
    answer, field = posted.one(name), case.definition.fields[one.field]
    return FieldView(
        id=name.strip("_").replace(".", "-"),
        name=name,
        widget="radio",
        label=told["label"],
        errors=[gettext("Hãy chọn một câu trả lời.")] if unanswered and not answer else [],
        options=_options(told, field, answer),
    )


def _options(told: dict[str, Any], field: FormField, answer: str) -> list[Option]:
    nothing = gettext("(để trống)")
    here, there = gettext("Quý vị vừa khai trên máy này"), gettext("Đã lưu từ thẻ hoặc máy khác")
    options = [
        Option(MINE, told["mine"] or nothing, here, selected=answer == MINE),
        Option(THEIRS, told["theirs"] or nothing, there, selected=answer == THEIRS),
    ]
    if field.type == "group":
        both = gettext("Giữ tất cả các dòng của cả hai bên")
        options.append(Option(BOTH, both, selected=answer == BOTH))
    return options
