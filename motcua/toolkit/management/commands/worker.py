"""`python -m motcua worker`: does the jobs that wait in the database."""

import asyncio
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from motcua.toolkit import jobs, worker


class Command(BaseCommand):
    """Run until SIGTERM; finish what was begun, then leave."""

    help = "Does the jobs that wait in the database (làm các việc đang chờ)."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--concurrency", type=int, default=2, help="jobs at a time")
        parser.add_argument("--queue", action="append", help="only this queue; may be repeated")
        parser.add_argument("--once", action="store_true", help="do what is due now, then leave")

    def handle(
        self, *, concurrency: int, queue: list[str] | None, once: bool, **_options: object
    ) -> None:
        """Do the jobs."""
        if once:
            self.stdout.write(f"{jobs.run_due()} done")
            return
        asyncio.run(worker.work(queues=queue, concurrency=concurrency))
