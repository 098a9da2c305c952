"""What the pages of one declaration share: the case, its addresses, how far it is."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from motcua.dossiers.models import Draft
from motcua.dossiers.rules.refusals import DraftUnknown
from motcua.journeys.case import Case, read
from motcua.journeys.mandating import KEY, standing_of
from motcua.portal import at_counter, interrupted
from motcua.portal.following import access
from motcua.portal.helping.present import helping_of
from motcua.portal.pages import draft_of, show
from motcua.portal.questions import asking
from motcua.portal.worker import version
from motcua.toolkit.clock import now


def case_or_receipt(request: HttpRequest, draft_id: UUID) -> Case | HttpResponse:
    """Return the case of a draft; a draft that was filed leads to its receipt instead.

    Whoever was signed out meanwhile is led to sign in, and what they sent is done when they are back. Raises
    DraftUnknown; to a helper HelpOver, OwnersOnly.
    """
    try:
        draft = draft_of(request, draft_id)
    except DraftUnknown:
        answer = interrupted.to_sign_in(request, draft_id)
        if answer is None:
            raise
        return answer
    if draft.dossier is not None:
        return _receipt(draft)
    interrupted.put_back(request)
    return read(draft, now())


def _receipt(draft: Draft) -> HttpResponse:
    """Lead to what became of the draft; each device that held it sees the receipt for half a day."""
    code = draft.dossier.code if draft.dossier else ""
    if at_counter.typed_here(draft):
        return redirect("desk:dossier", code=code)
    answer = redirect("following:receipt", code=code)
    by_mandate = KEY in draft.circumstances  # opens it itself, as long as it lasts
    if not by_mandate and now() - draft.updated_at <= access.LASTS:
        access.grant(answer, code)
    return answer


def show_of(
    request: HttpRequest, name: str, case: Case, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render a page of a declaration, with its agency's support contact; at the counter it leads back there.

    Whoever helps sees whose declaration it is, and the way out; the owner sees the way to be helped.
    """
    helping = helping_of(request)
    law, place = case.published.procedure, case.draft.agency.place_code
    ask = asking(law.slug, _STEPS.get(name, "form"), place)
    whole = {**context, **at_counter.frame(case.draft), "helping": helping, "ask": ask}
    if helping is not None:
        whole["leave"] = reverse("portal:help_leave", args=[case.draft.pk])
    elif not at_counter.typed_here(case.draft):
        whole["invite"] = reverse("portal:invite", args=[case.draft.pk])
    standing = standing_of(case.draft.circumstances)
    whole["standing_in"] = standing.row if standing else None
    keeps = helping is None and not at_counter.typed_here(case.draft)
    whole["kept"] = {
        "id": case.draft.pk,
        "bundle": reverse("portal:bundle", args=[case.draft.pk]) if keeps else "",
        "version": version(),
        "papers": papers_of(case),
    }
    return show(request, name, whole, agency=case.draft.agency, status=status)


_STEPS = {"papers": "papers", "paper": "papers", "many_papers": "papers", "ways": "ways"}
_STEPS |= {"check": "check", "confirm": "confirm"}
"""Template of a page → the step by which questions are sorted; the others are the form's."""


def papers_of(case: Case) -> str:
    """Return the names of the papers this case calls for: others than a phone took along are fetched anew."""
    return " ".join(item.paper.id for item in case.definition.papers(case.settled.values))


def links(draft: Draft, **more: str) -> dict[str, str]:
    """Return the addresses of a draft's pages."""
    names = ("overview", "papers", "many_papers", "ways", "check", "confirm")
    return {name: reverse(f"portal:{name}", args=[draft.pk]) for name in names} | more


CHANGING = "sua"
"""In an address: the person came from the check page to change one thing, and goes back there."""


def page_link(draft: Draft, page: str, *, changing: bool = False) -> str:
    """Return the address of one page of the form."""
    return reverse("portal:page", args=[draft.pk, page]) + (f"?{CHANGING}=1" if changing else "")


def paper_link(draft: Draft, paper: str, *, changing: bool = False) -> str:
    """Return the address of one paper."""
    return reverse("portal:paper", args=[draft.pk, paper]) + (f"?{CHANGING}=1" if changing else "")


def progress(case: Case, here: str) -> dict[str, int]:
    """Return how far a page is on the whole way: form, papers, ways, check."""
    values = case.settled.values
    way = [page.id for page in case.definition.asked_pages(values)]
    way += ["papers"] if case.definition.papers(values) else []
    way += ["ways", "check"]
    return {"step": way.index(here) + 1 if here in way else 1, "steps": len(way)}
