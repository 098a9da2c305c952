"""A bundle: a procedure with its tests, and the templates and code lists it uses, as one signed file.

The file is a ZIP that can be written in one way only: names sorted, one fixed time, nothing compressed, no extra
fields. So the same content always gives the same bytes, nothing grows when it is unpacked, and a file is a bundle
exactly when packing what is in it gives that very file. `manifest.json` names the digest of every other file;
`signature` is the Ed25519 signature of the manifest.
"""

import base64
import hashlib
import io
import json
import re
import struct
import zipfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import Field, ValidationError

from motcua.kernel.refusal import Refusal, noop
from motcua.procedures.rules.texts import Declared
from motcua.procedures.rules.upgrading import LANGUAGE

MANIFEST, SIGNATURE = "manifest.json", "signature"
MOST_BYTES = 32 * 1024 * 1024
MOST_FILES = 2000
_TIME = (1980, 1, 1, 0, 0, 0)
_WORLD_READABLE = 0o100644 << 16
_FOLDERS = r"(?:procedure|papers|codes)(?:/[A-Za-z0-9][A-Za-z0-9_-]{0,79})*"
_FILE = r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}\.(?:yaml|md|typ|json|png|jpg|jpeg|webp|svg)"
_NAME = re.compile(rf"{_FOLDERS}/{_FILE}")
"""What a file may be called: below one of three folders, no dots but in its own name, ASCII only."""
_UNREADABLE = (
    zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, struct.error, EOFError, OSError,
)  # fmt: skip
"""What the ZIP reader raises for files that are none."""

Files = Mapping[str, bytes]
Sign = Callable[[bytes], bytes]


class NotABundle(Refusal):
    """A file that is none, or that holds more than one can see in it."""

    code: ClassVar[str] = "procedures.not-a-bundle"
    text: ClassVar[str] = noop(
        "Tệp này không phải là gói thủ tục đúng dạng. Hãy xin bên gửi xuất lại bằng `motcua export`."
    )


class BundleTooLarge(Refusal):
    """More bytes or files than a procedure ever has."""

    code: ClassVar[str] = "procedures.bundle-too-large"
    text: ClassVar[str] = noop(
        "Gói quá lớn: tối đa {bytes} byte và {files} tệp. Hãy xin bên gửi bớt ảnh rồi xuất lại."
    )


class BundleNameRefused(Refusal):
    """A name that leads elsewhere or that no procedure needs."""

    code: ClassVar[str] = "procedures.bundle-name-refused"
    text: ClassVar[str] = noop(
        "Tệp “{name}” không thuộc một gói thủ tục. Hãy bỏ tệp ấy hoặc đặt lại tên rồi xuất lại."
    )


class SignerUnknown(Refusal):
    """Signed by a key that nobody here trusts."""

    code: ClassVar[str] = "procedures.signer-unknown"
    text: ClassVar[str] = noop(
        "Gói do “{name}” ký bằng khóa {key}, là khóa chưa được tin ở đây. Hãy hỏi bên gửi để đối chiếu khóa, "
        "rồi đặt khóa vào thư mục `trusted` hoặc dùng `--trust`."
    )


class BundleChanged(Refusal):
    """Bytes that are not those that were signed."""

    code: ClassVar[str] = "procedures.bundle-changed"
    text: ClassVar[str] = noop(
        "Gói đã bị thay đổi sau khi ký. Không dùng gói này; hãy xin bên gửi bản khác."
    )


class BundleOfLaterLanguage(Refusal):
    """Written in a language that this program does not read yet."""

    code: ClassVar[str] = "procedures.bundle-of-later-language"
    text: ClassVar[str] = noop(
        "Gói viết theo ngôn ngữ thủ tục số {language}, mới hơn phần mềm này. Hãy nâng cấp phần mềm trước."
    )


class Manifest(Declared):
    """What a bundle says of itself."""

    format: Literal["motcua-bundle/1"] = "motcua-bundle/1"
    language: int
    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$")]
    """The name of the procedure's folder."""
    code: str
    digest: str
    """The digest under which this content is published."""
    made_by: Annotated[str, Field(pattern=r"^[\w.-]{1,80}$")]
    key: Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]{43}=$")]
    """The public key of whoever signed, 32 bytes in base64."""
    files: dict[str, str]
    """Name → SHA-256."""


@dataclass(frozen=True)
class Bundle:
    """A bundle whose signature and bytes are proved."""

    manifest: Manifest
    files: Files

    def below(self, folder: str) -> dict[str, bytes]:
        """Return the files of one of its folders by their names inside."""
        start = f"{folder}/"
        return {
            n.removeprefix(start): data for n, data in self.files.items() if n.startswith(start)
        }


def sealed(files: Files, *, about: Mapping[str, str], key: Ed25519PublicKey, sign: Sign) -> bytes:
    """Return the bundle of the files, signed.

    `about` gives name, code, digest and made_by of the manifest. Raises BundleNameRefused, BundleTooLarge.
    """
    _must_be_named_well(files)
    told = {
        **about,
        "language": LANGUAGE,
        "key": written(key),
        "files": {name: _digest(data) for name, data in sorted(files.items())},
    }
    try:
        manifest = Manifest.model_validate(told)
    except ValidationError:
        raise BundleNameRefused(name=about["name"]) from None
    text = manifest.model_dump_json(indent=1).encode()
    packed = pack({**files, MANIFEST: text, SIGNATURE: base64.b64encode(sign(text))})
    if len(packed) > MOST_BYTES or len(files) > MOST_FILES:
        raise BundleTooLarge(bytes=MOST_BYTES, files=MOST_FILES)
    return packed


def pack(files: Files) -> bytes:
    """Return the one ZIP that holds exactly these files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _TIME)
            entry.create_system = 3
            entry.external_attr = _WORLD_READABLE
            archive.writestr(entry, files[name])
    return packed.getvalue()


def opened(data: bytes, trusted: Collection[Ed25519PublicKey]) -> Bundle:
    """Return what a bundle holds, after everything about it is proved.

    Raises BundleTooLarge, NotABundle, BundleNameRefused, BundleOfLaterLanguage, SignerUnknown, BundleChanged.
    """
    files = dict(_unpacked(data))
    text, signature = files.pop(MANIFEST, b""), files.pop(SIGNATURE, b"")
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError:
        raise _later_or_none(text) from None
    _must_be_signed(manifest, text, signature, trusted)
    if {name: _digest(content) for name, content in files.items()} != manifest.files:
        raise BundleChanged
    if manifest.language > LANGUAGE:
        raise BundleOfLaterLanguage(language=manifest.language)
    return Bundle(manifest, files)


def _later_or_none(manifest: bytes) -> Refusal:
    """Return why a manifest cannot be read: it may be of a later program."""
    try:
        language = json.loads(manifest)["language"]
    except (ValueError, KeyError, TypeError):
        return NotABundle()
    later = isinstance(language, int) and language > LANGUAGE
    return BundleOfLaterLanguage(language=language) if later else NotABundle()


def _unpacked(data: bytes) -> Files:
    """Return the files of a ZIP that is written as `pack` writes it, and no other."""
    if len(data) > MOST_BYTES:
        raise BundleTooLarge(bytes=MOST_BYTES, files=MOST_FILES)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _must_be_modest(entries)
            _must_be_named_well({entry.filename for entry in entries} - {MANIFEST, SIGNATURE})
            files = {entry.filename: archive.read(entry) for entry in entries}
    except _UNREADABLE:
        raise NotABundle from None
    if pack(files) != data:
        raise NotABundle
    return files


def _must_be_modest(entries: Collection[zipfile.ZipInfo]) -> None:
    """Refuse before anything is unpacked: nothing may grow, and all together fit into the file."""
    if len(entries) > MOST_FILES + 2 or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise BundleTooLarge(bytes=MOST_BYTES, files=MOST_FILES)
    if any(entry.compress_type != zipfile.ZIP_STORED for entry in entries):
        raise NotABundle


def _must_be_named_well(names: Collection[str]) -> None:
    for name in names:
        if not _NAME.fullmatch(name):
            raise BundleNameRefused(name=ascii(name[:100])[1:-1])  # it goes to a terminal
    if len({name.lower() for name in names}) != len(names):
        raise NotABundle


def _must_be_signed(
    manifest: Manifest, text: bytes, signature: bytes, trusted: Collection[Ed25519PublicKey]
) -> None:
    by = next((key for key in trusted if written(key) == manifest.key), None)
    if by is None:
        raise SignerUnknown(name=manifest.made_by, key=fingerprint(manifest.key))
    try:
        by.verify(base64.b64decode(signature, validate=True), text)
    except (InvalidSignature, ValueError):
        raise BundleChanged from None


def written(key: Ed25519PublicKey) -> str:
    """Return a public key as a manifest holds it."""
    return base64.b64encode(key.public_bytes_raw()).decode()


def fingerprint(key: str) -> str:
    """Return the short name by which two people compare a key over the phone."""
    found = hashlib.sha256(key.encode()).hexdigest()[:20]
    return " ".join(found[at : at + 4] for at in range(0, 20, 4))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
