"""Ask the package index which of our pinned versions have known weaknesses: `make audit`, and in every `make check`.

    .venv/bin/python requirements/audit.py [list …] [--strict]

Exit code 1 when one has; 2 with --strict when the index could not be asked about all. What could not be asked is said, and is
no answer: a mirror that keeps files only knows none, and after the first few nobody asks it on. A weakness that does not touch us stands in `accepted.txt`: its id, a space, why not.
"""

import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

HERE = Path(__file__).parent
INDEX = "https://pypi.org/pypi"
LISTS = ("runtime", "sandbox", "develop")
PATIENCE = 15  # seconds
AT_ONCE = 4

Pin = tuple[str, str]
"""Name and version."""


def pinned(lists: tuple[str, ...]) -> list[Pin]:
    """Return what the lists name, each once."""
    lines = (
        line for name in lists for line in (HERE / f"{name}.txt").read_text("utf-8").splitlines()
    )
    pins = (line.partition("==") for line in lines if not line.startswith("#"))
    return sorted({(name.strip(), version.strip()) for name, is_pin, version in pins if is_pin})


def accepted() -> dict[str, str]:
    """Return id → why it does not touch us."""
    place = HERE / "accepted.txt"
    lines = place.read_text("utf-8").splitlines() if place.exists() else []
    return dict(line.split(" ", 1) for line in lines if line and not line.startswith("#"))


def weaknesses(pin: Pin, index: str = INDEX) -> list[dict[str, Any]] | None:
    """Return what is known against a version and not withdrawn; None where the index could not be asked."""
    name, version = pin
    try:
        with urlopen(f"{index}/{name}/{version}/json", timeout=PATIENCE) as answer:  # noqa: S310 - the index's address
            told = json.load(answer)["vulnerabilities"]
    except (URLError, OSError, ValueError, KeyError):
        return None
    return [one for one in told if not one.get("withdrawn")]


def report(pins: list[Pin], index: str = INDEX) -> Iterator[tuple[str, str]]:
    """Yield (kind, line): `weak`, `accepted`, `unasked`."""
    known = accepted()
    if all(weaknesses(pin, index) is None for pin in pins[:AT_ONCE]):
        yield from (("unasked", "==".join(pin)) for pin in pins)
        return
    with ThreadPoolExecutor(AT_ONCE) as asking:
        for pin, found in zip(
            pins, asking.map(lambda one: weaknesses(one, index), pins), strict=True
        ):
            named = "==".join(pin)
            if found is None:
                yield "unasked", named
            for one in found or ():
                mended = ", ".join(one.get("fixed_in") or ()) or "no version yet"
                line = f"{named}: {one['id']}, mended in {mended}: {one.get('summary') or one.get('link', '')}"
                yield ("accepted" if one["id"] in known else "weak"), line


def main(words: list[str]) -> int:
    """Print what is known; return the exit code."""
    lists = tuple(word for word in words if word in LISTS) or LISTS
    pins, counted = pinned(lists), {"weak": 0, "accepted": 0, "unasked": 0}
    for kind, line in report(pins):
        counted[kind] += 1
        if kind != "unasked" or "--strict" in words:
            print(f"{kind}: {line}")  # noqa: T201 - a tool of the command line
    told = f"{len(pins)} versions; weak {counted['weak']}, accepted {counted['accepted']}"
    print(f"{told}, could not be asked {counted['unasked']}")  # noqa: T201
    if counted["weak"]:
        return 1
    return 2 if counted["unasked"] and "--strict" in words else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
