"""The second wall: while an official is served, the database itself hides the dossiers of other agencies.

The official's requests run under a role of their own (`config/walls` makes it and its policies), with the agencies
of their posts in the session. What a view forgets to ask, what a query forgets to narrow, finds nothing. The
database looks the posts up by itself: a fault in our own reading of posts opens nothing either. Where an address names a
dossier of others that was opened in an emergency, it looks up that as well, and lets through this one besides.
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
select set_config('motcua.agencies', coalesce(array_agg(a.id) filter (where p.role <> 'administrator'), '{}')::text,
                  false),
       set_config('motcua.codes', coalesce(array_agg(a.code) filter (where p.role <> 'administrator'), '{}')::text,
                  false),
       set_config('motcua.offices', coalesce(array_agg(a.id), '{}')::text, false),
       set_config('motcua.official', %(official)s::text, false),
       set_config('motcua.emergency', case when %(emergency)s = '' then '' else
         coalesce(motcua_emergency(%(official)s, %(emergency)s, %(at)s)::text, '') end, false),
       set_config('role', %(role)s, false)
from agencies_post p join agencies_agency a on a.id = p.agency_id
where (p.official_id = %(official)s or p.id in (
    select s.post_id from agencies_substitution s where s.substitute_id = %(official)s
    and s.first_day <= %(day)s and s.last_day >= %(day)s and s.ended_at is null))
and p.valid_from <= %(day)s and (p.valid_to is null or p.valid_to > %(day)s)
"""
_LEAVE = """
select set_config('role', 'none', false), set_config('motcua.agencies', '', false),
       set_config('motcua.codes', '', false), set_config('motcua.official', '', false),
       set_config('motcua.offices', '', false), set_config('motcua.emergency', '', false)
"""
_behind: ContextVar[dict[str, Any] | None] = ContextVar("behind_the_wall", default=None)


@contextmanager
def behind(official: Official, at: datetime, *, emergency: str = "") -> Iterator[None]:
    """Hide from every query meanwhile what no agency of the official's posts takes part in.

    `emergency`: the code of a dossier of others; it is there too if this official has it open in an emergency.
    """
    given = {
        "official": official.pk, "day": day_of(at), "role": DESK_ROLE, "emergency": emergency, "at": at,
    }  # fmt: skip
    token = _behind.set(given)
    _ask(_ENTER, given)
    try:
        yield
    finally:
        _behind.reset(token)
        _come_out()


@contextmanager
def aside() -> Iterator[None]:
    """Step out from behind the wall for one deed that must know more than its official may see, and back.

    Whoever does stands with the reason in `tests/house/test_house_walls.py`, and returns nothing of what it saw.
    """
    given = _behind.get()
    if given is None:
        yield
        return
    token = _behind.set(None)
    _come_out()
    try:
        yield
    finally:
        _behind.reset(token)
        _go_back(given)


def _go_back(given: dict[str, Any]) -> None:
    try:
        _ask(_ENTER, given)
    except DatabaseError:
        # A broken transaction takes our having come out back with it; no other connection is used again.
        if not connection.in_atomic_block:
            connection.close()


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
