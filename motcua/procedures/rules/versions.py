"""Versions of one procedure side by side: on every day at most one is in force, and none is missing unsaid."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

from motcua.kernel.refusal import Refusal, noop
from motcua.procedures.rules.catalogue import Folder
from motcua.procedures.rules.reading import Problem

DAY = timedelta(days=1)


class VersionsOverlap(Refusal):
    """A version would hold on days that belong to one already published."""

    code: ClassVar[str] = "procedures.versions-overlap"
    text: ClassVar[str] = noop(
        "{code}: đã có bản công bố khác có hiệu lực {since} – {until}. Hãy để bản mới bắt đầu "
        "sau ngày đó (`effective.from`), hoặc ghi ngày hết hiệu lực (`effective.until`) trước ngày đó."
    )
    status: ClassVar[int] = 409


class VersionOfThatDay(Refusal):
    """Another content was published with effect from the same day."""

    code: ClassVar[str] = "procedures.version-of-that-day"
    text: ClassVar[str] = noop(
        "{code}: đã có bản công bố khác có hiệu lực từ đúng ngày {since}. Bản đã công bố không sửa được: hãy cho "
        "bản mới một ngày bắt đầu muộn hơn. Nếu đây là bản đính chính, hãy công bố với `--correct`."
    )
    status: ClassVar[int] = 409


class VersionEnded(Refusal):
    """A published version already ends on another day."""

    code: ClassVar[str] = "procedures.version-ended"
    text: ClassVar[str] = noop(
        "{code}: bản này đã công bố và hết hiệu lực ngày {until}; ngày ấy không đổi được. Hãy ghi đúng ngày ấy "
        "ở `effective.until`."
    )
    status: ClassVar[int] = 409


class VersionReplaced(Refusal):
    """A content that was published, and that a correction has replaced since."""

    code: ClassVar[str] = "procedures.version-replaced"
    text: ClassVar[str] = noop(
        "{code}: nội dung này đã công bố, rồi được một bản đính chính có hiệu lực từ cùng ngày {since} thay thế. "
        "Muốn dùng lại, hãy cho nó một ngày bắt đầu muộn hơn."
    )
    status: ClassVar[int] = 409


@dataclass(frozen=True)
class Span:
    """From when to when a version holds, both days included; its `note` may say why days follow without one."""

    since: date
    until: date | None = None
    note: str = ""

    def overlaps(self, other: "Span") -> bool:
        """Tell whether both hold on some day."""
        return (self.until is None or other.since <= self.until) and (
            other.until is None or self.since <= other.until
        )


def ends_before(
    new: Span, published: Iterable[Span], *, code: str, correcting: bool = False
) -> date:
    """Return the day on which earlier open versions end when `new` is published.

    A correction may take the place of versions that begin on the same day.
    Raises VersionOfThatDay, VersionsOverlap.
    """
    for other in published:
        if other.since == new.since:
            if not correcting:
                raise VersionOfThatDay(code=code, since=other.since)
        elif new.overlaps(other) and not _gives_way(other, new):
            raise VersionsOverlap(code=code, since=other.since, until=other.until or "…")
    return new.since - DAY


def _gives_way(other: Span, new: Span) -> bool:
    """Tell whether a version ends by itself when its successor is published."""
    return other.until is None and other.since < new.since


def side_by_side(spans: Iterable[Span]) -> Iterator[tuple[Span, Span, str]]:
    """Yield neighbours that do not fit as `overlap`, and those between which days are missing as `gap`.

    A gap that the earlier one explains in its note is meant.
    """
    for earlier, later in pairwise(sorted(spans, key=lambda span: span.since)):
        if earlier.overlaps(later):
            yield earlier, later, "overlap"
        elif _days_missing(earlier, later) and not earlier.note:
            yield earlier, later, "gap"


def _days_missing(earlier: Span, later: Span) -> bool:
    return earlier.until is not None and later.since - earlier.until > DAY


def versions_apart(read: list[Folder]) -> Iterator[tuple[Path, Problem]]:
    """Yield the folder and the problem where versions of one code or slug overlap, or days are without one."""
    for group in _of_one_procedure(read):
        folders = {_span(folder): folder for folder in group}
        for earlier, later, how in side_by_side([_span(folder) for folder in group]):
            ends = later.since - DAY
            where = folders[earlier].line(("effective",))
            cause = {
                "overlap": f"this version still holds when the one of {later.since} begins",
                "gap": f"no version holds after {earlier.until} and before the one of {later.since}",
            }[how]
            hint = {
                "overlap": f'write `until: "{ends}"` in the earlier one',
                "gap": f'write `until: "{ends}"`, or say in `note` why there is none',
            }[how]
            yield folders[earlier].path, Problem(*where, cause, hint)


def _of_one_procedure(read: list[Folder]) -> Iterator[list[Folder]]:
    """Yield the folders that share a code or a slug, where there are several."""
    groups: list[tuple[set[str], list[Folder]]] = []
    for folder in read:
        names = {folder.procedure.code, folder.procedure.slug}
        members = [folder]
        for known in [group for group in groups if group[0] & names]:
            groups.remove(known)
            names |= known[0]
            members = known[1] + members
        groups.append((names, members))
    yield from (members for _, members in groups if len(members) > 1)


def _span(folder: Folder) -> Span:
    effective = folder.procedure.effective
    return Span(effective.since, effective.until, effective.note)
