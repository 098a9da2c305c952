"""The catalogue's code lists, read once a process."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from motcua.agencies.rules.codes import Code, CodeList, CodeListUnsound, read_code_list

__all__ = ["Code", "CodeList", "CodeListUnsound", "code_list", "code_list_names"]


def _folder() -> Path:
    return Path(settings.CATALOGUE) / "codes"


def code_list_names() -> list[str]:
    """Return the names of all lists: the file names without `.yaml`."""
    return sorted(path.stem for path in _folder().glob("*.yaml"))


@lru_cache(maxsize=64)
def code_list(name: str) -> CodeList:
    """Return the list of `catalogue/codes/<name>.yaml`; immutable, kept for the process's life.

    Raises `KeyError` when there is no such list, `CodeListUnsound` when it cannot be read.
    """
    path = _folder() / f"{name}.yaml"
    if not name.isidentifier() or not path.is_file():
        raise KeyError(name)
    found = read_code_list(path.read_text(encoding="utf-8"), where=str(path))
    if found.name != name:
        raise ValueError(f"{path}: the list calls itself {found.name!r}, not {name!r}")
    return found
