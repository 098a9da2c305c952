"""How satisfied people are, and how many gave up: for everybody, by office and procedure, of the last twelve months."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from motcua.agencies.queries import agency_by_id
from motcua.help.rules.opinions import FEWEST, MARKS, WORDS, Kind
from motcua.procedures.queries import latest
from motcua.reports.given_up import open_given_up
from motcua.reports.rules.given_up import GivenUp
from motcua.reports.rules.satisfaction import Published
from motcua.reports.satisfaction import open_figures
from motcua.reports.writing import TYPES, writer
from motcua.toolkit.clock import now

BEST_FIRST = tuple(reversed(MARKS))
AGE = 300
"""Seconds that caches may keep the figures."""


@dataclass(frozen=True)
class Line:
    """A published row in words; `counts` from the best mark to the worst, `told` the same with their words."""

    office: str
    procedure: str
    satisfied: int
    total: int
    counts: tuple[int, ...]
    told: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Unfinished:
    """A row of declarations given up, in words."""

    office: str
    procedure: str
    row: GivenUp


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Show both measures as tables, and the declarations that nobody came back to."""
    rows, given_up = open_figures(at := now()), open_given_up(at)
    names = _names([*(row.procedure for row in rows), *(row.procedure for row in given_up)])
    tables = [
        {
            "title": titles()[kind],
            "heads": [gettext(WORDS[kind][mark]) for mark in BEST_FIRST],
            "lines": [_line(row, names) for row in rows if row.kind is kind],
        }
        for kind in (Kind.ENDING, Kind.FILING)
    ]
    unfinished = [
        Unfinished(agency_by_id(row.agency).name, _procedure_words(row.procedure, names), row)
        for row in given_up
    ]
    context = {"tables": tables, "fewest": FEWEST, "unfinished": unfinished}
    return _for_all(render(request, "openness/opinions.html", context))


@require_safe
def figures_file(_request: HttpRequest) -> HttpResponse:
    """Give the same rows as CSV: names of columns in Vietnamese, one row an office or procedure and measure."""
    rows = open_figures(at := now())
    names = _names(row.procedure for row in rows)
    content = io.BytesIO()
    out = writer("csv", content, heads())
    out.add(_cells(row, _line(row, names)) for row in rows)
    out.close()
    answer = HttpResponse(content.getvalue(), content_type=TYPES["csv"])
    answer["Content-Disposition"] = f'attachment; filename="{_file_name(at)}"'
    return _for_all(answer)


def titles() -> dict[Kind, str]:
    """Return what the two measures are called."""
    return {
        Kind.ENDING: gettext("Hài lòng với việc giải quyết"),
        Kind.FILING: gettext("Khai hồ sơ có dễ không"),
    }


def heads() -> list[str]:
    """Return the heads of the file's columns."""
    return [
        gettext("Câu hỏi"), gettext("Cơ quan"), gettext("Thủ tục"), gettext("Hài lòng, dễ (%)"),
        gettext("Số ý kiến"), *(f"{gettext('Mức')} {mark}" for mark in BEST_FIRST),
    ]  # fmt: skip


def _cells(row: Published, line: Line) -> list[str]:
    numbers = [line.satisfied, line.total, *line.counts]
    return [titles()[row.kind], line.office, line.procedure, *map(str, numbers)]


def _file_name(at: datetime) -> str:
    return f"hai-long-{at:%Y-%m-%d}.csv"


def _names(codes: Iterable[str]) -> dict[str, str]:
    """Return what procedures are called; one query."""
    spoken = get_language() or "vi"
    found = latest({code for code in codes if code})
    return {code: one.procedure.name.to(spoken) for code, one in found.items()}


def _procedure_words(code: str, names: dict[str, str]) -> str:
    return names.get(code, code) or gettext("Tất cả thủ tục")


def _line(row: Published, names: dict[str, str]) -> Line:
    counts = tuple(reversed(row.tally.counts))
    words = [gettext(WORDS[row.kind][mark]) for mark in BEST_FIRST]
    return Line(
        agency_by_id(row.agency).name, _procedure_words(row.procedure, names),
        row.tally.satisfied, row.tally.total, counts, tuple(zip(words, counts, strict=True)),
    )  # fmt: skip


def _for_all(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = f"public, max-age={AGE}"
    return answer
