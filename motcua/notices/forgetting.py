"""Messages that have served: whom they went to and what they said is wiped; that there was one stays."""

from datetime import datetime

from motcua.notices.models import Notice


def wipe(*, before: datetime) -> int:
    """Wipe addresses and words of messages written before that moment; return how many."""
    old = Notice.objects.filter(created_at__lt=before).exclude(state=Notice.State.QUEUED)
    return old.exclude(to="").update(to="", title="", body="", last_error="")
