"""Files that the scanner has set apart: a list for the head and the administrator, and what they decide; never a file."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from motcua.desk.pages import language
from motcua.desk.signing_in import again
from motcua.desk.signing_in.session import the_official
from motcua.desk.support.pages import page
from motcua.journeys import held_files, supporting
from motcua.journeys.held_files import Lying
from motcua.kernel.refusal import Refusal
from motcua.toolkit.clock import now
from motcua.ui.refusals import refusal_text

ACTS = {"hoi-lai": held_files.ask_anew, "tra-lai": held_files.give_back}


@require_safe
def files(request: HttpRequest) -> HttpResponse:
    """List what lies apart of the official's offices. Raises NotAtHeldFiles."""
    return _list(request)


@require_POST
def decide(request: HttpRequest, held_id: UUID) -> HttpResponseBase:
    """Ask for the paper anew, or give the file back after a clean scan, with a fresh factor.

    Raises NotAtHeldFiles, NotHeld.
    """
    at = now()
    mine = held_files.keeper(the_official(request), at)
    lying = held_files.of_office(mine=mine, held_id=held_id)
    if (asked := again.fresh(request)) is not None:
        return asked
    act = request.POST.get("viec", "")
    if act not in ACTS:
        return redirect("desk:held_files")
    try:
        ACTS[act](mine=mine, lying=lying, at=at)
    except Refusal as refusal:
        return _list(request, refusal)
    return redirect(f"{reverse('desk:held_files')}?xong={act}")


def _list(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    official, at = the_official(request), now()
    mine = held_files.keeper(official, at)
    done = {
        "hoi-lai": gettext("Đã nhắn người gửi chụp và gửi lại giấy tờ."),
        "tra-lai": gettext("Quét lại không thấy gì. Tệp đã về đúng chỗ trong hồ sơ."),
    }
    context = {
        "lines": [_line(one) for one in held_files.all_of(mine)],
        "wrong": refusal_text(refusal) if refusal else "",
        "done": done.get(request.GET.get("xong", ""), ""),
    }
    seat = supporting.lister(official, at)
    return page(request, "held_files", seat, context, status=refusal.status if refusal else 200)


def _line(one: Lying) -> dict[str, object]:
    return {
        "one": one,
        "title": one.code or gettext("Bản khai chưa nộp"),
        "paper": one.paper.get(language()) or one.paper.get("vi") or gettext("Giấy tờ chưa xếp"),
        "action": reverse("desk:held_file", args=[UUID(one.held.id)]),
    }
