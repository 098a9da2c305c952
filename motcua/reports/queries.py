"""The facts behind the figures: a handful of statements for a window, whatever the number of dossiers.

What is counted is decided by `rules`; here only the window and the agency bound what is read.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from django.db import connection

from motcua.dossiers.models import Event
from motcua.dossiers.rules.status import Status
from motcua.procedures.queries import by_digest
from motcua.reports.rules.facts import Case, Doer, Mark, Part
from motcua.reports.rules.windows import Window
from motcua.toolkit.sealed_fields import opening

# Documents and payments know a dossier by these references only (CONTRIBUTING: foreign keys point down).
SQL_CASES = """
select d.id, v.digest, d.status, d.channel, d.submitted_at, d.expected_at, d.received_at, d.due_at,
       d.finished_at, d.ended_at,
       (select max(t.at) from dossiers_transfer t
        where t.dossier_id = d.id and t.now_id = d.agency_id),
       exists (select 1 from identity_account a where a.id = d.account_id and a.kind = 'vneid'),
       exists (select 1 from documents_document p
               where p.owner = 'dossier:' || d.code and p.state = 'kept'),
       exists (select 1 from documents_issuedpaper i
               where i.owner = 'dossier:' || d.code and i.status = 'valid'),
       exists (select 1 from payments_demand m where m.subject = d.code and m.state = 'paid'),
       exists (select 1 from payments_demand m join payments_receipt r on r.demand_id = m.id
               where m.subject = d.code and m.state = 'paid' and r.way = 'gateway')
from dossiers_dossier d join procedures_version v on v.id = d.version_id
where d.agency_id = %(agency)s
  and ((d.submitted_at >= %(start)s and d.submitted_at < %(end)s)
    or (d.finished_at >= %(start)s and d.finished_at < %(end)s)
    or (d.ended_at >= %(start)s and d.ended_at < %(end)s)
    or (%(open)s and d.ended_at is null))
order by d.id desc
"""
SQL_MARKS = """
select dossier_id, kind, at, due, number,
       case when kind in ('Declined', 'Stopped', 'LegRefused') then data end
from dossiers_event
where dossier_id = any(%s) and kind in ('Received', 'Declined', 'SupplementAsked', 'Supplemented',
  'SupplementLapsed', 'Extended', 'Recounted', 'FeeAwaited', 'FeeNoLongerAwaited', 'WithdrawalAsked', 'WithdrawalDeclined',
  'Withdrawn', 'Stopped', 'LegRefused')
order by dossier_id, seq
"""
SQL_DOERS = """
select e.dossier_id, e.official, coalesce(max(o.full_name), e.official), count(*)
from dossiers_event e left join agencies_official o on o.id::text = e.official
where e.dossier_id = any(%s) and e.act_key is not null and e.at >= %s and e.at < %s
  and e.official <> '' and e.office = %s
group by 1, 2 order by 1, 2
"""
SQL_HOLDERS = """
select distinct w.dossier_id, w.official_id::text, o.full_name
from dossiers_work w join agencies_official o on o.id = w.official_id
where w.dossier_id = any(%s) and w.agency_id = %s order by 1, 2
"""
SQL_PARTS = """
select l.dossier_id, l.leg, l.agency_code, l.state, l.step, v.digest, d.status,
       l.opened_at, l.due_at, l.ended_at
from dossiers_legrow l
join dossiers_dossier d on d.id = l.dossier_id
join procedures_version v on v.id = d.version_id
"""
SQL_PARTS_OF_DOSSIERS = f"{SQL_PARTS} where l.dossier_id = any(%s) order by l.id"
SQL_PARTS_OF_AGENCY = f"""{SQL_PARTS}
where l.agency_code = %(code)s and d.agency_id <> %(agency)s and l.opened_at is not null
  and ((l.opened_at >= %(start)s and l.opened_at < %(end)s)
    or (l.ended_at >= %(start)s and l.ended_at < %(end)s)
    or (%(open)s and l.ended_at is null))
order by l.dossier_id desc, l.id
"""
_FACTS = 11
_opened = opening(Event, "data")


class Whose(NamedTuple):
    """The agency whose figures are read."""

    id: int
    code: str


def cases(agency: Whose, window: Window, *, with_open: bool) -> list[Case]:
    """Return the dossiers the agency received that were filed or over in the window, newest first.

    `with_open`: also all that are not closed yet, whenever they were filed. Five statements.
    """
    bounds = {"agency": agency.id, "start": window.start, "end": window.end, "open": with_open}
    found = [_case(row) for row in _rows(SQL_CASES, bounds)]
    ids = [case.dossier for case in found]
    if not ids:
        return []
    marks, doers = _marks(ids), _doers(ids, agency, window)
    holders = _holders(ids, agency)
    legs = _parts(_rows(SQL_PARTS_OF_DOSSIERS, [ids]))
    return [
        replace(
            case,
            marks=tuple(marks[case.dossier]),
            doers=tuple(doers[case.dossier]),
            holders=tuple(holders[case.dossier]),
            parts=tuple(legs[case.dossier]),
        )
        for case in found
    ]


def parts(agency: Whose, window: Window, *, with_open: bool) -> list[Part]:
    """Return the agency's parts of other agencies' dossiers, those opened or over in the window; one statement.

    `with_open`: also all that are not over yet.
    """
    bounds = {
        "code": agency.code, "agency": agency.id, "start": window.start, "end": window.end,
        "open": with_open,
    }  # fmt: skip
    return [_part(row) for row in _rows(SQL_PARTS_OF_AGENCY, bounds)]


def _rows(sql: str, values: Sequence[Any] | dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _case(row: tuple[Any, ...]) -> Case:
    dossier, digest, status, channel, submitted, expected, received, due, *over, came = row[:_FACTS]
    finished, ended = over
    proven, papers, electronic, paid, online = row[_FACTS:]
    return Case(
        dossier=dossier,
        digest=digest,
        status=Status(status),
        channel=channel,
        submitted_at=submitted,
        expected_at=expected,
        received_at=received,
        due_at=due,
        finished_at=finished,
        ended_at=ended,
        came_at=came,
        full=by_digest(digest).procedure.level == "full",
        proven=proven,
        papers=papers,
        electronic=electronic,
        paid=paid,
        paid_online=online,
    )


def _part(row: tuple[Any, ...]) -> Part:
    dossier, leg, agency, state, step, digest, status, opened, due, ended = row
    return Part(
        dossier=dossier,
        leg=leg,
        agency=agency,
        state=state,
        step=step,
        digest=digest,
        status=Status(status),
        opened_at=opened,
        due_at=due,
        ended_at=ended,
    )


def _parts(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[Part]]:
    found: dict[int, list[Part]] = defaultdict(list)
    for part in map(_part, rows):
        found[part.dossier].append(part)
    return found


def _marks(ids: list[int]) -> dict[int, list[Mark]]:
    found: dict[int, list[Mark]] = defaultdict(list)
    for dossier, kind, at, due, number, sealed in _rows(SQL_MARKS, [ids]):
        told = _opened(sealed)["faults"] if sealed else ()
        reasons = tuple((fault["code"], fault["text"]) for fault in told)
        found[dossier].append(Mark(kind, at, due, number, reasons))
    return found


def _doers(ids: list[int], agency: Whose, window: Window) -> dict[int, list[Doer]]:
    found: dict[int, list[Doer]] = defaultdict(list)
    values = [ids, window.start, window.end, agency.code]
    for dossier, official, name, acts in _rows(SQL_DOERS, values):
        found[dossier].append(Doer(official, name, acts))
    return found


def _holders(ids: list[int], agency: Whose) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for dossier, official, name in _rows(SQL_HOLDERS, [ids, agency.id]):
        found[dossier].append((official, name))
    return found
