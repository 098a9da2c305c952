"""Acting for another: one gives, the other accepts, both are told, either ends it at once; what is filed names it.

Not decided here is what a mandate allows (`mandates.rules`), nor who may open a page (the faces).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from motcua.agencies.rules.codes import code_list
from motcua.identity.models import Account
from motcua.journeys import one_time_codes
from motcua.kernel.working_calendar import local
from motcua.mandates import operations, queries
from motcua.mandates.models import Mandate
from motcua.mandates.operations import Accepting, Granting
from motcua.mandates.rules.grounds import LIST
from motcua.mandates.rules.mandates import About, Act, Reach
from motcua.mandates.rules.refusals import GiversPhone, MandateOver
from motcua.notices import operations as notices
from motcua.notices.operations import Recipient
from motcua.procedures.queries import Published, listing_of
from motcua.toolkit import limits
from motcua.toolkit.sealing import keyed

PURPOSE = "mandate"
STRONG = 2
"""From this level of a sign-in on the sign-in itself is the giver's word (NĐ 69/2024); below it a code is."""
HOUR, MOST_ASKED = 3600, 5
"""How often an hour one phone is asked to answer somebody's wish to act for it."""
Side = Mandate.Side


def about(published: Published, dossier: str = "") -> About:
    """Return what somebody wants to act on, as mandates know it."""
    law = published.procedure
    return About(law.code, frozenset(law.life_events), dossier)


def grant(*, granting: Granting, key: str, at: datetime) -> Mandate:
    """Write a mandate down and tell whoever has to answer next; the same key again does nothing.

    Not inside a transaction: what is asked of one phone stays counted. Raises TooOften, and what
    `operations.grant` does.
    """
    asked = granting.giver if granting.asked_by == Side.HOLDER else granting.holder
    phone = keyed("mandates.asked", asked.phone)
    limits.spend(f"mandate-asked:{phone}", limit=MOST_ASKED, per_seconds=HOUR, at=at)
    with transaction.atomic():
        row = operations.grant(granting=granting, key=key, at=at)
        _tell_next(row, at)
    return row


def send_code(*, row: Mandate, at: datetime) -> None:
    """Send the giver the code that is their word. Raises ResendTooSoon, MandateOver."""
    if row.ended_at is not None or row.until <= at:
        raise MandateOver
    one_time_codes.send(purpose=PURPOSE, phone=row.giver_phone, reference=row.pk.hex, at=at)


def agree_by_code(*, row: Mandate, code: str, at: datetime) -> Mandate:
    """Take the giver's word by the code on their own phone. Not inside a transaction: a failed try stays counted.

    Raises CodeWrong, CodeExpired, CodeUsedUp, CodeUsedBefore, MandateOver.
    """
    one_time_codes.check(
        purpose=PURPOSE, phone=row.giver_phone, reference=row.pk.hex, code=code, at=at
    )
    with transaction.atomic():
        agreed = operations.giver_agrees(mandate_id=row.pk, word=Mandate.Word.CODE, at=at)
        _tell_next(agreed, at)
    return agreed


@transaction.atomic
def agree_by_sign_in(*, row: Mandate, who: Accepting, at: datetime) -> Mandate:
    """Take the giver's word by a sign-in of `STRONG`, which the face has checked. Raises MandateOver, Oneself."""
    agreed = operations.giver_agrees(mandate_id=row.pk, word=Mandate.Word.STRONG, who=who, at=at)
    _tell_next(agreed, at)
    return agreed


@transaction.atomic
def accept(*, row: Mandate, who: Accepting, at: datetime) -> Mandate:
    """Let the holder accept. Raises what `operations.holder_agrees` does."""
    accepted = operations.holder_agrees(mandate_id=row.pk, who=who, at=at)
    _tell_next(accepted, at)
    return accepted


@transaction.atomic
def check(*, row: Mandate, official_id: int, at: datetime) -> Mandate:
    """Let a second official confirm what the counter has recorded. Raises OtherEyes, MandateOver."""
    checked = operations.check(mandate_id=row.pk, official_id=official_id, at=at)
    _tell_next(checked, at)
    return checked


@transaction.atomic
def end(*, row: Mandate, by: Side, official_id: int | None = None, at: datetime) -> None:
    """End a mandate at once and tell both; again is harmless."""
    if not operations.end(mandate_id=row.pk, by=by, official_id=official_id, at=at):
        return
    for side in (Side.GIVER, Side.HOLDER):
        if side == Side.GIVER or row.giver_agreed_at is not None:
            _tell(row, side, "mandate_ended", at)


@transaction.atomic
def end_what_a_number_gave(*, person_id: int, phone: str, official_id: int, at: datetime) -> None:
    """End what was given by codes to a number that was lost: whoever had it meanwhile may have been the one who gave."""
    for row in queries.given_by_code(person_id, phone):
        end(row=row, by=Side.OFFICE, official_id=official_id, at=at)


def _tell_next(row: Mandate, at: datetime) -> None:
    """Tell whoever has to answer now, or both that it counts; each is told once."""
    if row.confirmed_at is not None:
        for side in (Side.GIVER, Side.HOLDER):
            _tell(row, side, "mandate_confirmed", at)
    elif row.giver_agreed_at is None and row.asked_by == Side.HOLDER:
        _tell(row, Side.GIVER, "mandate_asked", at)
    elif row.giver_agreed_at is not None and row.holder_person_id is None:
        _tell(row, Side.HOLDER, "mandate_offered", at)


def _tell(row: Mandate, side: Side, template: str, at: datetime, **more: str) -> None:
    giver = side == Side.GIVER
    language = row.giver_language if giver else row.holder_language
    with override(language):
        data: dict[str, Any] = {
            "name": row.holder_name if giver else row.giver_name,
            "what": scope_words(row, language),
            "until": f"{last_day(row.until):%d/%m/%Y}",
            "url": address_of(row, side),
            **more,
        }
    notices.send(
        key=f"{template}:{row.pk.hex}:{side.value}:{more.get('code', '')}",
        to=Recipient(phone=row.giver_phone if giver else row.holder_phone, language=language),
        template=template, data=data, subject=f"mandate:{row.pk.hex}", at=at,
    )  # fmt: skip


def address_of(row: Mandate, side: Side) -> str:
    """Return the address in one side's messages: there they answer, look, and end it."""
    return f"{settings.BASE_URL}{path_of(row, side)}"


def path_of(row: Mandate, side: Side) -> str:
    """Return the same within the house."""
    token = row.giver_token if side == Side.GIVER else row.holder_token
    return f"/uy-quyen/tin/{token}/"


def last_day(until: datetime) -> date:
    """Return the last day on which a mandate counts that ends at this midnight."""
    return local(until - timedelta(seconds=1)).date()


def scope_words(row: Mandate, language: str) -> str:
    """Return on what a mandate reaches, in plain words."""
    if row.reach == Reach.OCCASION:
        return code_list("life_events").label(row.of, language)
    if row.reach == Reach.PROCEDURE:
        listed = listing_of(row.of)
        name = listed.short if listed else {}
        return str(name.get(language) or name.get("vi") or row.of)
    if row.reach == Reach.DOSSIER:
        return gettext("hồ sơ {code}").format(code=row.of)
    return gettext("mọi thủ tục")


def ground_words(ground: str, language: str) -> str:
    """Return on which ground somebody acts, in plain words."""
    return code_list(LIST).label(ground, language)


@dataclass(frozen=True)
class Standing:
    """Whom a holder stands in for while they declare."""

    row: Mandate
    account: Account | None
    """The account that the filed dossier will belong to; None where the giver has none."""


def to_file(*, person_id: int, published: Published, at: datetime) -> list[Mandate]:
    """Return the mandates by which a person may file this service now: one query for whoever holds none."""
    wanted = about(published)
    return [one.row for one in queries.held(person_id, at) if one.rule.allows(Act.FILE, wanted, at)]


def chosen_to_file(told: str, *, person_id: int, published: Published, at: datetime) -> Mandate:
    """Return the mandate that somebody chose before the form. Raises MandateOver when it does not let them file this."""
    found = [
        row
        for row in to_file(person_id=person_id, published=published, at=at)
        if str(row.pk) == told
    ]
    if not found:
        raise MandateOver
    return found[0]


def prefilled(published: Published, row: Mandate) -> dict[str, Any]:
    """Return what a mandate tells of whom it is filed for: name and phone, which the holder knows, and nothing else."""
    known = {"full_name": row.giver_name, "phone": row.giver_phone}
    fields = published.definition.fields.values()
    return {field.id: known[field.prefill] for field in fields if field.prefill in known}


def standing_of(circumstances: dict[str, Any]) -> Standing | None:
    """Return for whom a draft is typed by its mandate; None where somebody declares for themselves."""
    told = circumstances.get(KEY)
    if not told:
        return None
    row = queries.by_id(told)
    return Standing(row, next(iter(queries.accounts_of_giver(row)), None))


KEY = "mandate"
"""Under this name the circumstances of a draft keep the mandate it was begun by."""


def must_reach_giver(row: Mandate, declared: str) -> None:
    """Refuse to file for somebody whom no message about it would reach. Raises GiversPhone."""
    if declared != row.giver_phone:
        raise GiversPhone(name=row.giver_name)


def filed(*, row: Mandate, published: Published, code: str, at: datetime) -> None:
    """Keep that a dossier was filed by a mandate, in the transaction that files it, and tell the giver.

    Raises MandateOver when it was ended meanwhile: then nothing is filed.
    """
    operations.use(mandate_id=row.pk, act=Act.FILE, about=about(published, code), at=at)
    _tell(row, Side.GIVER, "mandate_filed", at, code=code)
