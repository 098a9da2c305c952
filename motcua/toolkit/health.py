"""Is it alive, and can it serve: two questions a supervisor or a balancer asks."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

_seen_ready = False


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer 200 while the process lives; asks no database."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers and its tables are those of this version, else 503."""
    try:
        missing = missing_migrations()
    except DatabaseError:
        return JsonResponse({"ready": False, "why": "database"}, status=503)
    if missing:
        why = {"ready": False, "why": "migrations", "missing": missing}
        return JsonResponse(why, status=503)
    return JsonResponse({"ready": True})


def missing_migrations() -> list[str]:
    """Return the migrations this version needs and the database has not had.

    Once all were there, only the database's answer is asked for: reading 60 files is dear.
    """
    global _seen_ready  # noqa: PLW0603 - a fact of the process
    if _seen_ready:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
        return []
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    missing = [f"{migration.app_label}.{migration.name}" for migration, _back in plan]
    _seen_ready = not missing
    return missing
