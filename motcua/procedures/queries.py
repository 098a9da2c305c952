"""Looking up procedures: by slug, by code and day, by digest. `search` finds them by words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db.models import JSONField, Q, QuerySet
from django.db.models.functions import Cast

from motcua.procedures.models import Listing, Record, Version
from motcua.procedures.rules.catalogue import canonical, digest
from motcua.procedures.rules.definition import Definition
from motcua.procedures.rules.procedure import Procedure
from motcua.procedures.rules.records.page import RecordPage
from motcua.procedures.rules.refusals import ProcedureUnknown, RecordUnknown
from motcua.procedures.rules.upgrading import read_stored


@dataclass(frozen=True)
class Published:
    """A version in force: its digest, what it says, its guide."""

    id: int
    digest: str
    definition: Definition
    guides: dict[str, str]

    @property
    def procedure(self) -> Procedure:
        """The procedure as its author wrote it."""
        return self.definition.procedure


@lru_cache(maxsize=256)
def by_digest(digest: str) -> Published:
    """Return a version by its digest, kept in the process: it never changes.

    Raises ProcedureUnknown.
    """
    found = Version.objects.filter(digest=digest).first()
    if found is None:
        raise ProcedureUnknown
    definition = Definition(read_stored(found.content))
    return Published(found.pk, found.digest, definition, found.guides)


@lru_cache(maxsize=256)
def head(version_id: int) -> Version:
    """Return a version without its long texts, kept in the process: what it is called never changes."""
    return Version.objects.defer("content", "guides").get(pk=version_id)


def current(name: str, day: date) -> Published:
    """Return the version of a slug or code in force on a day; a code of another time leads to it too.

    Raises ProcedureUnknown.
    """
    digest = _in_force(Q(slug=name) | Q(code=name), day)
    if digest is None and _CODE.fullmatch(name):
        digest = _in_force(Q(slug__in=_slugs_once_called(name)), day)
    if digest is None:
        raise ProcedureUnknown
    return by_digest(digest)


_CODE = re.compile(r"\d\.\d{6}")


def _in_force(which: Q, day: date) -> str | None:
    inside = Q(effective_until__isnull=True) | Q(effective_until__gte=day)
    return (
        Version.objects.filter(which, inside, effective_from__lte=day)
        .order_by("-effective_from", "-published_at")
        .values_list("digest", flat=True)
        .first()
    )


def _slugs_once_called(code: str) -> QuerySet[Version, str]:
    """Return the procedures that had this code at any time: a version's own, or one among `codes_before`."""
    before = {"law__codes_before__contains": [{"code": code}]}
    versions = Version.objects.annotate(law=Cast("content", JSONField()))
    return versions.filter(Q(code=code) | Q(**before)).values_list("slug", flat=True)


def published_of(code: str, slug: str) -> list[Version]:
    """Return every version of a procedure, by its code or its slug, oldest first."""
    rows = Version.objects.filter(Q(code=code) | Q(slug=slug)).defer("content")
    return list(rows.order_by("effective_from", "published_at", "pk"))


def same_content(procedure: Procedure, versions: list[Version]) -> Version | None:
    """Return the version that says the same: an end written later, or a language grown since, is no change."""
    own = digest(canonical(procedure))
    found = next((row for row in versions if row.digest == own), None)
    return found or next((row for row in versions if _says(row, procedure)), None)


def _says(row: Version, procedure: Procedure) -> bool:
    """Tell whether a stored version has this content, but for the day of its end."""
    effective = procedure.effective
    if (row.code, row.effective_from) != (procedure.code, effective.since):
        return False
    stored = read_stored(row.content)
    end = {"until": stored.effective.until, "note": stored.effective.note}
    as_stored = procedure.model_copy(update={"effective": effective.model_copy(update=end)})
    return stored == as_stored


def named(name: str, today: date) -> Published:
    """Return a version by its digest (or how it begins), or by `code`, `code@2024-07-01`, slug.

    Without a day it is the one in force today. Raises ProcedureUnknown.
    """
    code, _, day = name.partition("@")
    if re.fullmatch(r"[0-9a-f]{8,64}", name):
        digests = Version.objects.filter(digest__startswith=name).values_list("digest", flat=True)
        if len(digests) == 1:
            return by_digest(digests[0])
    try:
        return current(code, date.fromisoformat(day) if day else today)
    except ValueError:
        raise ProcedureUnknown from None


def latest(codes: Iterable[str]) -> dict[str, Published]:
    """Return the newest version of each code, whether in force yet or not: for names; one query."""
    rows = Version.objects.filter(code__in=list(codes)).order_by("code", "-effective_from", "-pk")
    found = rows.distinct("code").values_list("code", "digest")
    return {code: by_digest(digest) for code, digest in found}


def in_force(day: date) -> list[Published]:
    """Return every service offered here as it is in force on the day, linked ones first; two queries."""
    inside = Q(effective_until__isnull=True) | Q(effective_until__gte=day)
    slugs = [row.slug for row in offered()]
    rows = Version.objects.filter(inside, slug__in=slugs, effective_from__lte=day)
    ordered = rows.order_by("effective_from", "published_at")
    digests = dict(ordered.values_list("slug", "digest"))
    return [by_digest(digests[slug]) for slug in slugs if slug in digests]


def offered() -> list[Listing]:
    """Return every service offered here, linked ones first."""
    return list(Listing.objects.exclude(slug="").order_by("order", "code"))


@dataclass(frozen=True)
class NationalRecord:
    """A record as it was taken in, and when."""

    id: int
    page: RecordPage
    imported_at: datetime
    replaced_at: datetime | None


def record_of(code: str) -> NationalRecord:
    """Return the present record of a code. Raises RecordUnknown."""
    return _read_record(Record.objects.filter(code=code, replaced_at__isnull=True).first())


def earlier_record(code: str, record_id: int) -> NationalRecord:
    """Return a record of the code that was replaced. Raises RecordUnknown."""
    return _read_record(Record.objects.filter(code=code, pk=record_id).first())


def _read_record(row: Record | None) -> NationalRecord:
    if row is None:
        raise RecordUnknown
    page = RecordPage.model_validate_json(row.content)
    return NationalRecord(row.pk, page, row.imported_at, row.replaced_at)


def records_before(code: str) -> list[Record]:
    """Return the records of the code that were replaced, without their texts, the latest first."""
    replaced = Record.objects.filter(code=code, replaced_at__isnull=False).defer("content")
    return list(replaced.order_by("-imported_at", "-pk"))


def versions_called(slug: str) -> list[Version]:
    """Return the versions of a service by the day they begin, corrected ones left out, without their texts."""
    rows = Version.objects.filter(slug=slug).defer("content", "guides")
    last = {
        row.effective_from: row for row in rows.order_by("effective_from", "published_at", "pk")
    }
    return list(last.values())


def service_called(code: str) -> Listing | None:
    """Return the service offered here under a code of today or before."""
    return Listing.objects.exclude(slug="").filter(codes__contains=[code]).order_by("order").first()


def listing_of(code: str) -> Listing | None:
    """Return the row of the list with this code of today."""
    return Listing.objects.filter(code=code).first()


def current_or_none(name: str, day: date) -> Published | None:
    """Return what `current` does, None where nothing is in force on the day."""
    try:
        return current(name, day)
    except ProcedureUnknown:
        return None
