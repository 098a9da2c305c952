"""`python -m motcua prepare`: makes database, texts, static files and catalogue ready to serve."""

from django.conf import settings
from django.core.checks import run_checks
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from motcua.config.checks import TAG
from motcua.config.environment import environment
from motcua.config.grants import grant
from motcua.config.translations import compile_translations


class Command(BaseCommand):
    """Safe to run again, and to run while the application serves."""

    help = "Migrates, grants, compiles texts, collects static files, loads the catalogue."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what may be left out."""
        parser.add_argument(
            "--without-catalogue", action="store_true", help="it is there: a backup brought it"
        )

    def handle(self, **options: object) -> None:
        """Do all of it, in this order."""
        call_command("migrate", verbosity=0, interactive=False)
        compile_translations(settings.ROOT / "locale")
        call_command("collectstatic", verbosity=0, interactive=False)
        if "load_catalogue" in get_commands() and not options["without_catalogue"]:
            call_command("load_catalogue")
        self._note_unwise_settings()
        # Last, so that tables made by any step are covered.
        grant(connection, role=environment.app_role, append_only=settings.APPEND_ONLY_TABLES)

    def _note_unwise_settings(self) -> None:
        """Leave what the checks say where every start shows it. Raises on what is an error."""
        found = run_checks(tags=[TAG], databases=[connection.alias])
        if wrong := [str(message.msg) for message in found if message.is_serious()]:
            raise CommandError(" ".join(wrong))
        place = environment.home / "run" / "unwise"
        place.parent.mkdir(parents=True, exist_ok=True)
        told = [f"{message.msg} {message.hint or ''}".strip() for message in found]
        place.write_text("".join(f"{line}\n" for line in told), encoding="utf-8")
