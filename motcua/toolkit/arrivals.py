"""Requests arrive in many threads and are answered in one.

A phone on a bad line may need minutes to send a photograph. Whoever receives it can do nothing else
meanwhile, so receiving is done by threads that hold no connection to the database, and only what has
wholly arrived is put before Django, which works in one thread a process: there is one connection a
process, and nobody waits for somebody else's line (docs/why/0010-slow-lines-hold-nobody-up.md). What
was cut off is dropped, but for pieces of files: what came of them is kept.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import Any

MEGABYTE = 1024 * 1024
LARGEST = 101 * MEGABYTE
"""All papers of a dossier together may have 100 MB (`documents`); the form around them a little more."""
IN_MEMORY = MEGABYTE
PIECE = 65_536
PIECES = "application/offset+octet-stream"
"""Bodies of which a part is worth keeping: pieces of a file, whose place is known (tus)."""

Environ = dict[str, Any]
App = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


def length_of(environ: Environ) -> int:
    """Return how long the body says it is; 0 for none or for what is no number."""
    told = str(environ.get("CONTENT_LENGTH") or "")
    return int(told) if told.isascii() and told.isdigit() else 0


def in_one_thread(app: App) -> App:
    """Return the application behind a door at which requests arrive whole."""
    worker = ThreadPoolExecutor(1, thread_name_prefix="django")

    def arrive(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ["wsgi.input"], missing = _whole(environ)
        if missing and environ.get("CONTENT_TYPE") != PIECES:
            # Half a form would be read as a form with fewer answers. Nobody is there to be told.
            start_response("400 Bad Request", [("Content-Length", "0")])
            return []
        said: list[tuple[Any, ...]] = []

        def start(*words: Any) -> None:
            said.append(words)

        answer = worker.submit(app, environ, start).result()
        start_response(*said[-1][:2])
        return answer

    return arrive


def _whole(environ: Environ) -> tuple[Any, int]:
    """Return the body once it is all here or the line was cut, and how many bytes are missing.

    Nothing is taken of one that is too long: Django then says so.
    """
    left = length_of(environ)
    if not 0 < left <= LARGEST:
        return BytesIO(), 0
    line, kept = environ["wsgi.input"], SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - Django reads and closes it
    while left and (piece := line.read(min(PIECE, left))):
        kept.write(piece)
        left -= len(piece)
    kept.seek(0)
    return kept, left
