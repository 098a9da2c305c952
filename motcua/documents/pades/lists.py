"""Revocation lists of the authorities that certify us: fetched once, used for all papers until near their end."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from asn1crypto import crl, x509

from motcua.documents.ports import SigningNotPossible
from motcua.toolkit.http import Unreachable, call

FETCHED_EVERY = timedelta(hours=6)


def fresh_lists(
    certificates: Iterable[x509.Certificate], folder: Path, at: datetime
) -> list[bytes]:
    """Return the lists that the certificates point to; a network is asked four times a day at most.

    Where the network fails, the list kept in `folder` is used as long as its authority stands by it.
    Raises SigningNotPossible: there is none, or it has ended.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return [_list(address, folder, at) for address in sorted(set(_addresses(certificates)))]


def _addresses(certificates: Iterable[x509.Certificate]) -> Iterator[str]:
    for certificate in certificates:
        points = certificate.crl_distribution_points_value or ()
        for name in (name for point in points for name in point["distribution_point"].chosen):
            if name.name == "uniform_resource_identifier" and name.native.startswith("http"):
                yield str(name.native)


def _list(address: str, folder: Path, at: datetime) -> bytes:
    place = folder / f"{hashlib.sha256(address.encode()).hexdigest()[:32]}.crl"
    kept = place.read_bytes() if place.exists() else None
    if kept and place.stat().st_mtime > (at - FETCHED_EVERY).timestamp() and _stands(kept, at):
        return kept
    try:
        return _fetched(address, place, at)
    except (Unreachable, ValueError) as fault:
        if kept and _stands(kept, at):
            return kept
        raise SigningNotPossible(why="lists-missing", about=address) from fault


def _fetched(address: str, place: Path, at: datetime) -> bytes:
    reply = call("GET", address)
    if not reply.ok or not _stands(reply.body, at):
        raise ValueError(f"answered {reply.status}")
    handle, draft = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(reply.body)
    Path(draft).replace(place)
    os.utime(place, (at.timestamp(), at.timestamp()))
    return reply.body


def _stands(content: bytes, at: datetime) -> bool:
    """Tell whether it is a list that its authority stands by at that moment. Raises ValueError."""
    ends = crl.CertificateList.load(content)["tbs_cert_list"]["next_update"].native
    return ends is None or bool(ends > at)
