"""Recording: an act becomes events, the rows that follow and one job, in one transaction."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from motcua.agencies.models import Agency
from motcua.agencies.queries import agency
from motcua.audit.rules.entries import new_salt
from motcua.dossiers import projection, search
from motcua.dossiers.claims import guard
from motcua.dossiers.codes import next_code
from motcua.dossiers.consents import write_consents
from motcua.dossiers.entering import enter_events
from motcua.dossiers.models import Content, EarlierAnswers, LegRow
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.models import Event as EventRow
from motcua.dossiers.queries import changed_meanwhile, history, law_of
from motcua.dossiers.registering import with_number
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.clock import Law
from motcua.dossiers.rules.decide import decide
from motcua.dossiers.rules.dossier import Dossier
from motcua.dossiers.rules.events import Event, stored
from motcua.dossiers.rules.evolve import evolve, fold
from motcua.dossiers.rules.facts import SYSTEM, Actor
from motcua.dossiers.rules.refusals import UnknownDossier
from motcua.dossiers.tasks import react
from motcua.dossiers.transfers import follow

TRIES = 5


@dataclass(frozen=True)
class Called:
    """Whom a dossier is about, who asked for it, and how they are reached, as declared."""

    subject_name: str
    applicant_name: str
    phone: str = ""
    email: str = ""

    @property
    def names(self) -> str:
        """Both names, by which the dossier is found."""
        return f"{self.subject_name} {self.applicant_name}"


@dataclass(frozen=True)
class Filing:
    """What a dossier is filed with besides its plan."""

    agency: Agency
    version_id: int
    answers: dict[str, Any]
    circumstances: dict[str, Any]
    ways: dict[str, Any]
    called: Called
    language: str = "vi"
    account_id: int | None = None


@dataclass(frozen=True)
class Recorded:
    """What an act brought: the dossier after it, and whether this call did it or an earlier one."""

    row: Row
    dossier: Dossier
    events: tuple[Event, ...]
    again: bool = False


@transaction.atomic(savepoint=False)
def submit(
    *, law: Law, filing: Filing, act: a.Submit, by: Actor, key: str, at: datetime
) -> Recorded:
    """File a dossier. `act.code` may be empty: the agency's next code of the day is taken.

    The caller guards the key (a draft is filed once); a key used before raises IntegrityError.
    """
    if not act.code:
        act = act.model_copy(update={"code": next_code(act.agency, at)})
    events = decide(law, None, act, by, at)
    dossier = fold(events)
    row = Row.objects.create(
        code=dossier.code,
        version_id=filing.version_id,
        agency=filing.agency,
        account_id=filing.account_id,
        channel=dossier.channel,
        language=filing.language,
        **asdict(filing.called),
        terms=_terms(filing, dossier),
        submitted_at=at,
        **projection.row_values(dossier),
    )
    Content.objects.bulk_create(
        [Content(dossier=row, answers=filing.answers, circumstances=filing.circumstances,
                 ways=filing.ways)]
    )  # fmt: skip
    LegRow.objects.bulk_create(projection.leg_rows(row, dossier.legs.values()))
    _append(row, 0, events, key)
    projection.write_work(row, law, None, dossier, at)
    return Recorded(row, dossier, tuple(events))


def _terms(filing: Filing, dossier: Dossier) -> str:
    taking_part = {agency(leg.agency).pk for leg in dossier.legs.values()}
    return search.terms(
        code=dossier.code,
        agencies={filing.agency.pk, *taking_part},
        names=filing.called.names,
        phone=filing.called.phone,
        answers=filing.answers,
    )


def record(
    *, code: str, act: a.Act, by: Actor, key: str, at: datetime, seen: int | None = None
) -> Recorded:
    """Do an act on a dossier, once per `key`.

    `seen` is the sequence the person looked at: when somebody acted since, ChangedMeanwhile tells who and
    when. Without it (systems) the act is decided anew on what is there. Raises the heart's refusals.
    """
    for attempt in range(TRIES):
        try:
            return _record(code, act, by, key, at, seen)
        except _Overtaken:
            if EventRow.objects.filter(act_key=key).exists():
                seen = None  # it was this very act, sent twice: the next round says so
            elif seen is not None or attempt == TRIES - 1:
                raise changed_meanwhile(code) from None
    raise AssertionError("unreachable")


class _Overtaken(Exception):  # noqa: N818 - handled above, never seen outside
    """Another act was recorded between our reading and our writing."""


@transaction.atomic
def _record(code: str, act: a.Act, by: Actor, key: str, at: datetime, seen: int | None) -> Recorded:
    rows = Row.objects.select_related("version", "agency").filter(code=code)
    row = rows.defer("version__content", "version__guides").first()
    if row is None:
        raise UnknownDossier
    before = fold(history(row.pk))
    if EventRow.objects.filter(act_key=key).exists():
        return Recorded(row, before, (), again=True)
    if seen is not None and seen != before.seq:
        raise _Overtaken
    law = law_of(row)
    act = with_number(row, law, before, act, by, at)
    events = decide(law, before, act, by, at)
    guard(row, before, act, by, at)
    after = before
    for event in events:
        after = evolve(after, event)
    _move(row, before, after)
    follow(row, before, after, at)
    _append(row, before.seq, events, key)
    projection.write_legs(row, before, after)
    projection.write_work(row, law, before, after, at)
    write_consents(row, law, before, after)
    return Recorded(row, after, tuple(events))


def _move(row: Row, before: Dossier, after: Dossier) -> None:
    """Move the row from where we think it is; if it is not there, somebody was faster."""
    moved = Row.objects.filter(pk=row.pk, seq=before.seq).update(**projection.row_values(after))
    if moved != 1:
        raise _Overtaken
    for name, value in projection.row_values(after).items():
        setattr(row, name, value)


def _append(row: Row, seq: int, events: list[Event], key: str) -> None:
    rows = []
    for number, event in enumerate(events, start=1):
        kind, data = stored(event)
        rows.append(
            EventRow(
                dossier=row,
                seq=seq + number,
                kind=kind,
                data=data,
                salt=new_salt(),
                at=event.at,
                act_key=key if number == 1 else None,
                **_counted(event),
            )
        )
    try:  # who was overtaken gives up the whole act: no savepoint of its own is needed
        EventRow.objects.bulk_create(rows)
    except IntegrityError as clash:
        raise _Overtaken from clash
    enter_events(row.code, rows)
    react.defer(code=row.code, first=seq + 1, last=seq + len(events))


def _counted(event: Event) -> dict[str, Any]:
    """Return what figures count an event by: it stands beside what is sealed."""
    official = event.by.kind == "official"
    return {
        "due": getattr(event, "due", None),
        "number": getattr(event, "number", 0),
        "way": getattr(event, "way", ""),
        "official": event.by.id if official else "",
        "office": event.by.agency if official else "",
    }


def move_contact(*, row: Row, phone: str, at: datetime) -> None:
    """Reach the person of a running dossier by another number from now on; what was declared stays.

    The caller has seen it proved. The history says it by the last digits.
    """
    act = a.MoveContact(ending=phone[-3:])
    record(code=row.code, act=act, by=SYSTEM, key=f"contact:{row.code}:{row.seq}", at=at)
    row.refresh_from_db(fields=["terms"])
    declared = Content.objects.get(dossier=row)
    names = f"{row.subject_name} {row.applicant_name}"
    terms = search.renamed(
        row.terms, code=row.code, names=names, phone=phone, answers=declared.answers
    )
    Row.objects.filter(pk=row.pk).update(phone=phone, terms=terms)


def change_content(*, row: Row, answers: dict[str, Any], called: Called, at: datetime) -> None:
    """Replace the answers after a supplement, and keep the earlier ones: old and new stand side by side.

    The dossier is called, reached and found as it is declared now.
    """
    declared = Content.objects.get(dossier=row)
    EarlierAnswers.objects.create(dossier=row, seq=row.seq, answers=declared.answers, until=at)
    Content.objects.filter(dossier=row).update(answers=answers)
    terms = search.renamed(
        row.terms, code=row.code, names=called.names, phone=called.phone, answers=answers
    )
    Row.objects.filter(pk=row.pk).update(**asdict(called), terms=terms)
