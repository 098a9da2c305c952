"""Which adapters this installation uses: one of each, made at first need."""

from functools import lru_cache
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from motcua.documents.ports import BlobStore, Signer


@lru_cache(maxsize=1)
def blob_store() -> BlobStore:
    """Return the place where file contents are kept (setting `BLOB_STORE`)."""
    return cast("BlobStore", import_string(settings.BLOB_STORE)())


@lru_cache(maxsize=1)
def signer() -> Signer:
    """Return the hand that signs results (setting `SIGNER`)."""
    return cast("Signer", import_string(settings.SIGNER)())
