"""`make start`, really started and really killed."""

import http.client
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import ROOT, Installation, alive, descendants, settle, wait_until

pytestmark = pytest.mark.faults

LATER_START_SECONDS = 25  # some 4 s where nobody else works; tests share the cores


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    installation = Installation(settle(tmp_path_factory.mktemp("home")))
    installation.start()
    yield installation
    installation.stop()


def test_it_answers_and_shows_where_and_as_whom(running: Installation) -> None:
    assert running.get("/healthz") == 200
    assert running.get("/readyz") == 200
    assert f"{running.url}/" in running.output
    assert running.sandbox_url in running.output


@pytest.mark.parametrize("name", ["web", "worker", "sandbox"])
def test_a_killed_process_is_started_again(running: Installation, name: str) -> None:
    before = running.kill(name)
    wait_until(lambda: running.pid(name) != before, 20, f"{name} started again")
    wait_until(lambda: running.get("/healthz") == 200, 20, "the first page")


def test_a_killed_process_of_the_web_server_is_replaced(running: Installation) -> None:
    web = running.pid("web")
    (victim, *_) = sorted(descendants(web))
    subprocess.run(["kill", "-9", str(victim)], check=True)
    wait_until(lambda: len(descendants(web) - {victim}) >= 2, 15, "two web processes")
    assert running.pid("web") == web
    wait_until(lambda: running.get("/readyz") == 200, 15, "ready")


def test_after_the_database_was_killed_everything_serves_again(running: Installation) -> None:
    before = running.kill("postgres")
    wait_until(lambda: running.pid("postgres") != before, 20, "postgres started again")
    wait_until(lambda: running.get("/readyz") == 200, 20, "ready")


def test_a_second_start_is_refused_with_the_address_of_the_first(running: Installation) -> None:
    second = start_beside(running)
    assert second.returncode == 1
    assert running.url in second.stderr
    assert "Traceback" not in second.stderr


def test_a_port_in_use_is_refused_with_the_variable_that_changes_it(tmp_path: Path) -> None:
    installation = Installation(tmp_path / "home")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", installation.port))
        taken.listen()
        refused = start_beside(installation)
    assert refused.returncode == 1
    assert f"MOTCUA_PORT={installation.port + 1}" in refused.stderr


def test_a_wrong_setting_is_refused_in_both_languages(tmp_path: Path) -> None:
    refused = start_beside(Installation(tmp_path / "home", {"MOTCUA_WEB_WORKERS": "many"}))
    assert refused.returncode == 2
    assert "MOTCUA_WEB_WORKERS is 'many'; it must be" in refused.stderr
    assert "Cài đặt chưa đúng" in refused.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopping_leaves_no_process_and_keeps_the_data(
    stopped_once: Installation, number: int
) -> None:
    seconds = stopped_once.start()
    assert stopped_once.process is not None
    family = descendants(stopped_once.process.pid)
    assert stopped_once.stop(number) == 0
    assert len(family) >= 5
    assert not alive(family)
    assert not list((stopped_once.home / "run").glob("w*.pid"))
    assert seconds <= LATER_START_SECONDS


def test_when_the_supervisor_is_killed_its_children_die_with_it(stopped_once: Installation) -> None:
    stopped_once.start()
    assert stopped_once.process is not None
    family = descendants(stopped_once.process.pid)
    stopped_once.stop(signal.SIGKILL)
    wait_until(lambda: not alive(family), 20, "no process left")


@pytest.fixture(scope="module")
def stopped_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation that was started and stopped before: what most starts are."""
    installation = Installation(settle(tmp_path_factory.mktemp("stopped")))
    installation.start()
    installation.stop()
    yield installation
    if installation.process and installation.process.poll() is None:
        installation.stop()


def start_beside(installation: Installation) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "motcua.config.start"],
        cwd=ROOT,
        env=installation.environment(),
        check=False,
        capture_output=True,
        text=True,
        timeout=30,
    )


def test_the_application_role_cannot_rewrite_history(running: Installation) -> None:
    import psycopg

    address = f"host={running.home}/postgres user=motcua_app dbname=motcua"
    with (
        psycopg.connect(address) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("delete from dossiers_event")


def test_the_wall_around_officials_stands_around_nobody_else(running: Installation) -> None:
    import psycopg

    address = f"host={running.home}/postgres user=motcua_app dbname=motcua"
    with psycopg.connect(address) as connection:
        held = "select row_security_active('dossiers_draft')"
        in_force = "select pg_has_role('motcua_desk', 'usage')"
        assert connection.execute(in_force).fetchone() == (False,)
        connection.execute("set role motcua_desk")
        assert connection.execute(held).fetchone() == (True,)


def test_a_style_sheet_is_served_from_its_hashed_name(running: Installation) -> None:
    (name,) = (running.home / "static" / "ui").glob("motcua.????????????.css")
    line = http.client.HTTPConnection("127.0.0.1", running.port, timeout=10)
    line.request("GET", f"/static/ui/{name.name}", headers={"Accept-Encoding": "gzip"})
    answer = line.getresponse()
    line.close()
    assert answer.status == 200
    assert "immutable" in (answer.getheader("Cache-Control") or "")
    assert answer.getheader("Content-Encoding") == "gzip"
