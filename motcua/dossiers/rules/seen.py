"""Whether an official has seen an applicant's own identity card with a dossier, as its history tells."""

from collections.abc import Iterable

from motcua.dossiers.rules.events import Event, ResultReturned, Submitted
from motcua.dossiers.rules.facts import Handing
from motcua.kernel import names

_CARDS = frozenset({"card", "vneid"})
"""What bears the personal number; a passport bears another."""


def applicant_was_seen(history: Iterable[Event], *, number: str, full_name: str) -> bool:
    """Tell whether the person of this number and name stood before an official: filing at the counter, or fetching a result.

    Paper that came by post, and whoever came in another's place, show nobody.
    """
    return any(_filed_in_person(event) or _fetched(event, number, full_name) for event in history)


def _filed_in_person(event: Event) -> bool:
    """Tell whether it was typed at the counter from the mouth of the applicant, and confirmed by them."""
    if not isinstance(event, Submitted) or event.channel != "counter":
        return False
    in_place_of = event.on_behalf is not None and bool(event.on_behalf.mandate)
    return event.typed_by is not None and bool(event.confirmed) and not in_place_of


def _fetched(event: Event, number: str, full_name: str) -> bool:
    if not isinstance(event, ResultReturned) or event.handing is None:
        return False
    same = names.match_key(event.receiver) == names.match_key(full_name)
    return same and _shown(event.handing, number)


def _shown(handing: Handing, number: str) -> bool:
    own = handing.proof in _CARDS and not handing.authority
    return own and number.endswith(handing.digits)
