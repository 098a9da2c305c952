"""That a dossier was filed stands in the public log: the words for its receipt, and a file that proves it to anybody."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.timezone import localtime

from motcua.audit import queries
from motcua.audit.rules import notes
from motcua.audit.rules.entries import canonical
from motcua.dossiers.entering import FILED, reference
from motcua.dossiers.models import Dossier, Event

SHOWN = 12
"""How much of a head's root people compare: by chance it fits once in 10²¹ times."""


@dataclass(frozen=True)
class Standing:
    """Where the filing stands in the log: its line, the day and the root of the head that covers it.

    Until one is signed there are none of them, and `since` is the day from which on there will be.
    """

    since: date
    line: int | None = None
    root: str = ""


def standing(row: Dossier) -> Standing:
    """Return where the filing of a dossier stands; at most two queries."""
    found = queries.covered(FILED, reference(row.code, 1))
    if found is None:
        return Standing(localtime(row.submitted_at).date() + timedelta(days=1))
    root = notes.base64(bytes(found.head.root))[:SHOWN]
    return Standing(found.head.day, found.position + 1, root)


def proof(row: Dossier) -> str | None:
    """Return the proof of the filing as a file (C2SP tlog-proof), with what was entered; None until a head covers it.

    It names whoever filed, as the history does: for the owner alone. It is the same until the content is erased;
    after that it proves that something was filed then.
    """
    found = queries.proven(FILED, reference(row.code, 1))
    if found is None:
        return None
    event = Event.objects.only("data", "salt", "erased").get(dossier=row, seq=1)
    told = {} if event.erased else {"salt": event.salt, "content": event.data}
    said = {"entry": found.entry.facts, **told}
    return notes.proof(canonical(said), found.position, found.path, found.head.note)
