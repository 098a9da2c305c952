"""Rotation: whatever an old key sealed is sealed anew, batch by batch, until nothing bears it.

It may be cut off anywhere and begun again: each batch is a transaction of its own, and what is left tells itself by the key
it names. Rows that somebody holds are passed over and met again in the next round, so nobody waits for it for longer
than a batch takes, and it waits for nobody.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from motcua.toolkit.sealed_fields import Sealed
from motcua.toolkit.sealing import HEAD, KIND, is_current, ring, seal, unseal

BATCH = 200
ROUNDS = 20
"""How often what was held by others is tried again, a second after the round before."""


@dataclass(frozen=True)
class Table:
    """A table with its sealed columns; `context` of each is what its values are sealed with."""

    name: str
    key: str
    key_type: str
    contexts: dict[str, bytes]

    def borne(self) -> str:
        """Return the condition on rows in which some other key than `%(envelope)s` seals."""
        return " or ".join(
            f'(length("{column}") > 0 and substring("{column}" for {HEAD}) <> %(envelope)s)'
            for column in self.contexts
        )


def tables() -> list[Table]:
    """Return every table with sealed columns."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        meta: Any = model._meta  # noqa: SLF001 - the columns are asked for, whatever the model
        contexts = {
            str(field.column): field.context
            for field in meta.local_fields
            if isinstance(field, Sealed)
        }
        if contexts and meta.managed and meta.pk:
            kind = meta.pk.rel_db_type(connection) or "bigint"
            found.append(Table(meta.db_table, str(meta.pk.column), kind, contexts))
    return found


def reseal(table: Table) -> Iterator[int]:
    """Seal anew what other keys than the current one seal in a table; yield how many rows each batch held."""
    last: Any = None
    while True:
        with transaction.atomic():
            rows = _locked(table, last)
            _write(table, rows)
        if not rows:
            return
        last = rows[-1][0]
        yield len(rows)


def borne(table: Table) -> int:
    """Return how many rows of a table another key than the current one seals."""
    with connection.cursor() as cursor:
        cursor.execute(f'select count(*) from "{table.name}" where {table.borne()}', _now())  # noqa: S608 - our own names
        return int(cursor.fetchone()[0])


class Horizon:
    """The transactions that were under way when a key became the current one: they may still bring what the old one sealed."""

    def __init__(self) -> None:
        """Look now."""
        self.next = _asked("select pg_snapshot_xmax(pg_current_snapshot())::text")

    def passed(self) -> bool:
        """Tell whether all of them are over."""
        return bool(_asked("select pg_snapshot_xmin(pg_current_snapshot()) >= %s::xid8", self.next))

    def wait(self, seconds: float) -> bool:
        """Wait until they are over, so long at most; tell whether they are."""
        until = time.monotonic() + seconds
        while not self.passed():
            if time.monotonic() > until:
                return False
            time.sleep(0.2)
        return True


def _now() -> dict[str, Any]:
    return {"envelope": KIND + ring().current}


def _locked(table: Table, last: Any) -> list[Sequence[Any]]:
    columns = ", ".join(f'"{column}"' for column in table.contexts)
    beyond = "" if last is None else f'and "{table.key}" > %(last)s'
    sql = (
        f'select "{table.key}", {columns} from "{table.name}" where ({table.borne()}) {beyond}'  # noqa: S608 - our own names
        f' order by "{table.key}" limit %(batch)s for no key update skip locked'
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, {**_now(), "last": last, "batch": BATCH})
        return list(cursor.fetchall())


def _write(table: Table, rows: list[Sequence[Any]]) -> None:
    """Write each column sealed anew; all in one statement, so that an append-only table is touched once a row."""
    if not rows:
        return
    names = [f"c{number}" for number in range(len(table.contexts))]
    new = {
        name: [_anew(row[place], context) for row in rows]
        for place, (name, context) in enumerate(zip(names, table.contexts.values(), strict=True), 1)
    }
    given = ", ".join(f"%({name})s::bytea[]" for name in names)
    written = ", ".join(
        f'"{column}" = v.{name}' for name, column in zip(names, table.contexts, strict=True)
    )
    sql = (
        f'update "{table.name}" t set {written}'  # noqa: S608 - our own names
        f" from unnest(%(keys)s::{table.key_type}[], {given}) v(key, {', '.join(names)})"
        f' where t."{table.key}" = v.key'
    )
    with connection.cursor() as cursor:
        cursor.execute("set local motcua.resealing = 'on'")
        cursor.execute(sql, {"keys": [row[0] for row in rows], **new})


def _anew(stored: Any, context: bytes) -> bytes | None:
    if not stored:
        return None if stored is None else b""
    envelope = bytes(stored)
    return envelope if is_current(envelope) else seal(unseal(envelope, context), context)


def _asked(sql: str, *given: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchone()[0]
