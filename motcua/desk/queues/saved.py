"""Keeping a set of filters under a name, and forgetting it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from motcua.desk.queues.asking import address, read
from motcua.desk.queues.narrowing import as_text
from motcua.desk.signing_in.session import the_official
from motcua.dossiers import saved_views
from motcua.journeys import looking
from motcua.toolkit.clock import now


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the present look under a name, shared with an office of one's own when that is chosen."""
    official, at = the_official(request), now()
    asked = read(request.POST.get("xem", "")[:500])
    name = " ".join(request.POST.get("ten", "").split())
    offices = {str(post.agency_id): post.agency_id for post in looking.posts_handling(official, at)}
    if name:
        saved_views.save(
            official_id=official.pk, agency_id=offices.get(request.POST.get("chung", "")), name=name,
            asked=as_text(asked), at=at,
        )  # fmt: skip
    return HttpResponseRedirect(address(asked))


@require_POST
def forget(request: HttpRequest, view: int) -> HttpResponse:
    """Forget a view of one's own; somebody else's stays."""
    saved_views.forget(official_id=the_official(request).pk, view=view)
    return HttpResponseRedirect(address(read("")))
