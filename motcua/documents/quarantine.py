"""Files in which the scanner found something: sealed apart, where no door leads, then erased.

On the disk and not in the database, because what is found undoes the act it came with, and its trace must stay. Sealed,
so that neither a backup nor another scanner trips over it. `motcua quarantine` lists it for who supports people, the desk for
the head of the office (`journeys/held_files`).
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from motcua.documents.rules.refusals import NotHeld
from motcua.toolkit.refusals import KeyIsMissing
from motcua.toolkit.sealing import HEAD, DoesNotOpen, is_current, seal, unseal

LIVES = timedelta(days=30)
MOST_BYTES = 200 * 1_048_576
MOST_FILES = 1_000
"""Whoever floods us with findings fills no disk: the oldest go first."""
STUCK = timedelta(hours=1)
_LEAVING = ".leaving"
_ABOUT, _CONTENT = b"documents.quarantine.about", b"documents.quarantine.content"


@dataclass(frozen=True)
class Held:
    """What is known of a file in quarantine. `owner` is an opaque reference, as papers have, `key` the paper it was for.

    `asked_at`: when its sender was asked for the paper anew.
    """

    id: str
    found_at: str
    finding: str
    name: str
    owner: str
    size: int
    digest: str
    key: str = ""
    asked_at: str = ""


def keep(
    content: bytes, *, finding: str, name: str, owner: str, at: datetime, key: str = ""
) -> Held:
    """Seal a file away. The same bytes sent again are noted again and lie there once."""
    digest = hashlib.sha256(content).hexdigest()
    held = Held(uuid4().hex, at.isoformat(), finding[:200], name, owner, len(content), digest, key)
    _make_room(len(content))
    if not _content(digest).exists():
        _write(_content(digest), seal(content, _CONTENT))
    _note(held)
    return held


def _note(held: Held) -> None:
    _write(_about(held.id), seal(json.dumps(asdict(held)).encode(), _ABOUT))


def held() -> list[Held]:
    """Return what lies there, the newest first; what was sealed by a key that is gone is left out."""
    found = [known for place in _abouts() if (known := _read(place))]
    return sorted(found, key=lambda each: each.found_at, reverse=True)


def one(held_id: UUID) -> Held:
    """Return what is known of one file. Raises NotHeld."""
    known = _read(_about(held_id.hex))
    if known is None:
        raise NotHeld
    return known


def note_asked(held: Held, at: datetime) -> None:
    """Keep when the sender was asked for the paper anew."""
    _note(replace(held, asked_at=at.isoformat()))


@contextmanager
def leaving(held: Held) -> Iterator[None]:
    """Let one caller at a time take a file away; gone when it went well, held as before when it did not.

    Its bytes go too, where no other note speaks of them. Raises NotHeld for what is gone, or being taken away.
    """
    note = _about(held.id)
    away = note.with_suffix(_LEAVING)
    try:
        note.rename(away)
    except FileNotFoundError as gone:
        raise NotHeld from gone
    try:
        yield
    except BaseException:
        away.rename(note)
        raise
    away.unlink(missing_ok=True)
    _forget_unspoken_of()


def content_of(digest: str) -> bytes:
    """Return the bytes of a file, for whoever examines it. Raises FileNotFoundError, KeyIsMissing, DoesNotOpen."""
    return unseal(_content(digest).read_bytes(), _CONTENT)


def sweep(*, at: datetime) -> int:
    """Erase what was found longer ago than 30 days, and what no longer opens; return how many went."""
    gone = 0
    for place in _folder().glob(f"*{_LEAVING}"):  # whoever took it away died on the way
        if datetime.fromtimestamp(place.stat().st_ctime, UTC) <= at - STUCK:
            place.rename(place.with_suffix(".about"))
    for place in _abouts():
        known = _read(place)
        if known is None or datetime.fromisoformat(known.found_at) <= at - LIVES:
            place.unlink(missing_ok=True)
            gone += 1
    _forget_unspoken_of()
    return gone


def _forget_unspoken_of() -> None:
    notes = (*_abouts(), *_folder().glob(f"*{_LEAVING}"))
    spoken_of = {known.digest for place in notes if (known := _read(place))}
    for place in _folder().glob("*.content"):
        if place.stem not in spoken_of:
            place.unlink(missing_ok=True)


def not_current() -> list[Path]:
    """Return what lies there under another key than the current one."""
    return [
        place
        for place in (*_abouts(), *_folder().glob("*.content"))
        if not is_current(place.read_bytes()[:HEAD])
    ]


def reseal() -> int:
    """Seal anew what lies there under another key; return how many. What does not open is erased."""
    found = not_current()
    for place in found:
        context = _ABOUT if place.suffix == ".about" else _CONTENT
        try:
            _write(place, seal(unseal(place.read_bytes(), context), context))
        except (KeyIsMissing, DoesNotOpen):
            place.unlink(missing_ok=True)
    return len(found)


def _make_room(size: int) -> None:
    contents, abouts = _oldest_first("*.content"), _oldest_first("*.about")
    used = sum(place.stat().st_size for place in contents)
    while contents and used + size > MOST_BYTES:
        used -= contents[0].stat().st_size
        contents.pop(0).unlink(missing_ok=True)
    for place in abouts[: max(0, len(abouts) - MOST_FILES + 1)]:
        place.unlink(missing_ok=True)


def _oldest_first(pattern: str) -> list[Path]:
    return sorted(_folder().glob(pattern), key=lambda place: place.stat().st_mtime_ns)


def _read(place: Path) -> Held | None:
    try:
        written = place.stat()
        return _told(place, written.st_mtime_ns, written.st_ino)
    except (KeyIsMissing, DoesNotOpen, FileNotFoundError):
        return None


@lru_cache(maxsize=MOST_FILES)
def _told(place: Path, _written_ns: int, _inode: int) -> Held:
    """Open a note, once a process: a note that changes is another file."""
    return Held(**json.loads(unseal(place.read_bytes(), _ABOUT)))


def _abouts() -> list[Path]:
    return list(_folder().glob("*.about"))


def _about(held_id: str) -> Path:
    return _folder() / f"{held_id}.about"


def _content(digest: str) -> Path:
    return _folder() / f"{digest}.content"


def _folder() -> Path:
    place = Path(settings.FILES_ROOT) / "quarantine"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def _write(place: Path, sealed: bytes) -> None:
    handle, draft = tempfile.mkstemp(dir=place.parent, prefix=".arriving-")
    with os.fdopen(handle, "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    Path(draft).rename(place)
