"""What a page saves by itself while it is typed, answered as JSON for its script.

The page posts its fields with `_autosave`, `_revision` (the one it was made from), `_key` (made in the browser,
the same when it sends again) and `_changed` (names of what the person changed since, once each). Answers:

- 200 `{revision, elsewhere}`: kept. `elsewhere` are controls of this page that others filled meanwhile.
- 409 `{code, text, revision, elsewhere, conflicts}`: the same field was changed on both sides. Of those fields nothing
  is overwritten, the others are kept. Each conflict has `name`, `label`, `mine`, `theirs` in words, and `values`:
  the controls as the other side filled them.
- 404, 410 `{code, text, href}`: the draft is over, filed, or not this browser's; `href` leads on.
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext

from motcua.dossiers.rules.drafts import Conflict, read_marks
from motcua.dossiers.rules.refusals import DraftChanged, DraftFiled, DraftUnknown
from motcua.help.rules.refusals import CodeUnknown, HelpOver
from motcua.journeys import saving
from motcua.journeys.case import Case, read
from motcua.journeys.saving import SavedPage, Since
from motcua.kernel.refusal import Refusal
from motcua.portal.helping.present import noting, open_to
from motcua.portal.pages import draft_of, language
from motcua.procedures.rules.group_rows import after_row_buttons
from motcua.procedures.rules.reading_answers import Posted
from motcua.procedures.rules.showing import show as shown_words
from motcua.toolkit.clock import now
from motcua.ui.refusals import refusal_text

LONGEST_KEY = 64
GONE = 410


def asked(request: HttpRequest) -> bool:
    """Tell whether a script saves, and no person waits for a page."""
    return request.method == "POST" and "_autosave" in request.POST


def since_of(posted: Posted) -> Since:
    """Return what a page told of the time since it was made."""
    told = frozenset(posted.many("_changed")) if "_changed" in posted.values else None
    return Since(
        revision=posted.number("_revision") or None,
        changed=told,
        marks=read_marks(posted.one("_was")),
        key=posted.one("_key")[:LONGEST_KEY],
    )


def answered(request: HttpRequest, draft_id: UUID, page_id: str) -> HttpResponse:
    """Keep what the page brings and say how it went."""
    try:
        return _saved(request, draft_id, page_id)
    except Refusal as refusal:
        return _refused(refusal, draft_id)


def _saved(request: HttpRequest, draft_id: UUID, page_id: str) -> HttpResponse:
    draft = draft_of(request, draft_id)
    if draft.dossier is not None:
        raise DraftFiled(code=draft.dossier.code)
    case = read(draft, now())
    page = case.definition.pages.get(page_id)
    if page is None:
        raise Http404
    page = open_to(request, case, page)
    posted = after_row_buttons(dict(request.POST.lists()))
    since, at = since_of(posted), now()
    with noting(request, draft):
        saved = saving.save_page(
            draft=draft, page=page, posted=posted, since=since, language=language(), at=at
        )
    return _told(saved)


def _told(saved: SavedPage) -> HttpResponse:
    case, merged = saved.case, saved.merged
    fields = [case.definition.fields[name] for name in sorted(merged.elsewhere)]
    told: dict[str, Any] = {
        "revision": case.draft.revision,
        "elsewhere": saving.held(case.draft.answers, fields),
    }
    if merged.conflicts:
        said = {"code": DraftChanged.code, "text": gettext(DraftChanged.text)}
        conflicts = [in_words(case, conflict) for conflict in merged.conflicts]
        told |= {**said, "conflicts": conflicts}
    status = DraftChanged.status if merged.conflicts else 200
    return JsonResponse(told, status=status, headers={"X-Revision": str(case.draft.revision)})


def in_words(case: Case, conflict: Conflict) -> dict[str, Any]:
    """Return a conflict as a person reads it, with the controls as the other side filled them."""
    field, spoken = case.definition.fields[conflict.field], language()
    return {
        "name": field.id,
        "label": field.label.to(spoken),
        "mine": shown_words(field, conflict.mine, case.world, spoken),
        "theirs": shown_words(field, conflict.theirs, case.world, spoken),
        "values": saving.held({field.id: conflict.theirs}, [field]),
    }


def _refused(refusal: Refusal, draft_id: UUID) -> HttpResponse:
    status, href = refusal.status, reverse("portal:overview", args=[draft_id])
    if isinstance(refusal, DraftFiled):
        status = GONE  # its overview leads on to the receipt
    elif isinstance(refusal, DraftUnknown):
        href = reverse("portal:continue")
    elif isinstance(refusal, CodeUnknown | HelpOver):
        href = reverse("portal:help")
    told = {"code": refusal.code, "text": refusal_text(refusal), "href": href}
    return JsonResponse(told, status=status)
