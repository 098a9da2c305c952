"""Publish procedures: refused while anything is red, and for ever the same once published.

Earlier versions without an end end on the day before; what was published already is left as it is.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.config.verbs.house import the_house
from motcua.config.verbs.saying import complain, say

if TYPE_CHECKING:
    from motcua.journeys.publishing import Published


def declare(parser: ArgumentParser) -> None:
    """Take folders."""
    parser.add_argument("folder", nargs="+", type=Path)
    parser.add_argument(
        "--correct",
        action="store_true",
        help="this content corrects the version published with effect from the same day",
    )
    parser.add_argument("--language", choices=("vi", "en"), default="vi")


def run(asked: Namespace) -> int:
    """Publish every folder; the first refusal ends it, and returns 1."""
    with the_house(asked.language):
        return (
            0 if all(_publish(folder, correcting=asked.correct) for folder in asked.folder) else 1
        )


def _publish(folder: Path, *, correcting: bool) -> bool:
    from motcua.journeys.publishing import publish
    from motcua.kernel.refusal import Refusal
    from motcua.procedures.rules.reading import Unreadable
    from motcua.toolkit.clock import now
    from motcua.ui.refusals import refusal_text

    try:
        outcome = publish(folder, at=now(), correcting=correcting)
    except Unreadable as found:
        complain(str(found))
        return False
    except Refusal as refusal:
        complain(refusal_text(refusal))
        return False
    for line in _told(outcome):
        say(line)
    return True


def _told(outcome: "Published") -> Iterator[str]:
    from django.utils.translation import gettext

    from motcua.ui.words import day_words

    version, known = (
        outcome.version,
        {"code": outcome.version.code, "digest": outcome.version.digest},
    )
    since = day_words(version.effective_from)
    if outcome.new:
        yield gettext("Đã công bố {code}, có hiệu lực từ {since}. Mã bản: {digest}").format(
            since=since, **known
        )
    else:
        yield gettext(
            "{code} đã được công bố trước đây, không có gì thay đổi. Mã bản: {digest}"
        ).format(**known)
    for row in outcome.ended:
        yield gettext("Bản {digest} hết hiệu lực ngày {until}.").format(
            digest=row.digest[:12], until=day_words(row.effective_until)
        )
