"""What may be read of deliveries."""

from dataclasses import dataclass
from datetime import datetime

from motcua.deliveries.models import Delivery, PostOrder


def delivery_of(key: str) -> Delivery | None:
    """Return the delivery of that key, or None."""
    return Delivery.objects.select_related("letter").filter(key=key).first()


def latest(subject: str, result_key: str) -> Delivery | None:
    """Return how a result of a dossier goes to its person now: a corrected paper goes on a way of its own."""
    found = Delivery.objects.select_related("letter").filter(subject=subject, result_key=result_key)
    return found.order_by("-pk").first()


def deliveries_about(subject: str) -> list[Delivery]:
    """Return how the results of a dossier go to their person, with letters and scans."""
    found = Delivery.objects.filter(subject=subject).select_related("letter")
    return list(found.prefetch_related("letter__seen").order_by("planned_at", "pk"))


def stuck_letters(limit: int = 100) -> list[PostOrder]:
    """Return letters the post did not take, oldest first."""
    stuck = PostOrder.objects.filter(
        dead=True, ordered_at__isnull=True, delivery__state="ready"
    ).select_related("delivery")
    return list(stuck.order_by("pk")[:limit])


@dataclass(frozen=True)
class Seen:
    """One place where the post saw a letter."""

    state: str
    at: datetime
    place: str


@dataclass(frozen=True)
class ByPost:
    """A result in the post: where it stands, its number, where it was seen, oldest first."""

    state: str
    tracking_number: str
    scans: tuple[Seen, ...]


def by_post(subject: str) -> dict[str, ByPost]:
    """Return result → letter of a dossier; one query."""
    rows = Delivery.objects.filter(subject=subject, way="post").values_list(
        "result_key", "state", "letter__tracking_number",
        "letter__seen__state", "letter__seen__at", "letter__seen__place",
    )  # fmt: skip
    found: dict[str, ByPost] = {}
    for result, state, number, scan, at, place in rows.order_by("pk", "letter__seen__at"):
        known = found.get(result)
        if known is None or known.tracking_number != (
            number or ""
        ):  # the first scan of a later letter
            known = ByPost(state, number or "", ())
        scans = (*known.scans, Seen(scan, at, place or "")) if at else known.scans
        found[result] = ByPost(state, number or "", scans)
    return found
