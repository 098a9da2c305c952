"""What waits for the citizen: to supply, to look over, to pay, to come and sign, to fetch."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from motcua.dossiers.rules.dossier import Leg, Request
from motcua.dossiers.rules.status import LegState, Status
from motcua.portal.following.reading import Told
from motcua.portal.visits.booking import desk_of
from motcua.ui.words import money_words

DESK = "quay"
"""The word in addresses for the one-stop desk's own request, which belongs to no leg."""


@dataclass(frozen=True)
class Task:
    """One thing to do, where, until when."""

    title: str
    text: str = ""
    until: datetime | None = None
    href: str = ""
    link: str = ""
    places: tuple[str, ...] = ()


def tasks(told: Told) -> list[Task]:
    """Return what the citizen has to do now, the most pressing first.

    Nothing, while the desk decides whether the dossier is taken back.
    """
    if told.over or told.dossier.status is Status.WITHDRAWING:
        return []
    return [*_requests(told), *_steps(told), *_fees(told), *_results(told)]


def _requests(told: Told) -> Iterator[Task]:
    for request in told.dossier.requests.values():
        leg = told.stage_name(request.leg)
        yield Task(
            title=_request_title(leg, request),
            text=reopened_words() if request.refused else _places(len(request.faults)),
            until=request.until,
            href=reverse("following:supplement", args=[told.code, request.leg or DESK]),
            link=gettext("Xem và bổ sung"),
        )


def _request_title(leg: str, request: Request) -> str:
    if request.refused:
        return gettext("Sửa phần chưa được giải quyết: {leg}").format(leg=leg)
    return gettext("Bổ sung hồ sơ: {leg}").format(leg=leg) if leg else gettext("Bổ sung hồ sơ")


def _places(count: int) -> str:
    return ngettext("Có {n} chỗ cần sửa.", "Có {n} chỗ cần sửa.", count).format(n=count)


def reopened_words() -> str:
    """Say what a first refusal that reopens means."""
    return gettext(
        "Cơ quan chưa giải quyết được phần này. Quý vị được sửa một lần; "
        "nếu lần sau vẫn chưa đạt hoặc quá hạn, phần này bị từ chối."
    )


def _steps(told: Told) -> Iterator[Task]:
    for leg in told.dossier.legs.values():
        step = told.step(leg)
        if step and step.kind == "confirm":
            yield _confirm(told, leg)
        elif step and step.kind == "attend":
            office = told.office(leg.agency)
            yield Task(
                title=step.name.to(told.language),
                text=gettext("Mang theo giấy tờ tùy thân bản chính."),
                until=leg.due,
                places=(office.unit_name or office.name, office.address, office.support_hours),
                href=_times(told) if leg.agency == told.agency.code else "",
                link=gettext("Hẹn giờ đến"),
            )


def _confirm(told: Told, leg: Leg) -> Task:
    return Task(
        title=gettext("Xem lại dự thảo: {what}").format(what=told.stage_name(leg.id)),
        text=gettext("Nếu quý vị không trả lời trước hạn, dự thảo được coi là đúng."),
        until=leg.step_until,
        href=reverse("following:draft", args=[told.code, leg.id]),
        link=gettext("Xem dự thảo"),
    )


def _fees(told: Told) -> Iterator[Task]:
    for fee in told.dossier.unpaid:
        blocked = [
            told.stage_name(leg.id)
            for leg in told.dossier.legs.values()
            if fee.id in leg.blocked_by and leg.state is LegState.WAITING
        ]
        text = gettext("{what} chỉ bắt đầu khi đã nộp.").format(what=", ".join(blocked))
        yield Task(
            title=gettext("Nộp {amount}: {fee}").format(
                amount=money_words(fee.amount), fee=fee_name(told, fee.id)
            ),
            text=text if blocked else "",
            href=reverse("following:pay", args=[told.code, fee.id]),
            link=gettext("Nộp trực tuyến"),
        )


def fee_name(told: Told, fee: str) -> str:
    """Return the name of a fee in the language of the page."""
    declared = {item.id: item.name.to(told.language) for item in told.published.procedure.fees}
    return declared.get(fee) or told.dossier.fees[fee].name


def _results(told: Told) -> Iterator[Task]:
    for result in told.dossier.available():
        if result.way == "counter":
            office = told.agency
            yield Task(
                title=gettext("Đến nhận: {what}").format(
                    what=told.result(result.id).name.to(told.language)
                ),
                text=gettext("Mang theo giấy tờ tùy thân và mã hồ sơ."),
                places=(office.unit_name or office.name, office.address, office.support_hours),
                href=_times(told),
                link=gettext("Hẹn giờ đến nhận"),
            )


def _times(told: Told) -> str:
    """Return where a time at the desk is booked for this dossier."""
    return f"{desk_of(told.agency)}?{urlencode({'ho-so': told.code})}"
