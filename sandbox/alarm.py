"""Work that falls due: sleeps until the next moment or a call, never polls."""

import asyncio
import logging
import time
from collections.abc import Callable

_log = logging.getLogger("sandbox")
_AFTER_A_FAILURE = 1.0  # seconds before a loop that stumbled tries again


class Alarm:
    """Runs `work` whenever something is due.

    `work` does what is due now and returns the moment (epoch seconds) of the next thing, or None
    when nothing is planned. `wake` makes it look again at once.
    """

    def __init__(self, name: str, work: Callable[[], float | None]) -> None:
        self._name = name
        self._work = work
        self._called = asyncio.Event()

    def wake(self) -> None:
        self._called.set()

    async def run(self) -> None:
        while True:
            self._called.clear()
            try:
                due = self._work()
            except Exception:  # noqa: BLE001 - one failure must not end the work for good
                _log.exception("%s stumbled", self._name)
                due = time.time() + _AFTER_A_FAILURE
            await self._sleep_until(due)

    async def _sleep_until(self, due: float | None) -> None:
        wait = None if due is None else max(0.0, due - time.time())
        try:
            await asyncio.wait_for(self._called.wait(), wait)
        except TimeoutError:
            return
