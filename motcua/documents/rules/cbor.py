"""The part of CBOR (RFC 8949) that seals need: numbers, bytes, texts, lists, maps, one tag.

Written in the one deterministic way (§4.2: shortest heads, keys in the order of their bytes), so that
a content has one seal; read strictly, so that nothing but that way is taken.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

UNSIGNED, NEGATIVE, BYTES, TEXT, LIST, MAP, TAG = range(7)
_WIDTHS = {24: 1, 25: 2, 26: 4, 27: 8}
_DEEPEST = 8


class NotCbor(ValueError):  # noqa: N818 - said of the bytes
    """The bytes are not CBOR as we write it."""


@dataclass(frozen=True)
class Tagged:
    """A value under a tag."""

    tag: int
    value: Any


def written(value: Any) -> bytes:
    """Return a value as CBOR. Raises NotCbor for what has no place in a seal."""
    match value:
        case int() if not isinstance(value, bool):
            return _head(UNSIGNED, value) if value >= 0 else _head(NEGATIVE, -1 - value)
        case bytes():
            return _head(BYTES, len(value)) + value
        case str():
            return _head(TEXT, len(value.encode())) + value.encode()
        case Mapping():
            pairs = sorted((written(key), written(given)) for key, given in value.items())
            return _head(MAP, len(pairs)) + b"".join(key + given for key, given in pairs)
        case Sequence():
            return _head(LIST, len(value)) + b"".join(written(each) for each in value)
        case Tagged():
            return _head(TAG, value.tag) + written(value.value)
    raise NotCbor(type(value).__name__)


def read(content: bytes) -> Any:
    """Return the value that the bytes say, all of them. Raises NotCbor."""
    value, end = _read(content, 0, _DEEPEST)
    if end != len(content):
        raise NotCbor("more bytes than one value")
    if written(value) != content:
        raise NotCbor("not written in the one way")
    return value


def _head(kind: int, number: int) -> bytes:
    if number < min(_WIDTHS):
        return bytes([kind << 5 | number])
    for code, width in _WIDTHS.items():
        if number < 1 << 8 * width:
            return bytes([kind << 5 | code]) + number.to_bytes(width, "big")
    raise NotCbor("a number beyond 64 bits")


def _read(content: bytes, at: int, depth: int) -> tuple[Any, int]:
    if not depth:
        raise NotCbor("too deep")
    kind, number, at = _read_head(content, at)
    match kind:
        case 0:
            return number, at
        case 1:
            return -1 - number, at
        case 2 | 3:
            return _read_string(content, kind, number, at)
        case 4:
            return _read_list(content, number, at, depth)
        case 5:
            parts, at = _read_list(content, 2 * number, at, depth)
            return _map(parts), at
        case 6:
            value, at = _read(content, at, depth - 1)
            return Tagged(number, value), at
    raise NotCbor("no such kind")


def _read_head(content: bytes, at: int) -> tuple[int, int, int]:
    first = content[at : at + 1]
    if not first:
        raise NotCbor("ends too early")
    kind, low = first[0] >> 5, first[0] & 31
    width = _WIDTHS.get(low, 0)
    if low > max(_WIDTHS):
        raise NotCbor("no definite length")
    number = int.from_bytes(content[at + 1 : at + 1 + width], "big") if width else low
    return kind, number, at + 1 + width


def _read_string(content: bytes, kind: int, length: int, at: int) -> tuple[Any, int]:
    part = content[at : at + length]
    if len(part) != length:
        raise NotCbor("ends too early")
    if kind == BYTES:
        return part, at + length
    try:
        return part.decode(), at + length
    except UnicodeDecodeError as fault:
        raise NotCbor("not UTF-8") from fault


def _read_list(content: bytes, count: int, at: int, depth: int) -> tuple[list[Any], int]:
    if count > len(content):
        raise NotCbor("ends too early")
    found = []
    for _ in range(count):
        value, at = _read(content, at, depth - 1)
        found.append(value)
    return found, at


def _map(parts: list[Any]) -> dict[Any, Any]:
    if any(not isinstance(key, int | str | bytes) for key in parts[::2]):
        raise NotCbor("a key of no use")
    return dict(zip(parts[::2], parts[1::2], strict=True))
