"""Finding a dossier by anything an official knows of it: its code, a name, a phone, a personal number.

Beside each dossier stand its terms: the words of its names without diacritics, its phone, the end of its code,
and keys of the numbers declared in it – each once for every agency that takes part (`a17`, `a17_mai`). One inverted
index holds them all, so that a search inside an office costs what that office has, whatever the country has filed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from motcua.dossiers.models import Dossier as Row
from motcua.kernel.vietnamese import fold as plain

PAGE = 50
LATEST = 600
"""How many of an office's newest dossiers are looked through before the index: common words are found here."""
_NUMBER = re.compile(r"\d{12}")
_WORD = re.compile(r"[a-z]+")
_TAIL = re.compile(r"(\d{6})-?(\d+)$")
_CODE = re.compile(r"[A-Za-z]\d[\w.]*-[\d-]*")
_KEY_LENGTH = 20
_KEY = re.compile(rf"n[0-9a-f]{{{_KEY_LENGTH}}}")


def number_key(number: str) -> str:
    """Return the term of a personal number: keyed, so that the column tells nobody a number."""
    mac = salted_hmac("motcua.dossiers.search", number, algorithm="sha256")
    return f"n{mac.hexdigest()[:_KEY_LENGTH]}"


def numbers_in(answers: Mapping[str, Any]) -> set[str]:
    """Return the personal numbers among the answers: nothing else that is asked for has twelve digits."""
    return {told for told in _texts(answers) if _NUMBER.fullmatch(told)}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def terms(
    *, code: str, agencies: Iterable[int], names: str, phone: str, answers: Mapping[str, Any]
) -> str:
    """Return the terms a dossier is found by; migration 0006 writes the same, but for the numbers."""
    words = _words(code, names, phone, answers)
    return _of_agencies((f"a{agency}" for agency in agencies), words)


def _words(code: str, names: str, phone: str, answers: Mapping[str, Any]) -> set[str]:
    tail = _TAIL.search(code)
    known = {*_WORD.findall(plain(names)), *map(number_key, numbers_in(answers))}
    known |= {f"p{_national(phone)}"} if _national(phone) else set()
    return known | ({f"c{tail[1]}{tail[2]}"} if tail else set())


def _of_agencies(agencies: Iterable[str], known: Iterable[str]) -> str:
    words = list(known)
    found = (term for there in agencies for term in (there, *(f"{there}_{word}" for word in words)))
    return " ".join(sorted(found))


def renamed(known: str, *, code: str, names: str, phone: str, answers: Mapping[str, Any]) -> str:
    """Return the terms with names, phone and numbers as they are declared now; the agencies stay."""
    words = _words(code, names, phone, answers)
    return _of_agencies(_read(known)[0], words)


def rehoused(known: str, offices: Mapping[int, int]) -> str:
    """Return the terms with the agencies that now take part in the place of others (old key → new key)."""
    agencies, words = _read(known)
    moved = {f"a{old}": f"a{new}" for old, new in offices.items()}
    return _of_agencies({moved.get(there, there) for there in agencies}, words)


def _read(known: str) -> tuple[set[str], set[str]]:
    """Return the agencies and the words of a row's terms, which the database gives back in quotes."""
    parts = [term.partition("_") for term in re.findall(r"\w+", known)]
    return {there for there, _, _ in parts}, {word for _, _, word in parts if word}


def _national(phone: str) -> str:
    """Return the digits of a phone number without what stands before them: gaps, 0, +84."""
    return re.sub(r"^(?:84|0)", "", re.sub(r"\D", "", phone))


@dataclass(frozen=True)
class Sought:
    """What was typed, as terms: each must be met by one of its spellings; `begun` also by longer words."""

    terms: tuple[tuple[str, ...], ...]

    def query(self, agencies: Sequence[int], *, begun: bool) -> str:
        """Return it as a tsquery, inside these agencies; every term is plain letters and digits."""
        return " | ".join(self._inside(f"a{agency}", begun=begun) for agency in agencies)

    def _inside(self, there: str, *, begun: bool) -> str:
        words = [[f"{there}_{spelling}" for spelling in spellings] for spellings in self.terms]
        if begun:
            words[-1] = [f"{spelling}:*" for spelling in words[-1]]
        return f"({' & '.join(f'({_any(spellings)})' for spellings in words)})"


def _any(spellings: Iterable[str]) -> str:
    return " | ".join(spellings)


def sought(typed: str) -> Sought:
    """Read what was typed: words, and digits that may be a phone, the end of a code, or a personal number."""
    runs = re.findall(r"\+?\d[\d\s.-]*", typed)
    found = [_spellings(re.sub(r"\D", "", digits)) for digits in runs]
    words = _WORD.findall(plain(re.sub(r"\d", " ", typed)))
    return Sought((*found, *((word,) for word in words)))


def _spellings(digits: str) -> tuple[str, ...]:
    number = (number_key(digits),) if _NUMBER.fullmatch(digits) else ()
    return (f"p{_national(digits) or digits}", f"c{digits}", *number)


SQL_LATEST = """
select d.id from (
  select mine.id from unnest(%(agencies)s::bigint[]) a
  cross join lateral (
    select id from dossiers_dossier where agency_id = a order by id desc limit %(latest)s) mine
  union
  select theirs.dossier_id from agencies_agency a
  cross join lateral (
    select dossier_id from dossiers_legrow where agency_code = a.code
    order by dossier_id desc limit %(latest)s) theirs
  where a.id = any(%(agencies)s::bigint[])
) near join dossiers_dossier d on d.id = near.id
where {met} order by d.id desc limit %(page)s
"""
# Materialized: else the planner may walk all dossiers from the newest on, hoping for a page of matches.
SQL_ALL = """
with found as materialized (select d.id from dossiers_dossier d where {met})
select id from found order by id desc limit %(page)s
"""
MET_TERMS = "d.terms @@ %(query)s::tsquery"
MET_CODE = f"d.code like %(code)s and {MET_TERMS}"


def found_by_officials(text: str, agency_ids: Sequence[int]) -> list[Row]:
    """Return dossiers these agencies take part in, by what is known of them, at most PAGE.

    Whole words first; where they find nothing, the last one as the beginning of a word. What holds the words as
    they were typed stands before what holds them apart; then the newest.
    """
    typed = " ".join(text.split())
    if not typed or not agency_ids:
        return []
    values = {"agencies": list(agency_ids), "page": PAGE, "latest": LATEST}
    if _CODE.match(typed):
        values |= {"code": f"{_escaped(typed.upper())}%", "query": _inside(agency_ids)}
        return _rows(_latest_or_all(MET_CODE, values), typed)
    asked = sought(typed)
    if not asked.terms:
        return []
    for begun in (False, True):
        query = asked.query(agency_ids, begun=begun)
        ids = _latest_or_all(MET_TERMS, {**values, "query": query})
        if ids:
            return _rows(ids, typed)
    return []


def by_codes(codes: Iterable[str]) -> list[Row]:
    """Return the dossiers of these codes, newest first; one query."""
    return list(_with_names().filter(code__in=[code for code in codes if code]).order_by("-pk"))


def _inside(agency_ids: Sequence[int]) -> str:
    return " | ".join(f"a{agency}" for agency in agency_ids)


def _escaped(code: str) -> str:
    return re.sub(r"([%_\\])", r"\\\1", code)


def _latest_or_all(met: str, values: Mapping[str, Any]) -> list[int]:
    """Return ids: from the newest if they fill a page, since what is common stands there; else from all."""
    near = _ids(SQL_LATEST.format(met=met), values)
    return near if len(near) == values["page"] else _ids(SQL_ALL.format(met=met), values)


def _ids(sql: str, values: Mapping[str, Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


def _rows(ids: Sequence[int], typed: str) -> list[Row]:
    found = _with_names().filter(pk__in=ids).order_by("-pk")
    return sorted(found, key=lambda row: plain(typed) not in row.folded)


def _with_names() -> QuerySet[Row]:
    rows = Row.objects.select_related("version", "agency")
    return rows.defer("version__content", "version__guides", "terms")
