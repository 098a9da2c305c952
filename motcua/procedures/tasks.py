"""What the room does by itself."""

from django.db import transaction
from django.utils.timezone import localtime

from motcua.procedures.listings import list_day
from motcua.procedures.timing import measure
from motcua.procedures.vocabulary import learn
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import every, job


@every("2 17 * * *")  # two minutes after midnight in Viet Nam
@job(name="procedures.list_today")
def list_today(*, timestamp: int) -> None:
    """Let versions that begin today take the place of those that ended yesterday."""
    del timestamp
    with transaction.atomic():
        if list_day(localtime(now()).date()):
            learn()


@every("23 * * * *")
@job(name="procedures.measure_filling")
def measure_filling(*, timestamp: int) -> None:
    """Tell anew how long filling in takes."""
    del timestamp
    with transaction.atomic():
        measure(now())
