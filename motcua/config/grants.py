"""What the application's role may do in the database: everything but rewrite history."""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper


def grant(connection: BaseDatabaseWrapper, *, role: str, append_only: Iterable[str]) -> bool:
    """Give `role` its rights on all tables, and only INSERT and SELECT on the `append_only` ones.

    Run as the owner of the tables, after every migration. Does nothing, and returns False, when the
    application connects as the owner itself: then only the triggers of those tables guard them.
    """
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        owner = cursor.fetchone()[0]
        if not role or role == owner:
            return False
        name = connection.ops.quote_name(role)
        tables = connection.introspection.table_names(cursor)
        for statement in _statements(name, [table for table in append_only if table in tables]):
            cursor.execute(statement)
    return True


def _statements(role: str, append_only: list[str]) -> list[str]:
    given = "select, insert, update, delete on all tables in schema public"
    return [
        f"grant usage on schema public to {role}",
        f"grant {given} to {role}",
        f"grant usage, select on all sequences in schema public to {role}",
        "revoke update, delete, truncate on all tables in schema public from public",
        f"revoke insert, update, delete on django_migrations from {role}",
        *(f'revoke update, delete, truncate on "{table}" from {role}' for table in append_only),
    ]
