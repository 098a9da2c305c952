"""Child processes that die with us, are started again when they fall, and leave nothing behind."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
STEADY_SECONDS = 5.0  # a child that lived so long is started again at once
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 10.0
SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD}

_prctl = ctypes.CDLL(None).prctl


def die_with_parent(number: int = signal.SIGKILL) -> None:
    """Ask Linux to send us this signal when the process that started us dies."""
    _prctl(PR_SET_PDEATHSIG, number)


def begin_child() -> None:
    """Prepare a process just forked: it dies with its parent and hears signals again."""
    die_with_parent(signal.SIGTERM)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)


def note(place: Path, told: int | str) -> None:
    """Write one line for whoever looks meanwhile: they find what stood there before, or all of this."""
    draft = place.with_suffix(".new")
    draft.write_text(f"{told}\n", encoding="utf-8")
    draft.replace(place)


@dataclass
class Child:
    """One program that must run while we run. Its output goes to `log`."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    folder: Path
    log: Path
    pid_file: Path
    stop_signal: int = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    failures: int = 0
    due_at: float = field(default=0.0)

    def start(self) -> None:
        """Start it, in a process group of its own, and note its id."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=dict(self.environment),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,  # Ctrl-C in the terminal reaches the supervisor only
                preexec_fn=begin_child,  # noqa: PLW1509 - the supervisor has one thread
            )
        self.started_at = time.monotonic()
        note(self.pid_file, self.process.pid)

    def watch(self) -> bool:
        """Start it again when it fell and its pause is over; return whether it was started."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            self._fell(now)
        if self.process is None and now >= self.due_at:
            self.start()
            return True
        return False

    def _fell(self, now: float) -> None:
        self._sweep()
        self.process = None
        steady = now - self.started_at >= STEADY_SECONDS
        self.failures = 0 if steady else self.failures + 1
        pause = FIRST_PAUSE * 2 ** (self.failures - 1) if self.failures else 0
        self.due_at = now + min(pause, LONGEST_PAUSE)

    def _sweep(self) -> None:
        """Kill what it may have started and left behind."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def stop(self, within: float) -> None:
        """Ask it to end; after `within` seconds kill it with all it started."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=within)
        self._sweep()
        self.process.wait()
        self.process = None
        self.pid_file.unlink(missing_ok=True)


def wait_for_signal(seconds: float) -> int | None:
    """Sleep until a signal comes or the time is over; return SIGINT, SIGTERM, SIGHUP, or None."""
    got = signal.sigtimedwait(SIGNALS, seconds)
    if got is None or got.si_signo == signal.SIGCHLD:
        return None
    return got.si_signo
