"""Finds the version somebody names at the command line: a folder of their own, or a published one."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from motcua.procedures.rules.catalogue import read_folder
from motcua.procedures.rules.definition import Definition
from motcua.procedures.rules.procedure import Procedure


class NothingOfThatName(LookupError):  # noqa: N818 - said to whoever typed the name
    """Neither a folder nor a published version."""


@dataclass(frozen=True)
class Named:
    """A version with the name by which it was asked for; `digest` is empty for one that is not published."""

    name: str
    definition: Definition
    guides: Mapping[str, str]
    digest: str = ""

    @property
    def procedure(self) -> Procedure:
        """The procedure as its author wrote it."""
        return self.definition.procedure


def version_named(name: str) -> Named:
    """Return the version of a folder, a code, `code@2024-06-30`, a slug or a digest.

    Only a published version needs the database. Raises Unreadable, NothingOfThatName.
    """
    if Path(name).is_dir():
        folder = read_folder(Path(name), shown=name.rstrip("/"))
        return Named(name.rstrip("/"), folder.definition, folder.guides)
    return _published(name)


def _published(name: str) -> Named:
    # Imported here: comparing two folders must not need a database.
    from django.utils.timezone import localdate  # noqa: PLC0415

    from motcua.procedures.queries import named  # noqa: PLC0415
    from motcua.procedures.rules.refusals import ProcedureUnknown  # noqa: PLC0415

    try:
        found = named(name, localdate())
    except ProcedureUnknown:
        hint = "name a folder, a code such as 1.004873, 1.004873@2024-06-30, or a digest"
        raise NothingOfThatName(
            f"`{name}`: there is no folder or version of that name – {hint}"
        ) from None
    return Named(f"{name} ({found.digest[:12]})", found.definition, found.guides, found.digest)
