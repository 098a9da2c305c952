"""Why a promised date is this day: day by day, with the pauses, for the whole and for each part at work."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from motcua.agencies.rules.codes import code_list
from motcua.dossiers.rules.clock import PAUSES, Law, leg_promise
from motcua.dossiers.rules.dossier import Clock, Dossier
from motcua.dossiers.rules.facts import MovedDate
from motcua.dossiers.rules.status import LegState
from motcua.journeys.extending import REASONS
from motcua.journeys.limits_in_words import limit_words
from motcua.kernel.working_time import Promise, Step
from motcua.ui.words import day_words, moment_words


@dataclass(frozen=True)
class PartWhy:
    """A part at work: until when, and why; one line a day."""

    name: str
    agency: str
    due: datetime
    limit: str
    days: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Moved:
    """A date that was moved with an apology."""

    was: datetime
    reason: str
    text: str


def date_words(what: str) -> str:
    """Return what a date is called that a change of the calendar moves."""
    return {
        "promised": gettext("Ngày hẹn"),
        "expected": gettext("Ngày hẹn dự kiến"),
        "extension": gettext("Ngày hẹn lại đang trình ký"),
        "supplement": gettext("Hạn bổ sung"),
        "confirm": gettext("Hạn xem bản dự thảo"),
        "consent": gettext("Hạn trả lời của người có liên quan"),
        "opinion": gettext("Hạn cho ý kiến"),
        "data_request": gettext("Hạn trả lời yêu cầu về dữ liệu cá nhân"),
    }[what]


def moved_words(dates: Iterable[MovedDate]) -> list[str]:
    """Return dates that moved, each with the one before."""
    words = gettext("{what} đổi theo lịch làm việc: {due} thay cho {was}")
    return [
        words.format(
            what=date_words(one.what), due=moment_words(one.due), was=moment_words(one.was)
        )
        for one in dates
    ]


def days_of(found: Promise, language: str) -> tuple[tuple[str, str], ...]:
    """Return a derivation as lines: the day and what it is."""
    return tuple((day_words(day.date), day_reason(day, language)) for day in found.steps)


def parts_why(law: Law, dossier: Dossier, language: str) -> list[PartWhy]:
    """Return the own dates of the parts at work; none while the clock stands still."""
    if dossier.clock.standing or dossier.status.final:
        return []
    return [
        PartWhy(stage.name.to(language), leg.agency_name, found.due, limit_words(stage.limit),
                days_of(found, language))
        for leg in dossier.legs.values()
        if leg.state is LegState.OPEN
        and (found := leg_promise(law, dossier, leg)) is not None
        and found.due is not None
        and (stage := law.procedure.plan.stage(leg.id))
    ]  # fmt: skip


def pauses_why(clock: Clock) -> list[str]:
    """Return when the clock stood still, and why."""
    return [
        gettext("Tạm dừng từ {start} đến {end}: {why}").format(
            start=moment_words(pause.start),
            end=moment_words(pause.end) if pause.end else gettext("nay"),
            why=gettext(PAUSES[pause.reason]),
        )
        for pause in clock.pauses
    ]


def moved(clock: Clock, language: str) -> Moved | None:
    """Return the date before the extension, why it was moved and the apology; None without one."""
    extension = clock.extension
    if extension is None:
        return None
    reason = code_list(REASONS).label(extension.reason, language)
    return Moved(extension.was, reason, extension.text)


def day_reason(day: Step, language: str) -> str:
    """Return what one day of a derivation is; the kernel's own words are Vietnamese."""
    if language == "vi":
        return day.note
    words = {
        "start": gettext("Bắt đầu tính thời hạn; ngày này chưa tính"),
        "after_cutoff": gettext("Nhận sau giờ chốt: tính từ ngày làm việc tiếp theo"),
        "counted": gettext("Ngày làm việc thứ {n}"),
        "swap_working": gettext("Ngày làm bù, là ngày làm việc thứ {n}"),
        "weekend": gettext("Nghỉ hằng tuần"),
        "holiday": gettext("Nghỉ lễ, nghỉ bù"),
        "paused": gettext("Thời hạn tạm dừng"),
        "extended": gettext("Ngày hẹn cũ, được gia hạn"),
        "due": gettext("Hạn trả kết quả"),
    }
    return words[day.kind].format(n=day.number or "")
