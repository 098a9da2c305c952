"""Texts of national records made readable: paragraphs, steps, lists. Texts are data, never markup."""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

from motcua.procedures.rules.records.page import Block

SILENT = frozenset(
    {"", "-", "--", "----", "không có thông tin", "không", "không có", "không quy định"}
)
"""What records write where they say nothing."""

_BULLET = re.compile(r"^[-–—+*•·▪]+\s*")
_STEP = re.compile(r"^(Bước\s+\d+(?:\.\d+)?)\s*[:.)\-–]?\s*(?=\S)")
_INSIDE = re.compile(r"(?<=[.;:])\s+(?=[-+*•]\s+\S)")
_UNSEEN = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff\x00-\x08\x0b-\x1f\x7f]")
_SPACES = re.compile(r"[^\S\n]+")


def cleaned(text: str) -> str:
    """Return the text composed, without unseen characters, entities and double spaces; lines stay."""
    plain = unicodedata.normalize("NFC", unescape(text)).replace("\r", "\n")
    lines = _SPACES.sub(" ", _UNSEEN.sub("", plain)).split("\n")
    return "\n".join(line.strip() for line in lines).strip()


def one_line(text: str) -> str:
    """Return the text on one line; nothing where it says nothing."""
    line = " ".join(cleaned(text).split())
    return "" if line.casefold().rstrip(".") in SILENT else line


def blocks(text: str) -> tuple[Block, ...]:
    """Return the text in paragraphs, steps and lists; nothing where it says nothing."""
    if not one_line(text):
        return ()
    return tuple(_gathered(_lines(cleaned(text))))


def _lines(text: str) -> Iterator[str]:
    """Yield the lines as they were meant: hard breaks inside sentences joined, glued bullets apart."""
    meant: list[str] = []
    for line in (part for piece in text.split("\n") for part in _INSIDE.split(piece)):
        if meant and _goes_on(meant[-1], line):
            meant[-1] += f" {line}"
        elif line:
            meant.append(line)
    yield from meant


def _goes_on(before: str, line: str) -> bool:
    return bool(line) and before[-1] not in ".;:!?" and line[0].islower() and line[1:2] != ")"


def _gathered(lines: Iterator[str]) -> Iterator[Block]:
    items: list[str] = []
    for line in lines:
        bullet = _BULLET.match(line)
        if bullet and not _STEP.match(line[bullet.end() :]):
            items.append(line[bullet.end() :])
            continue
        if items:
            yield Block(kind="list", items=_said(items))
            items = []
        yield _block(line[bullet.end() :] if bullet else line)
    if items:
        yield Block(kind="list", items=_said(items))


def _said(items: list[str]) -> tuple[str, ...]:
    return tuple(item for item in items if item)


def _block(line: str) -> Block:
    step = _STEP.match(line)
    if step:
        return Block(kind="step", label=" ".join(step[1].split()), text=line[step.end() :])
    return Block(kind="text", text=line)
