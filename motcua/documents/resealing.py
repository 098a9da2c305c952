"""Rotation of keys for what lies in files: kept bytes, quarantine, pictures that can be drawn again."""

from django.db import transaction

from motcua.documents import quarantine, thumbnails
from motcua.documents.models import Blob
from motcua.documents.wiring import blob_store
from motcua.toolkit.sealing import ring


def reseal_files() -> int:
    """Seal anew every file that is plain or bears another key than the current one; return how many."""
    found = blob_store().not_sealed_by(ring().current)
    done = sum(_reseal(name) for name in found if not name.startswith("."))
    thumbnails.forget_stale()
    return done + quarantine.reseal()


def files_borne() -> int:
    """Return how many files still are plain or bear another key, those just being written with them."""
    return len([*blob_store().not_sealed_by(ring().current), *quarantine.not_current()])


@transaction.atomic
def _reseal(digest: str) -> bool:
    """Seal a file anew while its row is held, so that what is erased meanwhile does not come back."""
    list(Blob.objects.select_for_update().filter(pk=digest))
    return blob_store().reseal(digest)
