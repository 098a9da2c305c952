"""`python -m motcua load_catalogue`: brings places, calendar, demonstration, parties and procedures in."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from motcua.agencies.operations import load_calendar, load_demo, load_places
from motcua.exchange.operations import load_parties
from motcua.journeys.publishing import KeptOut, publish_catalogue, publish_unlisted
from motcua.kernel.refusal import Refusal
from motcua.procedures.records import list_anew
from motcua.toolkit.clock import now
from motcua.ui.refusals import refusal_text


class Command(BaseCommand):
    """Safe to run again at any time: what has not changed is left alone."""

    help = "Loads the catalogue into the database; a few queries when nothing has changed."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take further procedure folders, which stay out of the public list."""
        parser.add_argument(
            "--also", action="append", default=[], type=Path, metavar="FOLDER",
            help="publish this procedure too, found by its address but not listed (bench/procedure)",
        )  # fmt: skip

    def handle(self, *, also: list[Path], **_options: object) -> None:
        """Load all of it, in the order in which one part needs another."""
        at = now()
        catalogue = Path(settings.CATALOGUE)
        load_places(catalogue / "places")
        load_calendar(catalogue / "calendars")
        load_demo(at=at)
        load_parties()
        kept_out = publish_catalogue(catalogue, at=at)
        for folder in also:
            publish_unlisted(folder, at=at)
        list_anew(codes=catalogue / "codes")
        self._note_kept_out(kept_out)

    def _note_kept_out(self, kept_out: list[KeptOut]) -> None:
        """Say what is not published and why, and leave it where every start shows it: the rest is served."""
        told = [_why(item) for item in kept_out]
        place = Path(settings.HOME) / "run" / "kept-out"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("".join(f"{line}\n" for line in told), encoding="utf-8")
        for line in told:
            self.stderr.write(line)


def _why(item: KeptOut) -> str:
    if isinstance(item.why, Refusal):
        return f"{item.folder}: {refusal_text(item.why)}"
    return str(item.why)
