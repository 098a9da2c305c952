"""Raises the second wall: row security on what tells of people, for the role of officials' requests.

Everybody else passes: citizens, machines and the worker come as the application's own role and are held by the
policy (`config/policy`) alone. For officials, a row is there if an agency of their posts takes part in its dossier
(`motcua_takes_part`), or keeps the book, the call, the list it stands in: `config/walled` says so of every table. In an
emergency one more dossier is there, which the database finds by itself (`motcua_emergency`). A search goes through a function (`motcua_found`): under row
security no index of words may be used, since its operators are not known to keep what they see to themselves; the
function looks inside the official's agencies only. See docs/why/0031.
"""

import hashlib
from collections.abc import Iterable

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ProgrammingError

from motcua.agencies.wall import DESK_ROLE
from motcua.config.grants import grant
from motcua.config.walled import WALLS, Passes, walled

_FUNCTIONS = """
create or replace function motcua_agencies() returns bigint[] language sql stable parallel safe as
$$ select nullif(current_setting('motcua.agencies', true), '')::bigint[] $$;
create or replace function motcua_codes() returns text[] language sql stable parallel safe as
$$ select nullif(current_setting('motcua.codes', true), '')::text[] $$;
create or replace function motcua_offices() returns bigint[] language sql stable parallel safe as
$$ select nullif(current_setting('motcua.offices', true), '')::bigint[] $$;
create or replace function motcua_official() returns bigint language sql stable parallel safe as
$$ select nullif(current_setting('motcua.official', true), '')::bigint $$;
create or replace function motcua_emergency(official bigint, called text, moment timestamptz) returns bigint
language sql stable parallel safe security definer set search_path = public, pg_temp as $$
  select e.dossier_id from dossiers_emergency e
  where e.official_id = official and e.code = called and e.until > moment order by e.at desc limit 1
$$;
create or replace function motcua_takes_part(dossier bigint) returns boolean
language sql stable parallel safe security definer set search_path = public, pg_temp as $$
  select exists (select 1 from dossiers_dossier d where d.id = dossier
    and (d.agency_id = any (motcua_agencies()) or d.consulted::text[] && motcua_codes()))
  or exists (select 1 from dossiers_legrow l where l.dossier_id = dossier and l.agency_code = any (motcua_codes()))
  or exists (select 1 from dossiers_work w where w.dossier_id = dossier and w.agency_id = any (motcua_agencies()))
  or dossier = nullif(current_setting('motcua.emergency', true), '')::bigint
$$;
-- A function, that the planner cannot turn into one pass over all dossiers for the sake of a few thousand accounts.
create or replace function motcua_knows(account bigint) returns boolean
language sql stable parallel safe security definer set search_path = public, pg_temp cost 4000 as $$
  select exists (select 1 from dossiers_dossier d where d.account_id = account
    and (d.agency_id = any (motcua_agencies()) or motcua_takes_part(d.id)))
  or exists (select 1 from privacy_request r where r.account_id = account and r.agency_id = any (motcua_agencies()))
  or exists (select 1 from identity_recovery r where r.account_id = account and r.office = any (motcua_agencies()))
$$;
create or replace function motcua_found(query tsquery, most integer) returns setof bigint
language sql stable parallel safe security definer set search_path = public, pg_temp as $$
  -- Materialized: else the planner may walk all dossiers from the newest on, hoping for a page of matches.
  with found as materialized (
    select d.id from dossiers_dossier d
    where d.terms @@ query and (motcua_agencies() is null or d.terms @@ (
      select string_agg('a' || agency, ' | ')::tsquery from unnest(motcua_agencies()) as agency))
  ) select id from found order by id desc limit most
$$;
"""


# Rights do not come back with a backup.
_STANDING = """
select obj_description(to_regprocedure('motcua_takes_part(bigint)')), exists (
  select 1 from pg_roles where rolname = %s and has_table_privilege(oid, 'dossiers_dossier', 'select'))
"""


# Held for good, the walls of that role would stand around everybody; only who may do anything is past them.
_LENT = """
select pg_has_role(oid, %(desk)s, %(may)s) and (rolsuper or not pg_has_role(oid, %(desk)s, 'usage'))
from pg_roles where rolname = %(app)s
"""


_POSTGRESQL_16 = 160000


class NoWall(RuntimeError):  # noqa: N818 - said of the database
    """The role of officials' requests is missing, and whoever prepares the database may not make it."""


def raise_walls(connection: BaseDatabaseWrapper, *, app_role: str) -> None:
    """Make role, rights and policies anew where anything of them has changed. Raises NoWall.

    Run as the owner of the tables, after migrations.
    """
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    if not set(WALLS) <= set(tables):
        return  # an early migration: there is more to come
    digest = _digest(tables, app_role)
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [DESK_ROLE])
        if cursor.fetchone() == (digest, True):
            return
    _make_role(connection, app_role)
    grant(connection, role=DESK_ROLE, append_only=settings.APPEND_ONLY_TABLES)
    with connection.cursor() as cursor:
        cursor.execute(_FUNCTIONS)
        for table, passes in walled().items():
            cursor.execute("".join(_wall(table, passes)))
        cursor.execute(f"comment on function motcua_takes_part(bigint) is '{digest}'")


def _digest(tables: Iterable[str], app_role: str) -> str:
    said = [_FUNCTIONS, app_role, *sorted(tables), *map(str, sorted(walled().items()))]
    return hashlib.sha256("\n".join([*said, *settings.APPEND_ONLY_TABLES]).encode()).hexdigest()


def _make_role(connection: BaseDatabaseWrapper, app_role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select 1 from pg_roles where rolname = %s", [DESK_ROLE])
        there = cursor.fetchone() is not None
        try:
            if not there:
                cursor.execute(f"create role {DESK_ROLE} nologin")
            may = "set" if _grants_say_what(connection) else "member"
            cursor.execute(_LENT, {"app": app_role, "desk": DESK_ROLE, "may": may})
            if not cursor.fetchone()[0]:
                for statement in _lending(connection, app_role):
                    cursor.execute(statement)
        except ProgrammingError as refused:
            lent = "; ".join(_lending(connection, app_role))
            asked = f"create role {DESK_ROLE} nologin; {lent};"
            text = (
                f"Officials need a role of their own in the database. As its administrator: {asked}"
            )
            raise NoWall(text) from refused


def _grants_say_what(connection: BaseDatabaseWrapper) -> bool:
    """Tell whether a grant itself says if it is inherited, and if the role may be put on: PostgreSQL 16."""
    return connection.pg_version >= _POSTGRESQL_16  # type: ignore[attr-defined, no-any-return]


def _lending(connection: BaseDatabaseWrapper, app_role: str) -> list[str]:
    """Return what lets the application's role put on the officials', and take it off again."""
    name = connection.ops.quote_name(app_role)
    if _grants_say_what(connection):
        return [f"grant {DESK_ROLE} to {name} with inherit false"]
    return [f"alter role {name} noinherit", f"grant {DESK_ROLE} to {name}"]


def _wall(table: str, passes: Passes) -> list[str]:
    """Return the statements; `everybody` lets all roles through, `wall` then holds the officials' back."""
    added = f" with check ({passes.added})" if passes.added else ""
    return [
        f"alter table {table} enable row level security;",
        f"drop policy if exists everybody on {table};",
        f"create policy everybody on {table} using (true) with check (true);",
        f"drop policy if exists wall on {table};",
        f"create policy wall on {table} as restrictive to {DESK_ROLE} using ({passes.seen}){added};",
    ]
