"""What `bench.queues` measures, inside its database.

The promise: 95 of 100 looks at the queue, its filters and its search take 40 ms of the server at most, at a million
dossiers. Measured twice: what the database is asked for, and the whole page as it leaves Django.
"""

import logging
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from bench.machine import Meter, OtherWork  # noqa: E402
from bench.queues_batch import MANY, prepared  # noqa: E402
from bench.queues_filling import fill  # noqa: E402
from motcua.agencies.loading import load_calendar  # noqa: E402
from motcua.agencies.models import Official  # noqa: E402
from motcua.agencies.queries import calendar_for  # noqa: E402
from motcua.desk.queues import narrowing  # noqa: E402
from motcua.desk.queues.asking import Asked  # noqa: E402
from motcua.desk.words import end_of_day, soon  # noqa: E402
from motcua.dossiers import queues, search  # noqa: E402
from motcua.dossiers.models import Dossier, Work  # noqa: E402
from motcua.dossiers.queue_conditions import TABS, Filters, When, Whose  # noqa: E402
from motcua.journeys.claiming import whose_queue  # noqa: E402
from motcua.journeys.looking import posts_handling  # noqa: E402
from motcua.procedures.operations import publish_folder  # noqa: E402
from motcua.procedures.rules.catalogue import folders  # noqa: E402
from motcua.toolkit.clock import now  # noqa: E402
from motcua.toolkit.loaded import leave_to_itself  # noqa: E402
from tests.signing_in import as_official  # noqa: E402

ROUNDS = 25
WITHIN = 0.040  # seconds
PHONE = "0912345678"


def main(count: int) -> int:
    """Fill, measure, print; return 1 when the promise is broken."""
    logging.disable(logging.INFO)
    call_command("migrate", verbosity=0)
    load_calendar(settings.CATALOGUE / "calendars")
    for place in folders(Path(settings.CATALOGUE)):
        if "versions" not in place.parts:
            publish_folder(folder=place, at=now())
    begun = time.perf_counter()
    official = fill(count)
    leave_to_itself()  # as the web server does
    print(
        f"## {count:,} dossiers\n\nFilled in {time.perf_counter() - begun:.0f} s. In the large commune"
        f" {Dossier.objects.filter(agency=1).count():,} dossiers and {Work.objects.filter(agency=1).count():,}"
        " rows of open work.\n"
    )
    others = OtherWork({os.getppid()})
    print("| what | p50 | p95 | at best | processor |\n|---|---|---|---|---|")
    best = [_row(name, look) for name, look in _looks(official)]
    best += [_row(f"page {name}", look) for name, look in _pages(official)]
    _received_together()
    p95 = _p95(best)
    print(
        f"\nEach look and page at its best: p95 {p95 * 1000:.1f} ms. Others kept {others.cores():.1f} cores busy.\n"
    )
    return 0 if p95 <= WITHIN else 1


def _looks(official: Official) -> list[tuple[str, Callable[[], object]]]:
    at = now()
    whose = whose_queue(official, posts_handling(official, at))
    when = When(at, end_of_day(at), soon(at, calendar_for("31")))
    code = Dossier.objects.filter(agency=1).order_by("?").values_list("code", flat=True)[:1].get()
    filters = Filters(channel="online", due_from=at.date())
    return [
        ("counts of all tabs", lambda: queues.counts(whose, when)),
        ("counts under filters, with five saved views", lambda: _counted(whose, when, filters)),
        *((f"tab {tab}", lambda tab=tab: queues.page(whose, when, tab=tab)) for tab in TABS),
        ("filtered, newest first", lambda: _filtered(whose, when, filters)),
        ("a deep page", _deep(whose, when)),
        ("what can be filtered by", lambda: narrowing.picks(Asked(choosing=True), whose, official.pk)),
        *((f"search “{text}”", lambda text=text: search.found_by_officials(text, [1])) for text in (
            code, code[:12], code.rsplit("-", 1)[1], "nguyễn", "nguyen thi mai", "tran minh an",
            "ly gia yen", "ho huu tu", "khong co ai", PHONE, "0912345", "030196004321",
        )),
    ]  # fmt: skip


def _counted(whose: Whose, when: When, filters: Filters) -> object:
    return queues.counts(whose, when, filters, [("late", filters)] * 5)


def _filtered(whose: Whose, when: When, filters: Filters) -> object:
    return queues.page(whose, when, filters=filters, sort="newest")


def _deep(whose: Whose, when: When) -> Callable[[], object]:
    rows = Work.objects.filter(agency=1).exclude(role="").order_by("due_at", "pk")
    last = rows[rows.count() * 3 // 4]
    return lambda: queues.page(whose, when, after=queues.mark(last, "due"))


def _pages(official: Official) -> list[tuple[str, Callable[[], object]]]:
    client = Client(HTTP_HOST="localhost")
    as_official(client, official)
    asked = ("", "?muc=tre-han", "?kenh=online&xep=moi-den", "?q=nguyen+thi+mai", f"?q={PHONE}")
    return [
        (f"/can-bo/{query}", lambda query=query: client.get(f"/can-bo/{query}")) for query in asked
    ]


def _received_together() -> None:
    client, form = prepared()
    batch = {**form, "key": str(uuid4())}
    meter = Meter(os.getppid())
    took = _timed(lambda: client.post("/can-bo/hang-loat/", batch))
    used = sum(meter.read().values())
    again = _timed(lambda: client.post("/can-bo/hang-loat/", batch))
    print(
        f"\n{MANY} dossiers received by one batch: {took:.1f} s, {used:.1f} s of processor;"
        f" the same batch again: {again:.1f} s."
    )


def _row(name: str, look: Callable[[], object]) -> float:
    """Measure one look; return its best. Processor: this process and the database's, a mean of all rounds."""
    look()
    meter = Meter(os.getppid())
    took = [_timed(look) for _ in range(ROUNDS)]
    used = sum(meter.read().values()) / ROUNDS
    told = (statistics.median(took), _p95(took), min(took), used)
    print(f"| {name} | {' | '.join(f'{seconds * 1000:.1f} ms' for seconds in told)} |", flush=True)
    return min(took)


def _p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
