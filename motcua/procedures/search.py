"""The search over services and records: one statement finds, ranks, counts and cuts the page.

Ranking: what was meant (`rules.search.asking`) in the name counts most, then in other names, then who and
where, then papers and results; neighbours typed side by side count more; a short name fits better; services
come before information when equally good.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

from django.db import connection

from motcua.agencies.rules.codes import code_list
from motcua.procedures.models import Listing
from motcua.procedures.rules.search.asking import Alternative, Asked, Concept, Pair, understood
from motcua.procedures.rules.search.everyday import Everyday, everyday
from motcua.procedures.rules.search.foreign import in_vietnamese
from motcua.procedures.rules.search.foreign import phrases as foreign_phrases
from motcua.procedures.rules.search.matching import Reason, reasons
from motcua.procedures.rules.search.suggesting import suggestions
from motcua.procedures.vocabulary import known

PAGE = 20
GOOD = 0.5
"""A find must be at least so good as a share of the best."""
SCALE = 10_000

_WEIGHTS = (("A", 1.0), ("AB", 0.8), ("ABCD", 0.3))


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; an empty one narrows nothing."""

    life_event: str = ""
    field: str = ""
    ministry: str = ""
    level: str = ""

    @property
    def any(self) -> bool:
        """Tell whether anything is narrowed."""
        return any(getattr(self, item.name) for item in fields(self))


@dataclass(frozen=True)
class Hit:
    """A row that was found, and why."""

    row: Listing
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Finding:
    """A page of what was found, how much there is in all and by each filter, and where the next page begins."""

    asked: Asked
    hits: tuple[Hit, ...] = ()
    total: int = 0
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    following: str = ""


def find(
    text: str, filters: Filters | None = None, *, after: str = "", counting: bool = True
) -> Finding:
    """Return a page of what fits the words and filters, the best first; without words, everything.

    A page that offers no filters needs no `counting` of what they would leave.
    """
    asked = understood(in_vietnamese(text, foreign_phrases()), known(), phrases())
    if text.strip() and not (asked.concepts or asked.code):
        return Finding(asked)
    statement, values = _statement(asked, filters or Filters(), after, counting=counting)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        told: list[tuple[str, str, int, int]] = cursor.fetchall()
    return _finding(asked, told)


@cache
def phrases() -> Everyday:
    """Return the everyday words of the catalogue."""
    return everyday(code_list("everyday_words"))


def _finding(asked: Asked, told: list[tuple[str, str, int, int]]) -> Finding:
    page = sorted((line for line in told if line[0] == "page"), key=lambda line: line[3])
    counts: dict[str, dict[str, int]] = {}
    for part, value, amount, _place in told:
        if part not in ("page", "all"):
            counts.setdefault(part, {})[value] = amount
    shown = page[:PAGE]
    rows = {row.code: row for row in Listing.objects.filter(code__in=[line[1] for line in shown])}
    hits = (
        Hit(rows[line[1]], tuple(_why(asked, rows[line[1]]))) for line in shown if line[1] in rows
    )
    return Finding(
        asked,
        tuple(hits),
        total=next((line[2] for line in told if line[0] == "all"), 0),
        counts=counts,
        following=f"{shown[-1][2]}:{shown[-1][1]}" if len(page) > PAGE else "",
    )


def _why(asked: Asked, row: Listing) -> Iterator[Reason]:
    yield from reasons(
        asked,
        phrases(),
        codes=row.codes,
        names=[row.name["vi"], row.name["en"]],
        keywords=[*row.keywords, row.short["vi"], row.short["en"]],
        agency=[*row.agency.values(), *row.audience.values()],
    )


# --- the statement --------------------------------------------------------------------------

_FILTERS = {
    "life_event": "%s = any(life_events)", "field": "%s = any(fields_of_law)",
    "ministry": "ministry = %s", "level": "level = %s",
}  # fmt: skip
_VALUES = {
    "life_event": "unnest(life_events)", "field": "unnest(fields_of_law)",
    "ministry": "ministry", "level": "level",
}  # fmt: skip


def _statement(
    asked: Asked, filters: Filters, after: str, *, counting: bool
) -> tuple[str, list[Any]]:
    """Return one statement whose lines are: part, value, amount, place."""
    made = _Made()
    made.say(
        'with scored as materialized (select code collate "C" as code, level, ministry, fields_of_law,'
    )
    made.say('life_events, "order", (')
    _score(made, asked)
    made.say(") as score from procedures_listing where ")
    _candidates(made, asked)
    if not counting:
        made.say("and")
        _narrow(made, filters, "")
    made.say("), found as materialized (select * from scored where score >= ")
    made.say("(select max(score) * %s from scored)), ", GOOD)
    made.say('page as (select code, score, row_number() over (order by score desc, "order", code)')
    made.say("as place from found where ")
    _narrow(made, filters, "")
    _from(made, after)
    made.say(f" order by place limit {PAGE + 1})")
    made.say("select 'page', code, score, place from page union all ")
    made.say("select 'all', '', count(*), 0 from found where ")
    _narrow(made, filters, "")
    for name, value in _VALUES.items() if counting else ():
        made.say(f"union all select '{name}', {value} as value, count(*), 0 from found where ")  # noqa: S608 - our own names
        _narrow(made, filters, name)
        made.say(" group by value")
    return made.text, made.values


class _Made:
    """A statement in the making, with its values beside it."""

    def __init__(self) -> None:
        self.text = ""
        self.values: list[Any] = []

    def say(self, text: str, *values: object) -> None:
        self.text += text + " "
        self.values += values


def _narrow(made: _Made, filters: Filters, but: str) -> None:
    """Say the filters; a filter's own counts show what choosing otherwise would bring."""
    made.say("true")
    for name, words in _FILTERS.items():
        value = getattr(filters, name)
        if value and name != but:
            made.say(f"and {words}", value)


def _from(made: _Made, after: str) -> None:
    """Say where the page begins: after the last row of the page before (keyset)."""
    score, _, code = after.partition(":")
    if not (score.isdigit() and code):
        return
    made.say('and (-score, "order", code) > (')
    made.say(
        '-%s::int, (select "order" from procedures_listing where code = %s), %s)', score, code, code
    )


def _candidates(made: _Made, asked: Asked) -> None:
    if asked.code:
        made.say("exists (select from unnest(codes) as own where own like %s)", f"%{asked.code}%")
    elif asked.concepts:
        made.say("words @@ %s::tsquery", _any_of(asked.telling))
    else:
        made.say("true")


def _score(made: _Made, asked: Asked) -> None:
    """Say the score: whole numbers, so that a page can begin after one."""
    if asked.code:
        made.say(
            "select max(case when own = %s then 300 when own like %s then 200 else 100 end)",
            asked.code,
            f"{asked.code}%",
        )
        made.say("from unnest(codes) as own where own like %s", f"%{asked.code}%")
        return
    if not asked.concepts:
        made.say("0")
        return
    made.say("((0")
    for concept in asked.concepts:
        _concept(made, concept)
    for pair in asked.pairs:
        _pair(made, pair)
    made.say("+ case when plain = %s then %s else 0 end)", " ".join(asked.typed), _SAME_NAME)
    made.say(f'* (1.25 - "order" / 1000.0) * (1 - 0.012 * least(length, 10)) * {SCALE})::int')


_SAME_NAME = 0.6


def _concept(made: _Made, concept: Concept) -> None:
    """Say what a concept adds: the best of its alternatives at the best place."""
    made.say("+ case")
    for worth, alternatives, weights in _worths(concept):
        query = " | ".join(_query(one, weights) for one in alternatives)
        made.say("when words @@ %s::tsquery then %s", query, round(worth * concept.weight, 4))
    made.say("else 0 end")


def _worths(concept: Concept) -> list[tuple[float, list[Alternative], str]]:
    """Return what would do, where, and its worth, best first: few steps, for each row walks down them.

    In the name every alternative counts by itself; elsewhere those side by side count alike.
    """
    close = [one for one in concept.alternatives if one.together]
    loose = [one for one in concept.alternatives if not one.together]
    best = max((one.factor for one in close), default=0.0)
    steps = [(one.factor, [one], "A") for one in close]
    steps += [(part * best, close, weights) for weights, part in _WEIGHTS[1:]]
    steps += [(_WEIGHTS[1][1] * loose[0].factor, loose, "AB")] if loose else []
    return sorted(_joined(steps), key=lambda step: -step[0])


def _joined(
    steps: list[tuple[float, list[Alternative], str]],
) -> list[tuple[float, list[Alternative], str]]:
    """Return the steps, those of one worth and place as one."""
    found: dict[tuple[float, str], list[Alternative]] = {}
    for worth, alternatives, weights in steps:
        found.setdefault((worth, weights), []).extend(alternatives)
    return [(worth, alternatives, weights) for (worth, weights), alternatives in found.items()]


def _pair(made: _Made, pair: Pair) -> None:
    """Say what two words typed side by side add where they stand side by side."""
    made.say("+ case")
    for weights, part in _WEIGHTS:
        worth = round(part * (_TOGETHER + pair.rarity), 4)
        made.say("when words @@ %s::tsquery then %s", _side_by_side(pair, weights), worth)
    made.say("else 0 end")


_TOGETHER = 0.3
"""What neighbours say at least together, beside what they say alone."""


def _side_by_side(pair: Pair, weights: str) -> str:
    return f"(({_either(pair.one, weights)}) <-> ({_either(pair.other, weights)}))"


def _either(concept: Concept, weights: str) -> str:
    return " | ".join(_query(alternative, weights) for alternative in concept.alternatives)


def _any_of(items: tuple[Concept | Pair, ...]) -> str:
    """Return what every find must have one of; loose words only where they count."""
    return " | ".join(
        _side_by_side(item, "ABCD") if isinstance(item, Pair) else _loosely(item) for item in items
    )


def _loosely(concept: Concept) -> str:
    return " | ".join(_query(one, "ABCD" if one.together else "AB") for one in concept.alternatives)


def _query(alternative: Alternative, weights: str) -> str:
    """Return the alternative in PostgreSQL's words; the words hold letters and digits only."""
    *before, last = alternative.words
    mark = "" if weights == "ABCD" else weights
    end = f":{'*' if alternative.unfinished else ''}{mark}"
    spelt = [f"'{word}':{mark}" if mark else f"'{word}'" for word in before]
    spelt.append(f"'{last}'{end if end != ':' else ''}")
    return f"({(' <-> ' if alternative.together else ' & ').join(spelt)})"


def nearest(text: str) -> list[str]:
    """Return what might have been meant by words that found nothing: services here, everyday words."""
    names = Listing.objects.exclude(slug="").values_list("name__vi", flat=True)
    return suggestions(text, [*phrases().shown.values(), *names])
