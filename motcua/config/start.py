"""`make start`: one process that starts all others, watches them, and stops them in order.

It stays small: Django is never imported here.
"""

import fcntl
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from motcua.config import announce
from motcua.config.declared import WrongSetting, problems
from motcua.config.environment import Environment, environment
from motcua.config.postgres import EmbeddedPostgres, PostgresFailed
from motcua.config.processes import SIGNALS, Child, begin_child, note, wait_for_signal

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN_SECONDS = 90
LONGEST_LOG = 50_000_000  # bytes; then the log is moved aside once
GIVE_UP_AFTER = 3  # failures while starting
PREPARED = "postgres/prepared"
"""Where in the home stands for which tree our own database was last prepared (`tree_digest`)."""
STOP_WITHIN = {"web": 10.0, "worker": 15.0, "sandbox": 5.0}


class Stopped(Exception):  # noqa: N818 - somebody asked for it
    """Ctrl-C or SIGTERM came while something was being made ready."""


class CannotStart(Exception):  # noqa: N818 - the reason was said already
    """Starting failed; the person was told why."""


class Supervisor:
    """The running installation."""

    def __init__(self, given: Environment, only: Collection[str] = ()) -> None:
        """Work out what will run: all programs, or these only beside the database; nothing is started yet."""
        self.environment = given
        self.home = given.home
        self.run = self.home / "run"
        self.logs = self.home / "logs"
        self.postgres = EmbeddedPostgres(self.home / "postgres") if given.has_own_database else None
        self.children = [
            self._child(name, command, variables)
            for name, command, variables in _programs(given)
            if not only or name in only
        ]

    def _child(self, name: str, command: list[str], variables: dict[str, str]) -> Child:
        log, pid_file = self.logs / f"{name}.log", self.run / f"{name}.pid"
        return Child(name, command, variables, ROOT, log, pid_file)

    def start(self) -> None:
        """Bring everything up and say where it is. Raises CannotStart, Stopped."""
        begun = time.monotonic()
        self.bring_up()
        sandbox = self.environment.sandbox_url if self.environment.with_sandbox else None
        announce.ready(
            address=self.environment.base_url,
            sandbox=sandbox,
            home=self.home,
            seconds=time.monotonic() - begun,
        )

    def bring_up(self) -> None:
        """Start database and programs, and wait until they answer. Raises CannotStart, Stopped."""
        self._start_postgres()
        self._prepare()
        for child in self.children:
            child.start()
        self._wait_until_ready()

    def _start_postgres(self) -> None:
        if self.postgres is None:
            return
        try:
            process = self.postgres.start()
        except PostgresFailed as wrong:
            announce.database_failed(str(wrong))
            raise CannotStart from wrong
        note(self.run / "postgres.pid", process.pid)

    def _prepare(self) -> None:
        """Run `prepare`, unless nothing changed since it last ran on our own database."""
        # The addresses of the linked agencies are settings that `prepare` writes into the database.
        parties = json.dumps(self.environment.exchange_parties, sort_keys=True)
        told = f"{tree_digest()} {parties}"
        mark, digest = self.home / PREPARED, hashlib.sha256(told.encode()).hexdigest()
        own = self.postgres is not None
        keys = (self.home / "secrets" / "sealing").exists()  # gone they are missed, not made anew
        if own and keys and mark.exists() and mark.read_text(encoding="ascii") == digest:
            return
        announce.preparing()
        log = self.logs / "prepare.log"
        variables = product_variables(self.environment)
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "motcua", "prepare"],
                env=variables,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                process_group=0,
                preexec_fn=begin_child,  # noqa: PLW1509 - this process has one thread
            )
            while process.poll() is None:
                if wait_for_signal(0.2):
                    process.terminate()
                    process.wait()
                    raise Stopped
        if process.returncode != 0:
            announce.child_failed("prepare", log)
            raise CannotStart
        if own:
            mark.write_text(digest, encoding="ascii")

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + READY_WITHIN_SECONDS
        waiting = dict(_health_addresses(self.environment))
        while waiting:
            if wait_for_signal(0.05):
                raise Stopped
            for child in self.children:
                child.watch()
                if child.failures >= GIVE_UP_AFTER or time.monotonic() > until:
                    announce.child_failed(child.name, child.log)
                    raise CannotStart
            for name, (host, port) in list(waiting.items()):
                if answers(host, port):
                    del waiting[name]

    def watch(self) -> None:
        """Keep everything running until a signal asks to stop."""
        next_tidy = 0.0
        while not wait_for_signal(0.5):
            self._watch_postgres()
            for child in self.children:
                if child.watch():
                    announce.started_again(child.name)
            if time.monotonic() > next_tidy:
                next_tidy = time.monotonic() + 60
                self._move_long_logs()

    def _watch_postgres(self) -> None:
        if self.postgres is None or self.postgres.is_running():
            return
        try:
            self._start_postgres()
        except CannotStart:
            time.sleep(1)
        else:
            announce.started_again("postgres")

    def _move_long_logs(self) -> None:
        for log in self.logs.glob("*.log"):
            if log.stat().st_size > LONGEST_LOG:
                shutil.copyfile(log, log.with_suffix(".log.1"))
                os.truncate(log, 0)

    def stop(self) -> None:
        """Stop everything: first who takes requests, last the database."""
        announce.stopping()
        for child in self.children:
            child.stop(STOP_WITHIN[child.name])
        if self.postgres is not None:
            self.postgres.stop()
            (self.run / "postgres.pid").unlink(missing_ok=True)


def product_variables(given: Environment) -> dict[str, str]:
    """Return the environment of web, worker and `prepare`."""
    return {
        **os.environ,
        "MOTCUA_HOME": str(given.home),
        "DATABASE_URL": given.database_url,
        "MOTCUA_OWNER_DATABASE_URL": given.owner_database_url,
        "MALLOC_ARENA_MAX": "2",  # threads share their memory pools: some 10 MiB less each
        "PYTHONUNBUFFERED": "1",
    }


def sandbox_variables(given: Environment) -> dict[str, str]:
    """Return the environment of the sandbox: addresses and shared secrets, no database."""
    kept = {"PATH", "HOME", "LANG", "TZ", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}
    own = {name: value for name, value in os.environ.items() if name.startswith("SANDBOX_")}
    return {
        **{name: value for name, value in os.environ.items() if name in kept},
        "SANDBOX_HOME": str(given.home / "sandbox"),
        "SANDBOX_PORT": str(given.sandbox_port),
        "SANDBOX_SMTP_PORT": str(given.smtp_port),
        "SANDBOX_URL": given.sandbox_url,
        "SANDBOX_VNEID_CLIENT_SECRET": given.secret("vneid-client"),
        "SANDBOX_VNPAY_SECRET": given.secret("vnpay-hash"),
        "SANDBOX_SMS_TOKEN": given.secret("sms-token"),
        "SANDBOX_POST_TOKEN": given.secret("post-token"),
        "MOTCUA_URL": given.base_url,
        "MALLOC_ARENA_MAX": "2",
        "PYTHONUNBUFFERED": "1",
        **own,
    }


def _programs(given: Environment) -> Iterator[tuple[str, list[str], dict[str, str]]]:
    python, product = sys.executable, product_variables(given)
    server = {
        "--interface": "rsgi",
        "--http": "1",
        "--host": given.bind,
        "--port": str(given.port),
        "--workers": str(given.web_workers),
        # Milliseconds: who sends no whole head is hung up on, also between requests. Bodies: toolkit.lines
        "--http1-header-read-timeout": "20000",
        "--respawn-interval": "0.2",
        "--workers-kill-timeout": "5",
        "--log-level": "warning",
    }
    options = [word for pair in server.items() for word in pair]
    switches = ["--no-ws", "--respawn-failed-workers"]
    yield (
        "web",
        [python, "-m", "granian", *options, *switches, "motcua.config.wsgi:lines"],
        product,
    )
    jobs = ["--concurrency", str(given.jobs_at_once)]
    yield "worker", [python, "-m", "motcua", "worker", *jobs], product
    if given.with_sandbox:
        yield "sandbox", [python, "-m", "sandbox"], sandbox_variables(given)


def _health_addresses(given: Environment) -> Iterator[tuple[str, tuple[str, int]]]:
    yield "web", ("127.0.0.1" if given.bind in {"0.0.0.0", "::"} else given.bind, given.port)  # noqa: S104
    if given.with_sandbox:
        yield "sandbox", ("127.0.0.1", given.sandbox_port)


def answers(host: str, port: int) -> bool:
    """Tell whether `/healthz` there answers 200."""
    request = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    with suppress(OSError), socket.create_connection((host, port), timeout=2) as line:
        line.settimeout(5)
        line.sendall(request)
        return line.recv(64).startswith(b"HTTP/1.1 200")
    return False


def tree_digest() -> str:
    """Return a digest of names, sizes and times of all that `prepare` reads."""
    folders = [ROOT / "motcua", ROOT / "catalogue", ROOT / "locale", ROOT / "requirements"]
    told = hashlib.sha256()
    for folder in folders:
        for parent, names, files in os.walk(folder):
            names[:] = sorted(name for name in names if name != "__pycache__")
            for name in sorted(files):
                if not name.endswith((".mo", ".pyc")):
                    about = Path(parent, name).stat()
                    told.update(f"{parent}/{name} {about.st_size} {about.st_mtime_ns}\n".encode())
    return told.hexdigest()


def make_home(home: Path) -> None:
    """Make the home folder with what every start needs in it."""
    for folder in (home, home / "run", home / "logs"):
        folder.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        home.chmod(0o711)  # the user that PostgreSQL runs as walks through it


def _lock(run: Path, address: str) -> int:
    """Hold the installation for this process. Raises CannotStart when another one has it."""
    handle = os.open(run / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as taken:
        announce.already_running((run / "address").read_text(encoding="utf-8").strip())
        raise CannotStart from taken
    note(run / "address", address)
    note(run / "start.pid", os.getpid())
    return handle


def _check_ports(given: Environment) -> None:
    """Raise CannotStart when a port is taken, after saying which one."""
    wanted = [("MOTCUA_PORT", given.bind, given.port)]
    if given.with_sandbox:
        wanted += [
            ("MOTCUA_SANDBOX_PORT", "127.0.0.1", given.sandbox_port),
            ("MOTCUA_SMTP_PORT", "127.0.0.1", given.smtp_port),
        ]
    taken = [(name, port) for name, host, port in wanted if not _is_free(host, port)]
    for name, port in taken:
        announce.port_taken(port, name)
    if taken:
        raise CannotStart


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _serve(given: Environment) -> None:
    supervisor = Supervisor(given)
    try:
        supervisor.start()
        supervisor.watch()
    finally:
        supervisor.stop()


def main() -> int:
    """Run until told to stop; return the exit code."""
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    if wrong := problems(os.environ):
        announce.wrong_settings(wrong)
        return 2
    try:
        make_home(environment.home)
        handle = _lock(environment.home / "run", environment.base_url)
        _check_ports(environment)
        _serve(environment)
        os.close(handle)
    except CannotStart:
        return 1
    except WrongSetting as wrong_one:
        announce.wrong_settings([str(wrong_one)])
        return 2
    except PermissionError as denied:
        announce.complain(f"Không ghi được vào {denied.filename}.", f"Cannot write: {denied}")
        return 1
    except Stopped:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
