"""Pages of the national catalogue: what a procedure is, where and how it is done, also when not here."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from motcua.agencies.rules.codes import code_list
from motcua.kernel import money
from motcua.portal.finding import event_crumbs, today
from motcua.portal.pages import show
from motcua.procedures import queries as procedures
from motcua.procedures.queries import NationalRecord
from motcua.procedures.rules.records.page import Block, RecordPage, Way
from motcua.procedures.rules.records.prose import blocks
from motcua.procedures.rules.refusals import ProcedureUnknown, RecordUnknown


def information(request: HttpRequest, code: str) -> HttpResponse:
    """Show what is told about a procedure; a code known only as a service's leads to the service.

    Raises RecordUnknown.
    """
    service = procedures.service_called(code)
    if service and service.code != code:
        return HttpResponsePermanentRedirect(reverse("portal:service", args=[service.slug]))
    try:
        record = procedures.record_of(code)
    except RecordUnknown:
        return _to_service(code)
    slug = service.slug if service else ""
    return show(request, "information", {**_facts(record), "service": slug})


def _to_service(code: str) -> HttpResponse:
    try:
        slug = procedures.current(code, today()).procedure.slug
    except ProcedureUnknown:
        raise RecordUnknown from None
    return HttpResponsePermanentRedirect(reverse("portal:service", args=[slug]))


def earlier(request: HttpRequest, code: str, record_id: int) -> HttpResponse:
    """Show a record as it was before it was replaced. Raises RecordUnknown."""
    record = procedures.earlier_record(code, record_id)
    if record.replaced_at is None:
        return HttpResponsePermanentRedirect(reverse("portal:information", args=[code]))
    return show(request, "information", _facts(record))


def _facts(record: NationalRecord) -> dict[str, Any]:
    page = record.page
    row = procedures.listing_of(page.code)
    return {
        "record": record,
        "page": page,
        "levels": [_level_words(level) for level in page.levels],
        "ways": _way_rows(page.ways),
        "ways_columns": [gettext("Cách nộp"), gettext("Thời hạn"), gettext("Phí, lệ phí")],
        "notes": _notes(page.ways),
        "before": procedures.records_before(page.code),
        "breadcrumbs": event_crumbs(row.life_events if row else []),
        "field": _field(page, row.fields_of_law if row else []),
    }


def _field(page: RecordPage, fields: list[str]) -> str:
    return page.field or ", ".join(code_list("fields_of_law").label(code) for code in fields)


def _level_words(level: str) -> str:
    return {
        "commune": gettext("xã, phường, đặc khu"),
        "province": gettext("tỉnh, thành phố"),
        "ministry": gettext("bộ, ngành trung ương"),
        "other": gettext("cơ quan khác"),
    }[level]


def _way_rows(ways: Iterable[Way]) -> list[list[str]]:
    return [[channel_words(way.channel), _time_words(way), _fee_words(way)] for way in ways]


def channel_words(channel: str) -> str:
    """Return how it is filed."""
    return {
        "online": gettext("Trực tuyến"),
        "post": gettext("Dịch vụ bưu chính"),
        "counter": gettext("Trực tiếp tại cơ quan"),
    }[channel]


def _time_words(way: Way) -> str:
    if way.time is None:
        return gettext("bản ghi không nêu; xem trình tự bên dưới")
    return {
        "working_days": ngettext("{n} ngày làm việc", "{n} ngày làm việc", way.time),
        "days": gettext("{n} ngày"),
        "working_hours": ngettext("{n} giờ làm việc", "{n} giờ làm việc", way.time),
        "hours": ngettext("{n} giờ", "{n} giờ", way.time),
        "months": gettext("{n} tháng"),
        "unsaid": gettext("{n} ngày (bản ghi không nói rõ có phải ngày làm việc không)"),
    }[way.unit].format(n=way.time)


def _fee_words(way: Way) -> str:
    """Return the fee; a remark of the record stands beside its figure, for the figure may be a part only."""
    remark = way.fee_note if _is_short(way.fee_note) else gettext("xem ghi chú bên dưới")
    if way.fee is None:
        return remark or gettext("bản ghi không nêu; hãy hỏi nơi nhận hồ sơ")
    if way.fee == 0:
        amount = gettext("Miễn phí")
    elif way.currency == "VND":
        amount = money.show(way.fee)
    else:
        amount = f"{way.fee} {way.currency}"
    return f"{amount} – {remark}" if remark else amount


_LONGEST_REMARK = 60


def _is_short(remark: str) -> bool:
    return len(remark) <= _LONGEST_REMARK


def _notes(ways: Iterable[Way]) -> list[dict[str, Any]]:
    """Return the remarks on ways and their fees, each told once with the ways it belongs to."""
    told: dict[tuple[Block, ...], list[str]] = {}
    for way in ways:
        fee = () if _is_short(way.fee_note) else blocks(way.fee_note)
        for note in (fee, way.note):
            if note:
                told.setdefault(note, []).append(channel_words(way.channel))
    return [
        {"ways": ", ".join(dict.fromkeys(names)), "blocks": note} for note, names in told.items()
    ]
