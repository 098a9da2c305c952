"""What stands for several tests, which roll back to it, as Django's own TestCase lets things stand for a class."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def standing(blocker: DjangoDbBlocker, lay: Callable[[], object]) -> Iterator[None]:
    """Lay it in a transaction around the tests' own, and take all of it away in the end."""
    with blocker.unblock():
        around = transaction.atomic()
        around.__enter__()
    try:
        with blocker.unblock():
            lay()
        yield
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            around.__exit__(None, None, None)
