"""Writes rows as CSV or XLSX, batch by batch, into a file on the disk: memory holds one batch.

No cell is ever a formula, whoever wrote what stands in it.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import IO, Protocol

import xlsxwriter

from motcua.kernel.working_time import ZONE
from motcua.reports.lines import Line
from motcua.reports.rules.cells import harmless

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PAPER = {"pdf": "application/pdf"}
_WIDTHS = (24, 28, 28, 24, 18, 18, 18, 48)


class Writer(Protocol):
    """Takes batches of rows; the file is whole after `close`."""

    def add(self, rows: Iterable[Sequence[str]]) -> None:
        """Write some rows under those before."""

    def close(self) -> None:
        """Finish the file; the stream stays open."""


def cells(line: Line) -> tuple[str, ...]:
    """Return a line's cells in the order of the columns."""
    words = (line.code, line.procedure, line.subject, line.status)
    moments = tuple(_moment(moment) for moment in (line.since, line.due, line.over))
    return (*words, *moments, line.note)


def _moment(moment: datetime | None) -> str:
    return f"{moment.astimezone(ZONE):%d/%m/%Y %H:%M}" if moment else ""


class CsvWriter:
    """UTF-8 with a byte order mark, without which Excel reads Vietnamese wrongly."""

    def __init__(self, stream: IO[bytes], heads: Sequence[str]) -> None:
        """Begin the file with the heads of its columns."""
        self._text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
        self._rows = csv.writer(self._text)
        self._rows.writerow(heads)

    def add(self, rows: Iterable[Sequence[str]]) -> None:
        """Write some rows under those before."""
        self._rows.writerows([harmless(text) for text in row] for row in rows)

    def close(self) -> None:
        """Finish the file; the stream stays open."""
        self._text.flush()
        self._text.detach()


class XlsxWriter:
    """One sheet of plain text: nothing in it is computed when it is opened."""

    def __init__(self, stream: IO[bytes], heads: Sequence[str]) -> None:
        """Begin the sheet with the heads of its columns, which stay in sight."""
        plain = {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = xlsxwriter.Workbook(stream, {"constant_memory": True, **plain})
        self._sheet = self._book.add_worksheet()
        for column, width in enumerate(_WIDTHS):
            self._sheet.set_column(column, column, width)
        self._sheet.freeze_panes(1, 0)
        self._row = 0
        self._write(heads, self._book.add_format({"bold": True}))

    def _write(self, texts: Sequence[str], look: object = None) -> None:
        for column, text in enumerate(texts):
            self._sheet.write_string(self._row, column, text, look)
        self._row += 1

    def add(self, rows: Iterable[Sequence[str]]) -> None:
        """Write some rows under those before."""
        for row in rows:
            self._write([harmless(text) for text in row])

    def close(self) -> None:
        """Finish the file; the stream stays open."""
        self._book.close()


def writer(kind: str, stream: IO[bytes], heads: Sequence[str]) -> Writer:
    """Return the writer of a kind of file. KeyError for a kind there is not."""
    return _WRITERS[kind](stream, heads)


_WRITERS: Mapping[str, type[CsvWriter] | type[XlsxWriter]] = {"csv": CsvWriter, "xlsx": XlsxWriter}
