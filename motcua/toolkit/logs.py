"""Structured logs: one JSON object a line, with the request's id and without personal data.

Log ids, never contents. A request is named by its route (`/ho-so/<code>/`), not by its address,
because addresses may carry codes and tokens; query strings are never logged.
"""

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

_request_id: ContextVar[str] = ContextVar("request_id", default="")

_BUILT_IN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
# What procrastinate attaches holds the arguments of jobs; Django's holds the request itself.
_NEVER = frozenset({"request", "job", "worker", "result", "exception", "kwargs", "status_code"})
_LONG_NUMBER = re.compile(r"\d{9,}")


@contextmanager
def request_named(request_id: str) -> Iterator[None]:
    """Put this id into every line logged inside."""
    token = _request_id.set(request_id)
    try:
        yield
    finally:
        _request_id.reset(token)


def masked(text: str) -> str:
    """Return the text with every long number (phone, personal number) cut to its last two digits."""
    return _LONG_NUMBER.sub(lambda found: "…" + found[0][-2:], text)


_VALUES = re.compile(r"""'[^'\n]*'|“[^”\n]*”|(?<=: )"[^"\n]*"|=\([^)\n]*\)""")
_OF_ROWS = re.compile(r"^(DETAIL|CONTEXT|HINT|Params|PARAMETERS):.*$", re.MULTILINE)


def trace(text: str) -> str:
    """Return a trace without the values that were handled: frames say where, the values were somebody's.

    The database tells whole rows in its details (`Key (name)=(…)`); Python quotes what it could not use.
    """
    frames, mark, said = text.rpartition("\n  File ")
    where, _, rest = said.partition("\n")
    told = _VALUES.sub("…", _OF_ROWS.sub("…", rest))
    return masked(f"{frames}{mark}{where}\n{told}")


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON: at, level, logger, message, request, own fields, trace."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": masked(record.getMessage()),
        }
        if request_id := _request_id.get():
            line["request"] = request_id
        own = vars(record).items()
        line |= {name: value for name, value in own if name not in _BUILT_IN | _NEVER}
        if record.exc_info:
            line["trace"] = trace(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


def _job_text(record: logging.LogRecord) -> bool:
    """Keep what procrastinate says of jobs that went wrong, without the arguments of the call."""
    if record.levelno < logging.ERROR:
        return record.levelno >= logging.WARNING
    record.msg = re.sub(
        r"\[(\d+)\]\(.*?\) ended", r"[\1] ended", record.getMessage(), flags=re.DOTALL
    )
    record.args = ()
    return True


class JobLines(logging.Filter):
    """Lets only the job library's warnings through, stripped of the jobs' arguments."""

    def filter(self, record: logging.LogRecord) -> bool:
        return _job_text(record)


def configuration(level: str) -> dict[str, Any]:
    """Return Django's LOGGING: everything to standard error, as JSON lines."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": f"{__name__}.JsonLines"}},
        "filters": {"jobs": {"()": f"{__name__}.JobLines"}},
        "handlers": {
            "lines": {"class": "logging.StreamHandler", "formatter": "json"},
            "jobs": {
                "class": "logging.StreamHandler",
                "formatter": "json",
                "filters": ["jobs"],
            },
        },
        "root": {"handlers": ["lines"], "level": level},
        "loggers": {
            "django": {"handlers": ["lines"], "level": "WARNING", "propagate": False},
            # The front door logs each request itself, by route and not by address.
            "django.request": {"handlers": [], "level": "CRITICAL", "propagate": False},
            "procrastinate": {"handlers": ["jobs"], "level": "WARNING", "propagate": False},
            "urllib3": {"level": "ERROR"},
            "fontTools": {"level": "ERROR"},
        },
    }
