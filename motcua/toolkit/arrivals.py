"""What has arrived waits in many threads and is answered in one.

Only what has wholly arrived (`lines`) is put before Django, which works in one thread a process: there is one
connection a process, and nobody waits for somebody else's line (docs/why/0010-slow-lines-hold-nobody-up.md).

Of a crowd, as many are let in as can be answered in a second or two; the rest are asked to come back,
by themselves and with what they had filled in (docs/why/0034-a-crowd-waits-outside.md).
"""

from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import Any, BinaryIO

from motcua.toolkit.shield import shield

MEGABYTE = 1024 * 1024
LARGEST = 101 * MEGABYTE
"""All papers of a dossier together may have 100 MB (`documents`); the form around them a little more."""
IN_MEMORY = MEGABYTE
PIECES = "application/offset+octet-stream"
"""Bodies of which a part is worth keeping: pieces of a file, whose place is known (tus)."""

Environ = dict[str, Any]
App = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


def length_of(environ: Environ) -> int:
    """Return how long the body says it is; 0 for none or for what is no number."""
    told = str(environ.get("CONTENT_LENGTH") or "")
    return int(told) if told.isascii() and told.isdigit() else 0


@dataclass(frozen=True)
class Bounds:
    """How much one process lets in; what it lets in fits into its threads, and some are left over."""

    threads: int = 96
    receiving: int = 32
    """Bodies on their way at a time: a slow line keeps one of these, never a page."""
    receiving_from_one: int = 12
    """Of these from one address that is no proxy of ours."""
    looking: int = 40
    """Requests that wait for their answer when a further look is asked to come back; a second's work, or two."""
    acting: int = 56
    """The same for acts: who has filled in a form waits longer before being turned away."""


BOUNDS = Bounds()
NEVER_TURNED_AWAY = frozenset({"/healthz", "/readyz"})
LOOKS = frozenset({"GET", "HEAD", "OPTIONS"})

Busy = Callable[[Environ, BinaryIO, int], tuple[str, bytes]]
"""Says (kind, content) that the house is full: of the request, of what was posted, of the seconds to wait."""


def plainly_busy(_environ: Environ, _body: BinaryIO, seconds: int) -> tuple[str, bytes]:
    """Say in one line that the house is full."""
    return "text/plain; charset=utf-8", f"busy, come back in {seconds} s\n".encode()


class Hall:
    """Where requests wait, and are turned away when there are too many: with a word when to come again.

    Whoever is turned away has had no effect: it happens before Django sees the request.
    """

    def __init__(self, app: App, busy: Busy, bounds: Bounds, proxies: Collection[str]) -> None:
        """Put the application behind a door; what comes here has arrived whole."""
        self.app, self.busy, self.bounds, self.proxies = app, busy, bounds, proxies
        self.worker = ThreadPoolExecutor(1, thread_name_prefix="django")
        self.counting = Lock()
        self.waiting = 0
        self.turned_away = 0

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not self._may_wait(environ):
            body = environ.get("wsgi.input") or BytesIO()
            return self.turn_away(environ, start_response, body)
        return self._answered(environ, start_response)

    def _answered(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        said: list[tuple[Any, ...]] = []

        def start(*words: Any) -> None:
            said.append(words)

        try:
            answer = self.worker.submit(self.app, environ, start).result()
        finally:
            with self.counting:
                self.waiting -= 1
        start_response(*said[-1][:2])
        return answer

    def _may_wait(self, environ: Environ) -> bool:
        looks = environ["REQUEST_METHOD"] in LOOKS
        most = self.bounds.looking if looks else self.bounds.acting
        with self.counting:
            if self.waiting >= most and environ.get("PATH_INFO") not in NEVER_TURNED_AWAY:
                return False
            self.waiting += 1
        return True

    def turn_away(
        self, environ: Environ, start_response: Callable[..., Any], body: BinaryIO
    ) -> Iterable[bytes]:
        """Ask to come again, with what was posted on the page."""
        self.turned_away += 1
        seconds = 3 + self.turned_away % 8  # spread, so that they do not all come back together
        kind, content = self.busy(environ, body, seconds)
        headers = [
            ("Content-Type", kind), ("Content-Length", str(len(content))),
            ("Retry-After", str(seconds)), *shield().items(),
        ]  # fmt: skip
        if environ["REQUEST_METHOD"] in LOOKS:
            headers.append(("Refresh", str(seconds)))  # a look asks again by itself
        start_response("503 Service Unavailable", headers)
        return [content]


def in_one_thread(
    app: App, busy: Busy = plainly_busy, bounds: Bounds = BOUNDS, proxies: Collection[str] = ()
) -> Hall:
    """Return the application behind a door that lets in only as many requests as it can answer."""
    return Hall(app, busy, bounds, proxies)
