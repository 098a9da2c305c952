"""Scripts, styles and pictures: made small, named by their content, kept for a year, compressed once.

`HashedStatic` gives `{% static "ui/motcua.css" %}` → `/static/ui/motcua.5f2c….css`. `serve_static`
answers for them before Django is asked, from memory, in some ten microseconds.
"""

import gzip
import mimetypes
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile
from django.core.files.storage import Storage

Start = Callable[..., Any]
Wsgi = Callable[[dict[str, Any], Start], Iterable[bytes]]

SMALLEST = 200  # bytes; shorter files do not gain
TEXT = ("text/", "application/javascript", "application/json", "image/svg", "application/manifest")


MADE_SMALL = {".js": "application/javascript", ".css": "text/css"}


def small(suffix: str, written: str) -> str:
    """Return a script or style without its comments, blanks and long inner names: a fifth less over the line.

    Anything else is returned as it is. The minifier brings Go's runtime along, which a process that forks
    must not hold: it is loaded where files are collected, and never where they are served.
    """
    if suffix not in MADE_SMALL:
        return written
    import minify  # noqa: PLC0415 - see above

    return str(minify.string(MADE_SMALL[suffix], written))


class HashedStatic(ManifestStaticFilesStorage):
    """Django's storage of hashed names, which also serves a tree that was not collected yet."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """Return the hashed name; the plain one while nothing was collected (tests)."""
        if not self.hashed_files:
            return name
        return str(super().stored_name(name))

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        """Name what was collected by its content as it is sent: made small."""
        light = {name: (_Light(storage), path) for name, (storage, path) in paths.items()}
        yield from super().post_process(light, dry_run=dry_run, **options)


@dataclass(frozen=True)
class _Light:
    """A storage that is read small. What it holds stays as it was written, so that nothing is made small twice."""

    heavy: Storage

    def open(self, name: str) -> "ContentFile[bytes]":
        with self.heavy.open(name) as file:
            written: bytes = file.read()
        suffix = Path(name).suffix
        if suffix in MADE_SMALL:
            written = small(suffix, written.decode()).encode()
        return ContentFile(written)


@dataclass(frozen=True)
class File:
    """One file as it is sent, ready for any browser."""

    kind: str
    plain: bytes
    squeezed: bytes | None


def _read(path: Path) -> File:
    plain = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if path.suffix == ".js":
        kind = "text/javascript"
    text = kind.startswith(TEXT)
    squeezed = gzip.compress(plain, 9, mtime=0) if text and len(plain) > SMALLEST else None
    if squeezed is not None and len(squeezed) >= len(plain):
        squeezed = None
    return File(f"{kind}; charset=utf-8" if text else kind, plain, squeezed)


class StaticFiles:
    """The files under one folder, each read once."""

    def __init__(self, folder: Path) -> None:
        """Remember the folder; a name outside of it is never found."""
        self.folder = folder
        self._read: dict[str, File] = {}

    @cached_property
    def _names(self) -> frozenset[str]:
        found = self.folder.rglob("*") if self.folder.exists() else ()
        return frozenset(str(path.relative_to(self.folder)) for path in found if path.is_file())

    def get(self, name: str) -> File | None:
        """Return the file of that name, or None."""
        if name not in self._names:
            return None
        if name not in self._read:
            self._read[name] = _read(self.folder / name)
        return self._read[name]


def _is_hashed(name: str) -> bool:
    parts = name.rsplit("/", 1)[-1].split(".")
    return len(parts) > 2 and len(parts[-2]) == 12  # noqa: PLR2004 - name.<12 hex digits>.suffix


def serve_static(app: Wsgi, *, folder: Path, prefix: str) -> Wsgi:
    """Return a WSGI callable that answers for `prefix` from the folder and asks `app` for the rest."""
    files = StaticFiles(folder)

    def door(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not path.startswith(prefix):
            return app(environ, start)
        name = path[len(prefix) :]
        found = files.get(name)
        if found is None or environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return app(environ, start)
        squeeze = found.squeezed and "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
        body = found.squeezed if squeeze and found.squeezed else found.plain
        start("200 OK", _headers(name, found, len(body), squeezed=bool(squeeze)))
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]

    return door


def _headers(name: str, found: File, length: int, *, squeezed: bool) -> list[tuple[str, str]]:
    forever = "public, max-age=31536000, immutable"
    headers = [
        ("Content-Type", found.kind),
        ("Content-Length", str(length)),
        ("Cache-Control", forever if _is_hashed(name) else "public, max-age=300"),
        ("X-Content-Type-Options", "nosniff"),
        ("Vary", "Accept-Encoding"),
    ]
    return [*headers, ("Content-Encoding", "gzip")] if squeezed else headers
