"""The figures of an agency for its leader and its front desk; every number leads to its dossiers."""

import io
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from motcua.desk.figures.asking import (
    about_address,
    asked_of,
    list_address,
    mark_of,
    parameters,
    seat_of,
    window_of,
)
from motcua.desk.figures.files import attachment
from motcua.desk.figures.tables import (
    Sheet,
    Stretch,
    duration_words,
    missing,
    missing_cells,
    percent_words,
    share_cells,
    share_heads,
)
from motcua.desk.pages import show, ways_of
from motcua.reports import given_up, register
from motcua.reports.figures import REGISTER, Asked, Picture, picture, today
from motcua.reports.lines import after, columns, lines
from motcua.reports.lines import mark_of as place_of
from motcua.reports.rules.facts import Case
from motcua.reports.rules.indicators import DECREE, DECREE_UNMEASURED, SHARES, UNMEASURED
from motcua.reports.rules.measures import PARTS, refusals
from motcua.reports.rules.refusals import FigureUnknown
from motcua.reports.rules.windows import Span, Window, window
from motcua.reports.seats import Seat
from motcua.reports.words import cause_words, figure_words, place_words, window_words
from motcua.reports.writing import TYPES, writer
from motcua.toolkit.clock import now

PAGE = 50
TODAY = (
    "nop", "xong", "dang-giai-quyet", "den-han-hom-nay", "tre-han", "cho-tiep-nhan",
    "cho-nguoi-dan", "cho-co-quan-khac", "cho-tra-ket-qua",
)  # fmt: skip
TODAY_PARTS = (
    "phan-den", "phan-xong", "phan-dang-lam", "phan-den-han", "phan-tre", "phan-cho-nguoi-dan",
)  # fmt: skip
PERIOD = (
    "nop", "xong", "co-ket-qua", "dung-han", "xong-tre", "khong-hen", "nop-truc-tuyen", "bo-sung",
    "bo-sung-lan-hai", "gia-han", "tu-choi-nhan", "dung-xu-ly", "rut",
)  # fmt: skip
PERIOD_PARTS = ("phan-den", "phan-xong", "phan-dung-han", "phan-xong-tre", "phan-tu-choi")
ALARMS = ("tre-han", "phan-tre", "xong-tre", "phan-xong-tre", "bo-sung-lan-hai")
CHART = ("nop", "xong", "xong-tre")


@require_safe
def day(request: HttpRequest) -> HttpResponse:
    """Show what stands where now."""
    at = now()
    sheet = _sheet(request, today(at), at)
    return _show(request, "today", sheet, {
        "at": at,
        "tiles": sheet.tiles(TODAY, ALARMS),
        "part_tiles": sheet.tiles(TODAY_PARTS, ALARMS),
        "places": sheet.bars("dang-giai-quyet", "khau", _place_words),
        "causes": sheet.bars("tre-han", "nguyen-nhan", _cause_words, late=True),
        "people": sheet.bars("can-bo", "nguoi", _person_words),
        "holders": sheet.bars("dang-giu", "nguoi-giu", _holder_words),
    })  # fmt: skip


@require_safe
def period(request: HttpRequest) -> HttpResponse:
    """Show a week, a month or a quarter."""
    at = now()
    sheet = _sheet(request, _period_of(request, at), at)
    seen = sheet.picture
    return _show(request, "period", sheet, {
        **_around(sheet, "desk:figures_period"),
        "tiles": sheet.tiles(PERIOD, ALARMS),
        "part_tiles": sheet.tiles(PERIOD_PARTS, ALARMS),
        "rates": _rates(seen, sheet.seat),
        "heads": [figure_words(name) for name in CHART],
        "stretches": _begun(sheet.stretches(CHART), seen.frame.window, at),
        "causes": sheet.bars("xong-tre", "nguyen-nhan", _cause_words, late=True),
        "reasons": sheet.bars("bi-tu-choi", "ly-do", _reason_words),
        "people": sheet.bars("can-bo", "nguoi", _person_words),
        "given_up": given_up.of_office(sheet.seat.agency.id, sheet.window),
    })  # fmt: skip


@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """Show the measures of QĐ 766/QĐ-TTg and NĐ 224/2026 Điều 19 that events can tell, and which they cannot."""
    at = now()
    sheet = _sheet(request, _period_of(request, at), at)
    return _show(request, "indicators", sheet, {
        **_around(sheet, "desk:figures_indicators"),
        "index": [sheet.share(share) for share in SHARES],
        "index_missing": [missing(one) for one in UNMEASURED],
        "decree": [sheet.share(share) for share in DECREE],
        "median": duration_words(sheet.picture.median_minutes(sheet.seat)),
        "files": _index_files(sheet),
        "finished": sheet.tiles(["co-ket-qua"])[0],
        "decree_missing": [missing(one) for one in DECREE_UNMEASURED],
    })  # fmt: skip


@require_safe
def indicators_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand the same table as a file. Raises FigureUnknown for a kind of file there is not."""
    if kind not in TYPES:
        raise FigureUnknown
    at = now()
    sheet = _sheet(request, _period_of(request, at), at)
    shares = [sheet.share(share) for share in (*SHARES, *DECREE)]
    untold = [missing(one) for one in (*UNMEASURED, *DECREE_UNMEASURED)]
    content = io.BytesIO()
    out = writer(kind, content, share_heads())
    out.add([*map(share_cells, shares), *map(missing_cells, untold)])
    out.close()
    return attachment(content.getvalue(), f"chi-so-{sheet.window.first.isoformat()}", kind)


@require_safe
def behind(request: HttpRequest) -> HttpResponse:
    """Show the dossiers behind a figure, newest first. Raises FigureUnknown."""
    at = now()
    mine, asked = seat_of(request, at), asked_of(request.GET, at)
    seen = picture(seat=mine, about=asked.window, at=at)
    items = seen.items(asked.figure, asked.group, asked.key)
    mark = mark_of(request.GET.get("sau", ""))
    rest = after(items, mark)
    page, more = rest[:PAGE], len(rest) > PAGE
    first = seen.items(asked.figure, asked.group, asked.key)[:1] if asked.group else []
    return _show(request, "list", Sheet(mine, seen), {
        "figure": figure_words(asked.figure),
        "slice": _slice_words(asked.group, asked.key, first[0]) if first else "",
        "when": window_words(asked.window),
        "total": len(items),
        "columns": columns(of_parts=asked.figure in PARTS),
        "lines": lines(seen, page),
        "previous": list_address(mine, asked) if mark else "",
        "next": list_address(mine, asked, place_of(page[-1])) if more else "",
        "hidden": parameters(mine, asked),
        "key": str(uuid4()),
    })  # fmt: skip


@require_safe
def register_page(request: HttpRequest) -> HttpResponse:
    """Show the beginning of the office's register of a period (form 07), to be made into a paper or a list."""
    at = now()
    sheet = _sheet(request, _period_of(request, at), at)
    mine, about = sheet.seat, sheet.window
    first, heads = next(register.batches(mine.agency, about, batch=PAGE), []), register.heads()
    return _show(request, "register", sheet, {
        **_around(sheet, "desk:register"),
        "total": register.count(mine.agency, about),
        "columns": heads,
        "rows": [(entry.code, tuple(zip(heads, entry.cells(), strict=True))) for entry in first],
        "hidden": parameters(mine, Asked(REGISTER, about)),
        "key": str(uuid4()),
    })  # fmt: skip


def _index_files(sheet: Sheet) -> list[dict[str, str]]:
    """Return the addresses of the table as a file."""
    return [
        {
            "label": label,
            "href": about_address("desk:figures_indicators_file", sheet.seat, sheet.window, kind),
        }
        for kind, label in (("xlsx", gettext("Tải tệp XLSX")), ("csv", gettext("Tải tệp CSV")))
    ]


def _sheet(request: HttpRequest, about: Window, at: datetime) -> Sheet:
    mine = seat_of(request, at)
    return Sheet(mine, picture(seat=mine, about=about, at=at))


def _period_of(request: HttpRequest, at: datetime) -> Window:
    about = window_of(request.GET, at, Span.MONTH)
    return window(Span.MONTH, about.first) if about.span is Span.DAY else about


def _show(request: HttpRequest, name: str, sheet: Sheet, context: dict[str, Any]) -> HttpResponse:
    """Show a page of figures; what an office has nothing of is left out, unless it has nothing at all."""
    seen, mine = sheet.picture, sheet.seat
    shared = {
        "office": mine.name,
        "pages": _pages(request, sheet),
        "offices": _offices(request, sheet) if len(mine.offered) > 1 else [],
        "receives": bool(seen.cases) or not seen.parts,
        "linked": bool(seen.parts),
        **ways_of(mine.roles),
    }
    return show(request, f"figures/{name}", {**shared, **context})


_PAGES = ("desk:figures", "desk:figures_period", "desk:figures_indicators", "desk:register")


def _pages(request: HttpRequest, sheet: Sheet) -> list[dict[str, object]]:
    """Return the ways between the pages; those of periods keep the period."""
    words = (
        gettext("Hôm nay"), gettext("Theo kỳ"), gettext("Chỉ số phục vụ"), gettext("Sổ theo dõi"),
    )  # fmt: skip
    about = sheet.window
    kept = about if about.span is not Span.DAY else window(Span.MONTH, about.first)
    here = request.resolver_match.view_name if request.resolver_match else ""
    return [
        {
            "label": label,
            "href": about_address(name, sheet.seat, None if name == _PAGES[0] else kept),
            "current": name == here,
        }
        for name, label in zip(_PAGES, words, strict=True)
    ]


def _offices(request: HttpRequest, sheet: Sheet) -> list[dict[str, object]]:
    """Return the ways to the other agencies whose figures the official reads."""
    address = []
    for code, name in sheet.seat.offered:
        given = request.GET.copy()
        given["co-quan"] = code
        given.pop("sau", None)
        current = code == sheet.seat.agency.code
        address.append({"label": name, "href": f"?{given.urlencode()}", "current": current})
    return address


def _around(sheet: Sheet, name: str) -> dict[str, Any]:
    """Return the ways to other periods: longer, shorter, before and after."""
    about = sheet.window
    words = {Span.WEEK: gettext("Tuần"), Span.MONTH: gettext("Tháng"), Span.QUARTER: gettext("Quý")}
    spans = [
        {
            "label": label,
            "href": about_address(name, sheet.seat, window(span, about.last)),
            "current": span is about.span,
        }
        for span, label in words.items()
    ]
    coming = about.after.start <= sheet.picture.frame.at
    return {
        "when": window_words(about),
        "spans": spans,
        "previous": about_address(name, sheet.seat, about.before),
        "next": about_address(name, sheet.seat, about.after) if coming else "",
    }


def _begun(stretches: list[Stretch], about: Window, at: datetime) -> list[Stretch]:
    """Leave out the days and weeks that are still to come."""
    begun = sum(stretch.start <= at for stretch in about.stretches())
    return stretches[: max(1, begun)]


def _rates(seen: Picture, mine: Seat) -> list[dict[str, str]]:
    """Return the three numbers a period is first asked for."""
    told = seen.numbers(["dung-han", "tinh-dung-han", "nop-truc-tuyen", "nop"])
    return [
        {
            "label": gettext("Giải quyết đúng hạn"),
            "value": percent_words(told["dung-han"], told["tinh-dung-han"]),
        },
        {
            "label": gettext("Nộp trực tuyến"),
            "value": percent_words(told["nop-truc-tuyen"], told["nop"]),
        },
        {
            "label": gettext("Thời gian giải quyết (trung vị)"),
            "value": duration_words(seen.median_minutes(mine)),
        },
    ]


def _place_words(key: str, case: Case) -> str:
    return place_words(key, case.digest)


def _cause_words(key: str, case: Case) -> str:
    return cause_words(key, case.digest)


def _person_words(key: str, case: Case) -> str:
    return next(doer.name for doer in case.doers if doer.id == key)


def _holder_words(key: str, case: Case) -> str:
    return dict(case.holders)[key]


def _reason_words(key: str, case: Case) -> str:
    # Under “other” stands what somebody typed: of one dossier, not of all with that code.
    return gettext("Lý do khác") if key == "other" else dict(refusals(case))[key]


_SLICES = {
    "khau": _place_words,
    "nguyen-nhan": _cause_words,
    "ly-do": _reason_words,
    "nguoi": _person_words,
    "nguoi-giu": _holder_words,
}


def _slice_words(group: str, key: str, first: object) -> str:
    return _SLICES[group](key, first) if isinstance(first, Case) else ""
