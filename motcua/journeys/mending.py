"""Where a fault can be mended: an answer given once is corrected where it was given."""

from collections.abc import Iterable

from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.queries import content
from motcua.dossiers.rules.facts import Fault
from motcua.journeys.case import circumstances_of
from motcua.kernel.working_time import ZONE
from motcua.procedures.queries import by_digest


def mendable(row: Row, faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return the faults tied to the fields that the applicant answered.

    The mother's name on her own filing is taken from the applicant's: a fault about it reopens the
    applicant's name, or the correction would be overwritten by what it is taken from.
    """
    named = tuple(faults)
    if not any(fault.field for fault in named):
        return named
    definition, declared = by_digest(row.version.digest).definition, content(row)
    stood = circumstances_of(declared.circumstances, row.submitted_at.astimezone(ZONE).date())
    values = definition.settle(declared.answers, stood).values
    mended = []
    for fault in named:
        source, seen = fault.field, set[str]()
        while source in definition.fields and source not in seen:
            seen.add(source)
            source = definition.taken_from(definition.fields[source], values) or source
        mended.append(fault.model_copy(update={"field": source}))
    return tuple(mended)
