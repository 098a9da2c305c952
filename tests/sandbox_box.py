"""The country in a box as tests start it, and a small `motcua` for it to talk to.

The box is the real process; the other side is a real HTTP server in this process that can be told
to fail a number of times before it takes what it is sent.
"""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import urllib3
import yaml
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    MappingKeyResolver,
    algorithms,
)
from joserfc.jwk import OKPKey

ROOT = Path(__file__).parent.parent
PEOPLE = {
    person["key"]: person
    for person in yaml.safe_load((ROOT / "sandbox/people.yaml").read_text(encoding="utf-8"))
}
SECRETS = {
    "SANDBOX_VNEID_CLIENT_SECRET": "bi-mat-vneid",
    "SANDBOX_VNPAY_SECRET": "bi-mat-vnpay",
    "SANDBOX_SMS_TOKEN": "bi-mat-sms",
    "SANDBOX_POST_TOKEN": "bi-mat-post",
}
COVERED = ("@method", "@path", "content-digest", "content-type")


@dataclass
class Message:
    """A message as a signature sees it."""

    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Received:
    """A request the small motcua got."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def eventually(look: Callable[[], Any], *, within: float = 10.0) -> Any:
    """Return what `look` finds as soon as it finds something; the test fails when it never does."""
    until = time.monotonic() + within
    while True:
        if found := look():
            return found
        if time.monotonic() > until:
            raise AssertionError("it did not come about in time")
        time.sleep(0.02)


class SmallMotcua:
    """A real HTTP server where motcua would be: keeps what it is sent, fails when told."""

    def __init__(self) -> None:
        self.key = Ed25519PrivateKey.generate()
        self.received: list[Received] = []
        self.fail: dict[str, int] = defaultdict(int)  # path → how many times still
        self.replies: dict[str, str] = {}  # path → body
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def got(self, path: str, about: str = "") -> list[Received]:
        """What came to this path; `about` keeps those that speak of it."""
        return [
            r
            for r in list(self.received)
            if r.path == path and (about in r.body.decode() or about in r.query.values())
        ]

    def jwks(self) -> dict[str, Any]:
        public = OKPKey.import_key(self.key.public_key()).as_dict(private=False)
        return {"keys": [public | {"kid": "motcua", "use": "sig", "alg": "EdDSA"}]}

    def _answer(self, received: Received) -> tuple[int, str]:
        if received.path == "/api/exchange/keys.json":
            return 200, json.dumps(self.jwks())
        self.received.append(received)
        if self.fail[received.path] > 0:
            self.fail[received.path] -= 1
            return 500, "not now"
        return 200, self.replies.get(received.path, "{}")

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def _take(self) -> None:
                parts = urlsplit(self.path)
                length = int(self.headers.get("content-length") or 0)
                body = self.rfile.read(length)
                if len(body) < length:
                    return  # the box was killed while it spoke
                headers = {name.lower(): value for name, value in self.headers.items()}
                query = dict(parse_qsl(parts.query))
                received = Received(self.command, parts.path, query, headers, body)
                status, text = outer._answer(received)
                self.send_response(status)
                self.send_header("Content-Length", str(len(text.encode())))
                self.end_headers()
                self.wfile.write(text.encode())

            do_GET = do_POST = _take  # noqa: N815

            def log_message(self, *_: object) -> None:
                pass

        return Handler


class RunningBox:
    """`python -m sandbox` on free ports with a home of its own."""

    def __init__(self, home: Path, motcua_url: str, **settings: str) -> None:
        self.port, self.smtp_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = {
            **os.environ,
            **SECRETS,
            "SANDBOX_HOME": str(home),
            "SANDBOX_PORT": str(self.port),
            "SANDBOX_SMTP_PORT": str(self.smtp_port),
            "SANDBOX_ANSWER_DELAY": "0.05",
            "SANDBOX_LATE_DELAY": "1.5",
            "MOTCUA_URL": motcua_url,
            **settings,
        }
        self._http = urllib3.PoolManager(retries=False, timeout=20)
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sandbox"], cwd=ROOT, env=self._environment
        )
        eventually(self._is_up, within=20)

    def _is_up(self) -> bool:
        try:
            return self.get("/healthz").status == 200
        except urllib3.exceptions.HTTPError:
            return False

    def kill(self) -> None:
        """As the power fails: no goodbye."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)

    def call(
        self, method: str, path: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> urllib3.BaseHTTPResponse:
        url = path if path.startswith("http") else self.url + path
        return self._http.request(method, url, body=body, headers=headers or {}, redirect=False)

    def get(self, path: str, **headers: str) -> urllib3.BaseHTTPResponse:
        return self.call("GET", path, headers=headers)

    def form(self, path: str, **fields: str) -> urllib3.BaseHTTPResponse:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.call("POST", path, body=urlencode(fields).encode(), headers=headers)

    def json(self, path: str, body: Any, token: str = "") -> urllib3.BaseHTTPResponse:
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return self.call("POST", path, body=json.dumps(body).encode(), headers=headers)

    def messages(self, to: str) -> list[dict[str, Any]]:
        """The inbox of one person, newest first."""
        return self.get("/inbox.json?" + urlencode({"to": to})).json()["messages"]

    def otp_of(self, person: str) -> str:
        found = re.search(r"\b(\d{6})\b", self.messages(PEOPLE[person]["phone"])[0]["text"])
        assert found
        return found[1]

    def register(self, system: str, subject: str) -> list[dict[str, Any]]:
        effects = self.get(f"/exchange/{system}/register.json").json()["effects"]
        return [effect for effect in effects if effect["subject"] == subject]


def running(home: Path, **settings: str) -> Iterator[tuple[RunningBox, SmallMotcua]]:
    """A box and the small motcua it talks to, until the end of the fixture."""
    motcua = SmallMotcua()
    box = RunningBox(home, motcua.url, **settings)
    yield box, motcua
    box.stop()
    motcua.stop()


CHILD = {
    "child.name": "Trần Minh An",
    "child.birth_date": "2026-11-20",
    "child.sex": "female",
    "child.birth_place": "Trung tâm Y tế Thanh Miện",
    "mother.name": "Nguyễn Thị Mai",
    "insurance.facility": "Trạm y tế xã Nam Thanh Miện",
}
DONE_BY = {
    "civil-registry": "register-birth",
    "population": "issue-personal-number",
    "residence": "register-residence",
    "insurance": "issue-insurance-card",
}


def new_subject() -> str:
    return f"H23.11284-261123-{uuid.uuid4().int % 10**8:08d}"


def question(system: str, subject: str, **data: Any) -> bytes:
    """A question to a system about a child."""
    kind = data.pop("type", "vn.motcua.leg.asked.v1")
    asked = {
        "leg": DONE_BY[system],
        "task": DONE_BY[system],
        "agency": {"code": "H23.11284", "name": "UBND xã Nam Thanh Miện"},
        "procedure": "3.000722",
        "due": None,
        "fields": CHILD,
        "papers": [],
        "previous_results": {},
    }
    event = {
        "specversion": "1.0",
        "id": data.pop("id", str(uuid.uuid4())),
        "source": "urn:motcua:party:motcua",
        "type": kind,
        "subject": subject,
        "time": datetime.now(UTC).isoformat(),
        "datacontenttype": "application/json",
        "sequence": "1",
        "data": asked | data,
    }
    return json.dumps(event, ensure_ascii=False).encode()


def signed(
    url: str, body: bytes, key: Ed25519PrivateKey, *, age: timedelta = timedelta()
) -> dict[str, str]:
    """The headers of a message that motcua signed `age` ago."""
    message = Message("POST", url, {"Content-Type": "application/cloudevents+json"})
    _signer(key).sign(
        message, key_id="motcua", created=datetime.now(UTC) - age, label="sig",
        covered_component_ids=COVERED, body=body,
    )  # fmt: skip
    return message.headers


def signed_get(url: str, key: Ed25519PrivateKey) -> dict[str, str]:
    message = Message("GET", url)
    _signer(key).sign(message, key_id="motcua", label="sig", covered_component_ids=COVERED[:2])
    return message.headers


def _signer(key: Ed25519PrivateKey) -> HTTPMessageSigner:
    keys = MappingKeyResolver(public_keys={}, private_keys={"motcua": key})
    return HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=keys)


def verify_answer(box: RunningBox, motcua: SmallMotcua, system: str, received: Received) -> None:
    """Raise unless the system signed this very answer."""
    (jwk,) = box.get(f"/exchange/{system}/keys.json").json()["keys"]
    public = OKPKey.import_key(jwk).public_key
    keys = MappingKeyResolver(public_keys={jwk["kid"]: public}, private_keys={})
    verifier = HTTPMessageVerifier(signature_algorithm=algorithms.ED25519, key_resolver=keys)
    message = Message(received.method, motcua.url + received.path, received.headers)
    (found,) = verifier.verify(
        message,
        max_age=timedelta(minutes=10),
        require_components=COVERED,
        body=received.body,
    )
    assert found.parameters["keyid"] == system


def ask(box: RunningBox, motcua: SmallMotcua, system: str, body: bytes) -> urllib3.BaseHTTPResponse:
    """Send a signed question, as motcua does."""
    url = f"{box.url}/exchange/{system}/inbox"
    return box.call("POST", url, body=body, headers=signed(url, body, motcua.key))


def answers(motcua: SmallMotcua, body: bytes) -> list[dict[str, Any]]:
    """The answers that came to this question, in order."""
    identity = json.loads(body)["id"]
    return [r.json() for r in motcua.got("/api/exchange/inbox", identity)]
