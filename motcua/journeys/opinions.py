"""Asking people what they think: by an address that needs no sign-in, after filing and at the end.

The address holds a check that only this installation can make; who has it gives the dossier's one opinion.
It shows nothing of the dossier but its procedure and office.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from motcua.agencies.models import Agency
from motcua.agencies.queries import agency_by_id
from motcua.dossiers.models import Dossier as Row
from motcua.dossiers.queries import row as row_of
from motcua.dossiers.rules.refusals import UnknownDossier
from motcua.help import opinions
from motcua.help.models import Opinion
from motcua.help.opinions import About
from motcua.help.rules.opinions import Kind, may_change
from motcua.help.rules.refusals import OpinionUnknown
from motcua.procedures.queries import Published, by_digest
from motcua.toolkit.gates import gate

LENGTH = 16
SLUGS = {Kind.FILING: "nop", Kind.ENDING: "xong"}


def check_of(kind: Kind, code: str) -> str:
    """Return the sixteen signs (64 bits) of the address at which an opinion of a dossier is given."""
    mac = salted_hmac("motcua.journeys.opinions", f"{kind}:{code}", algorithm="sha256")
    return mac.hexdigest()[:LENGTH]


def opinion_path(kind: Kind, code: str) -> str:
    """Return the path at which an opinion is given, as pages carry it."""
    return f"/danh-gia/{SLUGS[kind]}/{code}/{check_of(kind, code)}/"


def opinion_url(kind: Kind, code: str) -> str:
    """Return the whole address, as a message carries it."""
    return f"{settings.BASE_URL}{opinion_path(kind, code)}"


@dataclass(frozen=True)
class Asked:
    """What one opinion is asked about, and the opinion, once there is one."""

    kind: Kind
    row: Row
    published: Published
    agency: Agency
    given: Opinion | None

    def open(self, at: datetime) -> bool:
        """Tell whether the opinion may be given or changed now."""
        return self.given is None or may_change(self.given.given_at, at)


@gate
def asked(*, slug: str, code: str, check: str) -> Asked:
    """Return what an address asks about. Raises OpinionUnknown for a wrong one, and for a dossier not over yet."""
    kind = next((kind for kind, word in SLUGS.items() if word == slug), None)
    if kind is None or not constant_time_compare(check_of(kind, code), check.lower()):
        raise OpinionUnknown
    try:
        row = row_of(code)
    except UnknownDossier:
        raise OpinionUnknown from None
    if kind is Kind.ENDING and row.ended_at is None:
        raise OpinionUnknown
    return Asked(
        kind, row, by_digest(row.version.digest), agency_by_id(row.agency_id),
        opinions.given(kind, row.code),
    )  # fmt: skip


def give(*, about: Asked, mark: int, words: str, at: datetime) -> None:
    """Keep the opinion, or change it within seven days. Raises MarkMissing, OpinionClosed."""
    of = About(about.kind, about.row.code, about.row.agency_id, about.published.procedure.code)
    opinions.give(about=of, mark=mark, words=words, at=at)
