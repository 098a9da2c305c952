"""Write a procedure with its tests, templates and code lists as one signed file.

Whoever is to import it needs this installation's public key: `motcua export --public-key`.
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from motcua.config.verbs.bundle_keys import own_key
from motcua.config.verbs.house import the_house
from motcua.config.verbs.saying import complain, say


def declare(parser: ArgumentParser) -> None:
    """Take a folder and the file to write."""
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("file", nargs="?", type=Path, help="for example khai-sinh.motcua")
    parser.add_argument(
        "--public-key",
        action="store_true",
        help="print the key others must trust; beside it the short name to compare by telephone",
    )
    parser.add_argument("--language", choices=("vi", "en"), default="vi")


def run(asked: Namespace) -> int:
    """Export the folder, or print the key; return 1 when it is refused."""
    from motcua.journeys.bundling import public_pem
    from motcua.procedures.rules.bundles import fingerprint, written

    if asked.public_key:
        say(public_pem(own_key()).strip())
        complain(fingerprint(written(own_key().public_key())))
        return 0
    if asked.folder is None or asked.file is None:
        complain("motcua export <folder> <file>, or motcua export --public-key")
        return 2
    with the_house(asked.language):
        return _export(asked.folder, asked.file)


def _export(folder: Path, file: Path) -> int:
    from django.utils.translation import gettext

    from motcua.config.environment import environment
    from motcua.journeys.bundling import export
    from motcua.kernel.refusal import Refusal
    from motcua.procedures.rules.reading import Unreadable
    from motcua.ui.refusals import refusal_text

    try:
        data = export(folder, key=own_key(), made_by=environment.exchange_code)
    except Unreadable as found:
        complain(str(found))
        return 1
    except Refusal as refusal:
        complain(refusal_text(refusal))
        return 1
    file.write_bytes(data)
    say(gettext("Đã xuất {folder} thành {file}, {size} byte.").format(
        folder=folder, file=file, size=len(data)
    ))  # fmt: skip
    return 0
