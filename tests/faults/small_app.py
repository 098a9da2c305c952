"""A small application behind the door of the real one: it tells the length of the body and of the last one posted.

At `/slow` it takes its time, as a page does that asks the database.
"""

import threading
import time
from collections.abc import Iterable
from typing import Any

from motcua.toolkit.arrivals import in_one_thread
from motcua.toolkit.lines import Lines, Pace

SECONDS = 0.01
_POSTED = [0]


def _answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    body = environ["wsgi.input"].read()
    if environ["PATH_INFO"] == "/slow":
        time.sleep(SECONDS)
    told = f"{len(body)} {threading.current_thread().name} {_POSTED[-1]} {len(_POSTED)}"
    if environ["REQUEST_METHOD"] == "POST":
        _POSTED.append(len(body))
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [told.encode()]


_hall = in_one_thread(_answer)
lines = Lines(_hall, _hall)
hurried = Lines(_hall, _hall, Pace(ahead=3))
"""The same, with three seconds of patience for half a minute."""
