"""A small application behind the door of the real one: it tells the length of the body and of the last one posted."""

import threading
from collections.abc import Iterable
from typing import Any

from motcua.toolkit.arrivals import in_one_thread

_POSTED = [0]


def _answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    body = environ["wsgi.input"].read()
    told = f"{len(body)} {threading.current_thread().name} {_POSTED[-1]}"
    if environ["REQUEST_METHOD"] == "POST":
        _POSTED.append(len(body))
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [told.encode()]


application = in_one_thread(_answer)
