"""For migrations: a column that held plain values is sealed, and tables whose rows are kept may be sealed anew."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import migrations
from django.db.migrations.operations import AlterField

from motcua.toolkit.sealing import keyed

BATCH = 1000


class SealColumn(AlterField):
    """Seal what a column holds, batch by batch; the column keeps its name. There is no way back.

    Constraints and indexes on the column go with its old self: remove them before, and add anew what shall stay.
    """

    reversible = False

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Write sealed values into a new column and let it take the old one's place."""
        was = from_state.apps.get_model(app_label, self.model_name)
        now = to_state.apps.get_model(app_label, self.model_name)
        table, column = (
            schema_editor.quote_name(name)
            for name in (now._meta.db_table, now._meta.get_field(self.name).column)
        )
        schema_editor.execute("set constraints all immediate")
        schema_editor.execute(f"alter table {table} add column sealed bytea")
        schema_editor.execute(f"alter table {table} disable trigger user")
        self._fill(schema_editor.connection, table, was, now)
        schema_editor.execute(f"alter table {table} enable trigger user")
        schema_editor.execute(f"alter table {table} drop column {column}")
        schema_editor.execute(f"alter table {table} rename column sealed to {column}")
        if not now._meta.get_field(self.name).null:
            schema_editor.execute(f"alter table {table} alter column {column} set not null")

    def _fill(self, connection: Any, table: str, was: Any, now: Any) -> None:
        field = now._meta.get_field(self.name)
        kind = now._meta.pk.rel_db_type(connection)
        sql = (
            f"update {table} t set sealed = v.sealed"  # noqa: S608 - names of our own tables
            f" from unnest(%s::{kind}[], %s::bytea[]) v(id, sealed)"
            f" where t.{connection.ops.quote_name(now._meta.pk.column)} = v.id"
        )
        for rows in _batches(was, self.name):
            sealed = [None if value is None else field.sealed(value) for _, value in rows]
            with connection.cursor() as cursor:
                cursor.execute(sql, [[pk for pk, _ in rows], sealed])

    def describe(self) -> str:
        return f"Seal {self.name} of {self.model_name}"


def _batches(model: Any, name: str) -> Iterator[list[tuple[Any, Any]]]:
    rows = model._default_manager.order_by("pk").values_list("pk", name)
    found = list(rows[:BATCH])
    while found:
        yield found
        found = list(rows.filter(pk__gt=found[-1][0])[:BATCH])


def kept(function: str, says: str, *sealed: str) -> migrations.RunSQL:
    """Let the trigger function of a table that is only added to allow one thing: that its sealed columns are sealed anew.

    That is done by `resealing`, as the owner of the tables; the application's role may not update them at all.
    """
    return migrations.RunSQL(_function(function, says, sealed), migrations.RunSQL.noop)


def _function(function: str, says: str, sealed: Sequence[str]) -> str:
    columns = ", ".join(f"'{column}'" for column in sealed)
    return f"""
create or replace function {function}() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and toolkit_resealed(to_jsonb(old), to_jsonb(new), array[{columns}]) then
    return new;
  end if;
  raise exception '{says}' using errcode = 'restrict_violation';
end $$;
"""


def fill_keys(app: str, model: str, name: str) -> migrations.RunPython:
    """Write a new column `Keyed` for the rows that are there."""

    def fill(apps: Any, _schema_editor: Any) -> None:
        rows = apps.get_model(app, model)._default_manager
        field = rows.model._meta.get_field(name)
        for found in _batches(rows.model, field.of):
            for pk, value in found:
                if value:
                    rows.filter(pk=pk).update(**{name: keyed(field.purpose, value)})

    return migrations.RunPython(fill, migrations.RunPython.noop)
