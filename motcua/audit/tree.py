"""The tree as the tables hold it: leaves, and of every 256 of a level the hash over them.

A root over a million leaves reads some hundred hashes, a proof some seven hundred, in at most four queries.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from django.db.models import Max, Q

from motcua.audit.models import Leaf, Stretch
from motcua.audit.rules.merkle import Span, whole

STEP = 8
"""Hashes are kept at every eighth level."""
TOP = 32


def size() -> int:
    """Return how many leaves there are."""
    last: int | None = Leaf.objects.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def look(spans: Sequence[Span]) -> Mapping[Span, bytes]:
    """Return the hashes of spans (a `merkle.Look`): one query for each kept level they lie above."""
    found: dict[Span, bytes] = {}
    for base, some in groupby(sorted(spans), key=_base):
        mine = list(some)
        kept = dict(_kept(base, [_below(span) for span in mine]))
        found |= {span: whole([kept[number] for number in _below(span)]) for span in mine}
    return found


def _base(span: Span) -> int:
    return span.level - span.level % STEP


def _below(span: Span) -> range:
    """Return the numbers, at the kept level below it, of what a span consists of."""
    width = span.level % STEP
    return range(span.number << width, (span.number + 1) << width)


def _kept(level: int, ranges: list[range]) -> Iterator[tuple[int, bytes]]:
    name = "index" if level else "position"
    wanted = Q()
    for one in ranges:
        wanted |= Q(**{f"{name}__gte": one.start, f"{name}__lt": one.stop})
    rows = Stretch.objects.filter(level=level) if level else Leaf.objects.all()
    for number, hashed in rows.filter(wanted).values_list(name, "hash"):
        yield number, bytes(hashed)


def complete(before: int, after: int) -> None:
    """Keep the hashes of what has become complete while the log grew from `before` to `after` leaves."""
    for level in range(STEP, TOP, STEP):
        done = [Span(level, index) for index in range(before >> level, after >> level)]
        if not done:
            return
        Stretch.objects.bulk_create(
            Stretch(level=span.level, index=span.number, hash=_whole_of_kept(span)) for span in done
        )


def _whole_of_kept(span: Span) -> bytes:
    below = range(span.number << STEP, (span.number + 1) << STEP)
    kept = dict(_kept(span.level - STEP, [below]))
    return whole([kept[number] for number in below])
