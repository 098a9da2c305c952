"""A browser as far as load goes: one kept connection, cookies, redirects, nothing more.

It is written on a bare socket because it shares the machine with what it measures.
"""

import gzip
import socket
from dataclasses import dataclass

TIMEOUT = 60.0
REDIRECTS = {301, 302, 303}
_HEAD_END = b"\r\n\r\n"


@dataclass(frozen=True)
class Answer:
    """What came back. `body` is as it came: compressed when the server chose so."""

    status: int
    head: bytes
    body: bytes

    def header(self, name: str) -> str:
        """Return the value of a header; empty when it is not there."""
        at = self.head.lower().find(b"\r\n" + name.lower().encode() + b":")
        if at < 0:
            return ""
        value = self.head[at + len(name) + 3 :].split(b"\r\n", 1)[0]
        return value.strip().decode("latin-1")

    def text(self) -> str:
        """Return the page itself."""
        whole = (
            gzip.decompress(self.body) if self.header("Content-Encoding") == "gzip" else self.body
        )
        return whole.decode()


class Browser:
    """One visitor: an empty cookie jar and a kept connection."""

    def __init__(self, host: str, port: int) -> None:
        self._address = (host, port)
        self._host = f"{host}:{port}".encode()
        self._line: socket.socket | None = None
        self.cookies: dict[str, str] = {}
        self.failed = 0

    def forget(self) -> None:
        """Become somebody new on the same connection."""
        self.cookies.clear()

    def get(self, path: str) -> Answer:
        """Open a page, following redirects."""
        return self._follow(self._ask(b"GET", path, b"", b""))

    def post(
        self, path: str, body: bytes, kind: bytes = b"application/x-www-form-urlencoded"
    ) -> Answer:
        """Send a form, and open the page it leads to."""
        return self._follow(self._ask(b"POST", path, body, kind))

    def _follow(self, answer: Answer) -> Answer:
        while answer.status in REDIRECTS:
            answer = self._ask(b"GET", answer.header("Location"), b"", b"")
        if answer.status >= 400:
            self.failed += 1
        return answer

    def _ask(self, method: bytes, path: str, body: bytes, kind: bytes) -> Answer:
        lines = [
            b"%b %b HTTP/1.1" % (method, path.encode()),
            b"Host: " + self._host,
            b"Accept: text/html",
            b"Accept-Encoding: gzip",
        ]
        if self.cookies:
            pairs = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            lines.append(b"Cookie: " + pairs.encode())
        if method == b"POST":
            lines += [b"Content-Type: " + kind, b"Content-Length: %d" % len(body)]
        answer = self._exchange(b"\r\n".join(lines) + _HEAD_END + body)
        self._keep_cookies(answer.head)
        return answer

    def _exchange(self, request: bytes) -> Answer:
        for again in (False, True):
            fresh = self._line is None
            if self._line is None:
                self._line = socket.create_connection(self._address, TIMEOUT)
                self._line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                self._line.sendall(request)
                return self._read(self._line)
            except ConnectionError:
                self.close()
                if fresh or again:
                    raise
        raise ConnectionError(self._address)

    def _read(self, line: socket.socket) -> Answer:
        got = bytearray()
        while (end := got.find(_HEAD_END)) < 0:
            got += _more(line)
        head = bytes(got[:end])
        status = int(head[9:12])
        body = got[end + 4 :]
        answer = Answer(status, head, b"")
        length = int(answer.header("Content-Length") or 0)
        while len(body) < length:
            body += _more(line)
        if answer.header("Connection") == "close":
            self.close()
        return Answer(status, head, bytes(body))

    def _keep_cookies(self, head: bytes) -> None:
        for line in head.split(b"\r\n"):
            if line[:11].lower() == b"set-cookie:":
                name, _, value = (
                    line[11:].split(b";", 1)[0].strip().decode("latin-1").partition("=")
                )
                self.cookies[name] = value

    def close(self) -> None:
        """Hang up."""
        if self._line is not None:
            self._line.close()
            self._line = None


def _more(line: socket.socket) -> bytes:
    got = line.recv(262_144)
    if not got:
        raise ConnectionResetError("the server hung up")
    return got
