"""Whether a file carries a harmful program: asked before anything else is done with it (docs/why/0033)."""

import logging

from motcua.documents import quarantine
from motcua.documents.ports import ScannerAway
from motcua.documents.quarantine import Held
from motcua.documents.rules.refusals import (
    FileInfected,
    FileNotChecked,
    NobodyToScan,
    NotHeld,
    StillHeld,
)
from motcua.documents.wiring import scanner
from motcua.toolkit.clock import now
from motcua.toolkit.refusals import KeyIsMissing
from motcua.toolkit.sealing import DoesNotOpen

log = logging.getLogger(__name__)
AGAIN_IN = 30  # seconds after which a sender may try again


class Checked(bytes):
    """Bytes that the scanner has passed, or that we made ourselves: only such become papers."""


def checked(raw: bytes, *, name: str, owner: str, key: str = "") -> Checked:
    """Return the bytes once the scanner has passed them; passed already, it is not asked again.

    What it finds something in goes into quarantine, outside of the caller's transaction. Raises FileInfected,
    FileNotChecked.
    """
    if isinstance(raw, Checked):
        return raw
    try:
        finding = scanner().scan(raw)
    except ScannerAway as away:
        log.warning("scanner away: %s", away)
        raise FileNotChecked(name=name, retry_after=AGAIN_IN) from away
    if finding:
        kept = quarantine.keep(raw, finding=finding, name=name, owner=owner, key=key, at=now())
        log.warning("quarantine %s: %s", kept.id, finding)
        raise FileInfected(name=name)
    return Checked(raw)


def looked_at_again(held: Held) -> Checked:
    """Return a file of the quarantine that the scanner passes by the signatures it has now.

    Raises StillHeld, NobodyToScan (away, or there is none: nobody to look is no clean file), NotHeld.
    """
    if scanner().standing().why:
        raise NobodyToScan
    try:
        raw = quarantine.content_of(held.digest)
        finding = scanner().scan(raw)
    except (FileNotFoundError, KeyIsMissing, DoesNotOpen) as gone:
        raise NotHeld from gone
    except ScannerAway as away:
        raise NobodyToScan from away
    if finding:
        raise StillHeld(finding=finding)
    return Checked(raw)
