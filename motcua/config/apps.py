from typing import Any

from django.apps import AppConfig, apps


class ConfigConfig(AppConfig):
    name = "motcua.config"
    label = "config"

    def ready(self) -> None:
        """Register the checks of settings, and the walls that every migration is followed by."""
        from django.db.models.signals import post_migrate

        from motcua.config import checks  # noqa: F401 - registering is its import

        # Sent once all migrations are done, for every app that has tables; we have none.
        post_migrate.connect(_raise_walls, sender=apps.get_app_config("dossiers"))


def _raise_walls(**_signal: Any) -> None:
    from django.db import connection

    from motcua.config.environment import environment
    from motcua.config.walls import raise_walls

    raise_walls(connection, app_role=environment.app_role)
