"""Form 07 (sổ theo dõi hồ sơ, TT 03/2025/TT-VPCP): what an office received in a window, in the order of receiving.

Read by keyset in batches; as a paper for hanging in the office's folder, or as a list to work with.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext

from motcua.agencies.models import Agency
from motcua.agencies.queries import place, superior
from motcua.agencies.rules.codes import code_list
from motcua.documents.papers import make_paper
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.status import Status
from motcua.kernel import phone
from motcua.kernel.refusal import Refusal
from motcua.kernel.working_time import ZONE
from motcua.procedures.queries import by_digest
from motcua.reports.queries import Whose
from motcua.reports.rules.windows import Window
from motcua.toolkit.sealed_fields import opening

BATCH = 500
MOST_PRINTED = 2000
"""Beyond so many lines the paper is no book any more: a shorter period, or a list."""

SQL_COUNT = """
select count(*) from dossiers_dossier
where agency_id = %(agency)s and received_at >= %(start)s and received_at < %(end)s
"""
SQL_LINES = """
select d.id, d.received_at, d.code, v.digest, case when d.restricted then ''::bytea else d.applicant_name end,
       case when d.restricted then ''::bytea else d.subject_name end,
       case when d.restricted then ''::bytea else d.phone end, d.status,
       coalesce(d.finished_at, d.ended_at),
       (select e.due from dossiers_event e
        where e.dossier_id = d.id and e.kind = 'Received' limit 1),
       r.at, r.way
from dossiers_dossier d join procedures_version v on v.id = d.version_id
left join lateral (
  select e.at, e.way from dossiers_event e
  where e.dossier_id = d.id and e.kind = 'ResultReturned' order by e.seq desc limit 1
) r on true
where d.agency_id = %(agency)s and d.received_at >= %(start)s and d.received_at < %(end)s
  and (d.received_at, d.id) > (%(after)s, %(last)s)
order by d.received_at, d.id limit %(batch)s
"""


_OPENING = tuple(opening(Dossier, name) for name in ("applicant_name", "subject_name", "phone"))


@dataclass(frozen=True)
class Entry:
    """One line of the register."""

    number: int
    code: str
    procedure: str
    person: str
    subject: str
    phone: str
    received_at: datetime
    due: datetime | None
    over: datetime | None
    returned_at: datetime | None
    way: str
    status: str

    def cells(self) -> tuple[str, ...]:
        """Return the line as a list holds it, in the order of `heads`."""
        return (
            str(self.number), self.code, self.procedure, self.person, self.subject, self.phone,
            *map(_moment, (self.received_at, self.due, self.over, self.returned_at)),
            self.way, self.status,
        )  # fmt: skip


def heads() -> tuple[str, ...]:
    """Return the heads of the columns."""
    return (
        gettext("Số"), gettext("Mã hồ sơ"), gettext("Thủ tục"), gettext("Người nộp"),
        gettext("Hồ sơ của"), gettext("Số điện thoại"), gettext("Nhận"), gettext("Hẹn trả"),
        gettext("Giải quyết xong"), gettext("Trả kết quả"), gettext("Cách trả"), gettext("Trạng thái"),
    )  # fmt: skip


def count(agency: Whose, window: Window) -> int:
    """Return how many lines the register of a window has; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(SQL_COUNT, _bounds(agency, window))
        return int(cursor.fetchone()[0])


def batches(agency: Whose, window: Window, batch: int = BATCH) -> Iterator[list[Entry]]:
    """Yield the register in batches; one statement each."""
    bounds = _bounds(agency, window) | {"after": window.start, "last": 0, "batch": batch}
    number = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(SQL_LINES, bounds)
            rows = cursor.fetchall()
        if not rows:
            return
        yield [_entry(number + place, row) for place, row in enumerate(rows, start=1)]
        number += len(rows)
        bounds |= {"last": rows[-1][0], "after": rows[-1][1]}


def _bounds(agency: Whose, window: Window) -> dict[str, Any]:
    return {"agency": agency.id, "start": window.start, "end": window.end}


def _entry(number: int, row: Sequence[Any]) -> Entry:
    _, received, code, digest, *sealed, status, over, due, returned, way = row
    person, subject, told = (opened(value) for opened, value in zip(_OPENING, sealed, strict=True))
    ways = {
        "online": gettext("trực tuyến"),
        "counter": gettext("tại quầy"),
        "post": gettext("bưu điện"),
    }
    return Entry(
        number=number,
        code=code,
        procedure=by_digest(digest).procedure.short.vi,
        person=person,
        subject=subject,
        phone=_phone(told),
        received_at=received,
        due=due,
        over=over,
        returned_at=returned,
        way=ways.get(way or "", ""),
        status=gettext(Status(status).words),
    )


def _phone(number: str) -> str:
    try:
        return phone.show(phone.read_contact(number)) if number else ""
    except Refusal:
        return number


def _moment(moment: datetime | None) -> str:
    return f"{moment.astimezone(ZONE):%d/%m/%Y %H:%M}" if moment else ""


def printed(office: Agency, window: Window, entries: Sequence[Entry], at: datetime) -> bytes:
    """Return the register as a paper."""
    data = {
        "agency": {
            "name": office.name,
            "parent": superior(office, at),
            "place": place(office.place_code, at).name,
        },
        "from": window.first.isoformat(),
        "to": window.last.isoformat(),
        "printed_at": at.astimezone(ZONE).isoformat(timespec="seconds"),
        "entries": [
            {
                "number": str(one.number), "code": one.code, "procedure": one.procedure,
                "person": one.person, "subject": "" if one.subject == one.person else one.subject,
                "phone": one.phone, "received": _moment(one.received_at), "due": _moment(one.due),
                "returned": _moment(one.returned_at), "way": one.way, "note": one.status,
            }
            for one in entries
        ],
    }  # fmt: skip
    return make_paper(code_list("form_sets").rows[0]["register"], data, at=at)
