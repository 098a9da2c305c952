"""“Đã chia sẻ với ai”: which agency was sent which of a person's data, for which dossier, when."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.queries import PAGE, dossiers_of
from motcua.exchange.queries import Sent, sent_about
from motcua.identity import queries
from motcua.portal.pages import language, show
from motcua.portal.signing_in.session import the_citizen
from motcua.procedures.queries import by_digest


@require_safe
def shared_with(request: HttpRequest) -> HttpResponse:
    """List, for each dossier, what was sent to whom; who opened it at an office stands on the dossier's own page."""
    citizen = the_citizen(request)
    before = request.GET.get("truoc", "")
    last = int(before) if before.isascii() and before.isdecimal() else None
    rows = dossiers_of(citizen.accounts, before=last)
    sent: dict[str, list[Sent]] = {}
    for one in sent_about([row.code for row in rows]):
        sent.setdefault(one.subject, []).append(one)
    context = {
        "from_vneid": queries.person(citizen.person_id).verified_at,
        "dossiers": [_dossier(row, sent.get(row.code, [])) for row in rows],
        "older": f"?truoc={rows[-1].pk}" if len(rows) == PAGE else "",
        "newest": reverse("signing_in:shared_with") if last else "",
        "back": reverse("signing_in:account"),
    }
    return show(request, "signing_in/shared_with", context)


def _dossier(row: Row, sent: list[Sent]) -> dict[str, Any]:
    published, spoken = by_digest(row.version.digest), language()
    fields = published.definition.fields
    papers = {paper.id: paper.name.to(spoken) for paper in published.procedure.papers}
    return {
        "name": published.procedure.name.to(spoken),
        "code": row.code,
        "href": reverse("following:tracking", args=[row.code]),
        "sent": [
            {
                "to": one.party,
                "at": one.at,
                "arrived": one.arrived,
                "fields": [fields[name].label.to(spoken) for name in one.fields if name in fields],
                "papers": [papers.get(name, name) for name in one.papers],
            }
            for one in sent
        ],
    }
