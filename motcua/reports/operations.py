"""Lists as files: asked for once, made in batches by a job, handed to whoever asked, gone after a day."""

import tempfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import IO
from uuid import UUID

from django.db import transaction
from django.utils.translation import override

from motcua.agencies.models import Official
from motcua.dossiers.readings import note_listed
from motcua.reports import register
from motcua.reports.figures import REGISTER, Asked, Item, Picture, picture
from motcua.reports.lines import Line, after, columns, lines
from motcua.reports.models import ListFile
from motcua.reports.rules.measures import PARTS
from motcua.reports.rules.refusals import (
    FiguresNotYours,
    FigureUnknown,
    FileNotReady,
    ListTooLong,
    TooManyFiles,
)
from motcua.reports.rules.windows import Span, Window
from motcua.reports.seats import Seat, seat
from motcua.reports.writing import cells, writer
from motcua.toolkit.gates import gate

KEPT = timedelta(days=1)
AT_ONCE = 3
PATIENCE = timedelta(hours=1)  # what is not made by then does not keep its person from asking again
BATCH = 500
LONGEST = 100_000


@transaction.atomic
def ask_file(
    *, key: UUID, seat: Seat, asked: Asked, kind: str, language: str, at: datetime
) -> ListFile:
    """Order the list as a file, once per `key`. Raises FigureUnknown, TooManyFiles."""
    # The job calls this module, and this module queues the job: they meet only here.
    from motcua.reports.tasks import make  # noqa: PLC0415

    if kind not in ListFile.Kind.values or (kind == "pdf" and asked.figure != REGISTER):
        raise FigureUnknown
    known = ListFile.objects.defer("content").filter(pk=key).first()
    if known is not None:
        return _own(known, seat)
    Official.objects.select_for_update().get(
        pk=seat.official
    )  # two clicks at once count each other
    waiting = ListFile.objects.filter(
        official_id=seat.official, ready_at__isnull=True, failure="", asked_at__gt=at - PATIENCE
    )
    if waiting.count() >= AT_ONCE:
        raise TooManyFiles(most=AT_ONCE)
    made = ListFile.objects.create(
        id=key, official_id=seat.official, agency_id=seat.agency.id, kind=kind, language=language,
        asked=_kept(asked), asked_at=at,
    )  # fmt: skip
    make.defer(file=str(key))
    return made


def _own(found: ListFile, seat: Seat) -> ListFile:
    if found.official_id != seat.official or found.agency_id != seat.agency.id:
        raise FigureUnknown
    return found


@gate
def file_of(*, key: UUID, official: Official, at: datetime, whole: bool = False) -> ListFile:
    """Return a file for the official who asked for it, still in the post in which they asked.

    `whole`: with its content. Raises FigureUnknown for any other and after a day, FileNotReady,
    FiguresNotYours.
    """
    rows = ListFile.objects.select_related("agency")
    rows = rows if whole else rows.defer("content")
    found = rows.filter(pk=key, official=official, asked_at__gt=at - KEPT).first()
    if found is None:
        raise FigureUnknown
    _own(found, seat(official=official, at=at, wanted=found.agency.code))
    if whole and found.ready_at is None:
        raise FileNotReady
    return found


def make_file(*, key: UUID, at: datetime) -> None:
    """Make the file; one that is made, given up or gone already is left as it is.

    Who has lost the post since they asked gets none.
    """
    found = ListFile.objects.select_related("official", "agency").defer("content")
    row = found.filter(pk=key, ready_at__isnull=True, failure="").first()
    if row is None:
        return
    try:
        with override(row.language), tempfile.TemporaryFile() as stream:
            listed = _write(row, stream, at)
            stream.seek(0)
            row.content, row.ready_at = stream.read(), at
    except (FiguresNotYours, FigureUnknown, ListTooLong) as no:
        ListFile.objects.filter(pk=key).update(failure=no.code)
        return
    with transaction.atomic():  # nobody fetches a list before it is written down who has it
        row.save(update_fields=["content", "ready_at"])
        note_listed(codes=listed, official=row.official, agency=row.agency, at=at)


def _write(row: ListFile, stream: IO[bytes], at: datetime) -> list[str]:
    """Write the list; return the codes of the dossiers that stand in it."""
    mine = seat(official=row.official, at=at, wanted=row.agency.code)
    _own(row, mine)
    asked = asked_of(row)
    if asked.figure == REGISTER:
        return _write_register(row, asked.window, mine, stream)
    seen = picture(seat=mine, about=asked.window, at=row.asked_at)
    items = after(seen.items(asked.figure, asked.group, asked.key), None)
    if len(items) > LONGEST:
        raise ListTooLong(found=len(items), most=LONGEST)
    ListFile.objects.filter(pk=row.pk).update(total=len(items), done=0)
    out = writer(row.kind, stream, columns(of_parts=asked.figure in PARTS))
    listed: list[str] = []
    for number, batch in enumerate(_batches(seen, items), start=1):
        out.add(map(cells, batch))
        listed += [line.code for line in batch]
        done = min(number * BATCH, len(items))
        ListFile.objects.filter(pk=row.pk).update(done=done)
    out.close()
    return listed


def _write_register(row: ListFile, about: Window, mine: Seat, stream: IO[bytes]) -> list[str]:
    total = register.count(mine.agency, about)
    most = register.MOST_PRINTED if row.kind == "pdf" else LONGEST
    if total > most:
        raise ListTooLong(found=total, most=most)
    ListFile.objects.filter(pk=row.pk).update(total=total, done=0)
    if row.kind == "pdf":
        entries = [one for batch in register.batches(mine.agency, about) for one in batch]
        stream.write(register.printed(row.agency, about, entries, row.asked_at))
        return [one.code for one in entries]
    out, done = writer(row.kind, stream, register.heads()), 0
    listed: list[str] = []
    for batch in register.batches(mine.agency, about):
        out.add(one.cells() for one in batch)
        listed += [one.code for one in batch]
        done = min(done + len(batch), total)
        ListFile.objects.filter(pk=row.pk).update(done=done)
    out.close()
    return listed


def _batches(seen: Picture, items: list[Item]) -> Iterator[list[Line]]:
    for start in range(0, len(items), BATCH):
        yield lines(seen, items[start : start + BATCH])


def forget_old(*, before: datetime) -> int:
    """Delete the files asked for before that moment; return how many."""
    deleted, _ = ListFile.objects.filter(asked_at__lt=before).delete()
    return deleted


def _kept(asked: Asked) -> dict[str, str]:
    about = asked.window
    return {
        "figure": asked.figure, "group": asked.group, "key": asked.key, "span": str(about.span),
        "first": about.first.isoformat(), "until": about.until.isoformat(),
    }  # fmt: skip


def asked_of(row: ListFile) -> Asked:
    """Return the list a file is of."""
    kept = row.asked
    first, until = (date.fromisoformat(kept[name]) for name in ("first", "until"))
    about = Window(Span(kept["span"]), first, until)
    return Asked(kept["figure"], about, kept["group"], kept["key"])
