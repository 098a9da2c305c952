"""The verbs of `motcua`, one module each: `declare` says what it takes, `run` does it."""

from argparse import ArgumentParser, Namespace
from importlib import import_module
from typing import Protocol, cast


class Verb(Protocol):
    """What a module of this folder holds beside its docstring, which is the verb's help."""

    def declare(self, parser: ArgumentParser) -> None:
        """Say what the verb takes."""

    def run(self, asked: Namespace) -> int:
        """Do it; return the exit code."""


VERBS = {
    "check": "check",
    "new": "new",
    "diff": "diff",
    "publish": "publish",
    "rehearse": "rehearse",
    "export": "export_bundle",
    "import": "import_bundle",
    "upgrade-language": "upgrade_language",
    "import-records": "import_records",
    "leaflet": "leaflet",
    "schema": "schema",
    "quarantine": "quarantine",
    "signing": "signing",
    "verify-paper": "verify_paper",
    "calendar": "calendar_day",
    "merge-agencies": "merge_agencies",
    "rotate-keys": "rotate_keys",
    "audit": "audit",
    "backup": "backup",
    "restore": "restore",
    "drill": "drill",
    "officials": "officials",
}
"""What a person types → the module that does it."""


def verb(name: str) -> Verb:
    """Return the verb's module, imported only when it is asked for."""
    return cast("Verb", import_module(f"{__name__}.{VERBS[name]}"))
