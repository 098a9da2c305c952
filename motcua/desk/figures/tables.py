"""Figures as tiles, bars and shares: each a number that leads to the dossiers behind it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from motcua.desk.figures.asking import list_address
from motcua.reports.figures import Asked, Picture
from motcua.reports.rules.facts import Case
from motcua.reports.rules.indicators import Share, Unmeasured
from motcua.reports.rules.windows import Window
from motcua.reports.seats import Seat
from motcua.reports.words import figure_words

HOURS_A_DAY = 8
_MINUTES = 60


@dataclass(frozen=True)
class Tile:
    """One number with its name; `alarm`: it asks for somebody's attention when it is not nought."""

    label: str
    value: int
    href: str
    alarm: bool = False


@dataclass(frozen=True)
class Bar:
    """One line of a table of bars; `width` in percent of the longest."""

    label: str
    value: int
    href: str
    width: int
    late: bool = False


@dataclass(frozen=True)
class Stretch:
    """One stretch of time in a chart, with a bar for each figure."""

    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Measured:
    """A share as the law's table has it; `percent` is empty when there is nothing to measure yet."""

    code: str
    name: str
    rule: str
    percent: str
    width: int
    counted: Tile
    of: Tile
    full: str


@dataclass(frozen=True)
class Missing:
    """What is not measured, and why."""

    code: str
    name: str
    why: str


@dataclass(frozen=True)
class Sheet:
    """A picture with the seat it was read from: it knows the address of each of its numbers."""

    seat: Seat
    picture: Picture

    @property
    def window(self) -> Window:
        """The window the numbers are about."""
        return self.picture.frame.window

    def _href(self, figure: str, group: str = "", key: str = "") -> str:
        return list_address(self.seat, Asked(figure, self.window, group, key))

    def tiles(self, names: Sequence[str], alarms: Iterable[str] = ()) -> list[Tile]:
        """Return the numbers of that name."""
        loud = frozenset(alarms)
        return [
            Tile(figure_words(name), value, self._href(name), name in loud and value > 0)
            for name, value in self.picture.numbers(names).items()
        ]

    def bars(
        self, figure: str, group: str, words: Callable[[str, Case], str], *, late: bool = False
    ) -> list[Bar]:
        """Return a bar for each key of a group, the longest first."""
        found = self.picture.split(figure, group)
        longest = max((len(cases) for _, cases in found), default=1)
        return [
            Bar(
                words(key, cases[0]),
                len(cases),
                self._href(figure, group, key),
                _percent(len(cases), longest),
                late,
            )
            for key, cases in found
        ]

    def stretches(self, names: Sequence[str]) -> list[Stretch]:
        """Return the window's days or weeks, each with its bars; all on one scale."""
        seen = [(stretch, self.picture.within(stretch)) for stretch in self.window.stretches()]
        counted = [(stretch, picture.numbers(names)) for stretch, picture in seen]
        longest = max((value for _, told in counted for value in told.values()), default=1)
        return [
            Stretch(_stretch_words(stretch), tuple(self._bar(stretch, told, longest)))
            for stretch, told in counted
        ]

    def _bar(self, stretch: Window, told: dict[str, int], longest: int) -> Iterable[Bar]:
        for name, value in told.items():
            href = list_address(self.seat, Asked(name, stretch))
            late = name == "xong-tre"
            yield Bar(figure_words(name), value, href, _percent(value, max(1, longest)), late)

    def share(self, share: Share) -> Measured:
        """Return a share with both its numbers."""
        counted, of = self.tiles([share.counted, share.of])
        return Measured(
            share.code,
            gettext(share.name),
            gettext(share.rule),
            percent_words(counted.value, of.value),
            _percent(counted.value, of.value),
            counted,
            of,
            gettext("Từ {n} % là đủ điểm.").format(n=share.full) if share.full else "",
        )


def missing(unmeasured: Unmeasured) -> Missing:
    """Return what is not measured, in words."""
    return Missing(unmeasured.code, gettext(unmeasured.name), gettext(unmeasured.why))


def share_heads() -> tuple[str, ...]:
    """Return the heads of the indicators' table as a file."""
    return (
        gettext("Mã"),
        gettext("Chỉ số"),
        gettext("Tỷ lệ"),
        gettext("Số hồ sơ đạt"),
        gettext("Trong số hồ sơ"),
        gettext("Cách tính, hoặc vì sao không đo"),
    )


def share_cells(one: Measured) -> tuple[str, ...]:
    """Return a share as a row of the file."""
    numbers = (str(one.counted.value), str(one.of.value))
    return (one.code, one.name, one.percent, *numbers, f"{one.rule} {one.full}".strip())


def missing_cells(one: Missing) -> tuple[str, ...]:
    """Return what is not measured as a row of the file: its numbers stay empty."""
    return (one.code, one.name, "", "", "", one.why)


def percent_words(value: int, of: int) -> str:
    """Return a share in words, rounded down: nothing that was missed is shown as 100 %; empty without a whole."""
    return f"{number_format(value * 1000 // of / 10, 1)} %" if of else ""


def duration_words(minutes: int | None) -> str:
    """Return working time in days of eight hours and hours; empty when there is none to tell."""
    if minutes is None:
        return ""
    if minutes < _MINUTES:
        return ngettext("{n} phút làm việc", "{n} phút làm việc", minutes).format(n=minutes)
    days, hours = divmod(minutes // _MINUTES, HOURS_A_DAY)
    if not days:
        return ngettext("{n} giờ làm việc", "{n} giờ làm việc", hours).format(n=hours)
    whole = ngettext("{n} ngày làm việc", "{n} ngày làm việc", days).format(n=days)
    if not hours:
        return whole
    rest = ngettext("{n} giờ", "{n} giờ", hours).format(n=hours)
    return f"{whole} {rest}"


def _stretch_words(stretch: Window) -> str:
    if stretch.first == stretch.last:
        return f"{stretch.first:%d/%m}"
    return f"{stretch.first:%d/%m} – {stretch.last:%d/%m}"


def _percent(value: int, of: int) -> int:
    return value * 100 // of if of else 0
