"""One dossier before an official: what was declared, its papers, its way, and what may be done now."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from motcua.desk import act_links, asides, outcomes, parts
from motcua.desk.forms import of_dossier as forms
from motcua.desk.pages import language, show, ways_of
from motcua.desk.queues.holding import held
from motcua.desk.revealing import curtain_view
from motcua.desk.signing_in.session import the_official
from motcua.desk.telling import told
from motcua.journeys import looking
from motcua.journeys.checking import checking
from motcua.journeys.looking import Opened
from motcua.journeys.noting import notes_on
from motcua.toolkit.clock import now
from motcua.ui.words import masked, masked_email


@require_safe
def dossier(request: HttpRequest, code: str) -> HttpResponse:
    """Show the dossier, and write down who opened it. Another office's is as unknown as none."""
    at = now()
    opened = looking.open_to_handle(
        official=the_official(request), code=code, at=at, request=request.GET.get("yeu-cau", "")
    )
    slug = request.GET.get("xong", "")
    told = {
        "done": act_links.done_words(slug),
        "done_kind": "warning" if slug == act_links.NOTHING_NOTED else "success",
    }
    if opened.sight.only_asked:
        return show(request, "consulted", {**_asked_context(opened), **told})
    return show(request, "dossier", {**_context(opened), **told})


def _asked_context(opened: Opened) -> dict[str, Any]:
    """Return what somebody sees who was only asked: the question, and what was ticked for them."""
    return {
        **head(opened),
        "links": act_links.links(opened),
        "questions": asides.questions(opened),
        "curtain": curtain_view(opened, "ho-so"),
        "sections": parts.declaration(opened),
        "papers": parts.papers(opened, opened.papers()),
    }


def _context(opened: Opened) -> dict[str, Any]:
    row = opened.row
    return {
        **head(opened),
        "links": act_links.links(opened),
        "awaited": _awaited(opened),
        "held": held(opened),
        "checked": checking(opened, language()),
        "curtain": curtain_view(opened, "ho-so"),
        "sections": parts.declaration(opened),
        "narrowed": not opened.sight.all_declared,
        "papers": parts.papers(opened, opened.papers()),
        "earlier_papers": parts.papers(opened, opened.earlier_papers()),
        "legs": parts.legs(opened),
        "clock": parts.clock(opened),
        "fees": outcomes.fees(opened),
        "notices": outcomes.sent_notices(opened),
        "results": outcomes.results(opened),
        "forms": forms.lines(opened),
        "history": told(opened),
        "questions": asides.questions(opened),
        "notes": notes_on(opened),
        "note_key": asides.fresh_key(),
        "office": row.agency.name,
        **_contact(opened),
        "applicant": row.applicant_name if _applicant_seen(opened) else "",
    }


def _contact(opened: Opened) -> dict[str, Any]:
    """Return how the applicant is reached, as far as it may be seen; hidden until it was revealed."""
    row, shown = opened.row, "contact" in opened.revealed
    phone = row.phone if opened.sight.field(opened.published.procedure.applicant.phone) else ""
    email = row.email if _email_seen(opened) else ""
    if not shown and opened.is_restricted:
        phone = email = ""
    if not shown:
        phone, email = masked(phone) if phone else "", masked_email(email) if email else ""
    return {"phone": phone, "email": email, "contact_shown": shown}


def _applicant_seen(opened: Opened) -> bool:
    return opened.named and opened.sight.field(opened.published.procedure.applicant.name)


def _email_seen(opened: Opened) -> bool:
    field = opened.published.procedure.applicant.email
    return bool(field) and opened.sight.field(field or "")


def head(opened: Opened) -> dict[str, Any]:
    """Return what stands at the head of every page about a dossier."""
    procedure = opened.published.procedure
    seen = opened.sight.field(procedure.subject) and opened.named
    return {
        **ways_of({post.role for post in opened.posts}),
        "code": opened.row.code,
        "procedure": procedure.name.to(language()),
        "status_code": int(opened.dossier.status),
        "status": "" if opened.sight.only_asked else gettext(opened.dossier.status.words),
        "subject": opened.row.subject_name if seen else "",
    }


def _awaited(opened: Opened) -> list[str]:
    """Say whose turn it is, for whoever has nothing to do here now."""
    return [leg.holder for leg in parts.legs(opened) if leg.holder and leg.shape in _TURNS]


_TURNS = frozenset({"running", "action"})
