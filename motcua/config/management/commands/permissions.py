"""`python -m motcua permissions`: writes docs/reference/permissions.md from the policy."""

from django.conf import settings
from django.core.management.base import BaseCommand

from motcua.config.permissions import reference


class Command(BaseCommand):
    """Safe to run again."""

    help = "Writes the page of who may come to which address."
    requires_system_checks = []

    def handle(self, **_options: object) -> None:
        """Write the page."""
        place = settings.ROOT / "docs" / "reference" / "permissions.md"
        place.write_text(reference(), encoding="utf-8")
        self.stdout.write(f"{place}\n")
