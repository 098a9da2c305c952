"""For verbs that need the installation: its database, its texts, its folder."""

from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.utils import translation


@contextmanager
def the_house(language: str = "vi") -> Iterator[None]:
    """Wake Django as its own commands do, and speak the language meanwhile."""
    django.setup()
    with translation.override(language):
        yield
