"""A bad line: a TCP proxy between a client and a server that is slow, far away, loses packets, and is cut.

    with BadLine(port, rate=50_000, delay=1.0, loss=0.03, cuts=[200_000, 300_000]) as line:
        open_page(f"http://127.0.0.1:{line.port}/")
    assert line.up < 500_000

Everything is of one line: all connections share its rate, and a cut ends all of them. What is lost is
sent again by TCP, so a loss shows as a pause. It runs in a thread of its own; chance has a seed.
"""

import asyncio
import random
import threading
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

PACKET = 1400
"""Bytes of data that one packet carries."""
WINDOW = 16_384
"""Bytes that the proxy's own sockets hold, so that a sender soon feels how slow the line is."""
SENT_AGAIN_AFTER = 0.2
"""Seconds beside a round trip until TCP sends a lost packet again."""


class BadLine:
    """`rate` in bytes a second each way (0: as fast as it goes), `delay` in seconds one way, `loss` a part of 1.

    `cuts`: after so many bytes upward since the cut before, everything is cut off (with `silent`: no side
    is told, nothing more arrives). `up` and `down` count all bytes that were sent into the line.
    """

    def __init__(
        self, to: int, *, host: str = "127.0.0.1", rate: float = 0, delay: float = 0, loss: float = 0,
        cuts: Sequence[int] = (), silent: bool = False, seed: int = 1,
    ) -> None:  # fmt: skip
        self.to, self.host = to, host
        self.rate, self.delay, self.loss, self.silent = rate, delay, loss, silent
        self.cuts = deque(cuts)
        self.up = self.down = self.made = 0
        self.port = 0
        self.whole = threading.Event()
        """Unset: no connection is made, as where there is no network."""
        self.whole.set()
        self._since_cut = 0
        self._chance = random.Random(seed)
        self._free = {"up": 0.0, "down": 0.0}
        self._open: set[asyncio.Transport] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._ready = threading.Event()

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, wrong: BaseException | None, where: TracebackType | None
    ) -> None:  # fmt: skip
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    @property
    def url(self) -> str:
        """The address of the far side, by this line."""
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Cut every connection now."""
        self._loop.call_soon_threadsafe(self._cut)

    def goes_down(self) -> None:
        """Let there be no network until `comes_back`."""
        self.whole.clear()
        self.cut()

    def comes_back(self) -> None:
        self.whole.set()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            asyncio.start_server(self._connected, "127.0.0.1", 0, limit=WINDOW)
        )
        for listening in server.sockets:
            listening.setsockopt(1, 8, WINDOW)  # SOL_SOCKET, SO_RCVBUF: those it accepts inherit it
            self.port = listening.getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        self._cut()
        server.close()
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self.whole.is_set():
            writer.transport.abort()
            return
        try:
            there, back = await asyncio.open_connection(self.host, self.to, limit=WINDOW)
        except OSError:
            writer.transport.abort()
            return
        ends = {writer.transport, back.transport}
        self._open |= ends  # type: ignore[arg-type] - the transports of sockets
        ways = [self._carry("up", reader, back), self._carry("down", there, writer)]
        with suppress(asyncio.CancelledError):  # the line itself is taken down
            await asyncio.gather(*ways)
        self._open -= ends  # type: ignore[operator]
        for end in ends:
            end.close()

    async def _carry(
        self, way: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Carry one direction: taken in at the rate, handed on when its time has come."""
        travelling: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        hand = asyncio.ensure_future(self._hand_on(travelling, writer))
        arrives, piece = 0.0, b"-"
        try:
            while piece:
                piece = await reader.read(PACKET if self.rate else WINDOW)
                await self._take_turn(way, len(piece))
                piece, cut = self._counted(way, piece)
                arrives = max(arrives, time.monotonic() + self.delay + self._lost(piece))
                travelling.put_nowait((arrives, piece))
                if cut:
                    await asyncio.sleep(self.delay)
                    self._cut()
            await hand
        except OSError:
            hand.cancel()

    @staticmethod
    async def _hand_on(
        travelling: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter
    ) -> None:
        with suppress(OSError):  # cut, or gone
            while True:
                arrives, piece = await travelling.get()
                await asyncio.sleep(arrives - time.monotonic())
                if not piece:
                    return writer.write_eof()
                writer.write(piece)
                await writer.drain()

    async def _take_turn(self, way: str, size: int) -> None:
        """Wait until the line has room for so many bytes: all connections share it."""
        if not self.rate:
            return
        begins = max(self._free[way], time.monotonic())
        self._free[way] = begins + size / self.rate
        await asyncio.sleep(self._free[way] - time.monotonic())

    def _counted(self, way: str, piece: bytes) -> tuple[bytes, bool]:
        """Count a piece; return what of it is still carried, and whether the line is cut after it."""
        if way == "down":
            self.down += len(piece)
            return piece, False
        self.up += len(piece)
        self._since_cut += len(piece)
        over = self._since_cut - self.cuts[0] if self.cuts else -1
        if over < 0:
            return piece, False
        self.cuts.popleft()
        self._since_cut = 0
        return piece[: len(piece) - over], True

    def _lost(self, piece: bytes) -> float:
        """Return the pause that losing a packet costs; mostly 0."""
        packets = -(-len(piece) // PACKET)
        lost = sum(self._chance.random() < self.loss for _ in range(packets)) if self.loss else 0
        return lost * (2 * self.delay + SENT_AGAIN_AFTER)

    def _cut(self) -> None:
        self.made += 1
        ends, self._open = self._open, set()
        for end in ends:
            if self.silent:
                end.pause_reading()
            else:
                end.abort()
