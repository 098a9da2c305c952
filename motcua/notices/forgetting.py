"""Messages that have served: whom they went to and what they said is wiped; that there was one stays."""

from datetime import datetime

from django.db.models import QuerySet

from motcua.notices.models import Notice


def wipe(*, before: datetime) -> int:
    """Wipe addresses and words of messages written before that moment; return how many."""
    return _wipe(Notice.objects.filter(created_at__lt=before))


def wipe_about(*, subject: str) -> int:
    """Wipe addresses and words of the messages about one dossier; return how many."""
    return _wipe(Notice.objects.filter(subject=subject))


def _wipe(rows: QuerySet[Notice]) -> int:
    """What still waits to be sent is not touched: it would never arrive."""
    served = rows.exclude(state=Notice.State.QUEUED).exclude(to="")
    return served.update(to="", title="", body="", last_error="")
