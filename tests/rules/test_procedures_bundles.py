"""Bundles: one file, one way to write it, and nothing in it that was not signed."""

import base64
import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.agencies.rules import codes
from motcua.config.cli import main
from motcua.config.verbs import bundle_keys
from motcua.journeys import bundling
from motcua.journeys.bundling import FolderIsThere, NotAPublicKey, export, import_bundle, public_pem
from motcua.kernel.refusal import Refusal
from motcua.procedures.rules import bundles
from motcua.procedures.rules.bundles import (
    MANIFEST,
    SIGNATURE,
    BundleChanged,
    BundleNameRefused,
    BundleOfLaterLanguage,
    BundleTooLarge,
    NotABundle,
    SignerUnknown,
    fingerprint,
    opened,
    pack,
    sealed,
)
from motcua.procedures.rules.reading import Unreadable
from motcua.procedures.rules.upgrading import LANGUAGE
from tests.rules.procedure_sample import LAW, write

ROOT = Path(__file__).resolve().parents[2]
OURS, THEIRS = (Ed25519PrivateKey.from_private_bytes(bytes([n] * 32)) for n in (1, 2))
FILES = {"procedure/procedure.yaml": b"code: x\n", "codes/sexes.yaml": b"rows: []\n"}
ABOUT = {"name": "thu", "code": "9.000002", "digest": "d", "made_by": "xa-thanh-mien"}


def signed(files=FILES, *, key=OURS, **about):
    return sealed(files, about={**ABOUT, **about}, key=key.public_key(), sign=key.sign)


def contents(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def open_ours(data):
    return opened(data, [OURS.public_key()])


def resigned(key=OURS, **changes):
    """A bundle whose manifest says something else, and is signed all the same."""
    files = contents(signed())
    manifest = {**json.loads(files[MANIFEST]), **changes}
    text = json.dumps(manifest).encode()
    signature = base64.b64encode(key.sign(text))
    return pack({**files, MANIFEST: text, SIGNATURE: signature})


# ── what is signed comes out again ────────────────────────────────────────────────────────────────


def test_what_went_in_comes_out():
    bundle = open_ours(signed())
    assert dict(bundle.files) == FILES
    assert bundle.below("codes") == {"sexes.yaml": b"rows: []\n"}
    assert (bundle.manifest.code, bundle.manifest.made_by) == ("9.000002", "xa-thanh-mien")


def test_the_same_content_always_gives_the_same_bytes():
    assert signed() == signed(dict(reversed(FILES.items())))


def test_nothing_in_it_is_compressed_and_it_has_no_time_of_its_own():
    with zipfile.ZipFile(io.BytesIO(signed())) as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {(entry.compress_type, entry.extra, entry.comment) for entry in entries} == {
        (0, b"", b"")
    }
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)


# ── what was changed on the way is refused ────────────────────────────────────────────────────────


def test_a_signer_nobody_knows_is_refused_with_the_name_of_the_key():
    with pytest.raises(SignerUnknown) as found:
        open_ours(signed(key=THEIRS))
    theirs = base64.b64encode(THEIRS.public_key().public_bytes_raw()).decode()
    assert found.value.data["key"] == fingerprint(theirs)


def test_a_known_name_does_not_help_a_foreign_key():
    with pytest.raises(BundleChanged):
        open_ours(resigned(key=THEIRS))


def test_a_file_changed_after_signing_is_refused():
    files = {**contents(signed()), "codes/sexes.yaml": b"rows: [x]\n"}
    with pytest.raises(BundleChanged):
        open_ours(pack(files))


def test_a_file_added_after_signing_is_refused():
    with pytest.raises(BundleChanged):
        open_ours(pack({**contents(signed()), "procedure/form.yaml": b""}))


def test_a_file_taken_away_after_signing_is_refused():
    files = contents(signed())
    del files["codes/sexes.yaml"]
    with pytest.raises(BundleChanged):
        open_ours(pack(files))


def test_a_bundle_without_a_signature_is_refused():
    files = contents(signed())
    del files[SIGNATURE]
    with pytest.raises(BundleChanged):
        open_ours(pack(files))


def test_a_manifest_that_says_more_than_it_may_is_refused():
    with pytest.raises(NotABundle):
        open_ours(resigned(more="x"))


@pytest.mark.parametrize("name", ["../thu", "a/b", "", ".hidden", "thủ-tục"])
def test_the_name_of_the_folder_leads_nowhere(name):
    with pytest.raises(NotABundle):
        open_ours(resigned(name=name))


def test_a_bundle_of_a_later_language_says_so():
    with pytest.raises(BundleOfLaterLanguage):
        open_ours(resigned(language=LANGUAGE + 1))
    with pytest.raises(BundleOfLaterLanguage):
        open_ours(resigned(language=LANGUAGE + 1, format="motcua-bundle/2"))


# ── hostile files ─────────────────────────────────────────────────────────────────────────────────


def zipped(*entries, compression=zipfile.ZIP_STORED):
    """Write a ZIP entry by entry, however wrong."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for entry, data in entries:
            archive.writestr(entry, data)
    return packed.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        "../procedure.yaml",
        "procedure/../../x.yaml",
        "/etc/cron.d/x.yaml",
        "procedure//x.yaml",
        "procedure/./x.yaml",
        "procedure\\x.yaml",
        "C:/x.yaml",
        "procedure/.ssh/x.yaml",
        "procedure/.hidden.yaml",
        "procedure/x.py",
        "procedure/x.yaml\n",
        "procedure/x.yaml/y.yaml",
        "elsewhere/x.yaml",
        "procedure.yaml",
        "procedure/",
        "procedure/giấy.yaml",
        "procedure/" + "a" * 200 + ".yaml",
    ],
)
def test_a_name_that_leads_outside_or_is_none_of_ours_is_refused(name):
    with pytest.raises((BundleNameRefused, NotABundle)):
        open_ours(zipped((name, b"x"), *contents(signed()).items()))
    with pytest.raises(BundleNameRefused):
        signed({name: b"x"})


def test_a_link_is_refused():
    link = zipfile.ZipInfo("procedure/link.yaml")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with pytest.raises(NotABundle):
        open_ours(zipped((link, "/etc/passwd"), *contents(signed()).items()))


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = zipped(("procedure/a.yaml", b"0" * 40_000_000), compression=zipfile.ZIP_DEFLATED)
    assert len(bomb) < 50_000
    with pytest.raises(BundleTooLarge):
        open_ours(bomb)


def test_anything_compressed_is_refused():
    packed = zipped(*contents(signed()).items(), compression=zipfile.ZIP_DEFLATED)
    with pytest.raises(NotABundle):
        open_ours(packed)


def test_too_many_files_are_refused(monkeypatch):
    data = signed({f"procedure/a{n}.yaml": b"" for n in range(20)})
    monkeypatch.setattr(bundles, "MOST_FILES", 10)
    with pytest.raises(BundleTooLarge):
        open_ours(data)


def test_a_file_that_is_too_large_is_not_even_looked_into(monkeypatch):
    monkeypatch.setattr(bundles, "MOST_BYTES", 100)
    with pytest.raises(BundleTooLarge):
        open_ours(signed())


def test_two_files_of_one_name_are_refused():
    files = contents(signed())
    with pytest.warns(UserWarning, match="Duplicate"):
        doubled = zipped(*files.items(), ("procedure/procedure.yaml", b"other"))
    with pytest.raises(NotABundle):
        open_ours(doubled)


def test_names_that_some_disks_hold_for_the_same_are_refused():
    with pytest.raises(NotABundle):
        signed({"procedure/a.yaml": b"1", "procedure/A.yaml": b"2"})


@pytest.mark.parametrize(
    "data",
    [
        b"", b"PK", b"not a zip at all", b"x" + signed(), signed() + b"x", signed()[:-30], signed()[30:],
        b"PK\x05\x06" + b"\x00" * 18, b"PK\x05\x06" + b"\xff" * 18,
    ],
)  # fmt: skip
def test_what_is_not_written_as_we_write_it_is_no_bundle(data):
    with pytest.raises((NotABundle, BundleTooLarge)):
        open_ours(data)


@settings(max_examples=300, derandomize=True)
@given(st.integers(min_value=0), st.integers(1, 255))
def test_no_byte_of_a_bundle_can_be_changed(place, by):
    data = bytearray(signed())
    data[place % len(data)] ^= by
    with pytest.raises(Refusal):
        open_ours(bytes(data))


# ── export and import ─────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """A catalogue of one's own, which a test may add to."""
    place = tmp_path / "catalogue"
    for folder in ("codes", "papers"):
        shutil.copytree(ROOT / "catalogue" / folder, place / folder)
    monkeypatch.setattr(codes, "FOLDER", place / "codes")
    codes.code_list.cache_clear()
    yield place
    codes.code_list.cache_clear()


@pytest.fixture
def thu(tmp_path, catalogue):
    """A folder with a guide, an example and an older version."""
    folder = write(tmp_path / "here/thu")
    (folder / "guide.vi.md").write_text("## Ai làm được?\n", encoding="utf-8")
    (folder / "examples").mkdir()
    away = 'title: "Khác"\nbefore: {commune: "11284", answers: {check.case: other}}\n'
    (folder / "examples/khac.yaml").write_text(
        away + "expect: {leads_out: check.case}\n", encoding="utf-8"
    )
    older = LAW.replace('{from: "2026-01-01"}', '{from: "2025-01-01", until: "2025-12-31"}')
    write(folder / "versions/2025", law=older)
    return folder


def exported(folder, catalogue, key=OURS):
    return export(folder, key=key, made_by="xa-thanh-mien", catalogue=catalogue)


def imported(data, into, catalogue, key=OURS):
    return import_bundle(data, into=into, trusted=[key.public_key()], catalogue=catalogue)


def tree(folder):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_folder_to_bundle_to_folder_is_the_same_to_the_byte(thu, tmp_path, catalogue):
    outcome = imported(exported(thu, catalogue), tmp_path / "there", catalogue)
    assert tree(outcome.folder) == tree(thu)
    assert len(tree(thu)) == 6


def test_bundle_to_folder_to_bundle_is_the_same_to_the_byte(thu, tmp_path, catalogue):
    data = exported(thu, catalogue)
    assert exported(imported(data, tmp_path / "there", catalogue).folder, catalogue) == data


def test_a_bundle_holds_the_lists_and_templates_it_uses_and_no_others(thu, catalogue):
    bundle = open_ours(exported(thu, catalogue))
    assert set(bundle.below("codes")) == {
        "fields_of_law.yaml", "life_events.yaml", "relations.yaml", "sexes.yaml",
    }  # fmt: skip
    assert set(bundle.below("papers")) == {"ket-qua.typ", "_common.typ", "examples/ket-qua.json"}


def test_files_of_an_editor_stay_at_home(thu, catalogue):
    (thu / ".procedure.yaml.swp").write_bytes(b"x")
    assert not any("swp" in name for name in open_ours(exported(thu, catalogue)).files)


def test_a_file_that_is_none_of_a_procedure_is_named(thu, catalogue):
    (thu / "notes.docx").write_bytes(b"x")
    with pytest.raises(BundleNameRefused) as found:
        exported(thu, catalogue)
    assert found.value.data["name"] == "procedure/notes.docx"


def test_a_link_in_the_folder_is_not_followed(thu, catalogue):
    (thu / "examples/link.yaml").symlink_to("/etc/hostname")
    with pytest.raises((BundleNameRefused, Unreadable)):
        exported(thu, catalogue)


def test_what_is_red_is_not_exported(thu, catalogue):
    write(thu, law=LAW.replace("count: child.copies", "count: childs.copies"))
    with pytest.raises(Unreadable, match=r"childs\.copies"):
        exported(thu, catalogue)


def test_versions_that_leave_a_gap_are_not_exported(thu, catalogue):
    write(thu, law=LAW.replace('{from: "2026-01-01"}', '{from: "2026-02-01"}'))
    with pytest.raises(Unreadable, match="no version holds"):
        exported(thu, catalogue)


def red_bundle(thu, catalogue):
    """A bundle signed by somebody we trust, of a procedure that is not sound."""
    files = dict(open_ours(exported(thu, catalogue)).files)
    law = files["procedure/procedure.yaml"].replace(b"count: child.copies", b"count: childs.copies")
    return signed({**files, "procedure/procedure.yaml": law})


def test_what_is_red_is_not_imported_and_every_red_line_is_told(thu, tmp_path, catalogue):
    data = red_bundle(thu, catalogue)
    with pytest.raises(Unreadable) as found:
        imported(data, tmp_path / "there", catalogue)
    told = str(found.value)
    assert f"{tmp_path}/there/thu/procedure.yaml:" in told
    assert "childs.copies" in told


def test_a_refused_import_leaves_nothing_behind(thu, tmp_path, catalogue):
    data = red_bundle(thu, catalogue)
    (catalogue / "papers/ket-qua.typ").unlink()
    with pytest.raises(Unreadable):
        imported(data, tmp_path / "there", catalogue)
    assert tree(tmp_path / "there") == {}
    assert not (catalogue / "papers/ket-qua.typ").exists()


def test_an_import_done_again_changes_nothing(thu, tmp_path, catalogue):
    data = exported(thu, catalogue)
    imported(data, tmp_path / "there", catalogue)
    assert not imported(data, tmp_path / "there", catalogue).new


def test_a_folder_with_other_content_is_not_overwritten(thu, tmp_path, catalogue):
    data = exported(thu, catalogue)
    other = write(
        tmp_path / "there/thu", law=LAW.replace("minutes_to_fill: 3", "minutes_to_fill: 4")
    )
    before = tree(other)
    with pytest.raises(FolderIsThere):
        imported(data, tmp_path / "there", catalogue)
    assert tree(other) == before


def test_templates_and_lists_that_are_missing_here_are_added(thu, tmp_path, catalogue):
    data, added = exported(thu, catalogue), ["codes/sexes.yaml", "papers/ket-qua.typ"]
    before = tree(catalogue)
    for name in added:
        (catalogue / name).unlink()
    codes.code_list.cache_clear()
    assert sorted(imported(data, tmp_path / "there", catalogue).added) == added
    assert tree(catalogue) == before


def test_a_list_that_is_otherwise_here_stays_and_is_told(thu, tmp_path, catalogue):
    data = exported(thu, catalogue)
    ours = (catalogue / "codes/sexes.yaml").read_bytes() + b"# ours\n"
    (catalogue / "codes/sexes.yaml").write_bytes(ours)
    outcome = imported(data, tmp_path / "there", catalogue)
    assert outcome.kept == ("codes/sexes.yaml",)
    assert (catalogue / "codes/sexes.yaml").read_bytes() == ours


# ── the commands ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An installation's home of its own."""
    monkeypatch.setattr(bundle_keys, "environment", type("E", (), {"home": tmp_path / "home"}))
    return tmp_path / "home"


def test_the_key_is_made_at_first_use_and_only_readable_here(home, capsys):
    assert main(["export", "--public-key"]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("-----BEGIN PUBLIC KEY-----")
    assert len(told.err.split()) == 5
    kept = home / "secrets/bundle-key.pem"
    assert kept.stat().st_mode & 0o077 == 0


def test_a_bundle_of_somebody_else_needs_their_key(home, thu, tmp_path, catalogue, capsys):
    file, theirs = tmp_path / "thu.motcua", tmp_path / "theirs.pem"
    file.write_bytes(exported(thu, catalogue, THEIRS))
    theirs.write_text(public_pem(THEIRS), encoding="ascii")
    import_it = ["import", str(file), "--into", str(tmp_path / "there")]
    assert main(import_it) == 1
    assert "chưa được tin" in capsys.readouterr().err
    assert main([*import_it, "--trust", str(theirs)]) == 0
    assert tree(tmp_path / "there/thu") == tree(thu)


def test_a_key_in_the_trusted_folder_is_trusted(home, thu, tmp_path, catalogue):
    file = tmp_path / "thu.motcua"
    file.write_bytes(exported(thu, catalogue, THEIRS))
    (home / "trusted").mkdir(parents=True)
    (home / "trusted/xa-ban.pem").write_text(public_pem(THEIRS), encoding="ascii")
    assert main(["import", str(file), "--into", str(tmp_path / "there")]) == 0


def test_one_exports_and_imports_with_ones_own_key(home, thu, tmp_path):
    file = tmp_path / "thu.motcua"
    assert main(["export", str(thu), str(file)]) == 0
    assert main(["import", str(file), "--into", str(tmp_path / "there")]) == 0
    assert tree(tmp_path / "there/thu") == tree(thu)


@pytest.mark.parametrize("content", [b"", b"not a key", OURS.public_key().public_bytes_raw()])
def test_a_file_that_holds_no_key_is_refused(tmp_path, content):
    (tmp_path / "key.pem").write_bytes(content)
    with pytest.raises(NotAPublicKey):
        bundling.keys_to_trust([tmp_path / "key.pem"])


def test_a_file_that_is_not_there_is_told_in_one_line(home, tmp_path, capsys):
    assert main(["import", str(tmp_path / "none.motcua")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
