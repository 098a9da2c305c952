"""Whether a file carries a harmful program: asked before anything else is done with it (docs/why/0033)."""

import logging

from motcua.documents import quarantine
from motcua.documents.ports import ScannerAway
from motcua.documents.rules.refusals import FileInfected, FileNotChecked
from motcua.documents.wiring import scanner
from motcua.toolkit.clock import now

log = logging.getLogger(__name__)
AGAIN_IN = 30  # seconds after which a sender may try again


class Checked(bytes):
    """Bytes that the scanner has passed, or that we made ourselves: only such become papers."""


def checked(raw: bytes, *, name: str, owner: str) -> Checked:
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
        kept = quarantine.keep(raw, finding=finding, name=name, owner=owner, at=now())
        log.warning("quarantine %s: %s", kept.id, finding)
        raise FileInfected(name=name)
    return Checked(raw)
