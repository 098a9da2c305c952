"""A dossier read for the person it belongs to: its row, its history, its law."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from motcua.agencies.models import Agency
from motcua.agencies.queries import agency as agency_of
from motcua.dossiers import queries as dossiers
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.rules.clock import Law
from motcua.dossiers.rules.dossier import Dossier, Leg
from motcua.dossiers.rules.events import Event
from motcua.dossiers.rules.evolve import fold
from motcua.dossiers.rules.status import LegState
from motcua.portal.following import access
from motcua.portal.mandates.held import acting_holder
from motcua.portal.pages import language
from motcua.procedures.queries import Published, by_digest
from motcua.procedures.rules.plan import Stage, Step
from motcua.procedures.rules.procedure import Result
from motcua.toolkit.clock import now


@dataclass(frozen=True)
class Told:
    """What the pages after filing tell of."""

    row: Row
    dossier: Dossier
    events: tuple[Event, ...]
    published: Published
    law: Law
    language: str
    at: datetime
    holder: str = ""
    """Who looks at it for its owner, by a mandate; empty for the owner."""

    @property
    def code(self) -> str:
        """The dossier's code."""
        return self.row.code

    @property
    def agency(self) -> Agency:
        """The receiving agency."""
        return self.row.agency

    @property
    def name(self) -> str:
        """The procedure's name in the language of the page."""
        return self.published.procedure.name.to(self.language)

    @property
    def over(self) -> bool:
        """Whether the dossier has ended, with or without results."""
        return self.dossier.status.final

    def stage(self, leg: str) -> Stage:
        """Return the stage a leg was planned from."""
        return self.published.procedure.plan.stage(leg)

    def stage_name(self, leg: str) -> str:
        """Return the name of a leg, empty for the dossier as a whole."""
        return self.stage(leg).name.to(self.language) if leg else ""

    def step(self, leg: Leg) -> Step | None:
        """Return the step an open leg stands at."""
        return self.stage(leg.id).step(leg.step) if leg.state is LegState.OPEN else None

    def result(self, result: str) -> Result:
        """Return a promised result as the procedure declares it."""
        return next(item for item in self.published.procedure.results if item.id == result)

    def office(self, code: str) -> Agency:
        """Return an agency of the plan."""
        return self.agency if code == self.agency.code else agency_of(code)


def told(request: HttpRequest, code: str) -> Told:
    """Return the dossier to whom it belongs; two queries. Raises UnknownDossier."""
    row = access.opened(request, code)
    events = tuple(dossiers.history(row.pk))
    return Told(
        row=row,
        dossier=fold(events),
        events=events,
        published=by_digest(row.version.digest),
        law=dossiers.law_of(row),
        language=language(),
        at=now(),
        holder=acting_holder(request),
    )
