"""What may be read of deliveries."""

from motcua.deliveries.models import Delivery, PostOrder


def delivery_of(key: str) -> Delivery | None:
    """Return the delivery of that key, or None."""
    return Delivery.objects.select_related("letter").filter(key=key).first()


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
