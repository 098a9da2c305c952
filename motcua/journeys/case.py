"""One case: a definition, its answers and circumstances – what the filing journeys share."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from motcua.agencies import queries as agencies
from motcua.agencies.rules.codes import KnownCodes
from motcua.dossiers.models import Draft
from motcua.dossiers.operations import Called
from motcua.kernel.working_time import ZONE
from motcua.procedures.queries import Published, by_digest
from motcua.procedures.rules.definition import Definition, Settled
from motcua.procedures.rules.fees import FeeDue, fees_due
from motcua.procedures.rules.form import Page
from motcua.procedures.rules.procedure import Procedure
from motcua.procedures.rules.world import Circumstances, Commune


@dataclass(frozen=True)
class TodaysWorld(KnownCodes):
    """What forms ask of the world, answered by the agencies room."""

    at: datetime

    def commune(self, code: str) -> Commune | None:
        """Return the commune in force."""
        unit = agencies.find_place(code, self.at) if code else None
        if unit is None or unit.kind != "commune":
            return None
        return Commune(unit.code, unit.province_code, agencies.full_name(code, self.at))


def circumstances_of(stored: Mapping[str, Any], today: date) -> Circumstances:
    """Return the circumstances a draft was begun in, as of today."""
    known = {name: stored[name] for name in stored if name in Circumstances.__dataclass_fields__}
    return Circumstances(**{**known, "today": today})


def stored(circumstances: Circumstances) -> dict[str, Any]:
    """Return circumstances as JSON; the day is not kept, it is always today."""
    values = asdict(circumstances)
    del values["today"]
    return values


@dataclass(frozen=True)
class Case:
    """A draft read with its law on a day."""

    draft: Draft
    published: Published
    circumstances: Circumstances
    settled: Settled
    world: TodaysWorld
    at: datetime

    @property
    def definition(self) -> Definition:
        """The procedure's version the draft was begun under."""
        return self.published.definition

    @property
    def owner(self) -> str:
        """The name under which the draft's papers are kept."""
        return owner_of_draft(self.draft)

    def asked_or_known_pages(self) -> list[Page]:
        """Return the pages of this case, also those whose answers all come from elsewhere."""
        holds = self.definition.expressions.holds
        pages = self.published.procedure.form.pages
        return [page for page in pages if holds(page.when, self.settled.values)]

    def fees(self) -> list[FeeDue]:
        """Return what this case costs."""
        return fees_due(
            self.definition,
            self.settled.values,
            channel=self.circumstances.channel,
            province=self.circumstances.province,
            day=self.circumstances.today,
        )


def owner_of_draft(draft: Draft) -> str:
    """Return the name under which a draft's papers are kept."""
    return f"draft:{draft.pk}"


def owner_of_dossier(code: str) -> str:
    """Return the name under which a dossier's papers are kept."""
    return f"dossier:{code}"


def read(draft: Draft, at: datetime) -> Case:
    """Return the case of a draft as it stands."""
    published = by_digest(draft.version.digest)
    circumstances = circumstances_of(draft.circumstances, at.astimezone(ZONE).date())
    settled = published.definition.settle(draft.answers, circumstances)
    return Case(draft, published, circumstances, settled, TodaysWorld(at), at)


def called(procedure: Procedure, answers: Mapping[str, Any]) -> Called:
    """Return whom the answers are about, who asks, and how they are reached."""
    who = procedure.applicant

    def told(field: str | None) -> str:
        return str(answers.get(field) or "") if field else ""

    return Called(
        subject_name=told(procedure.subject),
        applicant_name=told(who.name),
        phone=told(who.phone),
        email=told(who.email),
    )
