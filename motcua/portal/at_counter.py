"""The form at the counter: the same pages, typed by an official for somebody who brought paper.

The desk hands out a ticket that begins such a draft, and a key that opens it in the official's browser. The
applicant then confirms at the desk, where the draft is filed and received: these pages file nothing of it.
"""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from motcua.dossiers.models import Draft
from motcua.journeys.counter import Entry, entry_of
from motcua.toolkit.clock import now

TICKET = "quay"
"""In an address: the desk's ticket to begin an entry."""


def entry(request: HttpRequest) -> Entry | None:
    """Return the entry that the desk sent the official here to begin; None for a citizen."""
    ticket = request.GET.get(TICKET, "")
    return entry_of(ticket, now()) if ticket else None


def typed_here(draft: Draft) -> bool:
    """Tell whether an official types the draft for somebody."""
    return draft.typist_id is not None


def frame(draft: Draft) -> dict[str, Any]:
    """Return what the pages of a draft show about the counter; nothing where a citizen fills them in."""
    if not typed_here(draft):
        return {}
    return {"counter": reverse("desk:counter"), "account": None}


def confirmation(draft: Draft) -> str:
    """Return the desk's page where the applicant confirms."""
    return reverse("desk:counter_confirm", args=[draft.pk])
