"""Files made to do harm: each is refused for what it is, or cleaned; none takes much memory or time with it."""

import resource
import time
from contextlib import suppress

import pytest

from motcua.documents import apart, intake
from motcua.documents.rules.kinds import kind_of, safe_name
from motcua.documents.rules.refusals import FileTooCostly
from motcua.documents.scanning import Checked
from motcua.kernel.refusal import Refusal
from tests import documents_samples as samples
from tests.hostile_files import FILES, Hostile

EACH = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
LONGEST = 2 * apart.PATIENCE


def taken(raw: bytes, name: str = "a") -> intake.Cleaned:
    return intake.clean(intake.read(raw, name=name, owner="draft:lan"), name=name)


def test_there_are_enough_of_them_and_each_carries_what_must_be_gone():
    assert len(FILES) >= 60
    assert len({file.name for file in FILES}) == len(FILES)
    for file in FILES:
        raw = file.made() if file.gone else b""
        assert [word for word in file.gone if word not in raw] == [], file.name


def outcome(raw: bytes, name: str) -> type[Refusal] | intake.Cleaned:
    try:
        return taken(raw, name)
    except Refusal as refusal:
        return type(refusal)


@EACH
def test_a_hostile_file_is_refused_for_what_it_is_or_nothing_hostile_is_left(file: Hostile):
    raw, begun, memory = file.made(), time.monotonic(), most_memory()
    came = outcome(raw, file.name)
    assert time.monotonic() - begun < LONGEST
    assert most_memory() - memory < 80_000
    if isinstance(came, intake.Cleaned):
        assert None in file.becomes
        assert kind_of(came.content) in ("jpeg", "pdf")
        assert [word for word in file.gone if word in came.content] == []
    else:
        assert came in file.becomes


def most_memory() -> int:
    """The most that this process ever took, in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@pytest.mark.parametrize("file", [file for file in FILES if file.drawn], ids=lambda file: file.name)
def test_a_look_at_its_first_sheet_ends_too(file: Hostile, monkeypatch):
    monkeypatch.setattr(apart, "SECONDS", 1)
    cleaned, begun = taken(file.made()), time.monotonic()
    with suppress(apart.TooCostly):
        apart.done(
            "draw", cleaned.content, number=1, side=320, width=cleaned.width, height=cleaned.height
        )
    assert time.monotonic() - begun < LONGEST


@pytest.mark.parametrize("bound", [("MEMORY", 1 << 20), ("SECONDS", 0)])
def test_who_is_stopped_at_a_bound_is_refused_and_the_next_file_is_read(bound, monkeypatch):
    with monkeypatch.context() as bounded:
        bounded.setattr(apart, *bound)
        with pytest.raises(FileTooCostly):
            taken(samples.jpeg(4_000, 3_000))
    assert taken(samples.jpeg()).width == 640


def test_a_helper_that_was_killed_is_there_again_for_the_next_file():
    assert taken(samples.jpeg()).width == 640
    assert apart._helper.process is not None
    apart._helper.process.kill()
    apart._helper.process.wait()
    assert taken(samples.jpeg()).width == 640


def test_the_helper_knows_no_secret_and_no_database():
    taken(samples.jpeg())
    assert apart._helper.process is not None
    with open(f"/proc/{apart._helper.process.pid}/environ", "rb") as told:  # noqa: PTH123 - no file of a disk
        names = {pair.partition(b"=")[0].decode() for pair in told.read().split(b"\0") if pair}
    assert names <= set(apart._KEPT)


def test_only_what_was_checked_is_cleaned():
    assert isinstance(intake.read(b"x", name="a", owner="b"), Checked)
    assert intake.clean.__annotations__["raw"] is Checked


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\win.ini", "win.ini"),
        ("a\0.jpg", "a.jpg"),
        ("anh\u202egpj.exe", "anhgpj.exe"),
        ("a\u2066b\u2069.jpg", "ab.jpg"),
        ("a.jpg\r\nSet-Cookie: x=1", "a.jpgSet-Cookie_ x=1"),
        ("..", "tep"),
        ("/", "tep"),
        ("", "tep"),
        (' <b>"x"|?* ', "_b__x____"),
        ("CON.\ud800jpg", "CON.jpg"),
        ("x" * 5000 + ".jpg", "x" * 116 + ".jpg"),
        ("x" * 5000, "x" * 120),
    ],
)
def test_a_name_is_fit_to_show_and_leads_nowhere(given, shown):
    assert safe_name(given) == shown
