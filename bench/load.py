"""Closed loops without think time, in processes of their own, for a while."""

import multiprocessing
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bench.filing import Filer, FilingFailed
from bench.wire import Browser

PROCESSES = 2


@dataclass
class Told:
    """What one loop or all of them measured: seconds each time, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def add(self, other: "Told") -> None:
        self.seconds += other.seconds
        self.errors += other.errors

    def percentile(self, share: float) -> float:
        """Return the milliseconds that so large a share stayed below."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000 if ordered else 0.0


Once = Callable[[Browser], Callable[[], Any]]


def filing(browser: Browser) -> Callable[[], Any]:
    """Return what files once."""
    return Filer(browser).file


def reading(path: str) -> Once:
    """Return what opens a page once, without cookies."""

    def made(browser: Browser) -> Callable[[], Any]:
        def once() -> None:
            browser.forget()
            status = browser.get(path).status
            if status >= 400:
                raise FilingFailed(str(status))

        return once

    return made


def _loop(once: Callable[[], Any], until: float, told: Told) -> None:
    while time.monotonic() < until:
        begun = time.monotonic()
        try:
            once()
        except (FilingFailed, OSError) as wrong:
            told.errors.append(f"{type(wrong).__name__}: {wrong}")
        else:
            told.seconds.append(time.monotonic() - begun)


def _process(line: Any, make: Once, address: tuple[str, int], loops: int, until: float) -> None:
    tellings = [Told() for _ in range(loops)]
    threads = [
        threading.Thread(target=_loop, args=(make(Browser(*address)), until, told))
        for told in tellings
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = Told()
    for told in tellings:
        whole.add(told)
    line.send(whole)


def run(
    make: Once, address: tuple[str, int], clients: int, seconds: float,
    meanwhile: Callable[[], Any] = lambda: None,
) -> tuple[Told, Any]:  # fmt: skip
    """Let so many clients go round for so long; `meanwhile` is called in the middle of it."""
    fork = multiprocessing.get_context("fork")
    until = time.monotonic() + seconds
    shares = [clients // PROCESSES + (n < clients % PROCESSES) for n in range(PROCESSES)]
    started = []
    for share in filter(None, shares):
        ours, theirs = fork.Pipe(duplex=False)
        process = fork.Process(target=_process, args=(theirs, make, address, share, until))
        process.start()
        started.append((process, ours))
    time.sleep(seconds / 2)
    seen = meanwhile()
    whole = Told()
    for process, line in started:
        whole.add(line.recv())
        process.join()
    return whole, seen
