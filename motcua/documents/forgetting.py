"""Papers whose time is over: the current ones and those a supplement had replaced; their bytes go with the sweep."""

from datetime import datetime

from django.db import transaction

from motcua.documents import operations
from motcua.documents.models import Document


@transaction.atomic
def remove_for_good(*, owner: str, at: datetime) -> int:
    """Take out every paper that was brought for an owner; issued results stay. Return how many."""
    earlier = Document.objects.filter(owner=owner, state=Document.State.REPLACED)
    gone = earlier.update(state=Document.State.REMOVED, removed_at=at)
    return gone + operations.remove_all(owner=owner, at=at)
