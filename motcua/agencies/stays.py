"""Where an official is signed in, and which browsers are trusted."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import QuerySet

from motcua.agencies.models import Official, Stay, TrustedDevice
from motcua.toolkit.sealing import keyed

KEPT_FOR = timedelta(days=90)
"""So long an ended sign-in may still be looked at."""
_COOKIE = "agencies.device"


def begin(*, official: Official, browser: str, at: datetime) -> Stay:
    """Note that an official came in."""
    return Stay.objects.create(
        id=uuid4(), official=official, browser=browser[:60], began_at=at, seen_at=at
    )


def seen(stay: str, at: datetime) -> None:
    """Note that somebody is still there; called at most once a minute."""
    Stay.objects.filter(pk=stay).update(seen_at=at)


def open_stays(official: Official, since: datetime) -> list[Stay]:
    """Return where an official is signed in, the latest first; what began before `since` is over by itself."""
    found = official.stays.filter(ended_at__isnull=True, began_at__gt=since)
    return list(found.order_by("-seen_at")[:50])


def end(*, official: Official, stay: UUID, at: datetime) -> None:
    """End one sign-in of this official; another's stays as it is."""
    _open(official).filter(pk=stay).update(ended_at=at)


def end_by_name(stay: str, *, at: datetime) -> None:
    """End the sign-in that a session names."""
    Stay.objects.filter(pk=stay, ended_at__isnull=True).update(ended_at=at)


def end_others(*, official: Official, keep: str, at: datetime) -> None:
    """End all sign-ins but one."""
    _open(official).exclude(pk=keep).update(ended_at=at)


def end_all(*, official: Official, at: datetime) -> None:
    """End all sign-ins."""
    _open(official).update(ended_at=at)


def _open(official: Official) -> QuerySet[Stay]:
    return Stay.objects.filter(official=official, ended_at__isnull=True)


def trust(*, official: Official, browser: str, at: datetime) -> str:
    """Trust a browser for the days of the settings; return what its cookie holds."""
    token = secrets.token_urlsafe(32)
    TrustedDevice.objects.create(
        id=uuid4(), official=official, hashed=keyed(_COOKIE, token), browser=browser[:60],
        made_at=at, until=at + timedelta(days=settings.TRUSTED_DEVICE_DAYS),
    )  # fmt: skip
    return token


def is_trusted(*, official: Official, token: str, at: datetime) -> bool:
    """Tell whether this browser need not show the second factor to this official, and note its use."""
    if not token:
        return False
    found = TrustedDevice.objects.filter(official=official, hashed=keyed(_COOKIE, token))
    return bool(found.filter(ended_at__isnull=True, until__gt=at).update(used_at=at))


def trusted_devices(official: Official, at: datetime) -> list[TrustedDevice]:
    """Return the browsers that are trusted now, the latest first."""
    found = official.devices.filter(ended_at__isnull=True, until__gt=at)
    return list(found.order_by("-made_at")[:50])


def end_trust(*, official: Official, at: datetime, device: UUID | None = None) -> None:
    """Take the trust back from one browser of this official, or from all."""
    found = TrustedDevice.objects.filter(official=official, ended_at__isnull=True)
    (found.filter(pk=device) if device else found).update(ended_at=at)


def forget_old(at: datetime) -> None:
    """Delete sign-ins and trusts that ended by themselves or by somebody long ago."""
    Stay.objects.filter(began_at__lt=at - KEPT_FOR).delete()
    TrustedDevice.objects.filter(until__lt=at - KEPT_FOR).delete()
