"""`python -m motcua demo_code mot-cua.nam-thanh-mien`: the six digits of a demonstration official.

For trying the demonstration without an authenticator app. It reads the private sheet, so whoever
may run it could read the secrets anyway.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from motcua.agencies.rules import demo
from motcua.agencies.rules.second_factor import code_at
from motcua.toolkit.clock import now


class Command(BaseCommand):
    """Print one code, or refuse a name that is not on the sheet."""

    help = "Mã 6 số hiện tại của một cán bộ trình diễn."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *_args: Any, **options: Any) -> None:
        sheet = Path(settings.HOME) / "demo-officials.txt"
        people = demo.read(sheet.read_text(encoding="utf-8")) if sheet.exists() else {}
        who = people.get(options["username"])
        if who is None:
            raise CommandError(f"Không có trong {sheet}. Có: {', '.join(people) or '(trống)'}")
        self.stdout.write(code_at(who.totp_secret, now()))
