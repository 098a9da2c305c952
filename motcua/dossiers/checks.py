"""Check marks of an office: read all at once, written one by one, the last word guarded by what was seen."""

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from django.db import IntegrityError, transaction

from motcua.agencies.models import Post
from motcua.dossiers.models import CheckMark
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.rules.checks import (
    Mark,
    MarkedMeanwhile,
    NothingToCheck,
    Unit,
    Verdict,
)
from motcua.dossiers.rules.facts import Fault
from motcua.kernel.working_time import ZONE


def marks_of(row: Row, agencies: Iterable[int]) -> dict[str, Mark]:
    """Return an office's marks by unit key; one query. Another office's are never among them."""
    found = CheckMark.objects.filter(dossier=row, agency__in=agencies).order_by("at", "pk")
    return {f"{mark.kind}:{mark.target}": _read(mark) for mark in found}


def _read(row: CheckMark) -> Mark:
    faults = tuple(Fault.model_validate(fault) for fault in row.faults)
    verdict = cast("Verdict", row.verdict)  # the database allows no other
    return Mark(verdict, faults, row.of, row.official_name, row.at, row.revision)


@transaction.atomic
def mark(
    *, row: Row, post: Post, unit: Unit, verdict: Verdict, faults: tuple[Fault, ...], seen: int,
    key: str, at: datetime,
) -> None:  # fmt: skip
    """Write what an official found at a unit, over the mark with revision `seen` (0: there was none).

    Sent twice under one key it is written once. Raises MarkedMeanwhile when a colleague was faster.
    """
    place = {"dossier": row, "agency": post.agency, "kind": unit.kind, "target": unit.target}
    values = {
        "verdict": verdict, "faults": [fault.model_dump() for fault in faults], "of": unit.of,
        "official_id": post.official_id, "official_name": post.official.full_name, "at": at,
        "key": key, "revision": seen + 1,
    }  # fmt: skip
    if seen:
        done = CheckMark.objects.filter(**place, revision=seen).update(**values) == 1
    else:
        done = _first(CheckMark(**place, **values))
    if not done:
        _refuse_unless_done(CheckMark.objects.filter(**place).first(), key)


def _first(mark: CheckMark) -> bool:
    try:
        with transaction.atomic():
            mark.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _refuse_unless_done(there: CheckMark | None, key: str) -> None:
    """Let a double click pass; tell anybody else who was faster."""
    if there is None:
        raise NothingToCheck
    if there.key != key:
        when = there.at.astimezone(ZONE)
        raise MarkedMeanwhile(who=there.official_name, when=f"{when:%H:%M %d/%m/%Y}")
