"""What stands behind the second wall: every table of the house, with what lets a row through or why none is held back.

A table that stands nowhere here and does not point to a dossier fails the check (`undecided`): whoever makes one says
whose rows officials may see, or why they tell of nobody. `config/walls` makes the policies (docs/why/0031).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Model

from motcua.dossiers.models import Dossier

if TYPE_CHECKING:
    from django.db.models import Field


@dataclass(frozen=True)
class Passes:
    """What lets a row through to an official: conditions in SQL, `@` before the row's own columns.

    `added`: what they may add, where that is more.
    """

    seen: str
    added: str = ""

    def on(self, table: str) -> "Passes":
        """Return the conditions as they are written for a table."""
        return Passes(self.seen.replace("@", f"{table}."), self.added)


def _there(table: str, column: str, key: str = "id") -> str:
    """Return that the row is seen which a column points to: behind its own wall."""
    return f"exists (select 1 from {table} t where t.{key} = {column})"  # noqa: S608 - our names


def _told_by(reference: str) -> str:
    """Return that the thing is seen which an opaque reference names, as `dossier:<code>` or `draft:<uuid>`."""
    kind, key = f"split_part({reference}, ':', 1)", f"split_part({reference}, ':', 2)"
    cases = " ".join(
        f"when '{name}' then {_there(table, f'{key}::uuid')}" for name, table in _CALLED.items()
    )
    of_dossier = _there("dossiers_dossier", key, "code")
    return f"case {kind} when 'dossier' then {of_dossier} when 'supplement' then {of_dossier} {cases} else {{other}} end"


_CALLED = {
    "draft": "dossiers_draft", "mandate": "mandates_mandate", "call": "help_call",
    "booking": "visits_booking", "data-request": "privacy_request",
}  # fmt: skip
"""How other rooms name their things where a room below keeps something for them → the table."""
_MINE = "any ((select motcua_agencies())::bigint[])"
_ADMINISTERED = "any ((select motcua_offices())::bigint[])"
"""Also where an official holds no post but the administrator's, who sees no dossier."""
_CODES = "any ((select motcua_codes())::text[])"
_ME = "(select motcua_official())"
_OF_DOSSIER = _there("dossiers_dossier", "@dossier_id")
_OF_DEMAND, _OF_DELIVERY = (
    _there("payments_demand", "@demand_id"),
    _there("deliveries_delivery", "@delivery_id"),
)
_OF_HALL = f"exists (select 1 from visits_hall h where h.id = @hall_id and h.agency_id = {_MINE})"  # noqa: S608 - our names
_OF_CODE = _there("dossiers_dossier", "@subject", "code")
_OWNED, _HELPED = (
    _told_by("@owner").format(other="false"),
    _told_by("@subject").format(other="false"),
)
_WRITTEN_TO = _told_by("@subject").format(other=_OF_CODE)
_NEVER = "false"
"""Officials have no business there: it is the worker's, or the person's own."""

_SEEN: Mapping[str, str | Passes] = {
    # Dossiers, and what is about to be one
    "dossiers_dossier": f"agency_id = {_MINE} or motcua_takes_part(id)",
    "dossiers_work": f"agency_id = {_MINE} or office_id = {_MINE} or motcua_takes_part(dossier_id)",
    "dossiers_legrow": f"agency_code = {_CODES} or motcua_takes_part(dossier_id)",
    "dossiers_draft": f"typist_id is not null and agency_id = {_MINE}",
    "dossiers_draftkey": _there("dossiers_draft", "@draft_id"),
    "dossiers_emergency": f"agency_id = {_MINE} or office_id = {_MINE}",
    "dossiers_savedview": f"official_id = {_ME} or agency_id = {_MINE}",
    # Papers, by whose they are
    "documents_document": _OWNED,
    "documents_issuedpaper": _OWNED,
    "documents_upload": _OWNED,
    "documents_uploadpiece": _there("documents_upload", "@upload_id"),
    # Money and letters
    "payments_demand": f"agency = {_CODES} or {_OF_CODE}",
    "payments_line": _OF_DEMAND,
    "payments_attempt": _OF_DEMAND,
    "payments_receipt": _OF_DEMAND,
    "payments_journal": _OF_DEMAND,
    "payments_entry": _there("payments_journal", "@journal_id"),
    "payments_anomaly": _there("payments_journal", "@journal_id"),
    "deliveries_delivery": f"office = {_CODES} or {_OF_CODE}",
    "deliveries_postorder": _OF_DELIVERY,
    "deliveries_postlistline": _OF_DELIVERY,
    "deliveries_postscan": _there("deliveries_postorder", "@letter_id"),
    # Messages: to people, from and to other systems
    "notices_notice": Passes(_WRITTEN_TO, added="true"),
    "exchange_incoming": _OF_CODE,
    "exchange_outgoing": _OF_CODE,
    "exchange_question": _OF_CODE,
    # What an office keeps
    "registers_book": f"agency_id = {_MINE}",
    "registers_entry": _there("registers_book", "@book_id"),
    "reports_listfile": f"official_id = {_ME}",
    "visits_booking": _OF_HALL,
    "visits_ticket": _OF_HALL,
    # Where officials themselves are told that something waits
    "agencies_contact": f"official_id = {_ME}",
    # Helping people
    "help_call": f"agency_id = {_MINE}",
    "help_try": _there("help_call", "@call_id"),
    "help_opinion": f"agency_id = {_MINE}",
    "help_member": f"agency_id = {_ADMINISTERED}",
    "help_invitation": _HELPED,
    "help_helping": _HELPED,
    "help_touch": _there("help_helping", "@helping_id"),
    # Who acts for whom: what the office has recorded itself
    "mandates_mandate": f"agency_id = {_MINE}",
    "mandates_change": _there("mandates_mandate", "@mandate_id"),
    "mandates_use": _there("mandates_mandate", "@mandate_id"),
    # People: whoever filed what is seen, or asks this office about their data
    "identity_account": "motcua_knows(@id)",
    "identity_recovery": f"office = {_MINE}",
    "identity_person": "exists (select 1 from identity_account a where a.person_id = @id)",
    "identity_link": _NEVER,
    "identity_signin": _NEVER,
    "identity_onetimecode": _NEVER,
    "privacy_request": f"agency_id = {_MINE}",
    "privacy_copy": _NEVER,
    "privacy_erasure": _OF_CODE,
    "privacy_hold": _OF_CODE,
    "audit_content": Passes(_NEVER, added="true"),
}
WALLS: Mapping[str, Passes] = {
    table: passes if isinstance(passes, Passes) else Passes(passes)
    for table, passes in _SEEN.items()
}
"""What lets a row through. Tables that point to a dossier and do not stand here are as their dossier is."""

_OFFICE = "officials in office and the state's own order, no citizen"
_LAW = "the law: procedures, records, places to file, how long filling took in all"
_COUNTED = "counts of an office or a day"
_LOG = "ids and commitments; what was committed to lies sealed in audit_content"
_IDS = "work for the worker: names of jobs, ids"
_KEYED = "found by keyed hashes only, sealed; read before anybody is known"
_OPEN: Mapping[str, tuple[str, ...]] = {
    _OFFICE: (
        "agencies_agency", "agencies_agencysuccession", "agencies_calendarchange", "agencies_calendarday",
        "agencies_calendarmove", "agencies_deed", "agencies_invitation", "agencies_loaded", "agencies_official",
        "agencies_passkey", "agencies_place", "agencies_post", "agencies_recoverycode", "agencies_servicearea",
        "agencies_stay", "agencies_substitution", "agencies_succession", "agencies_trusteddevice",
        "identity_organisation", "exchange_party", "visits_hall", "visits_closure", "deliveries_postlist",
        "auth_group", "auth_permission", "django_content_type",
    ),
    _LAW: (
        "procedures_filling", "procedures_listing", "procedures_record", "procedures_timetofill",
        "procedures_version", "procedures_word", "deliveries_postfee",
    ),
    _COUNTED: (
        "dossiers_daycounter", "dossiers_draftsforgotten", "dossiers_morning", "payments_receiptcounter",
        "visits_numbercount",
    ),
    _LOG: ("audit_head", "audit_leaf", "audit_stretch", "audit_waiting"),
    _IDS: (
        "procrastinate_events", "procrastinate_jobs", "procrastinate_periodic_defers", "procrastinate_workers",
    ),
    _KEYED: ("toolkit_session", "toolkit_spending"),
    "digests, sizes and kinds of files; the files lie sealed on the disk": ("documents_blob",),
}  # fmt: skip
OPEN: Mapping[str, str] = {table: why for why, tables in _OPEN.items() for table in tables}
"""Table → why every official's request may read it."""


def table_of(model: type[Model]) -> str:
    """Return the name of a model's table."""
    return model._meta.db_table  # noqa: SLF001 - the name is Django's, and public


def _fields(model: type[Model]) -> "Iterable[Field[Any, Any]]":
    return model._meta.concrete_fields  # noqa: SLF001 - the name is Django's, and public


def walled() -> dict[str, Passes]:
    """Return every table behind the wall with what lets a row through."""
    found = {table: passes.on(table) for table, passes in WALLS.items()}
    for model in apps.get_models():
        of_dossier = [field.related_model for field in _fields(model) if field.name == "dossier"]
        if of_dossier == [Dossier]:
            found.setdefault(table_of(model), Passes(_OF_DOSSIER).on(table_of(model)))
    return found


def undecided() -> list[str]:
    """Return a sentence for each table of which nobody said who sees its rows, and each decision about none."""
    there, decided = {table_of(model) for model in apps.get_models()}, {*walled(), *OPEN}
    return [
        *(f"{name}: say in motcua/config/walled.py who sees its rows" for name in sorted(there - decided)),
        *(f"{name} stands in motcua/config/walled.py, but is no table" for name in sorted(decided - there)),
        *(f"{name} is behind the wall and open" for name in sorted({*walled()} & {*OPEN})),
    ]  # fmt: skip
