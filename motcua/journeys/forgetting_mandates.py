"""Every night, of mandates that ended long ago: names and phones are wiped, the paper brought to the counter is erased."""

from datetime import datetime

from django.db import transaction

from motcua.documents.forgetting import remove_for_good
from motcua.journeys.behalf import owner_of_mandate_id
from motcua.mandates import forgetting


def forget_mandates(*, before: datetime, at: datetime) -> int:
    """Forget the people of mandates that ended before that moment; return how many mandates."""
    count = 0
    while gone := _some(before, at):
        count += gone
    return count


@transaction.atomic
def _some(before: datetime, at: datetime) -> int:
    gone = forgetting.wipe(before=before)
    for mandate in gone:
        remove_for_good(owner=owner_of_mandate_id(mandate), at=at)
    return len(gone)
