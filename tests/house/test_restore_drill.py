"""The restore drill, by real processes: a backup, a new home, a house that starts, and a log that is the same."""

import subprocess

import pytest
from django.conf import settings

from motcua.audit import operations
from motcua.config import backups, key_files
from motcua.config.backup_folder import BackupFailed, Facts, unpack
from motcua.config.start import PREPARED, tree_digest
from motcua.toolkit.clock import now
from tests.rooms.test_audit_log import untriggered
from tests.rooms.test_dossiers_records import code as code  # noqa: PLC0414 - a fixture
from tests.rooms.test_dossiers_records import office as office  # noqa: PLC0414 - a fixture
from tests.rooms.test_dossiers_records import version as version  # noqa: PLC0414 - a fixture
from tests.running import ROOT

PASSPHRASE = "một câu đủ dài để giữ khóa"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "passphrase").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    return tmp_path


def drill(folder) -> subprocess.CompletedProcess:
    words = ["--keys", folder / "keys", "--passphrase-file", folder / "passphrase"]
    return subprocess.run(
        [ROOT / "bin/motcua", "drill", folder / "backup", *words],
        cwd=ROOT, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_brought_back_started_and_compared(code, folder):
    operations.number_waiting()
    operations.sign_head(at=now())
    (settings.HOME / PREPARED).write_text(tree_digest(), encoding="ascii")
    backups.write(folder / "backup", folder / "keys", PASSPHRASE, now())
    done = drill(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "all is there" in done.stdout
    assert "1 entries, 1 signed" in done.stdout


@pytest.mark.django_db(transaction=True)
def test_without_its_passphrase_nothing_is_brought_back(folder):
    backups.write(folder / "backup", folder / "keys", "another passphrase", now())
    with pytest.raises(BackupFailed, match="passphrase"):
        unpack(folder / "backup", folder / "keys", PASSPHRASE, folder / "home")
    assert not (folder / "home" / "secrets").exists()


@pytest.mark.django_db(transaction=True)
def test_a_changed_dump_is_not_brought_back(folder):
    backups.write(folder / "backup", folder / "keys", PASSPHRASE, now())
    dump = folder / "backup" / "database.dump"
    dump.write_bytes(dump.read_bytes()[:-1] + b"x")
    with pytest.raises(BackupFailed, match="not what was written"):
        unpack(folder / "backup", folder / "keys", PASSPHRASE, folder / "home")


@pytest.mark.django_db
def test_what_is_missing_after_a_restore_is_named(code, folder):
    operations.number_waiting()
    facts = Facts("", "", backups.counted(), 0, *backups.log_now())
    assert list(backups.faults(facts)) == []
    untriggered("delete from audit_leaf")
    assert [line.partition(":")[0] for line in backups.faults(facts)] == ["audit_leaf", "the log"]


def test_the_secrets_of_a_backup_are_closed(folder):
    closed = key_files.close({"log-key.pem": settings.SECRET_KEY.encode()}, PASSPHRASE)
    assert settings.SECRET_KEY.encode() not in closed
    key_files.unpack(closed, PASSPHRASE, folder / "secrets")
    assert key_files.held(folder / "secrets") == {"log-key.pem": settings.SECRET_KEY.encode()}
