"""How verbs speak: lines on standard output for the person, lines on standard error for what is wrong."""

import sys


def say(line: str) -> None:
    """Print one line."""
    sys.stdout.write(f"{line}\n")


def complain(line: str) -> None:
    """Print one line about something that is wrong."""
    sys.stderr.write(f"{line}\n")
