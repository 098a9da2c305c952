"""Checking a dossier: declaration and papers side by side, each part accepted or faulted, one by one."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from motcua.desk import act_links
from motcua.desk.checking import pieces
from motcua.desk.checking.pieces import FaultForm
from motcua.desk.dossier import head
from motcua.desk.pages import language, show
from motcua.desk.revealing import curtain_view
from motcua.desk.signing_in.session import the_official
from motcua.dossiers.rules.checks import NothingToCheck
from motcua.journeys import checking, differences, looking
from motcua.journeys.checking import Checking, Found, Marking, Part
from motcua.kernel.refusal import Refusal
from motcua.procedures.rules.reading_answers import Posted
from motcua.toolkit.clock import now
from motcua.ui.refusals import refusal_text

_LONGEST_NUMBER = 9


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Show what was declared beside its papers, and take one mark at a time."""
    opened = looking.look_around(official=the_official(request), code=code, at=now())
    checked = checking.checking(opened, language())
    if request.method == "POST":
        return _mark(request, checked)
    on, reason = request.GET.get("loi", ""), request.GET.get("ma", "")
    form = pieces.fault_form(checked, on, reason=reason) if on and checked.may_mark else None
    return _page(request, checked, form)


def _mark(request: HttpRequest, checked: Checking) -> HttpResponse:
    posted = Posted(dict(request.POST.lists()))
    on, asked = posted.one("on"), posted.one("do")
    try:
        part = _part(checked, posted.one("unit"))
        _do(checked, _marking(part, posted), _found(posted), asked)
    except Refusal as refusal:
        form = pieces.fault_form(checked, on, reason=posted.one("reason")) if on else None
        return _refused(request, checked, form, posted, refusal)
    after = checking.checking(checked.opened, language())
    return HttpResponseRedirect(_onward(after, part, asked), status=303)


def _do(checked: Checking, how: Marking, found: Found, asked: str) -> None:
    if asked == "accept":
        checking.accept(checked, how)
    elif asked == "open":
        checking.reopen(checked, how)
    elif asked == "drop":
        checking.drop_fault(checked, how, found)
    elif asked == "fault":
        checking.find_fault(checked, how, found)
    else:
        raise NothingToCheck


def _part(checked: Checking, key: str) -> Part:
    part = checked.by_key.get(key)
    if part is None:
        raise NothingToCheck
    return part


def _marking(part: Part, posted: Posted) -> Marking:
    seen = posted.one("seen")
    known = seen.isascii() and seen.isdigit() and len(seen) <= _LONGEST_NUMBER
    try:
        key = UUID(posted.one("key"))
    except ValueError:
        key = uuid4()
    return Marking(part, int(seen) if known else 0, key.hex)


def _found(posted: Posted) -> Found:
    kind, _, name = posted.one("on").partition(":")
    return Found(
        reason=posted.one("reason"),
        field=name if kind == "field" else "",
        paper=name if kind == "paper" else "",
        text=posted.one("text"),
        how=posted.one("how"),
    )


def _onward(after: Checking, part: Part, asked: str) -> str:
    """Lead to the next part nobody has looked at; after a fault stay where it was found."""
    unseen = after.unseen() if asked == "accept" else []
    place = pieces.anchor(unseen[0] if unseen else part)
    return f"{reverse('desk:check', args=[after.opened.row.code])}#{place}"


def _refused(
    request: HttpRequest,
    checked: Checking,
    form: FaultForm | None,
    posted: Posted,
    refusal: Refusal,
) -> HttpResponse:
    """Show the page as it is now with the reason; what was typed stays."""
    words = refusal_text(refusal)
    if form:
        form = replace(form, error=words, text=posted.one("text"), how=posted.one("how"))
    return _page(request, checked, form, wrong="" if form else words, status=refusal.status)


def _page(
    request: HttpRequest, checked: Checking, form: FaultForm | None, *, wrong: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    opened, unseen = checked.opened, checked.unseen()
    units = pieces.units(checked, form)
    context: dict[str, Any] = {
        **head(opened),
        "units": units,
        "sheets": [sheet for unit in units for sheet in unit.sheets],
        "seen": checked.seen,
        "total": checked.total,
        "unseen_count": len(unseen),
        "next": pieces.anchor(unseen[0]) if unseen else "",
        "faults": len(checked.faults),
        "may_mark": checked.may_mark,
        "act_key": str(uuid4()),
        "wrong": wrong,
        "links": act_links.links(opened),
        "narrowed": not opened.sight.all_declared,
        "curtain": curtain_view(opened, "kiem-tra"),
        **_difference(checked),
    }
    return show(request, "checking/page", context, status=status)


def _difference(checked: Checking) -> dict[str, Any]:
    changed = differences.difference(checked.opened, language())
    if changed is None:
        return {"changed": None}
    pairs = [pieces.pair(checked.opened, change) for change in changed.papers]
    return {"changed": changed, "pairs": pairs}
