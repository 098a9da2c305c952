"""The page between a form and its act where a limit is near: it carries the form on, by itself or after a minute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from motcua.toolkit.work import ANSWER, TICKET

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from motcua.toolkit.work import WorkWanted

_ANEW = frozenset({TICKET, ANSWER, "csrfmiddlewaretoken"})


def work_page(request: HttpRequest, wanted: WorkWanted) -> HttpResponse:
    """Return the page for an act that costs work; what was posted is in it and goes on with it."""
    context = {
        "riddle": wanted.riddle,
        "posted": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in _ANEW
            for value in values
        ],
        "action": request.get_full_path(),
        "ticket_name": TICKET,
        "answer_name": ANSWER,
    }
    answer = render(request, "ui/work.html", context, status=429)
    answer["Retry-After"] = str(wanted.riddle.seconds)
    return answer
