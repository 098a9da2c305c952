"""What was erased, with proof and without content; and what must not be erased for now."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.privacy.models import Erasure, Hold
from motcua.privacy.rules.refusals import DossierHeld
from motcua.toolkit.sealing import keyed


@dataclass(frozen=True)
class Erased:
    """What is erased: answers by name, and digests of files."""

    fields: Mapping[str, Any]
    files: Collection[str] = ()

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.fields) or bool(self.files)


def note(*, subject: str, kept_class: str, rule: str, erased: Erased, at: datetime) -> Erasure:
    """Write the proof down, in the transaction that erases."""
    return Erasure.objects.create(
        subject=subject, kept_class=kept_class, rule=rule[:300], fields=len(erased.fields),
        files=len(erased.files), digest=_digest(erased), at=at,
    )  # fmt: skip


def _digest(erased: Erased) -> str:
    """Return a keyed hash: whoever has the database alone can neither tell nor try what it was."""
    told = {"fields": dict(erased.fields), "files": sorted(erased.files)}
    return keyed("erasure", json.dumps(told, sort_keys=True, ensure_ascii=False))


def erasures_of(subject: str) -> list[Erasure]:
    """Return what was erased of a dossier, the earliest first."""
    return list(Erasure.objects.filter(subject=subject).order_by("at", "pk"))


def classes_gone(subjects: Collection[str]) -> dict[str, frozenset[str]]:
    """Return which classes were erased of each of these dossiers; one query."""
    gone: dict[str, frozenset[str]] = {}
    rows = Erasure.objects.filter(subject__in=subjects).values_list("subject", "kept_class")
    for subject, kept_class in rows:
        gone[subject] = gone.get(subject, frozenset()) | {kept_class}
    return gone


def hold(*, subject: str, reason: str, by: str, at: datetime) -> Hold:
    """Keep everything of a dossier from being erased, until they let it go; held by them already it stays as it is."""
    found, _ = Hold.objects.get_or_create(
        subject=subject, by=by, ended_at=None, defaults={"reason": reason[:300], "since": at}
    )
    return found


def let_go(*, subject: str, by: str, at: datetime, reason: str = "") -> bool:
    """End the hold that was set by them; tell whether there was one."""
    rows = Hold.objects.filter(subject=subject, by=by, ended_at__isnull=True)
    return rows.update(ended_at=at, end_reason=reason) > 0


def standing(by: str) -> list[Hold]:
    """Return what they hold now, locked until the transaction ends."""
    rows = Hold.objects.select_for_update().filter(by=by, ended_at__isnull=True)
    return list(rows.order_by("pk"))


def holds_by(by: str) -> list[Hold]:
    """Return what they hold or held, the earliest first; one query."""
    return list(Hold.objects.filter(by=by).order_by("since", "pk"))


def holds(subjects: Collection[str]) -> dict[str, str]:
    """Return why each of these dossiers is held, of those that are; one query."""
    rows = Hold.objects.filter(subject__in=subjects, ended_at__isnull=True)
    return dict(rows.order_by("-since").values_list("subject", "reason"))


def must_not_be_held(subject: str) -> None:
    """Refuse while the dossier is held. Raises DossierHeld."""
    found = Hold.objects.filter(subject=subject, ended_at__isnull=True).first()
    if found is not None:
        raise DossierHeld(reason=found.reason)
