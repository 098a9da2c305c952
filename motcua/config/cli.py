"""`motcua <verb>`: the one door for authors and operators. Verbs of Django (`migrate`…) are reached too."""

import argparse
import os
import sys

from motcua.config.declared import WrongSetting
from motcua.config.verbs import VERBS, verb

OWNER_COMMANDS = {"prepare", "migrate"}
"""Commands that change tables: they connect as the database's owner."""


def main(arguments: list[str] | None = None) -> int:
    """Run the verb; return the exit code. A wrong setting is told in one line."""
    told = sys.argv[1:] if arguments is None else arguments
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    try:
        if not told or told[0] in ("-h", "--help", "help"):
            return _overview()
        return _own(told) if told[0] in VERBS else _of_django(told)
    except WrongSetting as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 1


def _own(told: list[str]) -> int:
    chosen = verb(told[0])
    parser = argparse.ArgumentParser(prog=f"motcua {told[0]}", description=chosen.__doc__)
    chosen.declare(parser)
    return chosen.run(parser.parse_args(told[1:]))


def _of_django(told: list[str]) -> int:
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - reads settings

    if told[0] in OWNER_COMMANDS:
        os.environ["MOTCUA_AS_OWNER"] = "1"
    execute_from_command_line(["motcua", *told])
    return 0


def _overview() -> int:
    lines = [f"  {name:<16} {(verb(name).__doc__ or '').splitlines()[0]}" for name in VERBS]
    sys.stdout.write("motcua <verb> [--help]\n\n" + "\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
