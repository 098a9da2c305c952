"""For verbs that need the installation: its database, its texts, its folder."""

from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.db import OperationalError
from django.utils import translation

from motcua.config.verbs.saying import complain


@contextmanager
def the_house(language: str = "vi") -> Iterator[None]:
    """Wake Django as its own commands do, and speak the language meanwhile."""
    django.setup()
    try:
        with translation.override(language):
            yield
    except OperationalError as wrong:
        complain(
            f"the database does not answer – is the house started? {str(wrong).splitlines()[0]}"
        )
        raise SystemExit(1) from None
