"""Many dossiers made cheaply: one that was really filed, copied row by row within the database."""

from django.db import connection

from motcua.agencies.models import Agency

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
  insert into dossiers_event (dossier_id, seq, kind, data, at, act_key)
  select m.id, e.seq, e.kind,
         replace(replace(e.data::text, %(code)s, m.code), %(was)s, %(agency)s)::jsonb, e.at, null
  from made m, dossiers_event e where e.dossier_id = %(row)s
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
        "row": row.pk, "count": count, "code": row.code, "was": row.agency.code, "agency": agency,
        "there": there.pk,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement, known)


def _columns(table):
    with connection.cursor() as cursor:
        return [
            column.name for column in connection.introspection.get_table_description(cursor, table)
        ]
