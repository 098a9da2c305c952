"""Checks the QR code of a paper by itself: python verify.py QR-TEXT keys.json list [NAME].

QR-TEXT is what a scanner reads (address#number), or a file that holds it. `keys.json` and `list` are
saved from /xac-thuc/khoa.json and /xac-thuc/danh-sach; NAME is the full name on the paper. Needs only
`cryptography`. Prints what the seal says; exit code 0 valid, 1 not genuine, 2 withdrawn, 3 list too old.
"""

import base64
import hashlib
import json
import re
import sys
import time
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
VALID, FALSE, WITHDRAWN, OLD = range(4)


def decode(data: bytes, at: int = 0) -> tuple[Any, int]:
    """Return one CBOR value and where it ends."""
    kind, number, at = data[at] >> 5, data[at] & 31, at + 1
    if number >= 24:
        width = {24: 1, 25: 2, 26: 4, 27: 8}[number]
        number, at = int.from_bytes(data[at : at + width], "big"), at + width
    if kind in (0, 1):
        return (number if kind == 0 else -1 - number), at
    if kind in (2, 3):
        part = data[at : at + number]
        return (part if kind == 2 else part.decode()), at + number
    if kind == 6:  # a tag
        return decode(data, at)
    values = []
    for _ in range(number * (2 if kind == 5 else 1)):
        value, at = decode(data, at)
        values.append(value)
    return (dict(zip(values[::2], values[1::2], strict=True)) if kind == 5 else values), at


def head(kind: int, length: int) -> bytes:
    """Return the head of a CBOR string."""
    if length < 24:
        return bytes([kind << 5 | length])
    width = 1 if length < 1 << 8 else 2 if length < 1 << 16 else 4
    return bytes([kind << 5 | {1: 24, 2: 25, 4: 26}[width]]) + length.to_bytes(width, "big")


def opened(sealed: bytes, keys: dict[bytes, Any]) -> tuple[dict[Any, Any], dict[str, str]]:
    """Return the claims of a COSE_Sign1 message and the key that made it; raise InvalidSignature."""
    protected, _, content, signature = decode(sealed)[0]
    key = keys.get(decode(protected)[0][4])
    if key is None or "withdrawn_at" in key or len(signature) != 64:
        raise InvalidSignature
    x, y = (int.from_bytes(plain(key[name]), "big") for name in "xy")
    public = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    signed = b"\x84" + head(3, 10) + b"Signature1" + head(2, len(protected)) + protected
    signed += b"\x40" + head(2, len(content)) + content
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    public.verify(encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))
    return decode(content)[0], key


def plain(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def sealed_in(text: str) -> bytes:
    """Return the bytes of the number at the end of what was scanned."""
    found = re.search(r"#?(\d{60,2000})\s*$", text)
    if not found:
        raise InvalidSignature
    number = int(found.group(1))
    return number.to_bytes((number.bit_length() + 7) // 8, "big")[1:]


def code_of(paper: bytes) -> str:
    number = int.from_bytes(paper, "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(19, -1, -1))


def match_key(name: str) -> str:
    """Return the name so that hòa and hoà are the same."""
    plain_name = re.sub("[’ʼ‘`´ʹ]", "'", re.sub("[‐‑]", "-", name)).casefold()
    words = []
    for word in plain_name.split():
        letters = tones = base = ""
        for sign in unicodedata.normalize("NFD", word):
            base = base if unicodedata.combining(sign) else sign
            if sign in "\u0300\u0309\u0303\u0301\u0323" and base in "aeiouy":
                tones += sign
            else:
                letters += sign
        words.append(letters + tones)
    return " ".join(words)


def short(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:8]


def check(text: str, keys: Any, listed: bytes, name: str = "") -> tuple[int, dict[str, str]]:
    """Return the exit code and what the seal says."""
    known = {plain(key["kid"]): key for key in keys["keys"]}
    claims, key = opened(sealed_in(text), known)
    withdrawn, _ = opened(listed, known)
    ends = datetime.fromisoformat(key["ends_at"]).timestamp()
    if claims[6] > ends or "r" not in withdrawn:
        raise InvalidSignature
    code = code_of(claims[7])
    issued = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(claims[6]))
    texts = {"title": "t", "number": "n", "agency": "a", "subject": "s"}
    facts = {fact: claims.get(claim, "") for fact, claim in texts.items()}
    facts |= {"issued": issued, "code": code}
    if name:
        same = short(f"{code}\n{match_key(name)}") == claims.get("h")
        facts["name"] = "same" if same else "other"
    papers = {s: [withdrawn[s][at : at + 8] for at in range(0, len(withdrawn[s]), 8)] for s in "rc"}
    status = next((s for s in "rc" if short(code) in papers[s]), "")
    facts["status"] = {"r": "revoked", "c": "replaced", "": "valid"}[status]
    if "p" in claims:
        facts["practice"] = "made with practice keys: no legal value"
    if facts.get("name") == "other":
        return FALSE, facts
    if status:
        return WITHDRAWN, facts
    return (OLD if withdrawn[4] < time.time() else VALID), facts


def main(text: str, keys: str, listed: str, name: str = "") -> int:
    text = text if "#" in text or text.isdigit() else Path(text).read_text(encoding="utf-8")
    key_set = json.loads(Path(keys).read_text(encoding="utf-8"))
    try:
        outcome, facts = check(text, key_set, Path(listed).read_bytes(), name)
    except (InvalidSignature, LookupError, TypeError, ValueError):
        sys.stdout.write("not genuine\n")
        return FALSE
    sys.stdout.write("".join(f"{fact}: {value}\n" for fact, value in facts.items()))
    return outcome


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
