"""Candidates of the place search, from PostgreSQL; `rules.places` ranks them.

Whole words first (an index over words), then likeness of letters for typing errors: with the
extension pg_trgm where there is one, else by the beginnings of the words.
"""

from datetime import date

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL

from motcua.agencies.models import Place

MOST = 60
BEGINNING = 3  # letters of a word that typing errors seldom touch


def candidates(words: list[str], *, day: date, kind: str | None) -> list[Place]:
    """Return up to some dozens of places that began before `day` and may be the one meant."""
    known = Place.objects.filter(valid_from__lte=day)
    if kind:
        known = known.filter(kind=kind)
    found = list(_by_words(known, words))
    if found:
        return found
    if has_trigrams():
        return list(_by_letters(known, " ".join(words)))
    return list(_by_beginnings(known, words))


def _by_words(places: QuerySet[Place], words: list[str]) -> QuerySet[Place]:
    """Return places with all the words, the last maybe unfinished; where they begin first."""
    query = " & ".join([*words[:-1], f"{words[-1]}:*"])
    matches = RawSQL("to_tsvector('simple', search_key) @@ to_tsquery('simple', %s)", (query,))
    begun = RawSQL("nullif(strpos(search_key, %s), 0)", (" ".join(words),))
    named = places.annotate(named=matches, begun=begun).filter(named=True)
    return named.order_by(F("begun").asc(nulls_last=True), *_TODAY_FIRST)[:MOST]


def _by_letters(places: QuerySet[Place], text: str) -> QuerySet[Place]:
    distance = RawSQL("search_key <->> %s", (text,))
    return places.annotate(distance=distance).order_by("distance")[:MOST]


def _by_beginnings(places: QuerySet[Place], words: list[str]) -> QuerySet[Place]:
    query = " | ".join(f"{word[:BEGINNING]}:*" for word in words)
    rank = RawSQL("ts_rank(to_tsvector('simple', search_key), to_tsquery('simple', %s))", (query,))
    return places.annotate(rank=rank).filter(Q(rank__gt=0)).order_by("-rank")[: 5 * MOST]


_TODAY_FIRST = (F("valid_to").desc(nulls_first=True), F("kind").desc(), F("sort_key"))


def has_trigrams() -> bool:
    """Tell whether this database has pg_trgm."""
    with connection.cursor() as cursor:
        cursor.execute("select exists(select from pg_extension where extname = 'pg_trgm')")
        row = cursor.fetchone()
    return bool(row and row[0])
