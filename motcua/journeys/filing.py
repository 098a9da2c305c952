"""Filing: begin a draft, fill it page by page, file it once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.agencies.models import Agency
from motcua.agencies.queries import calendar_for, find_agency, full_name
from motcua.documents import operations as documents
from motcua.documents import queries as papers_kept
from motcua.dossiers import drafts
from motcua.dossiers import operations as dossiers
from motcua.dossiers.consents import person_key
from motcua.dossiers.models import Draft
from motcua.dossiers.operations import Filing, Recorded
from motcua.dossiers.queries import told
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.clock import Law
from motcua.dossiers.rules.drafts import worked
from motcua.dossiers.rules.facts import Actor, Confirmation, PlannedLeg
from motcua.identity.models import Account
from motcua.identity.rules.refusals import OrganisationNotServed
from motcua.journeys import behalf, gathering, helping, mandating, planning, refusals, signed_sheets
from motcua.journeys.assurance import service_level
from motcua.journeys.case import Case, called, owner_of_dossier, read, stored
from motcua.journeys.mandating import Standing
from motcua.kernel.working_time import ZONE
from motcua.procedures.queries import Published
from motcua.procedures.rules.answers import look_over
from motcua.procedures.rules.texts import Text
from motcua.procedures.rules.world import Circumstances
from motcua.procedures.timing import note_filling


@dataclass(frozen=True)
class Begin:
    """What is chosen before the form."""

    commune: str
    for_whom: str = "self"
    relation: str = ""
    eligibility: Mapping[str, str] = field(default_factory=dict)
    channel: str = "online"
    mandate: str = ""
    """The mandate by which somebody files for another; empty for themselves."""


def receiving_agency(published: Published, commune: str, at: datetime) -> Agency:
    """Return the agency that receives this service for a commune. Raises NobodyServes."""
    found = find_agency(published.procedure.start.receiving, commune, at)
    if found is None:
        raise refusals.NobodyServes(place=full_name(commune, at))
    return found


def begin(
    *,
    published: Published,
    chosen: Begin,
    account: Account | None,
    level: int,
    device: str = "",
    language: str = "vi",
    at: datetime,
) -> tuple[Draft, str]:
    """Start a draft; return it with the secret that opens it on this device.

    `level` is the assurance of this sign-in, 0 to 2; `device` the kind of device it is begun on. Raises NobodyServes, NotEligible, NotSignedInEnough;
    MandateOver when the mandate does not let them file this.
    """
    must_be_signed_in(published, level if account else None)
    must_be_served(published, organisation=bool(account and account.organisation_id))
    must_be_eligible(published, chosen)
    known, mandate = _known_before(published, chosen, account, level, at)
    agency = receiving_agency(published, chosen.commune, at)
    return drafts.start(
        version_id=published.id,
        agency_id=agency.pk,
        circumstances={**stored(begun_in(chosen, agency, level, at)), **mandate},
        answers={**chosen.eligibility, **known},
        account_id=account.pk if account else None,
        device=device,
        language=language,
        at=at,
    )


def _known_before(
    published: Published, chosen: Begin, account: Account | None, level: int, at: datetime
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the answers that are known, and what a draft keeps of the mandate it is begun by."""
    if not chosen.mandate or account is None:
        return prefilled(published, account, level), {}
    row = mandating.chosen_to_file(
        chosen.mandate, person_id=account.person_id, published=published, at=at
    )
    return mandating.prefilled(published, row), {mandating.KEY: str(row.pk)}


def begun_in(chosen: Begin, agency: Agency, level: int, at: datetime) -> Circumstances:
    """Return what is known before the form."""
    return Circumstances(
        today=at.astimezone(ZONE).date(),
        channel=chosen.channel,
        province=agency.province_code,
        commune=chosen.commune,
        for_whom=chosen.for_whom,
        relation=chosen.relation,
        level=level,
    )


_WAYS_IN = {
    0: Text(vi="tài khoản", en="an account"),
    1: Text(vi="VNeID", en="VNeID"),
    2: Text(vi="VNeID mức độ 2", en="VNeID level 2"),
}


def must_be_signed_in(published: Published, level: int | None) -> None:
    """Refuse when the service asks for more than this sign-in (None: no sign-in).

    Raises NotSignedInEnough.
    """
    needed = service_level(published)
    if needed is not None and (level is None or level < needed):
        raise refusals.NotSignedInEnough(way=_WAYS_IN[needed])


def must_be_served(published: Published, *, organisation: bool) -> None:
    """Refuse an organisation where the service is for people only. Raises OrganisationNotServed."""
    if organisation and not published.procedure.start.organisations:
        raise OrganisationNotServed


def must_be_eligible(published: Published, chosen: Begin) -> None:
    """Refuse whom this service does not serve, and say what does. Raises NotEligible."""
    for question in published.procedure.eligibility:
        way_out = question.exits.get(chosen.eligibility.get(question.id, ""))
        if way_out:
            raise refusals.NotEligible(why=way_out.why, instead=way_out.instead)


def prefilled(published: Published, account: Account | None, level: int) -> dict[str, Any]:
    """Return the answers the signed-in identity already gives (once only, NĐ 224/2026 Đ15).

    What VNeID said is not told to whoever holds the telephone alone (docs/why/0028).
    """
    if account is None:
        return {}
    person = account.person
    told = level > 0 or person.verified_at is None
    known = {
        "full_name": person.full_name,
        "personal_number": person.personal_number,
        "birth_date": person.birth_date,
        "sex": person.sex,
        "phone": person.phone,
        "email": person.email,
        "address": person.address,
        **_organisation(account),
    }
    fields = published.definition.fields.values()
    if not told:
        known = {name: known[name] for name in ("full_name", "phone")}
    return {field.id: known[field.prefill] for field in fields if known.get(field.prefill)}


def _organisation(account: Account) -> dict[str, str]:
    """Return what an organisation is called, where the sign-in is one's."""
    ours = account.organisation
    return {"organisation_name": ours.name, "organisation_code": ours.code} if ours else {}


def missing_papers(case: Case) -> list[str]:
    """Return the names of required papers that are neither there nor replaced by data."""
    return _missing(case, {document.key for document in papers_kept.documents_of(case.owner)})


def _missing(case: Case, there: set[str]) -> list[str]:
    missing = planning.missing_papers(case.definition, case.settled.values, there)
    return [needed.paper.name.vi for needed in missing]


def pages_unread(case: Case) -> frozenset[str]:
    """Return the pages with something that was typed but cannot be read yet."""
    values, asked = case.settled.values, case.definition.asked
    return frozenset(
        page.id
        for page in case.definition.asked_pages(values)
        if case.draft.unread and any(field.id in case.draft.unread for field in asked(page, values))
    )


def ready_to_file(case: Case, *, doubts_confirmed: bool) -> None:
    """Refuse a declaration that cannot be filed yet, with what to mend.

    Raises DeclarationIncomplete, DoubtsUnconfirmed, PapersUnsorted, PaperMissing, SignatureOutdated.
    """
    if unread := pages_unread(case):
        raise refusals.DeclarationIncomplete(count=len(unread))
    overview = look_over(case.definition, case.settled)
    if not overview.complete:
        raise refusals.DeclarationIncomplete(count=len(overview.pages()))
    if overview.doubtful and not doubts_confirmed:
        raise refusals.DoubtsUnconfirmed
    documents_there = papers_kept.documents_of(case.owner)
    there = {document.key for document in documents_there}
    if gathering.HEAP in there:
        raise refusals.PapersUnsorted
    missing = _missing(case, there)
    if missing:
        raise refusals.PaperMissing(papers="; ".join(missing))
    if late := signed_sheets.outdated(case, documents_there):
        raise signed_sheets.SignatureOutdated(papers="; ".join(late))


@transaction.atomic
def file(
    *,
    draft_id: UUID,
    by: Actor,
    doubts_confirmed: bool,
    language: str,
    typed_by: Actor | None = None,
    confirmed: Confirmation = "",
    at: datetime,
) -> Recorded:
    """File a draft: exactly one dossier comes of it, however often this is called.

    The caller has checked the confirmation code. `typed_by` and `confirmed` tell of what an official typed.
    Raises what `ready_to_file` does; for another by a mandate also GiversPhone, MandateOver.
    """
    draft = drafts.lock_for_filing(draft_id)
    if draft.dossier is not None:
        row = draft.dossier
        return Recorded(row, told(row.code)[1], (), again=True)
    case = read(draft, at)
    ready_to_file(case, doubts_confirmed=doubts_confirmed)
    standing = mandating.standing_of(draft.circumstances)
    if standing is not None:
        mandating.must_reach_giver(standing.row, _declared_phone(case))
        by = behalf.filer_for(draft, standing, by)
    recorded = dossiers.submit(
        law=Law(case.published.procedure, calendar_for(draft.agency.province_code)),
        filing=_filing(case, language, standing),
        act=_submit(case).model_copy(
            update={
                "typed_by": typed_by,
                "confirmed": confirmed,
                "helped_by": helping.helped_by(case.owner),
                "on_behalf": behalf.on_behalf(case, standing),
            }
        ),
        by=by,
        key=f"file:{draft.pk}",
        at=at,
    )
    documents.claim(owner_from=case.owner, owner_to=owner_of_dossier(recorded.row.code), at=at)
    if standing is not None:
        _filed_by_mandate(case, standing, recorded.row.code, at)
    _note_time(case, at)
    drafts.filed(found=draft, row=recorded.row, at=at)
    helping.filed(subject=case.owner, at=at)
    return recorded


def _declared_phone(case: Case) -> str:
    return str(case.settled.answers.get(case.published.procedure.applicant.phone) or "")


def _filed_by_mandate(case: Case, standing: Standing, code: str, at: datetime) -> None:
    """Keep under which mandate it was filed, and lay that mandate's paper beside it. Raises MandateOver."""
    mandating.filed(row=standing.row, published=case.published, code=code, at=at)
    documents.copy(
        owner_from=behalf.owner_of_mandate(standing.row), owner_to=owner_of_dossier(code), at=at
    )


def _note_time(case: Case, at: datetime) -> None:
    """Count how long it took, where the citizen filled it in; at the counter an official types."""
    draft = case.draft
    if draft.typist_id is None:
        seconds = draft.worked_seconds + worked(draft.updated_at, at)
        day = at.astimezone(ZONE).date()
        note_filling(code=case.published.procedure.code, seconds=seconds, on=day)


def _submit(case: Case) -> a.Submit:
    return planning.submission(
        declared(case),
        TodaysOffices(case.at),
        ways=case.draft.ways.get("results", {}),
        version=case.published.digest,
    )


def planned_legs(case: Case) -> list[PlannedLeg]:
    """Return the legs of this case with the agency of each. Raises NobodyServes."""
    return planning.planned_legs(declared(case), TodaysOffices(case.at))


def declared(case: Case) -> planning.Declared:
    """Return the case as planning reads it."""
    receiving = _office(case.draft.agency)
    return planning.Declared(
        case.definition, case.settled, case.circumstances, receiving, person_key
    )


def _office(agency: Agency) -> planning.Office:
    return planning.Office(agency.code, agency.name, agency.exchange_party)


@dataclass(frozen=True)
class TodaysOffices:
    """The agencies that serve on a day."""

    at: datetime

    def serving(self, kind: str, commune: str) -> planning.Office:
        """Return the agency of a kind for a commune. Raises NobodyServes."""
        found = find_agency(kind, commune, self.at)
        if found is None:
            raise refusals.NobodyServes(place=full_name(commune, self.at))
        return _office(found)


def _filing(case: Case, language: str, standing: Standing | None) -> Filing:
    """Return what is filed with the case; filed for another, the dossier is that person's."""
    account_id = case.draft.account_id
    if standing is not None:
        account_id = standing.account.pk if standing.account else None
    return Filing(
        agency=case.draft.agency,
        version_id=case.draft.version_id,
        answers=case.settled.answers,
        circumstances=stored(case.circumstances),
        ways=case.draft.ways,
        called=called(case.published.procedure, case.settled.answers),
        language=language,
        account_id=account_id,
    )
