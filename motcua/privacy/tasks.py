"""What the room does by itself."""

from motcua.privacy import requests
from motcua.toolkit.clock import now
from motcua.toolkit.jobs import every, job


@every("11 * * * *")
@job(name="privacy.escalate", queue="default")
def escalate(*, timestamp: int) -> None:
    """Bring requests that are nearly due before the leaders, every hour."""
    del timestamp
    requests.escalate(at=now())
