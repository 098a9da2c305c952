"""The product as `make start` runs it, in a folder of its own, with a sink for its messages."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.running import ROOT, Installation, free_ports, wait_until

WORK_LEFT = """
select (select count(*) from procrastinate_jobs where status in ('todo', 'doing')
         and (scheduled_at is null or scheduled_at < now() + interval '30 seconds')
         and task_name not like '%.sweep%' and task_name not like '%reconcile%')
     + (select count(*) from notices_notice where state = 'queued')
     + (select count(*) from exchange_outgoing where state = 'waiting')
"""


@dataclass
class Product:
    """The running product."""

    installation: Installation
    sink: subprocess.Popen[bytes]
    cold_start: float = 0.0
    later_start: float = 0.0
    size_before: int = 0

    @property
    def root(self) -> int:
        assert self.installation.process is not None
        return self.installation.process.pid

    def ask(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask its database."""
        where = f"host={self.installation.home}/postgres user=postgres dbname=motcua"
        with psycopg.connect(where, autocommit=True) as line:
            told = line.execute(sql, values or None)
            return told.fetchall() if told.description else []

    def drain(self, within: float = 600) -> float:
        """Wait until all background work is done; return the seconds it took."""
        begun = time.monotonic()
        where = f"host={self.installation.home}/postgres user=postgres dbname=motcua"
        with psycopg.connect(where, autocommit=True) as line:
            while line.execute(WORK_LEFT).fetchall()[0][0]:
                if time.monotonic() - begun > within:
                    raise TimeoutError(f"background work is not done after {within} s")
                time.sleep(0.1)
        return time.monotonic() - begun


@contextmanager
def started(home: Path) -> Iterator[Product]:
    """Start it twice – the first time makes everything ready – and stop it at the end."""
    sms, smtp = free_ports(2)
    sink = subprocess.Popen([sys.executable, "-m", "bench.sink", str(sms), str(smtp)], cwd=ROOT)
    installation = Installation(
        home,
        {
            "MOTCUA_SANDBOX": "off",
            "MOTCUA_SMS_URL": f"http://127.0.0.1:{sms}/sms",
            "MOTCUA_EMAIL_PORT": str(smtp),
            "MOTCUA_NETWORK_ALLOWANCE": "1000000",  # all load comes from one address
        },
    )
    product = Product(installation, sink)
    try:
        product.cold_start = _until_first_page(installation)
        _publish(installation)
        installation.stop()
        product.later_start = _until_first_page(installation)
        product.size_before = product.ask("select pg_database_size('motcua')")[0][0]
        yield product
    finally:
        installation.stop()
        sink.kill()
        sink.wait()


def _until_first_page(installation: Installation) -> float:
    begun = time.monotonic()
    installation.launch()
    wait_until(lambda: installation.get("/") == 200, 180, "the first page")
    seconds = time.monotonic() - begun
    wait_until(lambda: "sẵn sàng" in installation.output, 60, "ready")
    return seconds


def _publish(installation: Installation) -> None:
    database = f"postgresql://postgres@/motcua?host={installation.home}/postgres"
    subprocess.run(
        [sys.executable, "-m", "motcua", "load_catalogue", "--also", "bench/procedure"],
        cwd=ROOT, env=installation.environment() | {"DATABASE_URL": database}, check=True,
    )  # fmt: skip
