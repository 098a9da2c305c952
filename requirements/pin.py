"""Write the pinned lists from what the environment holds: run it after changing an `.in` file.

    .venv/bin/python requirements/pin.py

Every list names exact versions and nothing else: no addresses, no paths.
"""

import re
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement

HERE = Path(__file__).parent
LISTS = ("runtime", "sandbox", "develop")


def wanted(name: str) -> list[Requirement]:
    """Return the requirements an `.in` file declares."""
    lines = (HERE / f"{name}.in").read_text(encoding="utf-8").splitlines()
    bare = (line.split("#")[0].strip() for line in lines)
    return [Requirement(line) for line in bare if line]


def canonical(name: str) -> str:
    """Return the name as package indexes spell it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def closure(roots: list[Requirement]) -> dict[str, str]:
    """Return name → version of the requirements and of all they need here."""
    found: dict[str, str] = {}
    open_ = [(root.name, frozenset(root.extras)) for root in roots]
    seen: set[tuple[str, frozenset[str]]] = set()
    while open_:
        name, extras = item = open_.pop()
        if item in seen:
            continue
        seen.add(item)
        package = distribution(name)
        found[canonical(name)] = package.version
        for text in package.requires or []:
            needed = Requirement(text)
            if any(
                needed.marker is None or needed.marker.evaluate({"extra": extra})
                for extra in (extras or {""}) | {""}
            ):
                open_.append((needed.name, frozenset(needed.extras)))
    return found


def main() -> None:
    """Write one `.txt` beside each `.in`, each without what the lists before it hold."""
    known: set[str] = set()
    for name in LISTS:
        pins = closure(wanted(name))
        lines = [f"{package}=={pins[package]}" for package in sorted(pins) if package not in known]
        known |= pins.keys()
        header = f"# Made by requirements/pin.py from {name}.in. Do not edit.\n"
        (HERE / f"{name}.txt").write_text(header + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
