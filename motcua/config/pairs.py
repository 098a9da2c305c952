"""Keeps watch that the English of the catalogue follows its Vietnamese.

Both stand side by side in one file, so that only one of them is easily changed. Every pair that somebody has looked at
is remembered by two short digests in `locale/en/catalogue.pairs`. When a Vietnamese text is new and its English is one that
belonged to a Vietnamese text now gone, the English is stale until it is changed too, or said to be still right.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

Pair = tuple[str, str]


@dataclass(frozen=True)
class Watched:
    """What is to be remembered, and the Vietnamese texts whose English is stale.

    While something is stale the former pair is remembered too, or nobody would know any more.
    """

    known: set[Pair]
    stale: list[str]


def texts_of(catalogue: Path) -> dict[Pair, str]:
    """Return every pair of the catalogue by its digests, with the Vietnamese (of a guide, its file)."""
    found: dict[Pair, str] = {}
    for path in sorted(catalogue.rglob("*.yaml")):
        if not {"examples", "versions", "schema"} & {*path.parts}:
            content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            found |= {_pair(vi, en): vi for vi, en in _both(content)}
    for path in sorted(catalogue.rglob("guide*.vi.md")):
        english = path.with_name(path.name.replace(".vi.md", ".en.md"))
        if "versions" not in path.parts and english.exists():
            where = path.relative_to(catalogue).as_posix()
            found[_pair(path.read_text("utf-8"), english.read_text("utf-8"))] = where
    return found


def watch(present: dict[Pair, str], known: set[Pair], *, still_right: bool = False) -> Watched:
    """Return the pairs to remember and what is stale among those present."""
    gone = {english for _, english in known - present.keys()}
    here = {vietnamese for vietnamese, _ in known & present.keys()}
    stale = {pair for pair in present.keys() - known if pair[1] in gone and pair[0] not in here}
    if still_right:
        stale = set()
    former = {pair for pair in known - present.keys() if pair[1] in {en for _, en in stale}}
    return Watched(set(present) - stale | former, sorted(present[pair] for pair in stale))


def read_pairs(file: Path) -> set[Pair]:
    """Return the remembered pairs; none where there is no file yet."""
    lines = file.read_text(encoding="ascii").splitlines() if file.exists() else []
    return {(line[:8], line[9:]) for line in lines}


def write_pairs(file: Path, pairs: set[Pair]) -> None:
    """Write the pairs, one a line."""
    file.write_text("".join(f"{vi} {en}\n" for vi, en in sorted(pairs)), encoding="ascii")


def _both(node: object) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            english = node.get(f"{str(key)[:-2]}en") if _is_vietnamese(str(key)) else None
            if isinstance(english, str):
                yield str(value), english
            yield from _both(value)
    elif isinstance(node, list):
        for item in node:
            yield from _both(item)


def _is_vietnamese(key: str) -> bool:
    return key == "vi" or key.endswith("_vi")


def _pair(vietnamese: str, english: str) -> Pair:
    return _digest(vietnamese), _digest(english)


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()
