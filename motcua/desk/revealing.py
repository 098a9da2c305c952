"""What the desk hides, and the one press that shows it: with a reason, for a while, written down."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from motcua.desk.pages import language
from motcua.desk.signing_in.session import the_official
from motcua.journeys import looking, revealing
from motcua.journeys.looking import Opened
from motcua.journeys.revealing import group_words
from motcua.procedures.rules.personal import Veil
from motcua.toolkit.clock import now

_PAGES = {"kiem-tra": "desk:check", "ho-so": "desk:dossier"}


@dataclass(frozen=True)
class CurtainView:
    """The notice above a declaration: what is hidden, what is shown until when, and the reasons to choose from."""

    hidden: tuple[tuple[Veil, str], ...]
    shown: str
    until: datetime | None
    reasons: tuple[tuple[str, str], ...]
    preset: str
    """The reason that the work itself gives; empty where one must be chosen."""
    back: str
    restricted: bool


def curtain_view(opened: Opened, back: str) -> CurtainView | None:
    """Return the notice for a page; None where nothing of the dossier is hidden from anybody."""
    here = revealing.curtain(opened)
    if not (here.hidden or here.shown):
        return None
    return CurtainView(
        hidden=tuple((group, group_words(group)) for group in here.hidden),
        shown=", ".join(group_words(group) for group in here.shown),
        until=here.until,
        reasons=tuple((row.code, row.label(language())) for row in revealing.reasons(opened)),
        preset=gettext("Xử lý hồ sơ") if here.has_work else "",
        back=back,
        restricted=opened.is_restricted,
    )


@require_POST
def reveal(request: HttpRequest, code: str) -> HttpResponse:
    """Show a group, or all, and lead back. Raises RevealWithoutReason, NothingToReveal."""
    opened = looking.look(official=the_official(request), code=code, at=now(), asked=True)
    wanted = request.POST.get("nhom", "")
    groups = revealing.curtain(opened).hidden if wanted == "tat-ca" else (wanted,)
    reason = request.POST.get("ly-do", "")
    if groups:  # all is shown already: pressed twice
        revealing.reveal(opened=opened, groups=groups, reason=reason)
    page = _PAGES.get(request.POST.get("ve", ""), "desk:dossier")
    return HttpResponseRedirect(f"{reverse(page, args=[opened.row.code])}#dang-che", status=303)
