"""The audit of what we depend on: it tells what the index knows, and says when it could not ask."""

import importlib.util
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).parents[2] / "requirements" / "audit.py"
KNOWN = {
    "/weak/1.0/json": [{"id": "PYSEC-1", "fixed_in": ["1.1"], "summary": "opens the door"}],
    "/withdrawn/1.0/json": [{"id": "PYSEC-2", "withdrawn": "2026-01-01"}],
    "/sound/1.0/json": [],
}


@pytest.fixture
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def index() -> Iterator[str]:
    """A package index that knows three packages."""

    class Index(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = KNOWN.get(self.path)
            self.send_response(404 if found is None else 200)
            self.end_headers()
            self.wfile.write(json.dumps({"vulnerabilities": found}).encode())

        def log_message(self, *_words: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Index) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_what_is_known_against_a_version_is_told_with_the_version_that_mends_it(audit, index):
    [(kind, line)] = audit.report([("sound", "1.0"), ("weak", "1.0"), ("withdrawn", "1.0")], index)
    assert (kind, line) == ("weak", "weak==1.0: PYSEC-1, mended in 1.1: opens the door")


def test_what_the_index_could_not_be_asked_about_is_said_and_is_no_answer(audit, index):
    assert list(audit.report([("unheard-of", "1.0")], index)) == [("unasked", "unheard-of==1.0")]
    assert list(audit.report([("weak", "1.0")], "http://127.0.0.1:9")) == [("unasked", "weak==1.0")]


def test_a_mirror_that_knows_no_weaknesses_is_not_asked_on_and_on(audit, monkeypatch):
    asked = []
    monkeypatch.setattr(audit, "weaknesses", lambda pin, _index: asked.append(pin))
    told = list(audit.report([(f"p{n}", "1.0") for n in range(50)]))
    assert [kind for kind, _ in told] == ["unasked"] * 50
    assert len(asked) == audit.AT_ONCE


def test_what_does_not_touch_us_is_accepted_with_its_reason(audit, index, tmp_path, monkeypatch):
    (tmp_path / "accepted.txt").write_text("# why\nPYSEC-1 we never open that door\n", "utf-8")
    monkeypatch.setattr(audit, "HERE", tmp_path)
    [(kind, _)] = audit.report([("weak", "1.0")], index)
    assert kind == "accepted"


@pytest.mark.parametrize(
    ("found", "words", "code"),
    [([], [], 0), ([("weak", "x")], [], 1), ([("unasked", "x")], [], 0),
     ([("unasked", "x")], ["--strict"], 2), ([("accepted", "x")], ["--strict"], 0)],
)  # fmt: skip
def test_only_a_known_weakness_stops_unless_one_is_strict(audit, monkeypatch, found, words, code):
    monkeypatch.setattr(audit, "report", lambda _pins: iter(found))
    assert audit.main(words) == code


def test_every_pinned_version_is_asked_about(audit):
    names = {name for name, _ in audit.pinned(audit.LISTS)}
    assert {"django", "pillow", "pypdf", "granian", "starlette", "pytest"} <= {
        n.lower() for n in names
    }
