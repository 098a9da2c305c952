"""Tells the leader of an office what is nearly due among the requests about data: once, at the head of their desk."""

from datetime import datetime

from motcua.dossiers.mornings import tell_leader
from motcua.privacy import requests
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import every, job


@every("11 * * * *")
@job(name="journeys.escalate", queue="default")
def escalate(*, timestamp: int) -> None:
    """Look every hour: the afternoon before the end of the two working days comes at its own hour in each office."""
    del timestamp
    escalate_due(at=now())


def escalate_due(*, at: datetime) -> int:
    """Bring what is nearly due before the leaders; return how many requests."""
    near = requests.escalate(at=at)
    for agency, count in near.items():
        tell_leader(agency, at, data_requests=count)
    return sum(near.values())
