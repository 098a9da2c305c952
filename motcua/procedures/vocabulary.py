"""The words of all listings, learnt after every change and remembered by each process."""

from collections.abc import Iterator
from itertools import pairwise

from django.db import connection

from motcua.agencies.caches import Remembered
from motcua.agencies.loading import changed
from motcua.agencies.models import Loaded
from motcua.procedures.models import Listing, Word
from motcua.procedures.rules.search.asking import Known, Neighbours
from motcua.procedures.rules.search.tokens import words

LISTINGS = Remembered("listings")

_LEARN = """
insert into procedures_word (word, listings)
select word, ndoc from ts_stat('select words from procedures_listing')
"""


def learn() -> None:
    """Learn the words anew, in the caller's transaction, and tell every process."""
    Word.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(_LEARN)
    Loaded.objects.get_or_create(name=LISTINGS.name)
    changed(LISTINGS)


def known() -> Known:
    """Return the words of all listings."""
    return LISTINGS.get("known", _read)


def _read() -> Known:
    rows = Listing.objects.values_list("plain", "keywords", "agency__vi")
    beside = Neighbours(pair for plain, *others in rows for pair in _pairs(plain, *others))
    counts = dict(Word.objects.values_list("word", "listings"))
    return Known(counts, Listing.objects.count(), beside)


def _pairs(plain: str, keywords: list[str], agency: str | None) -> Iterator[tuple[str, str]]:
    yield from pairwise(plain.split())
    for text in (*keywords, agency or ""):
        yield from pairwise(words(text))
