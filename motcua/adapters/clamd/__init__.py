"""ClamAV's daemon, asked over its socket: INSTREAM of the protocol in clamd(8).

The file goes out in pieces with their lengths before them and is not kept over there; one line comes back. Whoever asks
holds the only thread that answers pages: a daemon that was away is not asked again for a little while.
"""

import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.conf import settings

from motcua.documents.ports import ScannerAway, Watch

PATIENCE = 10.0  # seconds for a whole file; 5 MB take a quarter of one
PAUSE = 15.0  # seconds in which a daemon that was away is not asked
PIECE = 65_536
LONGEST_ANSWER = 4_096
_FOUND, _CLEAN = " FOUND", " OK"
_DATE = "%a %b %d %H:%M:%S %Y"


class Clamd:
    """A `documents.ports.Scanner` at the address MOTCUA_CLAMD."""

    def __init__(self, address: str = "", pause: float = PAUSE) -> None:
        """Ask at `address`, by default the setting CLAMD."""
        self.address = address or settings.CLAMD
        self.pause = pause
        self._away_until = 0.0

    def scan(self, content: bytes) -> str:
        if time.monotonic() < self._away_until:
            raise ScannerAway("it was away a moment ago")
        try:
            answer = self._asked(_stream(content))
            return _read(answer)
        except (OSError, ScannerAway) as fault:
            self._away_until = time.monotonic() + self.pause
            raise ScannerAway(f"{self.address}: {fault}") from fault

    def standing(self) -> Watch:
        try:
            told = self._asked([b"zVERSION\0"])
        except OSError:
            return Watch(why="away")
        version, _, about = told.partition("/")
        return Watch(version=version, signatures_of=_dated(about.partition("/")[2]))

    def _asked(self, words: Iterator[bytes] | list[bytes]) -> str:
        """Return what it answers to these words. Raises OSError."""
        with self._line() as line:
            for word in words:
                line.sendall(word)
            answer = b""
            while len(answer) < LONGEST_ANSWER and (piece := line.recv(LONGEST_ANSWER)):
                answer += piece
        return answer.rstrip(b"\0\n").decode(errors="replace")

    @contextmanager
    def _line(self) -> Iterator[socket.socket]:
        local = self.address.startswith("/")
        host, _, port = self.address.rpartition(":")
        with socket.socket(socket.AF_UNIX if local else socket.AF_INET) as line:
            line.settimeout(PATIENCE)
            line.connect(self.address if local else (host, int(port)))
            yield line


def _stream(content: bytes) -> Iterator[bytes]:
    yield b"zINSTREAM\0"
    for start in range(0, len(content), PIECE):
        piece = content[start : start + PIECE]
        yield struct.pack(">I", len(piece)) + piece
    yield struct.pack(">I", 0)


def _read(answer: str) -> str:
    """Return what `stream: … FOUND` names; nothing of `stream: OK`. Raises ScannerAway."""
    said = answer.removeprefix("stream:")
    if said.endswith(_FOUND):
        return said.removesuffix(_FOUND).strip()
    if said == _CLEAN:
        return ""
    raise ScannerAway(f"it says: {answer[:100]}")


def _dated(told: str) -> datetime | None:
    try:
        return datetime.strptime(told, _DATE).replace(tzinfo=UTC)
    except ValueError:
        return None
