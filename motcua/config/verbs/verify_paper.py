"""Say what the signature in a PDF proves: who signed, when, whether anything changed since.

Exit code 1 when it proves nothing.
"""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from motcua.config.verbs.house import the_house
from motcua.config.verbs.saying import say


def declare(parser: ArgumentParser) -> None:
    """Take the file."""
    parser.add_argument("file", type=Path)


def run(asked: Namespace) -> int:
    """Check it, in a process of its own."""
    with the_house("vi"):
        from motcua.documents.pades.alone import checked

        proved = checked(asked.file.read_bytes())
    for fact, value in asdict(proved).items():
        say(f"{fact}: {value}")
    return 0 if proved.valid else 1
