"""What the processes use, read from /proc: processor seconds, memory, and who else is at work."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

from tests.running import descendants

TICKS = os.sysconf("SC_CLK_TCK")
MIB = 1024


def _stat(pid: int) -> list[str]:
    text = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    return text.rsplit(")", 1)[1].split()


def seconds_of(pids: set[int]) -> dict[int, float]:
    """Return the processor seconds each process has used, its ended children included."""
    used = {}
    for pid in pids:
        try:
            fields = _stat(pid)
        except OSError:
            continue
        used[pid] = sum(int(fields[place]) for place in (11, 12, 13, 14)) / TICKS
    return used


def kind_of(pid: int) -> str:
    """Return what a process is for: web, worker, postgres, start."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return "gone"
    for sign, kind in (
        ("granian", "web"), ("motcua worker", "worker"), ("motcua.config.start", "start"),
        ("sandbox", "sandbox"),
    ):  # fmt: skip
        if sign in words:
            return kind
    return (
        "postgres" if "postgres" in words else "start" if "resource_tracker" in words else "other"
    )


def memory(root: int) -> dict[str, float]:
    """Return MiB (PSS: shared pages counted once, by shares) by kind of process."""
    told: dict[str, float] = {}
    for pid in {root, *descendants(root)}:
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        kib = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        told[kind_of(pid)] = told.get(kind_of(pid), 0.0) + kib / MIB
    return told


@dataclass
class Meter:
    """Processor seconds of a family of processes between two moments, by kind."""

    root: int

    def __post_init__(self) -> None:
        self._before = self._now()
        self._kinds: dict[int, str] = {pid: kind_of(pid) for pid in self._before}

    def _now(self) -> dict[int, float]:
        return seconds_of({self.root, *descendants(self.root)})

    def read(self) -> dict[str, float]:
        """Return the seconds used since the beginning, by kind; a new process counts whole."""
        told: dict[str, float] = {}
        for pid, seconds in self._now().items():
            if pid == self.root:
                continue  # it gathers those of its ended children, which we have counted
            kind = self._kinds.get(pid) or kind_of(pid)
            told[kind] = told.get(kind, 0.0) + seconds - self._before.get(pid, 0.0)
        return told


@dataclass
class OtherWork:
    """How many cores others than we keep busy, over a stretch of time."""

    ours: set[int]

    def __post_init__(self) -> None:
        self._at = time.monotonic()
        self._busy = _busy()
        self._own = seconds_of(self._family())

    def _family(self) -> set[int]:
        return set().union(*({pid, *descendants(pid)} for pid in self.ours))

    def cores(self) -> float:
        """Return the cores that were busy with work of others since the beginning."""
        passed = time.monotonic() - self._at
        own = sum(seconds_of(self._family()).values()) - sum(self._own.values())
        return max(0.0, (_busy() - self._busy - own) / max(passed, 0.1))


def _busy() -> float:
    with Path("/proc/stat").open(encoding="ascii") as stat:
        numbers = [int(word) for word in stat.readline().split()[1:]]
    idle = numbers[3] + numbers[4]
    stolen = numbers[7] if len(numbers) > 7 else 0
    return (sum(numbers[:8]) - idle - stolen) / TICKS
