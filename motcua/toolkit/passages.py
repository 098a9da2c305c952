"""Marks what is still Vietnamese on a page of a language with its own script, for screen readers and read-aloud.

A page of such a language falls back to Vietnamese text by text, and names of people and places stay Vietnamese: both
are what stands in Latin letters. Seen from outside, on the finished page, so that no template has to think of it.
"""

import re
from collections.abc import Iterator

_PIECE = re.compile(r"<!--.*?-->|<[^>]*>|[^<]+", re.DOTALL)
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)")
_ENTITY = r"&(?:#\w+|\w+);"
# No mark can stand inside these: not text, or text without elements.
_CLOSED = frozenset({"script", "style", "title", "textarea", "svg", "template"})


def mark_vietnamese(html: str, letters: str) -> str:
    """Return the page with every passage in Latin letters inside `<span lang="vi">`.

    `letters` are the ranges of the language's own script. What already says its language is left alone.
    """
    return "".join(_marked(html, re.compile(rf"(?:{_ENTITY}|[^{letters}&])+|&")))


def _marked(html: str, foreign: re.Pattern[str]) -> Iterator[str]:
    closed, tag = "", ""
    pieces = _PIECE.findall(html)
    for place, piece in enumerate(pieces):
        if piece.startswith("<"):
            named = _TAG.match(piece)
            tag = piece if named else tag
            name = named[1].lower() if named else ""
            closed = _closed_after(closed, name, piece)
            yield _spoken_option(piece, pieces[place + 1 : place + 2], foreign)
        elif closed or " lang=" in tag or tag.startswith("<option"):
            yield piece
        else:
            yield foreign.sub(_in_span, piece)


def _closed_after(closed: str, name: str, piece: str) -> str:
    """Return the element we are in that bears no mark, once this tag has opened or closed."""
    if closed:
        return "" if piece.startswith("</") and name == closed else closed
    return name if name in _CLOSED and not piece.startswith("</") else ""


def _spoken_option(piece: str, following: list[str], foreign: re.Pattern[str]) -> str:
    """Let an option, which bears no element inside, say its language itself."""
    if not piece.startswith("<option") or " lang=" in piece or not following:
        return piece
    whole = foreign.fullmatch(following[0])
    return f'{piece[:-1]} lang="vi">' if whole and _has_words(whole[0]) else piece


def _in_span(found: re.Match[str]) -> str:
    passage = found[0]
    if not _has_words(passage):
        return passage
    words = passage.strip()
    before, after = passage.split(words, 1)
    return f'{before}<span lang="vi">{words}</span>{after}'


def _has_words(passage: str) -> bool:
    return bool(re.search(r"[^\W\d_]{2}", re.sub(_ENTITY, " ", passage)))
