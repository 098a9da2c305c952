"""Which adapter stands behind a port: the settings name it by its dotted path."""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


@cache
def made(path: str) -> Any:
    """Return the object of that class, made once a process."""
    return import_string(path)()


def adapter(setting: str) -> Any:
    """Return the object behind the port that the setting names."""
    return made(getattr(settings, setting))
