"""Many dossiers made cheaply: one that was really filed, copied row by row within the database."""

import json

from django.db import connection

from motcua.agencies.models import Agency
from motcua.dossiers.models import Event

_COPY = """
with made as (
  insert into dossiers_dossier ({columns})
  select {values} from dossiers_dossier d, generate_series(1, %(count)s) n where d.id = %(row)s
  returning id, code
), said as (
  insert into dossiers_content (dossier_id, answers, circumstances, ways)
  select m.id, c.answers, c.circumstances, c.ways from made m, dossiers_content c
  where c.dossier_id = %(row)s
), happened as (
  insert into dossiers_event (dossier_id, seq, kind, data, salt, at, act_key, due, number, way, official, office)
  select m.id, e.seq, e.kind, s.data, e.salt, e.at, null, e.due, e.number, e.way, e.official,
         replace(e.office, %(was)s, %(agency)s)
  from made m, dossiers_event e, unnest(%(codes)s::text[], %(seqs)s::int[], %(told)s::bytea[]) s(code, seq, data)
  where e.dossier_id = %(row)s and s.code = m.code and s.seq = e.seq
), parts as (
  insert into dossiers_legrow (dossier_id, leg, agency_code, state, step, due_at, opened_at, ended_at)
  select m.id, l.leg, replace(l.agency_code, %(was)s, %(agency)s), l.state, l.step, l.due_at,
         l.opened_at, l.ended_at
  from made m, dossiers_legrow l where l.dossier_id = %(row)s
)
insert into dossiers_work ({work_columns})
select {work_values} from made m, dossiers_work w where w.dossier_id = %(row)s
"""


def crowd(row, count, agency):
    """Copy a dossier `count` times into the hands of that agency; codes are told by their last number."""
    there = Agency.objects.get(code=agency)
    own = {
        "code": "%(agency)s || '-261101-' || lpad(n::text, 4, '0')", "agency_id": "%(there)s",
    }  # fmt: skip
    columns = [name for name in _columns("dossiers_dossier") if name != "id"]
    mine = {"dossier_id": "m.id", "agency_id": "%(there)s", "office_id": "%(there)s"}
    work = [name for name in _columns("dossiers_work") if name != "id"]
    statement = _COPY.format(
        columns=", ".join(columns),
        values=", ".join(own.get(name, f"d.{name}") for name in columns),
        work_columns=", ".join(work),
        work_values=", ".join(mine.get(name, f"w.{name}") for name in work),
    )
    known = {
        "row": row.pk, "count": count, "was": row.agency.code, "agency": agency, "there": there.pk,
        **_told(row, [f"{agency}-261101-{number:04}" for number in range(1, count + 1)], agency),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement, known)


def _told(row, codes, agency):
    """Return what the events of each copy say: sealed, they cannot be copied and changed by the database."""
    field = Event._meta.get_field("data")
    told = [
        (code, seq, field.sealed(json.loads(text.replace(row.code, code))))
        for seq, data in row.events.values_list("seq", "data")
        for text in [json.dumps(data).replace(row.agency.code, agency)]
        for code in codes
    ]
    return dict(zip(("codes", "seqs", "told"), map(list, zip(*told, strict=True)), strict=True))


def _columns(table):
    with connection.cursor() as cursor:
        return [
            column.name for column in connection.introspection.get_table_description(cursor, table)
        ]
