"""A small application behind the door of the real one: it reads the body and tells its length."""

import threading
from collections.abc import Iterable
from typing import Any

from motcua.toolkit.arrivals import in_one_thread


def _answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [f"{len(body)} {threading.current_thread().name}".encode()]


application = in_one_thread(_answer)
