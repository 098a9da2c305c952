"""Checks the public log by itself; exit code 0 when all is well, else it names what is not as it was.

    python verify_log.py log FILE KEY [KEPT-HEAD]  what `motcua audit export` wrote: entries, chain, signed roots
    python verify_log.py heads FILE KEY            /nhat-ky/dau.json: each head goes on from the one before
    python verify_log.py proof FILE KEY            the proof beside a receipt: what it says is in the log
KEY: the line on /nhat-ky/, or a file with it, best kept from before. RFC 9162 §2.1, C2SP tlog-checkpoint, tlog-proof.
"""

import json
import sys
from base64 import b64decode, b64encode
from collections import Counter
from contextlib import suppress
from functools import reduce
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

Keys = dict[tuple[str, bytes], Ed25519PublicKey]
Head = tuple[int, bytes]  # how many entries, and the root over them
EMPTY = sha256().digest()


def canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def keys_in(given: str) -> Keys:
    lines = Path(given).read_text("utf-8") if Path(given).is_file() else given
    told, load = (line.split("+", 2) for line in lines.split()), Ed25519PublicKey.from_public_bytes
    return {(name, bytes.fromhex(known)): load(b64decode(key)[1:]) for name, known, key in told}


def signed(note: str, keys: Keys) -> Head:
    with suppress(ValueError, KeyError, InvalidSignature):
        text, signature = note.removesuffix("\n").split("\n\n")
        origin, size, root, _at = text.split("\n")
        packed = b64decode(signature.removeprefix(f"— {origin} "), validate=True)
        keys[origin, packed[:4]].verify(packed[4:], f"{text}\n".encode())
        if note == f"{text}\n\n— {origin} {b64encode(packed).decode()}\n":
            return int(size), b64decode(root)
    sys.exit(f"the head of {' '.join(note.split()[1:5])}: no good signature by a given key")


def roots(number: int, last: int, path: list[bytes], start: bytes) -> tuple[bytes, bytes]:
    """Return the roots, of then and of now, that a proof leads to (§2.1.3.2, §2.1.4.2)."""
    old = new = start
    for beside in path:
        if number & 1 or number == last:
            old, new = node(beside, old), node(beside, new)
            while number and not number & 1:
                number, last = number >> 1, last >> 1
        else:
            new = node(new, beside)
        number, last = number >> 1, last >> 1
    return (old, new) if last == 0 else (EMPTY, EMPTY)


def goes_on(first: Head, second: Head, proof: list[bytes]) -> bool:
    if first[0] in (0, second[0]):
        return not proof and first[1] == (second[1] if first[0] else EMPTY)
    path = proof if first[0] & (first[0] - 1) else [first[1], *proof]
    number, last = first[0] - 1, second[0] - 1
    while number & 1:
        number, last = number >> 1, last >> 1
    return bool(path) and roots(number, last, path[1:], path[0]) == (first[1], second[1])


def bound(commitment: str, said: dict[str, Any]) -> bool:
    told = str(said.get("salt")).encode() + canonical(said.get("content"))
    return not {"salt", "content"} & set(said) or sha256(told).hexdigest() == commitment


def entry_of(row: dict[str, Any], position: int, link: bytes) -> tuple[bytes, bytes]:
    said = {name: row.get(name) for name in ("at", "commitment", "kind", "reference")}
    leaf = sha256(b"\x00" + canonical(said)).digest()
    link = sha256(link + leaf).digest()
    about = f"entry {position} ({said['kind']} {said['reference']})"
    if row.get("position") != position:
        strange = f"the line after {position} entries: neither an entry nor a head"
        sys.exit(f"{about}: stands in place {row['position']}" if "position" in row else strange)
    if leaf.hex() != row.get("hash") or not bound(str(said["commitment"]), row):
        sys.exit(f"{about}: what it says was changed")
    return (leaf, link) if link.hex() == row.get("link") else sys.exit(f"{about}: breaks the chain")


def row_of(line: bytes, count: int) -> dict[str, Any]:
    with suppress(ValueError):
        row: dict[str, Any] = json.loads(line)
        if line == canonical(row) + b"\n":
            return row
    sys.exit(f"the line after {count} entries was changed")


def root_of(trees: list[Head]) -> bytes:
    hashes = [hashed for _level, hashed in trees] or [EMPTY]
    return reduce(lambda right, left: node(left, right), hashes[::-1])


def check_log(place: str, keys: Keys, *kept: str) -> str:
    count, link, trees, gone = 0, bytes(32), list[Head](), Counter[str]()
    known = dict(signed(Path(name).read_text("utf-8"), keys) for name in kept)
    for line in Path(place).open("rb"):  # noqa: SIM115 - read once, then it ends
        row = row_of(line, count)
        if "note" in row and signed(row["note"], keys) != (count, root_of(trees)):
            sys.exit(f"the head after {count} entries: signed were others")
        if "note" not in row:
            gone.update([row["erased"]] if "erased" in row else [])
            (leaf, link), level, count = entry_of(row, count, link), 0, count + 1
            while trees and trees[-1][0] == level:
                leaf, level = node(trees.pop()[1], leaf), level + 1
            trees.append((level, leaf))
        if count in known and known.pop(count) != root_of(trees):
            sys.exit(f"the head you kept: the log of {count} entries is another one now")
    if known:
        sys.exit(f"the head you kept: the log has no more than {count} entries now")
    told = [f"{number} erased under class {name}" for name, number in gone.items()]
    return ", ".join([f"{count} entries: unchanged", *told])


def check_heads(place: str, keys: Keys) -> str:
    heads = json.loads(Path(place).read_text("utf-8"))["heads"]
    signs = [signed(head["note"], keys) for head in heads]
    for head, before, here in zip(heads[1:], signs, signs[1:], strict=False):
        if not goes_on(before, here, [b64decode(one) for one in head["consistency"]]):
            sys.exit(f"the head of {here[0]} entries does not go on from that of {before[0]}")
    return f"{len(heads)} signed heads, each goes on from the one before"


def check_proof(place: str, keys: Keys) -> str:
    told, note = Path(place).read_text("utf-8").split("\n\n", 1)
    _kind, extra, index, *path = told.split("\n")
    said, position = json.loads(b64decode(extra[6:])), int(index[6:])
    (size, root), leaf = signed(note, keys), sha256(b"\x00" + canonical(said["entry"])).digest()
    way = roots(position, size - 1, [b64decode(one) for one in path], leaf)[1]
    if not 0 <= position < size or way != root or not bound(said["entry"]["commitment"], said):
        sys.exit(f"entry {position}: not what was signed")
    return f"entry {position} of {size}: {' '.join(map(str, said['entry'].values()))}"


if __name__ == "__main__":
    checks: dict[str, Any] = {"log": check_log, "heads": check_heads, "proof": check_proof}
    sys.stdout.write(checks[sys.argv[1]](sys.argv[2], keys_in(sys.argv[3]), *sys.argv[4:]) + "\n")
