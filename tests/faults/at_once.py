"""The same thing done by several processes at the same moment."""

import multiprocessing
import os
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from django.db import connections

WITHIN = 60  # seconds


def in_processes(count: int, work: Callable[[int], Any], within: float = WITHIN) -> list[Any]:
    """Call `work(number)` in so many processes, all beginning together; return what each returned.

    Each process has connections of its own. Raises AssertionError when one fails or takes too long.
    """
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    start = fork.Barrier(count)
    lines, started = [], []
    for number in range(count):
        ours, theirs = fork.Pipe(duplex=False)
        process = fork.Process(target=_one, args=(start, theirs, work, number), daemon=True)
        process.start()
        theirs.close()
        lines.append(ours)
        started.append(process)
    try:
        told = [_heard(line, within) for line in lines]
    finally:
        for process in started:
            process.kill()
            process.join()
    failed = [trouble for _, trouble in told if trouble]
    assert not failed, failed[0]
    return [result for result, _ in told]


def _heard(line: Connection, within: float) -> tuple[Any, str]:
    assert line.poll(within), f"a process did not end within {within} s"
    result: tuple[Any, str] = line.recv()
    return result


def _one(start: Any, line: Connection, work: Callable[[int], Any], number: int) -> None:
    try:
        start.wait(WITHIN)
        line.send((work(number), ""))
    except BaseException:  # noqa: BLE001 - told to the test, which fails
        line.send((None, traceback.format_exc()))
    finally:
        line.close()
        os._exit(0)  # nothing of the test's own process is tidied up here
