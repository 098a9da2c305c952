"""Mandates that ended long ago: who the two were is wiped; that there was one, for what and until when, stays."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from motcua.mandates.models import Mandate

AT_ONCE = 1000


def wipe(*, before: datetime) -> list[UUID]:
    """Wipe names and phones of mandates that ended before that moment; return which, a thousand at most.

    Accounts, keyed hashes and times stay: they are what an answer to a later dispute needs.
    """
    told = ~Q(giver_name="") | ~Q(holder_name="") | ~Q(giver_phone="") | ~Q(holder_phone="")
    rows = Mandate.objects.filter(told, ended_at__lt=before).order_by("ended_at")
    found = list(rows.values_list("pk", flat=True)[:AT_ONCE])
    nothing = {"giver_name": "", "holder_name": "", "giver_phone": "", "holder_phone": ""}
    Mandate.objects.filter(pk__in=found).update(**nothing)
    return found
