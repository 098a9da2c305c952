"""Candidates of the place search, from PostgreSQL; `rules.places` ranks them.

Whole words first (an index over words), then likeness of letters for typing errors: with the
extension pg_trgm where there is one, else by the beginnings of the words.
"""

from datetime import date

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL

from motcua.agencies.models import Place

ENOUGH = 3
MOST = 60
BEGINNING = 3  # letters of a word that typing errors seldom touch


def candidates(words: list[str], *, day: date, kind: str | None) -> list[Place]:
    """Return up to some dozens of places that began before `day` and may be the one meant."""
    known = Place.objects.filter(valid_from__lte=day)
    if kind:
        known = known.filter(kind=kind)
    found = list(_by_words(known, " & ".join([*words[:-1], f"{words[-1]}:*"])))
    if len(found) >= ENOUGH:
        return found
    like = _by_letters(known, " ".join(words)) if has_trigrams() else _by_beginnings(known, words)
    return [*found, *(place for place in like if place not in found)]


def _by_words(places: QuerySet[Place], query: str) -> QuerySet[Place]:
    matches = RawSQL("to_tsvector('simple', search_key) @@ to_tsquery('simple', %s)", (query,))  # noqa: S611 - a bound value
    return places.annotate(named=matches).filter(named=True).order_by(*_TODAY_FIRST)[:MOST]


def _by_letters(places: QuerySet[Place], text: str) -> QuerySet[Place]:
    distance = RawSQL("search_key <->> %s", (text,))  # noqa: S611 - a bound value
    return places.annotate(distance=distance).order_by("distance")[:MOST]


def _by_beginnings(places: QuerySet[Place], words: list[str]) -> QuerySet[Place]:
    query = " | ".join(f"{word[:BEGINNING]}:*" for word in words)
    rank = RawSQL(  # noqa: S611 - a bound value
        "ts_rank(to_tsvector('simple', search_key), to_tsquery('simple', %s))", (query,)
    )
    return places.annotate(rank=rank).filter(Q(rank__gt=0)).order_by("-rank")[: 5 * MOST]


_TODAY_FIRST = (F("valid_to").desc(nulls_first=True), F("kind").desc(), F("sort_key"))


def has_trigrams() -> bool:
    """Tell whether this database has pg_trgm."""
    with connection.cursor() as cursor:
        cursor.execute("select exists(select from pg_extension where extname = 'pg_trgm')")
        row = cursor.fetchone()
    return bool(row and row[0])
