"""Which adapters this installation uses: one of each, made at first need."""

from typing import cast

from motcua.documents.ports import BlobStore, Scanner, Signer, TimeAuthority
from motcua.toolkit.wiring import adapter


def blob_store() -> BlobStore:
    """Return the place where file contents are kept (setting `BLOB_STORE`)."""
    return cast("BlobStore", adapter("BLOB_STORE"))


def scanner() -> Scanner:
    """Return who looks for harmful programs in files (setting `SCANNER`)."""
    return cast("Scanner", adapter("SCANNER"))


def signer() -> Signer:
    """Return the hand that signs results (setting `SIGNER`)."""
    return cast("Signer", adapter("SIGNER"))


def time_authority() -> TimeAuthority:
    """Return the authority whose time stamps are asked for (setting `TIME_AUTHORITY`)."""
    return cast("TimeAuthority", adapter("TIME_AUTHORITY"))
