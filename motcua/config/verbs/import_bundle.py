"""Take a procedure out of a signed bundle: proved, checked, and written as a folder.

Trusted are this installation's own key, those in the `trusted` folder of its home, and those of `--trust`.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.config.verbs.bundle_keys import own_key, trusted_files
from motcua.config.verbs.house import the_house
from motcua.config.verbs.saying import complain, say

if TYPE_CHECKING:
    from motcua.journeys.bundling import Imported


def declare(parser: ArgumentParser) -> None:
    """Take the bundle."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--into", type=Path, default=Path(), help="default: the folder one is in")
    parser.add_argument(
        "--trust", type=Path, action="append", default=[], metavar="KEY",
        help="a public key (PEM) to trust for this import",
    )  # fmt: skip
    parser.add_argument("--language", choices=("vi", "en"), default="vi")


def run(asked: Namespace) -> int:
    """Import it; return 1 when it is refused."""
    with the_house(asked.language):
        return _import(asked)


def _import(asked: Namespace) -> int:
    from motcua.journeys.bundling import import_bundle, keys_to_trust
    from motcua.kernel.refusal import Refusal
    from motcua.procedures.rules.bundles import MOST_BYTES
    from motcua.procedures.rules.reading import Unreadable
    from motcua.ui.refusals import refusal_text

    try:
        trusted = [own_key().public_key(), *keys_to_trust([*trusted_files(), *asked.trust])]
        with asked.file.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        outcome = import_bundle(data, into=asked.into, trusted=trusted)
    except (Unreadable, OSError) as found:
        complain(str(found))
        return 1
    except Refusal as refusal:
        complain(refusal_text(refusal))
        return 1
    for line in _told(outcome):
        say(line)
    return 0


def _told(outcome: "Imported") -> Iterator[str]:
    from django.utils.translation import gettext

    manifest = outcome.bundle.manifest
    if not outcome.new:
        yield gettext("{folder} đã có đúng nội dung này, không có gì thay đổi.").format(
            folder=outcome.folder
        )
        return
    yield gettext("Đã nhập {code} vào {folder}. Gói do “{name}” ký.").format(
        code=manifest.code, folder=outcome.folder, name=manifest.made_by
    )
    for name in outcome.added:
        yield gettext("Đã thêm {name} vào danh mục ở đây.").format(name=name)
    for name in outcome.kept:
        yield gettext("Lưu ý: {name} ở đây khác bản trong gói; bản ở đây được giữ.").format(
            name=name
        )
