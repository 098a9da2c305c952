"""A worker killed after the reaction is written and before its message is handed over."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.conf import settings
from django.db import connection

from motcua.notices.models import Notice
from motcua.notices.operations import Recipient, send
from motcua.toolkit.clock import now
from tests import cast
from tests.running import ROOT, wait_until

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


class Gateway(ThreadingHTTPServer):
    """Takes short messages and counts how often it got each."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Taking)
        self.got: Counter[str] = Counter()


class _Taking(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.got[told["id"]] += 1  # type: ignore[attr-defined]
        self._answer(202, {"id": told["id"], "state": "accepted"})

    def do_GET(self) -> None:
        self._answer(200, {"state": "delivered"})

    def _answer(self, status: int, data: dict[str, str]) -> None:
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    made = Gateway()
    Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def worker(gateway: Gateway, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    database = connection.settings_dict
    variables = os.environ | {
        "DATABASE_URL": f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}",
        "MOTCUA_HOME": str(settings.HOME),
        "MOTCUA_SMS_URL": f"http://127.0.0.1:{gateway.server_port}/sms",
    }
    with (tmp_path / "worker.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "motcua", "worker"],
            cwd=ROOT, env=variables, stdout=log, stderr=log,
        )  # fmt: skip
    yield process
    process.kill()
    process.wait()
    with connection.cursor() as cursor:
        cursor.execute("truncate procrastinate_jobs, procrastinate_workers cascade")


@pytest.fixture
def told() -> str:
    """What a reaction wrote: a message, and the job that hands it over, taken by a worker that died."""
    tell("H24.284-261123-0001:1")
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_workers (last_heartbeat) values (now() - interval '1 hour')"
            " returning id"
        )
        (dead,) = cursor.fetchone()
        cursor.execute("select id from procrastinate_fetch_job_v2(null, %s)", [dead])
        assert cursor.fetchone()[0] is not None
    return "H24.284-261123-0001:1/sms"


def tell(key: str) -> None:
    data = {"code": "H24.284-261123-0001", "tracking_url": "/", "support": "–"}
    person = Recipient(phone=cast.MAI.phone)
    send(key=key, to=person, template="withdrawn", data=data, subject="", at=now())


def test_the_next_worker_hands_the_message_over_once(
    told: str, gateway: Gateway, worker: subprocess.Popen[bytes]
) -> None:
    wait_until(lambda: gateway.got[told] > 0, 40, "the message is handed over")
    tell(told.removesuffix("/sms"))  # the reaction done again tells nothing new
    tell("another")
    wait_until(lambda: gateway.got["another/sms"] > 0, 40, "a later message")
    assert gateway.got == {told: 1, "another/sms": 1}
    assert Notice.objects.filter(state=Notice.State.QUEUED).count() == 0
