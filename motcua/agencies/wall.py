"""The second wall: while an official is served, the database itself hides the dossiers of other agencies.

The official's requests run under a role of their own (`config/walls` makes it and its policies), with the agencies
of their posts in the session. What a view forgets to ask, what a query forgets to narrow, finds nothing. The
database looks the posts up by itself: a fault in our own reading of posts opens nothing either.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import DatabaseError, connection
from django.db.backends.signals import connection_created

from motcua.agencies.models import Official
from motcua.agencies.rules.places import day_of

log = logging.getLogger(__name__)

DESK_ROLE = "motcua_desk"
_ENTER = """
select set_config('motcua.agencies', coalesce(array_agg(a.id), '{}')::text, false),
       set_config('motcua.codes', coalesce(array_agg(a.code), '{}')::text, false),
       set_config('role', %(role)s, false)
from agencies_post p join agencies_agency a on a.id = p.agency_id
where (p.official_id = %(official)s or p.id in (
    select s.post_id from agencies_substitution s where s.substitute_id = %(official)s
    and s.first_day <= %(day)s and s.last_day >= %(day)s and s.ended_at is null))
and p.valid_from <= %(day)s and (p.valid_to is null or p.valid_to > %(day)s)
and p.role <> 'administrator'
"""
_LEAVE = """
select set_config('role', 'none', false), set_config('motcua.agencies', '', false),
       set_config('motcua.codes', '', false)
"""
_behind: ContextVar[dict[str, Any] | None] = ContextVar("behind_the_wall", default=None)


@contextmanager
def behind(official: Official, at: datetime) -> Iterator[None]:
    """Hide from every query meanwhile what no agency of the official's posts takes part in."""
    given = {"official": official.pk, "day": day_of(at), "role": DESK_ROLE}
    token = _behind.set(given)
    _ask(_ENTER, given)
    try:
        yield
    finally:
        _behind.reset(token)
        _come_out()


def _come_out() -> None:
    """Leave the role; a connection that does not let us is not used again."""
    try:
        _ask(_LEAVE)
    except DatabaseError:
        # In a broken transaction the settings go back with it.
        if not connection.in_atomic_block:
            connection.close()


def _ask(sql: str, given: Any = None) -> None:
    """Run it beside Django's own cursor: it is no query of the page's, and statements counted per page stay those."""
    connection.ensure_connection()
    with connection.wrap_database_errors:
        connection.connection.execute(sql, given, prepare=True)


def _again(**_signal: Any) -> None:
    """Put a connection that was opened in the middle of a request behind the wall as well."""
    given = _behind.get()
    if given is not None:
        _ask(_ENTER, given)


connection_created.connect(_again, dispatch_uid="motcua.agencies.wall")
