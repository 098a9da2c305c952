"""What waits for a person's consent: what they get to read, and their yes or no."""

from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.models import Consent
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.operations import Recorded, record
from motcua.dossiers.queries import consent_of, consents_of, content
from motcua.dossiers.rules import acts as a
from motcua.dossiers.rules.refusals import ConsentNotAwaited
from motcua.dossiers.rules.status import Status
from motcua.identity.models import Person
from motcua.journeys.actors import person as acting
from motcua.journeys.case import TodaysWorld
from motcua.procedures.queries import Published, by_digest
from motcua.procedures.rules.plan import Stage, Step
from motcua.procedures.rules.showing import show
from motcua.toolkit.gates import gate

LEVEL = 2
"""Only VNeID of this level proves the number by which a person is asked (NĐ 69/2024)."""
_ASKING = (Status.PROCESSING, Status.SUPPLEMENT)


@dataclass(frozen=True)
class Asked:
    """One question to one person: who files, what for, about whom – and until when it may be answered."""

    consent: Consent
    published: Published

    @property
    def row(self) -> Row:
        """The dossier."""
        return self.consent.dossier

    @property
    def stage(self) -> Stage:
        """The part of the dossier that waits."""
        return self.published.procedure.plan.stage(self.consent.leg)

    @property
    def step(self) -> Step:
        """The step that asks."""
        return self.stage.step(self.consent.step)

    def facts(self, language: str, at: datetime) -> list[tuple[str, str]]:
        """Return what else this person may read: the answers on the step's own list, with their questions."""
        sees, definition = self.step.sees, self.published.definition
        answers = content(self.row).answers if sees else {}
        world, law = TodaysWorld(at), self.published.procedure
        said = {law.subject, law.applicant.name}  # at the head of the page already
        return [
            (field.label.to(language), words)
            for name, field in definition.fields.items()
            if sees
            and name not in said
            and sees.allows(name)
            and (words := show(field, answers.get(name), world, language))
        ]


def waiting_for(person: Person) -> list[Asked]:
    """Return what waits for a person's word, the most pressing first; one query."""
    if not person.personal_number:
        return []
    found = consents_of(person.personal_number)
    return [
        Asked(one, by_digest(one.dossier.version.digest))
        for one in found
        if Status(one.dossier.status) in _ASKING
    ]


@gate
def asked(*, person: Person, code: str, leg: str) -> Asked:
    """Return one question to a person. Raises ConsentNotAwaited: for everybody who is not asked alike."""
    found = consent_of(person.personal_number, code, leg) if person.personal_number else None
    if found is None or Status(found.dossier.status) not in _ASKING:
        raise ConsentNotAwaited
    return Asked(found, by_digest(found.dossier.version.digest))


def answer(*, question: Asked, person: Person, agrees: bool, key: str, at: datetime) -> Recorded:
    """Take a person's yes or no, once. Raises ConsentNotAwaited, and LegNotOpen or NotNow when the step is over."""
    consent = question.consent
    act = a.GiveConsent(leg=consent.leg, step=consent.step, person=consent.person, agrees=agrees)
    by = acting(consent.person, person.full_name)
    return record(code=question.row.code, act=act, by=by, key=key, at=at)
