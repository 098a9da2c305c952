"""What can be asked about mandates; nothing here writes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from motcua.identity.models import SUBJECT, Account, Link
from motcua.mandates.models import Change, Mandate, Use
from motcua.mandates.rules import mandates as rules
from motcua.mandates.rules.mandates import Act, Reach, Scope
from motcua.mandates.rules.refusals import MandateUnknown
from motcua.toolkit.gates import gate
from motcua.toolkit.sealing import keyed

_PARTY = "mandates.party"
MOST = 100
"""Mandates shown of one person or office: nobody has more at a time."""


def party_key(phone: str) -> str:
    """Return by what equal people are told: their phone (E.164), which no mandate is without."""
    return keyed(_PARTY, phone)


def told(row: Mandate) -> rules.Mandate:
    """Return a mandate as the rules see it."""
    return rules.Mandate(
        giver=row.giver_key,
        holder=row.holder_key,
        acts=frozenset(Act(act) for act in row.acts),
        scope=Scope(Reach(row.reach), row.of),
        starts=row.starts,
        until=row.until,
        confirmed_at=row.confirmed_at,
        revoked_at=row.ended_at,
        id=str(row.pk),
    )


@dataclass(frozen=True)
class Held:
    """A mandate that counts now, with what it opens: the giver's accounts, the dossiers filed by it."""

    row: Mandate
    accounts: frozenset[int]
    filed: frozenset[str]

    @property
    def rule(self) -> rules.Mandate:
        """The mandate as the rules see it."""
        return told(self.row)


def held(person_id: int, at: datetime) -> list[Held]:
    """Return what a person holds that counts now; one query for most people, who hold nothing, else four."""
    rows = list(
        Mandate.objects.filter(
            _is("holder_person", person_id), confirmed_at__lte=at, ended_at__isnull=True,
            starts__lte=at, until__gt=at,
        ).order_by("-made_at")[:MOST]
    )  # fmt: skip
    if not rows:
        return []
    accounts, filed = _accounts(rows), _filed(rows)
    return [
        Held(
            row,
            frozenset(accounts[row.pk]),
            frozenset(filed.get(row.pk, ())),
        )
        for row in rows
    ]


def _is(side: str, person_id: int) -> Q:
    """Return what finds the mandates of a person on one side, also from before their accounts were joined."""
    before = Link.objects.filter(joined_id=person_id, undone_at=None).values("came_from_id")
    return Q(**{f"{side}_id": person_id}) | Q(**{f"{side}_id__in": before})


def _accounts(rows: Collection[Mandate]) -> dict[UUID, list[int]]:
    """Return the accounts each giver's word reaches: a code to a phone opens nothing that VNeID has filed."""
    people = {row.giver_person_id for row in rows if row.giver_person_id}
    own = Account.objects.filter(person_id__in=people, organisation=None)
    moved = Link.objects.filter(came_from_id__in=people, undone_at=None)
    accounts = [
        *own.values_list("person_id", "pk", "level"),
        *moved.values_list("came_from_id", "account_id", "account__level"),
    ]
    return {
        row.pk: [
            account
            for person, account, level in accounts
            if person == row.giver_person_id and (row.giver_word == "strong" or level == 0)
        ]
        for row in rows
    }


def _filed(rows: Collection[Mandate]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    uses = Use.objects.filter(mandate__in=rows, act=Act.FILE)
    for mandate, dossier in uses.values_list("mandate_id", "dossier"):
        found.setdefault(mandate, []).append(dossier)
    return found


def _told() -> QuerySet[Mandate]:
    """Return the mandates whose people are still known: of the others only the evidence stays (`forgetting`)."""
    return Mandate.objects.exclude(giver_name="").exclude(ending="replaced")


def given_by(person_id: int) -> list[Mandate]:
    """Return what a person has given, the newest first; one query."""
    return list(_told().filter(_is("giver_person", person_id)).order_by("-made_at")[:MOST])


def given_by_code(person_id: int, phone: str) -> list[Mandate]:
    """Return what a number alone has given and has not ended: by its person, or by whoever had it; one query."""
    given = _is("giver_person", person_id) | Q(giver_key=party_key(phone))
    return list(Mandate.objects.filter(given, ended_at=None, giver_word=Mandate.Word.CODE))


def held_by(person_id: int) -> list[Mandate]:
    """Return what a person holds or has asked for, also what has ended, the newest first; one query."""
    return list(_told().filter(_is("holder_person", person_id)).order_by("-made_at")[:MOST])


def recorded_by(agency_ids: Collection[int]) -> list[Mandate]:
    """Return what offices have recorded at their counters, the newest first; one query."""
    rows = _told().filter(agency_id__in=agency_ids)
    return list(
        rows.select_related("recorded_by", "checked_by", "agency").order_by("-made_at")[:MOST]
    )


@gate
def of_person(mandate_id: UUID, person_id: int) -> tuple[Mandate, Mandate.Side]:
    """Return a mandate to one of its two people, and on which side they are. Raises MandateUnknown."""
    rows = Mandate.objects.filter(pk=mandate_id)
    for name, side in (
        ("giver_person", Mandate.Side.GIVER),
        ("holder_person", Mandate.Side.HOLDER),
    ):
        found = rows.filter(_is(name, person_id)).first()
        if found is not None:
            return found, side
    raise MandateUnknown


@gate
def of_office(mandate_id: UUID, agency_ids: Collection[int]) -> Mandate:
    """Return a mandate to the office that recorded it. Raises MandateUnknown."""
    rows = Mandate.objects.select_related("recorded_by", "checked_by", "agency")
    found = rows.filter(pk=mandate_id, agency_id__in=agency_ids).first()
    if found is None:
        raise MandateUnknown
    return found


def waiting_at(phone: str, at: datetime) -> list[tuple[Mandate, Mandate.Side]]:
    """Return what waits for the word of whoever has this phone (E.164), with the side they are on; one query."""
    key = party_key(phone)
    waiting = Mandate.objects.filter(ended_at__isnull=True, confirmed_at__isnull=True, until__gt=at)
    rows = waiting.filter(
        Q(giver_key=key, giver_agreed_at__isnull=True, asked_by="holder")
        | Q(holder_key=key, holder_person__isnull=True, giver_agreed_at__isnull=False)
    )
    return [
        (row, Mandate.Side.GIVER if row.giver_key == key else Mandate.Side.HOLDER)
        for row in rows.order_by("-made_at")[:MOST]
    ]


@gate
def by_token(token: str) -> tuple[Mandate, Mandate.Side]:
    """Return the mandate whose address stood in a message, and to whom that message went. Raises MandateUnknown."""
    found = Mandate.objects.filter(giver_token=token).first()
    if found is not None:
        return found, Mandate.Side.GIVER
    found = Mandate.objects.filter(holder_token=token).first()
    if found is None:
        raise MandateUnknown
    return found, Mandate.Side.HOLDER


def by_id(mandate_id: str) -> Mandate:
    """Return a mandate. Raises MandateUnknown."""
    try:
        found = Mandate.objects.filter(pk=UUID(mandate_id)).first()
    except ValueError:
        found = None
    if found is None:
        raise MandateUnknown
    return found


def changes_of(row: Mandate) -> list[Change]:
    """Return what happened to a mandate, in its order; one query."""
    return list(row.changes.select_related("official").order_by("at", "pk"))


def uses_of(row: Mandate) -> list[Use]:
    """Return what the holder did by it, the latest first; one query."""
    return list(row.uses.order_by("-at", "-pk")[:MOST])


def accounts_of_giver(row: Mandate) -> list[Account]:
    """Return the accounts of the giver, VNeID first; of one without, the portal account of their phone, if any."""
    if row.giver_person_id:
        joined = Q(links__came_from_id=row.giver_person_id, links__undone_at=None)
        rows = Account.objects.filter(Q(person_id=row.giver_person_id) | joined).distinct()
    else:
        rows = Account.objects.filter(
            kind=Account.Kind.PHONE, subject_key=keyed(SUBJECT, row.giver_phone)
        )
    return list(rows.filter(organisation=None, closed_at=None).order_by("-level", "pk"))
