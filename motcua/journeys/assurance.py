"""How sure the house must be of who acts: one table by act, and what each service asks of whoever files.

Whoever has enough is never asked again; whoever has too little proves more and comes back to what they were doing
(`portal/signing_in/step_up`). Which addresses are for whom at all stands in `config/policy`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings

from motcua.identity.rules.people import SignedIn
from motcua.procedures.queries import Published

FRESH = timedelta(minutes=10)


class Act(StrEnum):
    """What a citizen does that is worth asking who they are."""

    FILE = "file"
    SUPPLEMENT = "supplement"
    CONFIRM_DRAFT = "confirm_draft"
    WITHDRAW = "withdraw"
    SEE_RESULT = "see_result"
    CONSENT = "consent"
    CHANGE_NUMBER = "change_number"
    PART_WAYS = "part_ways"


@dataclass(frozen=True, kw_only=True)
class Need:
    """What an act asks for."""

    level: int = 0
    """At least this level: 0 a portal account, 1 and 2 VNeID."""
    as_service: bool = False
    """And at least what the service asks of whoever files, or declares for this act."""
    as_proved: bool = False
    """And VNeID from whoever VNeID has proved before: a phone alone does not change what VNeID stands behind."""
    fresh: bool = False
    """And a sign-in of the last ten minutes, so that no forgotten browser does it."""


NEEDS: Mapping[Act, Need] = {
    Act.FILE: Need(as_service=True),
    Act.SUPPLEMENT: Need(as_service=True),
    Act.CONFIRM_DRAFT: Need(as_service=True),
    Act.WITHDRAW: Need(as_service=True),
    Act.SEE_RESULT: Need(as_service=True),
    Act.CONSENT: Need(level=2),
    Act.CHANGE_NUMBER: Need(as_proved=True, fresh=True),
    Act.PART_WAYS: Need(fresh=True),
}


@dataclass(frozen=True)
class Short:
    """What is still missing: VNeID of this level, or any sign-in of now."""

    level: int
    fresh: bool = False


def short_of(act: Act, citizen: SignedIn | None, *, service: int = 0, at: datetime) -> Short | None:
    """Return what this person lacks for an act, None when they have enough. `service`: what `service_level` says."""
    need = NEEDS[act]
    level = max(need.level, service if need.as_service else 0)
    if need.as_proved and citizen and citizen.verified:
        level = max(level, 1)
    stale = need.fresh and (citizen is None or at - citizen.since > FRESH)
    if citizen is None or citizen.level < level or stale:
        return Short(level, fresh=stale)
    return None


def service_level(published: Published, act: Act = Act.FILE) -> int | None:
    """Return the level a service asks for at an act; None when anybody may file it.

    An account is VNeID where the installation opens no portal accounts (QĐ 29/2026: VNeID is the only key).
    """
    start = published.procedure.start
    of_acts: Mapping[str, str] = {str(name): level for name, level in start.acts.items()}
    wanted = of_acts.get(act.value, start.sign_in)
    if wanted == "none":
        return None
    return {"account": 0 if settings.PORTAL_ACCOUNTS else 1, "level_1": 1, "level_2": 2}[wanted]
