"""Gates: the functions that decide whether a person may have a thing, and what a request has passed of them.

Every address names its gates in `config/policy`. An answer that no gate stood behind is not given
(`config/guard`): a view that forgot to ask is noticed on its first request, not by its first thief.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
Gate = Callable[..., Any]

_passed: ContextVar[set[Gate] | None] = ContextVar("gates_passed", default=None)
_IS_GATE = "is_gate"


def gate(decides: Callable[P, R]) -> Callable[P, R]:
    """Make a function a gate: it lets in by returning, it turns away by a refusal or by False."""

    @wraps(decides)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        answer = decides(*args, **kwargs)
        passed = _passed.get()
        if passed is not None and answer is not False:
            passed.add(guarded)
        return answer

    setattr(guarded, _IS_GATE, True)
    return guarded


def is_gate(function: Gate) -> bool:
    """Tell whether passing this function is noted."""
    return getattr(function, _IS_GATE, False)


@contextmanager
def watched() -> Iterator[set[Gate]]:
    """Note which gates are passed meanwhile."""
    passed: set[Gate] = set()
    token = _passed.set(passed)
    try:
        yield passed
    finally:
        _passed.reset(token)
