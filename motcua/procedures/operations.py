"""Publishing: a version enters once and never changes."""

from datetime import datetime
from pathlib import Path

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value

from motcua.kernel.vietnamese import fold
from motcua.procedures.models import Listing, Version
from motcua.procedures.rules.catalogue import Folder, canonical, digest, folders, read_folder
from motcua.procedures.rules.procedure import Procedure


@transaction.atomic
def publish(*, folder: Folder, at: datetime, listed: bool = True) -> Version:
    """Publish what a folder holds; the same content again changes nothing.

    One that is not `listed` is found by its slug and code, but not by searching.
    """
    procedure = folder.procedure
    content = canonical(procedure)
    version, _ = Version.objects.get_or_create(
        digest=digest(content),
        defaults={
            "code": procedure.code,
            "slug": procedure.slug,
            "effective_from": procedure.effective.since,
            "effective_until": procedure.effective.until,
            "content": content,
            "guides": folder.guides,
            "published_at": at,
        },
    )
    if version.guides != folder.guides:  # words of help are not law: they may be mended
        Version.objects.filter(pk=version.pk).update(guides=folder.guides)
    if listed and procedure.effective.until is None:
        _list(procedure)
    return version


def _list(procedure: Procedure) -> None:
    heavy = fold(f"{procedure.name.vi} {procedure.code} {procedure.slug.replace('-', ' ')}")
    light = fold(" ".join([procedure.short.vi, procedure.name.en, *procedure.keywords]))
    row, _ = Listing.objects.update_or_create(
        code=procedure.code,
        defaults={
            "slug": procedure.slug,
            "name": procedure.name.model_dump(),
            "short": procedure.short.model_dump(),
            "level": procedure.level,
            "linked": procedure.linked,
            "life_event": procedure.life_events[0],
            "order": 0 if procedure.linked else 100,
            "folded": f"{heavy} {light}",
            "words": "",
        },
    )
    words = SearchVector(Value(heavy), weight="A", config="simple") + SearchVector(
        Value(light), weight="B", config="simple"
    )
    Listing.objects.filter(pk=row.pk).update(words=words)


def publish_catalogue(*, catalogue: Path, at: datetime) -> list[Version]:
    """Publish every procedure of the catalogue; raises Unreadable for one that cannot be read."""
    return [publish(folder=read_folder(place, catalogue), at=at) for place in folders(catalogue)]


def publish_folder(*, folder: Path, at: datetime, listed: bool = True) -> Version:
    """Publish one folder from anywhere; raises Unreadable."""
    return publish(folder=read_folder(folder), at=at, listed=listed)
