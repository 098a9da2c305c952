"""The whole product, really started: for tests that kill it, drive a browser against it, measure it."""

import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHOWN = "sẵn sàng"


def free_ports(count: int) -> list[int]:
    """Return ports that nobody uses at this moment."""
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports: list[int] = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def wait_until(true: Callable[[], bool], within: float, what: str) -> float:
    """Wait until `true()`; return the seconds it took. Raises AssertionError after `within`."""
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < within, f"not within {within} s: {what}"
        time.sleep(0.05)
    return time.monotonic() - begun


@dataclass
class Installation:
    """One installation in a folder of its own, on ports of its own."""

    home: Path
    variables: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        for folder in [self.home, *self.home.parents]:  # PostgreSQL's own user walks through
            if folder.stat().st_uid == os.geteuid() and not folder.stat().st_mode & 0o001:
                folder.chmod(folder.stat().st_mode | 0o011)
        self.port, self.sandbox_port, self.smtp_port = free_ports(3)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def sandbox_url(self) -> str:
        return f"http://127.0.0.1:{self.sandbox_port}"

    @property
    def output(self) -> str:
        """What the person at the terminal has seen so far."""
        seen = self.home / "terminal.txt"
        return seen.read_text(encoding="utf-8") if seen.exists() else ""

    def environment(self) -> dict[str, str]:
        outer = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("MOTCUA_", "DATABASE_URL", "SANDBOX_", "DJANGO_"))
        }
        ports = {
            "MOTCUA_PORT": str(self.port),
            "MOTCUA_SANDBOX_PORT": str(self.sandbox_port),
            "MOTCUA_SMTP_PORT": str(self.smtp_port),
        }
        return outer | {"MOTCUA_HOME": str(self.home)} | ports | self.variables

    def launch(self) -> subprocess.Popen[bytes]:
        """Start it without waiting."""
        with (self.home / "terminal.txt").open("wb") as terminal:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "motcua.config.start"],
                cwd=ROOT,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=terminal,
                stderr=terminal,
            )
        return self.process

    def start(self, within: float = 240) -> float:
        """Start it and wait until it says it is ready; return the seconds it took."""
        process = self.launch()
        seconds = wait_until(
            lambda: SHOWN in self.output or process.poll() is not None, within, "ready"
        )
        assert process.poll() is None, self.output
        return seconds

    def told(self) -> str:
        """What its terminal and its logs said last, and whether it still runs: for a test that failed."""
        code = self.process.poll() if self.process else None
        logs = sorted(self.home.glob("logs/*.log"))
        ends = [f"{log.name}: {log.read_text(errors='replace')[-1500:]}" for log in logs]
        return "\n".join([f"exit code {code}", self.output[-1500:], *ends])

    def pid(self, name: str) -> int:
        """Return the process id of web, worker, sandbox, postgres or start."""
        return int((self.home / "run" / f"{name}.pid").read_text(encoding="ascii"))

    def kill(self, name: str) -> int:
        """Kill one process without warning; return the id it had."""
        pid = self.pid(name)
        os.kill(pid, signal.SIGKILL)
        return pid

    def get(self, path: str) -> int:
        """Return the status of a page; 0 when nobody answers."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            line.request("GET", path)
            return line.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            line.close()

    def stop(self, number: int = signal.SIGINT, within: float = 60) -> int:
        """Stop it as Ctrl-C does; return its exit code."""
        if self.process is None:
            return 0
        self.process.send_signal(number)
        return self.process.wait(timeout=within)


def settle(home: Path) -> Path:
    """Let a home be what a first start and a stop leave; that is done once a run (`tests/installation`), then copied."""
    settled = Path(os.environ["TESTS_SETTLED"])
    done = settled.with_suffix(".done")
    with settled.with_suffix(".lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not done.exists():
            first = Installation(settled)
            first.start()
            assert first.stop() == 0
            done.touch()
    subprocess.run(["cp", "--archive", f"{settled}/.", str(home)], check=True)
    return home


def descendants(pid: int) -> set[int]:
    """Return the ids of all processes under this one."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text(encoding="ascii", errors="replace")
            except OSError:
                continue
            parent = int(stat.rsplit(")", 1)[1].split()[1])
            children.setdefault(parent, []).append(int(entry.name))
    found: set[int] = set()
    open_ = [pid]
    while open_:
        under = children.get(open_.pop(), [])
        found.update(under)
        open_.extend(under)
    return found


def alive(pids: set[int]) -> set[int]:
    """Return those that still run (a zombie does not)."""
    return {pid for pid in pids if _state(pid) not in {"", "Z", "X"}}


def _state(pid: int) -> str:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
    return stat.rsplit(")", 1)[1].split()[0]
