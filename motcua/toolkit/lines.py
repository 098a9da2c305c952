"""Requests are received here: without a thread, in bounded time, and handed on once they are whole.

A phone on a bad line may need minutes for a photograph, and whoever means harm would never end. So a body is waited
for while it moves (`Patience`): each kilobyte buys a second, never more than half a minute ahead. Who stops, or drips,
is told 408 and hung up on; of pieces of files what came is kept. Heads and lines that say nothing are the web server's
(`config.start`). What has arrived is answered by `arrivals` (docs/why/0010-slow-lines-hold-nobody-up.md).
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, cast

from motcua.toolkit.arrivals import IN_MEMORY, LARGEST, PIECES, App, Environ, Hall, length_of

if TYPE_CHECKING:
    from granian._granian import RSGIHTTPProtocol as HTTPProtocol
    from granian.rsgi import Scope

FORM = 65_536
"""A body of so many bytes needs no place among those on their way: it costs no more than its line."""


@dataclass(frozen=True)
class Pace:
    """How slowly bodies may come, and answers be taken."""

    ahead: float = 30.0
    """Seconds that the next bytes are waited for, at most."""
    rate: int = 1024
    """Bytes that buy a second: 8 kbit/s, a tenth of the oldest mobile data."""
    in_all: float = 3600.0
    """Seconds for a whole body; 100 MB of papers need 35 minutes at 400 kbit/s."""
    taking: float = 120.0
    """Seconds in which a piece of an answer is to be taken."""


PACE = Pace()


class Patience:
    """Until when the next bytes of one body are waited for, in seconds of a clock that only goes on."""

    def __init__(self, pace: Pace, at: float) -> None:
        """Begin to wait."""
        self.pace = pace
        self.until, self.end = at + pace.ahead, at + pace.in_all

    def got(self, size: int, at: float) -> float:
        """Note that bytes came; return until when the next ones are waited for."""
        bought = self.until + size / self.pace.rate
        self.until = min(bought, at + self.pace.ahead, self.end)
        return self.until


class _Closing(Protocol):
    def close(self) -> None: ...


@dataclass(frozen=True)
class _Answer:
    status: int
    headers: list[tuple[str, str]]
    content: Iterable[bytes]
    streams: bool


class Lines:
    """What the web server calls: receives a request, hands it on to the WSGI callable, gives back its answer."""

    def __init__(self, app: App, hall: Hall, pace: Pace = PACE) -> None:
        """Receive for this callable; of large bodies as many at a time as the hall's bounds say."""
        self.app, self.hall, self.pace = app, hall, pace
        self.threads = ThreadPoolExecutor(hall.bounds.threads, thread_name_prefix="waits")
        self.receiving: Counter[str] = Counter()  # touched in the loop's one thread only

    async def __rsgi__(self, scope: "Scope", proto: "HTTPProtocol") -> None:
        """Answer one request."""
        environ = environ_of(scope)
        if not length_of(environ):
            await self._answer(self.app, environ, proto)
        elif self._may_send(environ):
            await self._receive(environ, proto)
        else:
            turn_away = partial(self.hall.turn_away, body=BytesIO())
            await self._answer(turn_away, environ, proto)

    async def _receive(self, environ: Environ, proto: "HTTPProtocol") -> None:
        place = Counter([self._address(environ)] if length_of(environ) > FORM else [])
        self.receiving += place
        try:
            body, missing, late = await self._whole(length_of(environ), proto)
        finally:
            self.receiving -= place
        if missing and environ.get("CONTENT_TYPE") != PIECES:
            # Half a form would be read as a form with fewer answers.
            proto.response_empty(408 if late else 400, [("connection", "close")])
            return
        environ["wsgi.input"] = body
        await self._answer(self.app, environ, proto)

    async def _whole(self, left: int, proto: "HTTPProtocol") -> tuple[BinaryIO, int, bool]:
        """Return the body once it is here, the line was cut or took too long; how many bytes are missing; whether late.

        Nothing is taken of one that is too long: Django then says so.
        """
        if left > LARGEST:
            return BytesIO(), 0, False
        kept = cast("BinaryIO", SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115 - Django reads and closes it
        clock = asyncio.get_running_loop().time
        patience = Patience(self.pace, clock())
        try:
            async with asyncio.timeout_at(patience.until) as bound:
                async for piece in cast("AsyncIterator[bytes]", proto):
                    kept.write(piece)
                    left -= len(piece)
                    bound.reschedule(patience.got(len(piece), clock()))
        except TimeoutError:
            late = True
        else:
            late = False
        kept.seek(0)
        return kept, left, late

    async def _answer(self, app: App, environ: Environ, proto: "HTTPProtocol") -> None:
        answer = await self._in_thread(_asked, app, environ)
        if answer.streams:
            await self._stream(answer, proto)
        else:
            content = b"".join(answer.content)
            proto.response_bytes(answer.status, answer.headers, content)

    async def _stream(self, answer: _Answer, proto: "HTTPProtocol") -> None:
        """Give an answer piece by piece, each read when the one before was taken; hang up on who takes none."""
        line = proto.response_stream(answer.status, answer.headers)
        pieces = iter(answer.content)
        try:
            # The line's own error, when it was cut, is a RuntimeError.
            with suppress(TimeoutError, RuntimeError):
                while piece := await self._in_thread(next, pieces, b""):
                    async with asyncio.timeout(self.pace.taking):
                        await line.send_bytes(piece)
        finally:
            await self._in_thread(_close, answer.content)

    async def _in_thread(self, work: Any, *given: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self.threads, work, *given)

    def _may_send(self, environ: Environ) -> bool:
        address, bounds = self._address(environ), self.hall.bounds
        few = self.receiving[address] < bounds.receiving_from_one or not address
        return length_of(environ) <= FORM or (few and self.receiving.total() < bounds.receiving)

    def _address(self, environ: Environ) -> str:
        """Return from where a body comes; a proxy of ours sends for many and counts as none."""
        address = str(environ["REMOTE_ADDR"])
        return "" if address in self.hall.proxies else address


def _asked(app: App, environ: Environ) -> _Answer:
    """Ask the callable; what is no stream is read to its end and closed."""
    said: list[tuple[Any, ...]] = []
    content = app(environ, lambda *words: said.append(words))
    status, headers = said[-1][:2]
    code = int(status.partition(" ")[0])
    if getattr(content, "streaming", False):
        return _Answer(code, headers, content, streams=True)
    whole = list(content)
    _close(content)
    return _Answer(code, headers, whole, streams=False)


def _close(content: object) -> None:
    if hasattr(content, "close"):
        cast("_Closing", content).close()


def environ_of(scope: "Scope") -> Environ:
    """Return a request as WSGI tells it (PEP 3333), without a body.

    A header whose name holds an underscore is left out: it would pass for the one with a dash, which a proxy sets.
    """
    host, _, port = scope.server.rpartition(":")
    environ: Environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **_headers(scope),
    }
    environ.setdefault("HTTP_HOST", scope.authority or "")
    return environ


def _headers(scope: "Scope") -> dict[str, str]:
    """Return the headers under their WSGI names; what comes twice is joined, so that nothing is silently chosen."""
    told: dict[str, str] = {}
    for name, value in scope.headers.items():
        if "_" in name:
            continue
        plain = name.upper().replace("-", "_")
        key = plain if plain in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{plain}"
        between = "; " if key == "HTTP_COOKIE" else ","
        told[key] = f"{told[key]}{between}{value}" if key in told else value
    return told
