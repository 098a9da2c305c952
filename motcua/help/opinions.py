"""What people thought: one opinion a dossier and question, changed for seven days, answered where it is low."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from motcua.help.models import Opinion
from motcua.help.rules.opinions import LONGEST_WORDS, LOW, MARKS, Kind, may_change
from motcua.help.rules.refusals import MarkMissing, OpinionClosed, OpinionUnknown, ReplyMissing
from motcua.kernel.words import within
from motcua.toolkit.gates import gate

PAGE = 100


@dataclass(frozen=True)
class About:
    """Which dossier an opinion is of: its code, its office, its procedure's code."""

    kind: Kind
    subject: str
    agency_id: int
    procedure: str


def given(kind: Kind, subject: str) -> Opinion | None:
    """Return the opinion of a dossier, None before there is one."""
    return Opinion.objects.filter(kind=kind, subject=subject).first()


@transaction.atomic
def give(*, about: About, mark: int, words: str, at: datetime) -> Opinion:
    """Keep an opinion, or change it within seven days. Raises MarkMissing, WordsTooLong, OpinionClosed.

    An opinion that was answered keeps its answer: the office answered what was said then.
    """
    if mark not in MARKS:
        raise MarkMissing
    told = within(words, LONGEST_WORDS)
    found = _locked(about) or _begun(about, mark, told, at) or _locked(about)
    if found is None:
        raise OpinionUnknown
    if not may_change(found.given_at, at):
        raise OpinionClosed
    found.mark, found.words, found.changed_at = mark, told, at
    found.save(update_fields=["mark", "words", "changed_at"])
    return found


def _locked(about: About) -> Opinion | None:
    rows = Opinion.objects.select_for_update(of=("self",))
    return rows.filter(kind=about.kind, subject=about.subject).first()


def _begun(about: About, mark: int, words: str, at: datetime) -> Opinion | None:
    """Write the first opinion; None when somebody with the same address was faster."""
    try:
        with transaction.atomic():
            return Opinion.objects.create(
                kind=about.kind, subject=about.subject, agency_id=about.agency_id,
                procedure=about.procedure, mark=mark, words=words, given_at=at, changed_at=at,
            )  # fmt: skip
    except IntegrityError:
        return None


def to_answer(agency_ids: Collection[int]) -> list[Opinion]:
    """Return the low opinions with words that nobody has answered, the oldest first; one query."""
    rows = Opinion.objects.filter(agency_id__in=agency_ids, mark__lte=LOW, reply="")
    return list(rows.exclude(words="").select_related("agency").order_by("given_at", "pk")[:PAGE])


def with_words(agency_ids: Collection[int]) -> list[Opinion]:
    """Return the last opinions with words, for their offices alone; one query."""
    rows = Opinion.objects.filter(agency_id__in=agency_ids).exclude(words="")
    return list(rows.select_related("agency", "replied_by").order_by("-given_at", "-pk")[:PAGE])


@gate
def opinion_of_office(opinion_id: int, agency_ids: Collection[int]) -> Opinion:
    """Return an opinion of these offices. Raises OpinionUnknown, for another office's as for none."""
    found = Opinion.objects.filter(pk=opinion_id, agency_id__in=agency_ids).first()
    if found is None:
        raise OpinionUnknown
    return found


def answer(*, opinion: Opinion, words: str, by: int, at: datetime) -> bool:
    """Answer an opinion, once; return whether this did. Raises ReplyMissing, WordsTooLong."""
    told = within(words, LONGEST_WORDS)
    if not told:
        raise ReplyMissing
    return bool(
        Opinion.objects.filter(pk=opinion.pk, reply="").update(
            reply=told, replied_by_id=by, replied_at=at
        )
    )
