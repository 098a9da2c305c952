"""What `bench.looking_up` measures, inside its database.

The promises: 2,600 records are taken in within 30 s; over 6,000 procedures 95 of 100 searches take 30 ms at most.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django
import yaml

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from bench.machine import Meter, OtherWork  # noqa: E402
from motcua.procedures.models import Listing  # noqa: E402
from motcua.procedures.operations import publish_folder  # noqa: E402
from motcua.procedures.records import import_records, list_anew  # noqa: E402
from motcua.procedures.rules.catalogue import folders  # noqa: E402
from motcua.procedures.search import Filters, find  # noqa: E402
from motcua.toolkit.clock import now  # noqa: E402
from tests.national_records import write  # noqa: E402

RECORDS, PROCEDURES, ROUNDS = 2_600, 6_000, 7
IMPORT_WITHIN, SEARCH_WITHIN = 30.0, 0.030  # seconds
COMMON = (
    "giấy phép hoạt động",
    "cap lai giay chung nhan",
    "đăng ký kế hoạch",
    "tau ca",
    "so xay dung",
)
SEARCHES = Path("tests/catalogue/search.yaml")


def main(folder: Path) -> int:
    """Measure both; return 1 when a promise is broken."""
    call_command("migrate", verbosity=0)
    for place in folders(Path(settings.CATALOGUE)):
        if "versions" not in place.parts:
            publish_folder(folder=place, at=now())
    kept = [_importing(folder / "records"), _searching()]
    return 0 if all(kept) else 1


def _importing(folder: Path) -> bool:
    write(folder, range(RECORDS))
    meter, others = Meter(os.getppid()), OtherWork({os.getppid()})
    took = _timed(lambda: import_records(places=[folder], at=now()))
    used = sum(meter.read().values())
    print(
        f"{RECORDS} new records: {took:.1f} s, {used:.1f} s of processor; others kept {others.cores():.1f} cores busy"
    )
    again = _timed(lambda: import_records(places=[folder], at=now()))
    print(f"the same again: {again:.1f} s")
    write(folder, range(RECORDS, PROCEDURES))
    import_records(places=[folder], at=now())
    anew = _timed(lambda: list_anew(codes=Path(settings.CATALOGUE) / "codes"))
    print(f"{PROCEDURES} records listed anew: {anew:.1f} s")
    return took <= IMPORT_WITHIN


def _searching() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze procedures_listing")
    find("khai sinh")  # the words are learnt once a process
    print(f"{Listing.objects.count()} procedures are listed")
    others = OtherWork({os.getppid()})
    words = [_rounds(text, Filters()) for text in _typed()]
    narrowed = [_rounds(text, Filters(level="info")) for text in _typed()]
    browsed = [
        _rounds("", Filters(life_event=event), counting=False)
        for event in ("birth", "other", "work")
    ]
    for name, took in (("words", words), ("narrowed", narrowed), ("occasions", browsed)):
        print(f"{name}: {_told(took)}")
    print(f"others kept {others.cores():.1f} cores busy")
    return _p95([min(rounds) for rounds in words]) <= SEARCH_WITHIN


def _typed() -> list[str]:
    """Return what people type, and words that stand in hundreds of the invented records."""
    asked = yaml.safe_load(SEARCHES.read_text(encoding="utf-8"))["services"]
    return [item["typed"] for item in asked] + list(COMMON)


def _rounds(text: str, filters: Filters, *, counting: bool = True) -> list[float]:
    return [_timed(lambda: find(text, filters, counting=counting)) for _ in range(ROUNDS)]


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]


def _told(took: list[list[float]]) -> str:
    every = [seconds for rounds in took for seconds in rounds]
    best = [min(rounds) for rounds in took]
    return (
        f"{len(every)} searches, p50 {statistics.median(every) * 1000:.1f} ms, p95 {_p95(every) * 1000:.1f} ms; "
        f"each at its best p95 {_p95(best) * 1000:.1f} ms"
    )


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
