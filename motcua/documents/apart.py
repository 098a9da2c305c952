"""Strangers' bytes are read apart: in a process with little memory and little time, that takes nothing else with it.

A small helper stands by for each of our processes while files come. It holds the readers of pictures and PDFs, no
settings, no secret and no line to the database; for each file it forks, and only the fork touches the file. What comes
back is JSON and bytes, never a pickled object. Measured on one core: 8 ms a file, and 0.3 s when the first one comes.
"""

import json
import os
import resource
import select
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from motcua.kernel.refusal import Refusal

MEMORY = 1 << 30  # bytes of address space above what the readers themselves take
SECONDS = 6  # of the processor; a photograph of 48 megapixels takes two
PATIENCE = 12  # seconds by the clock
LARGEST_MADE = 120 * 1_048_576  # bytes that a file may become: a PDF of 20 MB written anew
IDLE = 120  # seconds after which the helper ends by itself
WORK = {
    "clean": "motcua.documents.cleaning",
    "sheets": "motcua.documents.pdfs",
    "draw": "motcua.documents.drawing",
    "codes": "motcua.documents.reading_codes",
}
"""What may be asked → the module whose `apart` does it."""
_HEAD = struct.Struct(">II")
_ROOT = Path(__file__).resolve().parents[2]
_KEPT = ("PATH", "LANG", "TZ", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "MALLOC_ARENA_MAX")

Made = tuple[Any, list[bytes]]
"""What work makes: something that JSON can hold, and files."""


class TooCostly(Exception):  # noqa: N818 - said of the file
    """The reader was stopped at its bounds, or fell."""


class No(Exception):  # noqa: N818 - a refusal on its way home
    """A refusal of the reader: its code and its data."""

    def __init__(self, code: str, data: dict[str, Any]) -> None:
        """Keep both."""
        super().__init__(code)
        self.code, self.data = code, data


def done(work: str, raw: bytes, **about: Any) -> Made:
    """Return what that work makes of a stranger's bytes. Raises No, TooCostly."""
    return _helper.ask(work, raw, about)


@dataclass
class _Helper:
    """Our side of the line to the helper; one file at a time."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    line: socket.socket | None = None
    process: subprocess.Popen[bytes] | None = None

    def ask(self, work: str, raw: bytes, about: dict[str, Any]) -> Made:
        with self.turn:
            try:
                told, files = self._asked(work, raw, about)
            except (OSError, ValueError, KeyError, struct.error) as fault:
                self._end()
                raise TooCostly(str(fault)) from fault
        if "refused" in told:
            raise No(str(told["refused"]), dict(told["data"]))
        if "made" not in told:
            raise TooCostly("stopped at its bounds")
        return told["made"], files

    def _asked(
        self, work: str, raw: bytes, about: dict[str, Any]
    ) -> tuple[dict[str, Any], list[bytes]]:
        told = {"work": work, "about": about, "bounds": [MEMORY, SECONDS, PATIENCE]}
        try:
            line = self._open()
            _send(line, told, [raw])
            return _receive(line)
        except (BrokenPipeError, ConnectionError, EOFError):
            self._end()  # it had gone to rest; the second one is fresh
        line = self._open()
        _send(line, told, [raw])
        try:
            return _receive(line)
        except EOFError as fault:
            raise ConnectionError("the helper fell") from fault

    def _open(self) -> socket.socket:
        if self.line is None:
            ours, theirs = socket.socketpair()
            ours.settimeout(2 * PATIENCE)
            with theirs:
                self.process = subprocess.Popen(
                    [sys.executable, "-m", __name__],
                    stdin=theirs.fileno(), stdout=theirs.fileno(), stderr=subprocess.DEVNULL, cwd=_ROOT,
                    env={name: os.environ[name] for name in _KEPT if name in os.environ},
                )  # fmt: skip
            self.line = ours
        return self.line

    def _end(self) -> None:
        if self.line is not None:
            self.line.close()
        if self.process is not None:
            with suppress(ProcessLookupError):
                self.process.kill()
            self.process.wait()
        self.line = self.process = None


_helper = _Helper()


def _send(line: socket.socket, told: dict[str, Any], files: list[bytes]) -> None:
    head = json.dumps(told | {"sizes": [len(file) for file in files]}).encode()
    line.sendall(_HEAD.pack(len(head), sum(map(len, files))) + head)
    for file in files:
        line.sendall(file)


def _receive(line: socket.socket) -> tuple[dict[str, Any], list[bytes]]:
    """Return a message. Raises EOFError when the line ends before one, ValueError for nonsense."""
    long, size = _HEAD.unpack(_exactly(line, _HEAD.size))
    if size > LARGEST_MADE:
        raise ValueError("too much was made")
    told = json.loads(_exactly(line, long))
    if sum(told["sizes"]) != size:
        raise ValueError("sizes differ")
    return told, [_exactly(line, each) for each in told["sizes"]]


def _exactly(line: socket.socket, size: int) -> bytes:
    kept, left = [], size
    while left:
        piece = line.recv(min(left, 1_048_576))
        if not piece:
            raise EOFError
        kept.append(piece)
        left -= len(piece)
    return b"".join(kept)


# --- the helper ---


def main() -> None:
    """Do what is asked until nothing was for a while or nobody is there any more."""
    modules = {work: import_module(name) for work, name in WORK.items()}
    with socket.socket(fileno=0) as line:
        while select.select([line], [], [], IDLE)[0]:
            try:
                told, (raw,) = _receive(line)
            except EOFError:
                return
            if not _forked(line, modules, told, raw):
                _send(line, {"stopped": True}, [])


def _forked(line: socket.socket, modules: dict[str, Any], told: dict[str, Any], raw: bytes) -> bool:
    """Let a fork do it and answer by itself; return whether it did."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        return status == 0
    code = 1
    with suppress(BaseException):
        _bound(*told["bounds"])
        answer, files = _worked(modules[told["work"]], raw, told["about"])
        signal.alarm(0)
        _send(line, answer, files)
        code = 0
    os._exit(code)


def _bound(memory: int, seconds: int, patience: int) -> None:
    """Take little memory and little time; no file grows on the disk beyond what is drawn, no core is left."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + memory
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_MADE, LARGEST_MADE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(patience)


def _worked(module: Any, raw: bytes, about: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    try:
        made, files = module.apart(raw, **about)
    except Refusal as refusal:
        return {"refused": refusal.code, "data": refusal.data}, []
    return {"made": made}, files


def refusals_of(module: Any) -> Iterator[tuple[str, type[Refusal]]]:
    """Yield (code, class) of the refusals in a module, by which a reader's no is said again on our side."""
    for each in vars(module).values():
        if isinstance(each, type) and issubclass(each, Refusal):
            yield each.code, each


if __name__ == "__main__":
    main()
