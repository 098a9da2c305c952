"""The picture of an agency in a window: its dossiers and its parts of others', ready to be counted."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from motcua.agencies.queries import calendar_for
from motcua.kernel.working_time import ZONE
from motcua.reports import queries
from motcua.reports.rules import measures
from motcua.reports.rules.facts import Case, Part
from motcua.reports.rules.measures import CASES, GROUPS, PARTS, Frame
from motcua.reports.rules.refusals import FigureUnknown
from motcua.reports.rules.windows import Span, Window, window
from motcua.reports.seats import Seat

Item = Case | Part
REGISTER = "so-theo-doi"
"""Not a figure: the register of what an office received in the window (form 07), as a file."""


@dataclass(frozen=True)
class Asked:
    """A figure in a window, or one key of a group of it: what a list, and a file, are about."""

    figure: str
    window: Window
    group: str = ""
    key: str = ""

    def __post_init__(self) -> None:
        known = self.figure in CASES or (self.figure in {*PARTS, REGISTER} and not self.group)
        if not known or (self.group and self.group not in GROUPS):
            raise FigureUnknown


@dataclass(frozen=True)
class Picture:
    """What is there to count."""

    frame: Frame
    cases: tuple[Case, ...]
    parts: tuple[Part, ...]

    def numbers(self, names: Iterable[str]) -> dict[str, int]:
        """Return the figures of that name, of dossiers or of parts."""
        return {name: len(self.items(name)) for name in names}

    def items(self, figure: str, group: str = "", key: str = "") -> list[Item]:
        """Return what a figure counts, newest dossier first. Raises FigureUnknown for a register."""
        if figure == REGISTER:
            raise FigureUnknown
        if figure in PARTS:
            return [*measures.part_members(self.parts, self.frame, figure)]
        return [*measures.members(self.cases, self.frame, figure, group, key)]

    def split(self, figure: str, group: str) -> list[tuple[str, list[Case]]]:
        """Return the keys of a group with their dossiers, the most first."""
        return measures.split(self.cases, self.frame, figure, group)

    def within(self, stretch: Window) -> "Picture":
        """Return the same dossiers seen in a shorter window, for the stretches of a chart."""
        return replace(self, frame=replace(self.frame, window=stretch))

    def median_minutes(self, seat: Seat) -> int | None:
        """Return the median working minutes of what was finished in the window."""
        return measures.median_minutes(self.cases, self.frame, calendar_for(seat.province))


def today(at: datetime) -> Window:
    """Return the day of a moment."""
    return window(Span.DAY, at.astimezone(ZONE).date())


def picture(*, seat: Seat, about: Window, at: datetime) -> Picture:
    """Read an agency's picture in a window; five statements. A day also shows all that is not closed yet."""
    frame = Frame(
        agency=seat.agency.code,
        at=at,
        end_of_day=today(at).end - timedelta(microseconds=1),
        window=about,
    )
    with_open = about.span is Span.DAY
    return Picture(
        frame,
        tuple(queries.cases(seat.agency, about, with_open=with_open)),
        tuple(queries.parts(seat.agency, about, with_open=with_open)),
    )
