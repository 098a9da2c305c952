"""Who received the results of an erased dossier, and where, is wiped; that they were handed over stays."""

from dataclasses import asdict

from motcua.deliveries.models import Delivery, PostOrder
from motcua.deliveries.rules import Address

ERASED = "•••"
_NOWHERE = asdict(Address(ERASED, "", ERASED, ""))


def forget_receivers(*, subject: str) -> int:
    """Wipe receivers and addresses of one dossier's deliveries; return how many."""
    PostOrder.objects.filter(delivery__subject=subject).update(receiver=_NOWHERE)
    rows = Delivery.objects.filter(subject=subject).exclude(receiver_name="")
    return rows.update(receiver_name=ERASED, confirmation="")
