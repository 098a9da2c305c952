"""Whose consent is awaited: the key of a person, and the reading in which each finds what waits for them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.crypto import salted_hmac

from motcua.dossiers.models import Consent, Content
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.rules.clock import Law
from motcua.dossiers.rules.dossier import Dossier
from motcua.procedures.rules.consent import named

Key = tuple[str, str, str, datetime]
_LENGTH = 32


def person_key(number: str) -> str:
    """Return the key by which events know a person: nobody reads the number from it (docs/why/0011)."""
    mac = salted_hmac("motcua.dossiers.consents", number, algorithm="sha256")
    return mac.hexdigest()[:_LENGTH]


def write_consents(row: Row, law: Law, before: Dossier, after: Dossier) -> None:
    """Bring the reading to whom the dossier waits for now."""
    was, now = _awaited(before), _awaited(after)
    for leg, step, person, _ in was - now:
        Consent.objects.filter(dossier=row, leg=leg, step=step, person=person).delete()
    if now - was:
        answers = Content.objects.get(dossier=row).answers
        Consent.objects.bulk_create(_rows(row, law, now - was, answers))


def _awaited(dossier: Dossier) -> set[Key]:
    return {
        (leg.id, leg.step, person, leg.step_until)
        for leg in dossier.legs.values()
        if leg.step_until
        for person in leg.awaited
    }


def _rows(row: Row, law: Law, keys: set[Key], answers: Mapping[str, Any]) -> list[Consent]:
    found = []
    for leg, step_id, key, until in sorted(keys):
        step = law.procedure.plan.stage(leg).step(step_id)
        if key in {person_key(person.number) for person in named(law.procedure, step, answers)}:
            found.append(Consent(dossier=row, leg=leg, step=step_id, person=key, until=until))
    return found
