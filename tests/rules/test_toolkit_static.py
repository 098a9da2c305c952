import gzip
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage

from motcua.toolkit.static import HashedStatic, serve_static

STYLE = b"body { color: black }\n" * 40
HASHED = "ui/motcua.0123456789ab.css"


def missing(_environ: dict[str, Any], start: Any) -> list[bytes]:
    start("404 Not Found", [])
    return [b"asked Django"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "static" / "ui").mkdir(parents=True)
    (tmp_path / "static" / HASHED).write_bytes(STYLE)
    (tmp_path / "static" / "ui" / "tiny.js").write_text("1")
    (tmp_path / "secret").write_text("a secret")
    return tmp_path / "static"


def get(folder: Path, path: str, **environ: str) -> tuple[str, dict[str, str], bytes]:
    said: list[Any] = []
    door = serve_static(missing, folder=folder, prefix="/static/")
    asked = {"PATH_INFO": path, "REQUEST_METHOD": "GET"} | environ
    body = b"".join(door(asked, lambda status, headers: said.extend([status, dict(headers)])))
    return said[0], said[1], body


def test_a_hashed_file_is_kept_for_a_year(folder: Path) -> None:
    status, headers, body = get(folder, f"/static/{HASHED}")
    assert (status, body) == ("200 OK", STYLE)
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert headers["Content-Type"] == "text/css; charset=utf-8"


def test_a_browser_that_reads_gzip_gets_the_small_one(folder: Path) -> None:
    _, headers, body = get(folder, f"/static/{HASHED}", HTTP_ACCEPT_ENCODING="br, gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == STYLE
    assert headers["Content-Length"] == str(len(body))


def test_a_file_without_a_hash_is_kept_for_minutes(folder: Path) -> None:
    _, headers, _ = get(folder, "/static/ui/tiny.js", HTTP_ACCEPT_ENCODING="gzip")
    assert headers["Cache-Control"] == "public, max-age=300"
    assert headers["Content-Type"].startswith("text/javascript")
    assert "Content-Encoding" not in headers


@pytest.mark.parametrize("path", ["/static/../secret", "/static//etc/passwd", "/static/ui", "/"])
def test_nothing_outside_of_the_folder_is_served(folder: Path, path: str) -> None:
    assert get(folder, path)[0] == "404 Not Found"


def test_only_reading_is_allowed(folder: Path) -> None:
    assert get(folder, f"/static/{HASHED}", REQUEST_METHOD="POST")[0] == "404 Not Found"


def test_a_question_for_the_head_has_no_body(folder: Path) -> None:
    status, headers, body = get(folder, f"/static/{HASHED}", REQUEST_METHOD="HEAD")
    assert (status, body, headers["Content-Length"]) == ("200 OK", b"", str(len(STYLE)))


def test_what_is_collected_keeps_what_it_does_and_loses_what_only_readers_need(
    tmp_path: Path,
) -> None:
    written, collected = tmp_path / "written", tmp_path / "collected"
    (written / "ui").mkdir(parents=True)
    code = "/* To a reader. */\nconst told = (n) => /^a\\/b/.test(n) && `// 1 /* 2 */ ${ n }`;\n"
    (written / "ui" / "told.js").write_text(code)
    (written / "ui" / "told.css").write_text("/* To a reader. */\np { content: '/* 1 */' }\n")
    shutil.copytree(written, collected)
    storage = HashedStatic(location=collected, base_url="/static/")
    source = FileSystemStorage(written)
    files = {name: (source, name) for name in ("ui/told.js", "ui/told.css")}
    for _ in range(2):  # a second time changes nothing
        named = {old: new for old, new, _ in storage.post_process(files)}
    assert (collected / "ui" / "told.js").read_text() == code
    script = (collected / named["ui/told.js"]).read_text()
    style = (collected / named["ui/told.css"]).read_text()
    assert "reader" not in script + style
    assert "/^a\\/b/" in script
    assert "`// 1 /* 2 */ ${" in script
    assert "/* 1 */" in style
