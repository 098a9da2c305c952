"""`python -m motcua`: Django's management commands."""

import os
import sys

OWNER_COMMANDS = {"prepare", "migrate"}

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
if OWNER_COMMANDS & set(sys.argv[1:2]):
    os.environ["MOTCUA_AS_OWNER"] = "1"


def main() -> None:
    """Run the command, and say in one line when a setting is wrong."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - after the above

    from motcua.config.declared import WrongSetting  # noqa: PLC0415

    try:
        execute_from_command_line()
    except WrongSetting as wrong:
        sys.exit(str(wrong))


if __name__ == "__main__":
    main()
