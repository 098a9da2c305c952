"""`make bench`: measures, prints and writes bench/results/<version>.md."""

import os
import re
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench import beside, load, report
from bench.filing import START, Filer
from bench.machine import Meter, OtherWork, memory
from bench.product import Product, started
from bench.weight import Weight, weigh
from bench.wire import Browser
from motcua.toolkit.sealing import KeyRing

QUICK = bool(os.environ.get("QUICK"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "10" if QUICK else "60"))
READ_SECONDS = 3.0 if QUICK else 8.0
LEVELS = (1, 4, 16)
ONE_BY_ONE = 10 if QUICK else 30
_STATE = re.compile(r"/theo-doi/[^/\s]+/[0-9A-Za-z]{8}/")
TOO_MUCH = 0.2  # cores of others' work


@dataclass
class Level:
    """One level of load."""

    clients: int
    seconds: float
    told: load.Told
    drain: float
    used: dict[str, float]
    others: float

    @property
    def rate(self) -> float:
        """Completed filings a second."""
        return len(self.told.seconds) / self.seconds

    @property
    def sustained(self) -> float:
        """Filings a second when the background work must be done too."""
        return len(self.told.seconds) / (self.seconds + self.drain)

    def cpu(self, kind: str = "") -> float:
        """Milliseconds of processor time per filing."""
        spent = self.used.get(kind, 0.0) if kind else sum(self.used.values())
        return spent / max(1, len(self.told.seconds)) * 1000


@dataclass
class Results:
    """All that was measured."""

    cold_start: float = 0.0
    later_start: float = 0.0
    idle: dict[str, float] = field(default_factory=dict)
    loaded: dict[str, float] = field(default_factory=dict)
    levels: list[Level] = field(default_factory=list)
    forms: dict[int, load.Told] = field(default_factory=dict)
    states: dict[int, load.Told] = field(default_factory=dict)
    read_seconds: float = READ_SECONDS
    background: load.Told = field(default_factory=load.Told)
    receipt: load.Told = field(default_factory=load.Told)
    weights: list[Weight] = field(default_factory=list)
    bare: dict[int, float] = field(default_factory=dict)
    database: dict[int, float] = field(default_factory=dict)
    growth: float = 0.0
    notes: list[str] = field(default_factory=list)


def measure(product: Product) -> Results:
    """Measure all of it, the quiet things first."""
    found = Results(product.cold_start, product.later_start)
    address = ("127.0.0.1", product.installation.port)
    time.sleep(8)
    found.idle = memory(product.root)
    state = _warm(product, Filer(Browser(*address)))
    found.weights = _weights(Browser(*address), state)
    _one_by_one(product, address, found)
    for clients in LEVELS:
        found.levels.append(_level(product, address, clients, found))
    found.growth = _growth(product)
    for clients in LEVELS:
        _reads(address, clients, state, found)
    for clients in (4, 16):
        found.bare[clients] = beside.server_rate(clients, READ_SECONDS)
        found.database[clients] = beside.database_rate(product, clients, max(2, int(READ_SECONDS)))
    found.notes = _notes(found)
    return found


def _warm(product: Product, filer: Filer) -> str:
    """File a few times, so that every process has read what it remembers.

    Returns the address of a filing's public state, as its message tells it.
    """
    codes = [filer.file() for _ in range(20)]
    product.drain()
    told = product.ask("select body from notices_notice where subject = %s", codes[0])
    keys = KeyRing(product.installation.home / "secrets" / "sealing")
    bodies = (keys.unseal(bytes(body), b"notices_notice.body").decode() for (body,) in told)
    found = map(_STATE.search, bodies)
    return next(match[0] for match in found if match)


def _one_by_one(product: Product, address: tuple[str, int], found: Results) -> None:
    """File one at a time; how long until its messages are handed over, and until its PDF is there."""
    filer = Filer(Browser(*address))
    for _ in range(ONE_BY_ONE):
        code = filer.file()
        begun = time.monotonic()
        while not _handed_over(product, code):
            time.sleep(0.005)
        found.background.seconds.append(time.monotonic() - begun)
        begun = time.monotonic()
        answer = filer.browser.get(f"/bien-nhan/{code}.pdf")
        if answer.status == 200:
            found.receipt.seconds.append(time.monotonic() - begun)
        else:
            found.receipt.errors.append(str(answer.status))


def _handed_over(product: Product, code: str) -> bool:
    told = product.ask(
        "select count(*) > 0 and bool_and(state not in ('queued', 'failed'))"
        " from notices_notice where subject = %s",
        code,
    )
    return bool(told[0][0])


def _level(product: Product, address: tuple[str, int], clients: int, found: Results) -> Level:
    others, meter = OtherWork({product.root, product.sink.pid, os.getpid()}), Meter(product.root)
    told, middle = load.run(load.filing, address, clients, SECONDS, lambda: memory(product.root))
    drain = product.drain()
    if clients == 4:
        found.loaded = middle
    return Level(clients, SECONDS, told, drain, meter.read(), others.cores())


def _reads(address: tuple[str, int], clients: int, state: str, found: Results) -> None:
    found.forms[clients], _ = load.run(load.reading(START), address, clients, READ_SECONDS)
    found.states[clients], _ = load.run(load.reading(state), address, clients, READ_SECONDS)


def _weights(browser: Browser, state: str) -> list[Weight]:
    pages = {
        "home": "/",
        "service": "/dich-vu/khai-sinh-lien-thong/",
        "form": START,
        "tracking": state,
    }
    return [weigh(browser, name, path) for name, path in pages.items()]


def _growth(product: Product) -> float:
    """Return the KB the database has grown by per filing; the files lie outside."""
    size, filed = product.ask(
        "select pg_database_size('motcua'), (select count(*) from dossiers_dossier)"
    )[0]
    return float(size - product.size_before) / max(1, filed) / 1024


def _notes(found: Results) -> list[str]:
    notes = [
        f"**Disturbed**: others kept {level.others:.2f} core busy at {level.clients} clients."
        for level in found.levels
        if level.others > TOO_MUCH
    ]
    notes += [
        f"{len(level.told.errors)} errors at {level.clients} clients, first: {level.told.errors[0]}"
        for level in found.levels
        if level.told.errors
    ]
    return notes


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder:
        Path(folder).chmod(0o755)
        with started(Path(folder) / "home") as product:
            report.write(measure(product))


if __name__ == "__main__":
    main()
