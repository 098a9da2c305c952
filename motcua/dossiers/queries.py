"""Reading dossiers and drafts."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.formats import date_format
from django.utils.timezone import localtime

from motcua.agencies.queries import agency_by_id, calendar_for
from motcua.dossiers.consents import person_key
from motcua.dossiers.models import Consent, Content, Draft, EarlierAnswers
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.models import Event as EventRow
from motcua.dossiers.rules.clock import Law
from motcua.dossiers.rules.dossier import Dossier
from motcua.dossiers.rules.events import Event, restored
from motcua.dossiers.rules.evolve import fold
from motcua.dossiers.rules.refusals import ChangedMeanwhile, DraftUnknown, UnknownDossier
from motcua.kernel import dossier_code
from motcua.procedures.queries import by_digest, head

PAGE = 50


def history(dossier_id: int) -> list[Event]:
    """Return every event of a dossier, oldest first."""
    rows = EventRow.objects.filter(dossier_id=dossier_id).order_by("seq")
    return [restored(kind, data) for kind, data in rows.values_list("kind", "data")]


def act_known(dossier_id: int, key: str) -> bool:
    """Tell whether the act with this key was recorded on the dossier."""
    return EventRow.objects.filter(dossier_id=dossier_id, act_key=key).exists()


def row(code: str) -> Row:
    """Return a dossier's row with version and agency. Raises UnknownDossier."""
    found = (
        Row.objects.select_related("version", "agency")
        .defer("version__content", "version__guides")
        .filter(code=dossier_code.normalise(code))
        .first()
    )
    if found is None:
        raise UnknownDossier
    return found


def told(code: str) -> tuple[Row, Dossier, list[Event]]:
    """Return a dossier's row, what its history tells, and the history. Raises UnknownDossier."""
    found = row(code)
    events = history(found.pk)
    return found, fold(events), events


@dataclass(frozen=True)
class StandingLeg:
    """Where one leg stands, and with whom."""

    leg: str
    agency: str
    state: str


@dataclass(frozen=True)
class Standing:
    """Where a dossier stands, without anything of what it is about."""

    code: str
    digest: str
    agency: str
    status: int
    submitted_at: datetime
    expected_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    ended_at: datetime | None
    legs: tuple[StandingLeg, ...] = ()


# Written out, because it is asked most of all: half of what the ORM's two queries cost.
SQL_STANDING = """
select d.code, v.digest, a.code, d.status, d.submitted_at, d.expected_at, d.received_at, d.due_at,
       d.finished_at, d.ended_at, l.leg, l.agency_code, l.state
from dossiers_dossier d
join procedures_version v on v.id = d.version_id
join agencies_agency a on a.id = d.agency_id
left join dossiers_legrow l on l.dossier_id = d.id
where d.code = %s order by l.id
"""
_OF_THE_WHOLE = 10


def standing(code: str) -> Standing | None:
    """Return where a dossier stands, None when there is none; one narrow query."""
    with connection.cursor() as cursor:
        cursor.execute(SQL_STANDING, [code])
        rows = cursor.fetchall()
    if not rows:
        return None
    legs = tuple(StandingLeg(*row[_OF_THE_WHOLE:]) for row in rows if row[_OF_THE_WHOLE])
    return replace(Standing(*rows[0][:_OF_THE_WHOLE]), legs=legs)


def law_of(row: Row) -> Law:
    """Return the law a dossier stands under: its own version, its agency's calendar."""
    published = by_digest(row.version.digest)
    return Law(published.procedure, calendar_for(row.agency.province_code))


def changed_meanwhile(code: str) -> ChangedMeanwhile:
    """Return the refusal that names who acted last on a dossier, and when."""
    # The first event of an act carries its key: what followed by itself is nobody's doing.
    acts = EventRow.objects.filter(dossier__code=code, act_key__isnull=False)
    last = acts.order_by("-seq").first()
    by = last.data["by"] if last else {}
    when = date_format(localtime(last.at), "H:i d/m/Y") if last else ""
    return ChangedMeanwhile(who=by.get("name") or by.get("role") or "motcua", when=when)


def content(found: Row) -> Content:
    """Return what was declared."""
    return Content.objects.get(dossier=found)


def answers_then(found: Row, seq: int) -> dict[str, Any]:
    """Return what was declared when the dossier's `seq`-th event had happened, whatever was supplied later."""
    earlier = EarlierAnswers.objects.filter(dossier=found, seq__gte=seq).order_by("seq").first()
    answers: dict[str, Any] = (earlier or content(found)).answers
    return answers


def dossiers_of(accounts: Collection[int], *, before: int | None = None) -> list[Row]:
    """Return the dossiers of a person's accounts, newest first; `before` is the last id of the page before."""
    rows = Row.objects.select_related("version").filter(account_id__in=accounts)
    rows = rows.defer("version__content", "version__guides")
    if before:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk")[:PAGE])


def draft(draft_id: UUID) -> Draft:
    """Return a draft with version and agency. Raises DraftUnknown."""
    # Every page of a declaration begins here: a plain query, and what never changes is not read again.
    sql = "select * from dossiers_draft where id = %s"
    found = next(iter(Draft.objects.raw(sql, [draft_id])), None)
    if found is None:
        raise DraftUnknown
    found.version, found.agency = head(found.version_id), agency_by_id(found.agency_id)
    return found


def draft_with_key(draft_id: UUID, secret_hash: str) -> tuple[Draft, bool]:
    """Return a draft as `draft` does, and whether a key of it has this hash; one query. Raises DraftUnknown."""
    sql = """select d.*, exists(select 1 from dossiers_draftkey k
                                where k.draft_id = d.id and k.secret_hash = %s) as held
             from dossiers_draft d where d.id = %s"""
    found: Any = next(iter(Draft.objects.raw(sql, [secret_hash, draft_id])), None)
    if found is None:
        raise DraftUnknown
    found.version, found.agency = head(found.version_id), agency_by_id(found.agency_id)
    return found, bool(found.held)


def drafts_held(hashes: Collection[str], at: datetime) -> list[Draft]:
    """Return the open drafts of citizens that keys with these hashes open, last touched first; one query."""
    rows = Draft.objects.select_related("version").filter(
        keys__secret_hash__in=hashes, typist__isnull=True, dossier__isnull=True, expires_at__gt=at
    )
    rows = rows.defer("version__content", "version__guides")
    return list(rows.order_by("-updated_at")[:PAGE])


def draft_called(code: str, at: datetime) -> Draft | None:
    """Return the open draft with this code, None when there is none."""
    rows = Draft.objects.select_related("version", "agency").filter(
        code=code, dossier__isnull=True, expires_at__gt=at
    )
    return rows.defer("version__content", "version__guides").first()


def drafts_of(accounts: Collection[int], at: datetime) -> list[Draft]:
    """Return the open drafts of a person's accounts, last touched first."""
    rows = Draft.objects.select_related("version").filter(
        account_id__in=accounts, dossier__isnull=True, expires_at__gt=at
    )
    rows = rows.defer("version__content", "version__guides")
    return list(rows.order_by("-updated_at")[:PAGE])


def counter_drafts(agency_ids: Collection[int], at: datetime) -> list[Draft]:
    """Return the open drafts that these offices' officials type at their counters, last touched first; one query."""
    rows = Draft.objects.select_related("version", "agency", "typist").filter(
        agency_id__in=agency_ids, typist__isnull=False, dossier__isnull=True, expires_at__gt=at
    )
    rows = rows.defer("version__content", "version__guides")
    return list(rows.order_by("-updated_at")[:PAGE])


def restricted_among(codes: Collection[str]) -> set[str]:
    """Return those of these dossiers whose data may not be used; one query."""
    rows = Row.objects.filter(code__in=codes, restricted=True)
    return set(rows.values_list("code", flat=True))


def consents_of(number: str) -> list[Consent]:
    """Return what waits for the word of the person with this number, the most pressing first; one query."""
    rows = Consent.objects.filter(person=person_key(number))
    rows = rows.select_related("dossier", "dossier__version", "dossier__agency")
    rows = rows.defer("dossier__version__content", "dossier__version__guides")
    return list(rows.order_by("until", "pk"))


def consent_of(number: str, code: str, leg: str) -> Consent | None:
    """Return the consent this person is asked for at a leg of a dossier, None when there is none."""
    found = Consent.objects.filter(person=person_key(number), dossier__code=code, leg=leg)
    return found.select_related("dossier", "dossier__version", "dossier__agency").first()
