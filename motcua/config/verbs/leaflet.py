"""Make the leaflets of a service for a commune: guide, poster, script for the loudspeaker.

Each is written as PDF and as plain text, guide and poster in both languages.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from motcua.config.verbs.house import the_house
from motcua.config.verbs.saying import complain, say


def declare(parser: ArgumentParser) -> None:
    """Take a service, a commune and what to make."""
    parser.add_argument("service", help="code or address word, as 3.000722")
    parser.add_argument("--commune", required=True, help="code of the commune, as 11284")
    parser.add_argument(
        "--kind", choices=("guide", "poster", "broadcast"), help="default: all three"
    )
    parser.add_argument("--out", type=Path, default=Path(), help="folder to write to")


def run(asked: Namespace) -> int:
    """Write the files; return 1 when the service or the commune is unknown."""
    from motcua.kernel.refusal import Refusal
    from motcua.ui.refusals import refusal_text

    with the_house():
        try:
            for name, content in _made(asked):
                asked.out.mkdir(parents=True, exist_ok=True)
                (asked.out / name).write_bytes(content)
                say(str(asked.out / name))
        except Refusal as refusal:
            complain(refusal_text(refusal))
            return 1
    return 0


def _made(asked: Namespace) -> Iterator[tuple[str, bytes]]:
    """Yield each file's name and content."""
    from django.utils import translation

    from motcua.journeys.leaflets.facts import facts
    from motcua.journeys.leaflets.making import pdf
    from motcua.journeys.leaflets.writing import KINDS, Kind, text
    from motcua.toolkit.clock import now

    at = now()
    kinds: tuple[Kind, ...] = (asked.kind,) if asked.kind else KINDS
    for kind in kinds:
        for language in ("vi",) if kind == "broadcast" else ("vi", "en"):
            ending = "" if language == "vi" else ".en"
            stem = f"{asked.service}-{asked.commune}-{kind}{ending}"
            with translation.override(language):
                told = facts(asked.service, asked.commune, language=language, at=at)
                yield f"{stem}.pdf", pdf(kind, told)
                yield f"{stem}.txt", text(kind, told).encode()
