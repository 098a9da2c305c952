"""Finding a dossier by anything an official knows of it: its code, a name, a phone, a personal number.

Beside each dossier stand its terms, each once for every agency that takes part (`a17`, `a17_w…`): the end of its code, and
keyed hashes – of the words of its names without diacritics and of their first letters, of its phone and its first
digits, of the numbers declared in it. Whoever has the database alone reads no name in them; that two dossiers share a
word they can tell. One inverted index holds them all, so that a search inside an office costs what that office has,
whatever the country has filed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from motcua.dossiers.models import Dossier as Row
from motcua.kernel.vietnamese import fold as plain
from motcua.toolkit.sealing import keyed

PAGE = 50
LATEST = 600
"""How many of an office's newest dossiers are looked through before the index: common words are found here."""
LOOKED = 200
"""How many are opened where the index knows fewer letters than were typed."""
_NUMBER = re.compile(r"\d{12}")
_WORD = re.compile(r"[a-z]+")
_TAIL = re.compile(r"(\d{6})-?(\d+)$")
_CODE = re.compile(r"[A-Za-z]\d[\w.]*-[\d-]*")
_LETTERS = range(2, 5)
"""Beginnings of a word that the index knows."""
_DIGITS = range(6, 7)
"""Beginnings of a phone number, as it is called inside the country, that the index knows."""
_LENGTH = 10
"""Digits of a hash: among a country's words and a commune's phones two alike are not to be expected."""


def _term(sort: str, value: str) -> str:
    """Return the keyed term of a value; `sort` tells words, phones, numbers and beginnings of them apart."""
    return f"{sort}{keyed(f'dossiers.search.{sort}', value)[:_LENGTH]}"


def _begins(value: str, known: range) -> Iterator[str]:
    return (value[:length] for length in known if length < len(value))


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
    """Return the terms a dossier is found by."""
    words = _words(code, names, phone, answers)
    return _of_agencies((f"a{agency}" for agency in agencies), words)


def _words(code: str, names: str, phone: str, answers: Mapping[str, Any]) -> set[str]:
    words, told, tail = set(_WORD.findall(plain(names))), _national(phone), _TAIL.search(code)
    known = {_term("w", word) for word in words}
    known |= {_term("b", part) for word in words for part in _begins(word, _LETTERS)}
    known |= {_term("n", number) for number in numbers_in(answers)}
    known |= (
        {_term("p", told), *(_term("q", part) for part in _begins(told, _DIGITS))}
        if told
        else set()
    )
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
    """What was typed: words and runs of digits, in the terms they are found by."""

    typed: tuple[str, ...]

    def query(self, agencies: Sequence[int], *, begun: bool) -> str:
        """Return it as a tsquery, inside these agencies; the last one `begun` also by longer words. Empty: by nothing."""
        *whole, last = self.typed
        met = [_spellings(one) for one in whole]
        found = _begun(last) if begun else _spellings(last)
        met += [found] if found else []
        return " | ".join(_inside(f"a{agency}", met) for agency in agencies) if met else ""

    @property
    def beyond(self) -> bool:
        """Tell whether the beginning that was typed is one the index does not know."""
        return _known_part(self.typed[-1]) != self.typed[-1]

    def meets(self, row: Row) -> bool:
        """Tell whether a dossier's names or phone begin as was typed last."""
        words = _WORD.findall(plain(f"{row.subject_name} {row.applicant_name}"))
        last = self.typed[-1]
        if last.isdigit():
            tail = _TAIL.search(row.code)
            words = [_national(row.phone), "".join(tail.groups()) if tail else ""]
            last = _national(last) or last
        return any(word.startswith(last) for word in words)


def _inside(there: str, met: Iterable[Iterable[str]]) -> str:
    each = (" | ".join(f"{there}_{term}" for term in terms) for terms in met)
    return f"({' & '.join(f'({terms})' for terms in each)})"


def sought(typed: str) -> Sought:
    """Read what was typed: digits that may be a phone, the end of a code, or a personal number; then words."""
    digits = (re.sub(r"\D", "", run) for run in re.findall(r"\+?\d[\d\s.-]*", typed))
    words = _WORD.findall(plain(re.sub(r"\d", " ", typed)))
    return Sought((*digits, *words))


def _spellings(typed: str) -> list[str]:
    if not typed.isdigit():
        return [_term("w", typed)]
    number = [_term("n", typed)] if _NUMBER.fullmatch(typed) else []
    return [_term("p", _national(typed) or typed), f"c{typed}", *number]


def _known_part(typed: str) -> str:
    """Return as much of a beginning as the index knows, empty when it is too short for it."""
    known = _DIGITS if typed.isdigit() else _LETTERS
    told = (_national(typed) or typed) if typed.isdigit() else typed
    return told[: known[-1]] if len(told) >= known[0] else ""


def _begun(typed: str) -> list[str]:
    """Return the terms of what begins as was typed; the end of a code stands there in plain digits."""
    part = _known_part(typed)
    if typed.isdigit():
        return [*([_term("q", part)] if part else []), f"c{typed}:*"]
    return [_term("b", part), _term("w", typed)] if part else []


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
SQL_ALL = "select motcua_found(%(query)s::tsquery, %(page)s)"
"""From the whole index, by a function: officials' own queries may not use it (`config/walls`)."""
SQL_CODES = "select d.id from dossiers_dossier d where {met} order by d.id desc limit %(page)s"
MET_TERMS = "d.terms @@ %(query)s::tsquery"
# Not `like`: behind the wall an index is only asked by operators that keep to themselves what they see.
MET_CODE = f"d.code ~>=~ %(code)s and d.code ~<~ %(beyond)s and {MET_TERMS}"


def found_by_officials(text: str, agency_ids: Sequence[int]) -> list[Row]:
    """Return dossiers these agencies take part in, by what is known of them, at most PAGE.

    Whole words first; where they find nothing, the last one as the beginning of a word. What holds the words as
    they were typed stands before what holds them apart; then the newest.
    """
    typed = " ".join(text.split())
    if not typed or not agency_ids:
        return []
    if _CODE.match(typed):
        return _in_order(_opened(_by_code(typed.upper(), agency_ids)), typed)
    asked = sought(typed)
    if not asked.typed:
        return []
    found = _by_terms(asked, agency_ids, begun=False) or _by_terms(asked, agency_ids, begun=True)
    return _in_order(found, typed)


def _by_terms(asked: Sought, agency_ids: Sequence[int], *, begun: bool) -> list[Row]:
    """Return what has the terms; where the index knows less than was typed, more is opened and looked at."""
    query, beyond = asked.query(agency_ids, begun=begun), begun and asked.beyond
    if not query:
        return []
    bounds = _bounds(agency_ids, LOOKED if beyond else PAGE)
    rows = _opened(_latest_or_all(MET_TERMS, {**bounds, "query": query}, SQL_ALL))
    return [row for row in rows if asked.meets(row)][:PAGE] if beyond else rows


def _bounds(agency_ids: Sequence[int], page: int = PAGE) -> dict[str, Any]:
    return {"agencies": list(agency_ids), "page": page, "latest": LATEST}


def by_codes(codes: Iterable[str]) -> list[Row]:
    """Return the dossiers of these codes, newest first; one query."""
    return list(_with_names().filter(code__in=[code for code in codes if code]).order_by("-pk"))


def _taking_part(agency_ids: Sequence[int]) -> str:
    return " | ".join(f"a{agency}" for agency in agency_ids)


def _by_code(begun: str, agency_ids: Sequence[int]) -> list[int]:
    """Return the ids of the codes that begin so."""
    beyond = begun[:-1] + chr(ord(begun[-1]) + 1)
    values = {"code": begun, "beyond": beyond, "query": _taking_part(agency_ids)}
    return _latest_or_all(MET_CODE, _bounds(agency_ids) | values, SQL_CODES)


def _latest_or_all(met: str, values: Mapping[str, Any], of_all: str) -> list[int]:
    """Return ids: from the newest if they fill a page, since what is common stands there; else from all."""
    near = _ids(SQL_LATEST.format(met=met), values)
    return near if len(near) == values["page"] else _ids(of_all.format(met=met), values)


def _ids(sql: str, values: Mapping[str, Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


def _opened(ids: Sequence[int]) -> list[Row]:
    return list(_with_names().filter(pk__in=ids).order_by("-pk")) if ids else []


def _in_order(rows: list[Row], typed: str) -> list[Row]:
    """Put what holds the words as they were typed before the rest."""
    asked = plain(typed)
    return sorted(rows, key=lambda row: asked not in plain(_called(row)))


def _called(row: Row) -> str:
    return f"{row.subject_name} {row.applicant_name} {row.phone}"


def _with_names() -> QuerySet[Row]:
    rows = Row.objects.select_related("version", "agency")
    return rows.defer("version__content", "version__guides", "terms")
