"""Who is asked for a one-time code without being signed in: which code they named, and to which browser it is tied."""

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing

PATIENCE = timedelta(minutes=30)


@dataclass(frozen=True)
class Asking:
    """Whose turn it is to type a code: carried by the form, signed, so that nothing is stored.

    `code` is what they named, of a dossier or a draft; `purpose` keeps the tickets of one page from another.
    """

    code: str
    reference: str

    def ticket(self, purpose: str) -> str:
        """Return it as the form carries it."""
        return signing.dumps([self.code, self.reference], salt=purpose)

    @classmethod
    def read(cls, ticket: str, purpose: str) -> "Asking | None":
        """Return what a form carried; None when it is too old, not ours, or of another page."""
        try:
            return cls(*signing.loads(ticket, salt=purpose, max_age=PATIENCE))
        except signing.BadSignature:
            return None
