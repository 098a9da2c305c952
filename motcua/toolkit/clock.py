"""What time it is. Faces and jobs ask here and pass the answer on; rules never ask."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """Return the present moment, with its zone."""
    return timezone.now()
