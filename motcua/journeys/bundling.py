"""Procedures that travel: exported as one signed file, imported only when proved and sound."""

import re
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from motcua.journeys.soundness import CATALOGUE, checked_together
from motcua.kernel.refusal import Refusal, noop
from motcua.procedures.rules.bundles import Bundle, BundleNameRefused, opened, sealed
from motcua.procedures.rules.catalogue import canonical, digest, folders, read_folder
from motcua.procedures.rules.form import FormField
from motcua.procedures.rules.procedure import Procedure
from motcua.procedures.rules.reading import Problem, Unreadable

_LISTS_OF_ALL = ("fields_of_law", "life_events")
_FACILITIES = "health_facilities"
_IMPORTS = re.compile(rb'#import "(?:/papers/)?([^"/]+\.typ)"')


class FolderIsThere(Refusal):
    """A folder of that name with other content."""

    code: ClassVar[str] = "journeys.folder-is-there"
    text: ClassVar[str] = noop(
        "Thư mục {folder} đã có với nội dung khác. Hãy chuyển bản cũ vào `versions/` hoặc đổi chỗ nhập bằng `--into`."
    )
    status: ClassVar[int] = 409


class NotAPublicKey(Refusal):
    """A file that should hold a key to trust."""

    code: ClassVar[str] = "journeys.not-a-public-key"
    text: ClassVar[str] = noop(
        "{file} không phải là khóa công khai Ed25519. Hãy xin bên gửi tệp do `motcua export --public-key` in ra."
    )


# ── out ─────────────────────────────────────────────────────────────────────────────────────────────


def export(
    folder: Path, *, key: Ed25519PrivateKey, made_by: str, catalogue: Path = CATALOGUE
) -> bytes:
    """Return the bundle of a sound procedure, with older versions below it, signed by the key.

    Raises Unreadable with every red line, BundleNameRefused, BundleTooLarge.
    """
    folder = folder.resolve()
    _must_be_sound(folder)
    law = read_folder(folder, shown=folder.name).procedure
    files = {f"procedure/{name}": data for name, data in _files_of(folder)}
    for place in folders(folder):
        procedure = read_folder(place, shown=folder.name).procedure
        files |= {f"codes/{name}": data for name, data in _lists(procedure, catalogue / "codes")}
        files |= {f"papers/{name}": data for name, data in _papers(procedure, catalogue / "papers")}
    about = {"name": folder.name, "code": law.code, "digest": digest(canonical(law))}
    return sealed(files, about={**about, "made_by": made_by}, key=key.public_key(), sign=key.sign)


def _must_be_sound(folder: Path) -> None:
    """Raise Unreadable with every red line of a procedure and of its older versions."""
    found = checked_together(folders(folder) or [folder])
    problems = [problem for item in found for problem in item.problems]
    if problems:
        raise Unreadable(problems)


def _files_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file below a folder but hidden ones. Raises BundleNameRefused for links."""
    for place in sorted(folder.rglob("*")):
        name = place.relative_to(folder).as_posix()
        if any(part.startswith(".") for part in name.split("/")):
            continue
        if place.is_symlink():
            raise BundleNameRefused(name=name)
        if place.is_file():
            yield name, place.read_bytes()


def _lists(procedure: Procedure, codes: Path) -> Iterator[tuple[str, bytes]]:
    names = {*_LISTS_OF_ALL, procedure.start.relations or ""}
    for field in _questions(procedure):
        names.add(field.codes or (_FACILITIES if field.type == "facility" else ""))
    for name in sorted(names - {""}):
        yield f"{name}.yaml", (codes / f"{name}.yaml").read_bytes()


def _questions(procedure: Procedure) -> Iterator[FormField]:
    for field in procedure.form.fields().values():
        yield field
        yield from field.fields


def _papers(procedure: Procedure, papers: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the templates of the results, what they import, and the data that show them."""
    waiting = [f"{result.template}.typ" for result in procedure.results]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen or not (papers / name).is_file():
            continue  # a template of the procedure's own lies in its folder
        seen.add(name)
        content = (papers / name).read_bytes()
        yield name, content
        waiting += [found.decode() for found in _IMPORTS.findall(content)]
        example = papers / "examples" / f"{Path(name).stem}.json"
        if example.is_file():
            yield f"examples/{example.name}", example.read_bytes()


# ── in ──────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Imported:
    """What an import brought: the folder, what was added to the catalogue, what here is otherwise and stayed."""

    folder: Path
    bundle: Bundle
    new: bool
    added: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def import_bundle(
    data: bytes,
    *,
    into: Path,
    trusted: Collection[Ed25519PublicKey],
    catalogue: Path = CATALOGUE,
) -> Imported:
    """Write the procedure of a bundle into a folder, once it is proved and sound.

    Templates and code lists that are missing here are added; those that differ stay as they are here, and the check
    is made with them. Raises what `opened` does, FolderIsThere, Unreadable with every red line.
    """
    bundle = opened(data, trusted)
    target = into / bundle.manifest.name
    if target.exists():
        if dict(_files_of(target)) != bundle.below("procedure"):
            raise FolderIsThere(folder=str(target))
        return Imported(target, bundle, new=False)
    missing, kept = _beside(bundle, catalogue)
    with ExitStack() as undo:
        for place, content in missing.items():
            _write(place, content)
            undo.callback(place.unlink)
        _write_sound(bundle, target)
        undo.pop_all()
    added = tuple(str(place.relative_to(catalogue)) for place in missing)
    return Imported(target, bundle, new=True, added=added, kept=kept)


def _beside(bundle: Bundle, catalogue: Path) -> tuple[dict[Path, bytes], tuple[str, ...]]:
    """Return the templates and lists that are missing here, and the names of those that differ."""
    missing: dict[Path, bytes] = {}
    differing: list[str] = []
    for folder in ("papers", "codes"):
        for name, content in bundle.below(folder).items():
            place = catalogue / folder / name
            if not place.exists():
                missing[place] = content
            elif place.read_bytes() != content:
                differing.append(f"{folder}/{name}")
    return missing, tuple(differing)


def _write_sound(bundle: Bundle, target: Path) -> None:
    """Write beside the target, check there, and only then give it its name. Raises Unreadable."""
    target.parent.mkdir(parents=True, exist_ok=True)
    waiting = Path(tempfile.mkdtemp(prefix=".import-", dir=target.parent)) / target.name
    try:
        for name, content in bundle.below("procedure").items():
            _write(waiting / name, content)
        _must_be_sound(waiting)
        waiting.rename(target)
    except Unreadable as found:
        raise Unreadable([_at_home(item, waiting, target) for item in found.problems]) from None
    finally:
        shutil.rmtree(waiting.parent)


def _at_home(problem: Problem, waiting: Path, target: Path) -> Problem:
    """Return the problem with the name its file was to have."""
    _, _, inside = problem.file.partition(f"{waiting.parent.name}/{waiting.name}/")
    return replace(problem, file=str(target / inside))


def _write(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)


# ── keys ────────────────────────────────────────────────────────────────────────────────────────────


def public_pem(key: Ed25519PrivateKey) -> str:
    """Return the public half of a key, as others keep it to trust it."""
    pem = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return pem.decode()


def keys_to_trust(files: Collection[Path]) -> list[Ed25519PublicKey]:
    """Return the public keys of PEM files. Raises NotAPublicKey."""
    return [_public_key(file) for file in files]


def _public_key(file: Path) -> Ed25519PublicKey:
    try:
        key = serialization.load_pem_public_key(file.read_bytes())
    except (ValueError, OSError):
        raise NotAPublicKey(file=str(file)) from None
    if not isinstance(key, Ed25519PublicKey):
        raise NotAPublicKey(file=str(file))
    return key
