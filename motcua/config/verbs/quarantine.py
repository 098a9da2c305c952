"""Say how the scanner of files stands, and list what lies in quarantine; for whoever supports people.

With --write one file leaves the quarantine, into a file that must not exist yet: it is harmful, examine it elsewhere. Exit
code 1 when the scanner does not answer.
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.config.verbs.house import the_house
from motcua.config.verbs.saying import complain, say

if TYPE_CHECKING:
    from motcua.documents.ports import Watch


def declare(parser: ArgumentParser) -> None:
    """Take the file to write out."""
    parser.add_argument(
        "--write", nargs=2, metavar=("SHA256", "FILE"), help="write one file of it out"
    )
    parser.add_argument("--language", choices=("vi", "en"), default="vi")


def run(asked: Namespace) -> int:
    """Say what is, or write the file."""
    with the_house(asked.language):
        return _written_out(*asked.write) if asked.write else _told()


def _told() -> int:
    from django.utils.translation import gettext

    from motcua.documents import quarantine
    from motcua.documents.wiring import scanner

    watch, held = scanner().standing(), quarantine.held()
    say(_of_scanner(watch))
    for one in held:
        say(f"{one.found_at[:16]}  {one.finding}  {one.owner}  {one.size} B  {one.digest}")
    if not held:
        say(gettext("Không có tệp nào bị cách ly."))
    return 1 if watch.why == "away" else 0


def _of_scanner(watch: "Watch") -> str:
    from django.utils.translation import gettext

    if watch.why == "none":
        return gettext("Bộ kiểm tra mã độc: chưa có. Tệp chỉ được đọc đến hết và ghi lại.")
    if watch.why:
        return gettext("Bộ kiểm tra mã độc không trả lời: không tệp nào được nhận.")
    return gettext("Bộ kiểm tra mã độc đang chạy: {version}.").format(version=watch.version)


def _written_out(digest: str, place: str) -> int:
    from django.utils.translation import gettext

    from motcua.documents import quarantine

    found = {one.digest for one in quarantine.held()}
    try:
        content = quarantine.content_of(digest if digest in found else "")
    except FileNotFoundError:
        complain(gettext("Không có tệp {digest} trong khu cách ly.").format(digest=digest))
        return 1
    with Path(place).open("xb") as file:
        file.write(content)
    return 0
