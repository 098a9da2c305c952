"""Keys are rotated by a process that is killed at any point: another goes on, everything opens, the old key is gone."""

import hashlib
import os
import signal
from argparse import Namespace

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction

from motcua.config.verbs import rotate_keys
from motcua.documents.wiring import blob_store
from motcua.dossiers.models import Dossier, Event
from motcua.toolkit import resealing
from motcua.toolkit.sealing import KeyRing, ring
from tests.faults.test_merging_at_once import codes as codes  # noqa: PLC0414 - a fixture

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
PAPER = b"%PDF-1.7 a paper of the household " * 4000


def rotated() -> int:
    return rotate_keys.run(Namespace(language="vi"))


def killed_at(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fork somebody who rotates and is killed before the `step`-th thing it would write, move or delete."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        left = [step]

        def dying(real):
            def counted(*given, **named):
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*given, **named)

            return counted

        resealing._write = dying(resealing._write)
        KeyRing.renew, KeyRing.retire = dying(KeyRing.renew), dying(KeyRing.retire)
        type(blob_store()).reseal = dying(type(blob_store()).reseal)
        rotated()
        os._exit(0)
    os.waitpid(child, 0)


@pytest.fixture(autouse=True)
def whole():
    """Begin with one key: other tests of this process renew it too, and leave it at that."""
    if len([*ring().ids()]) > 1:
        assert rotated() == 0


@pytest.fixture
def files():
    digest = hashlib.sha256(PAPER).hexdigest()
    blob_store().put(digest, PAPER)
    yield digest
    blob_store().erase(digest)


@pytest.mark.parametrize("step", [1, 4, 40])
def test_another_run_goes_on_where_one_was_killed(codes, files, step, monkeypatch):
    monkeypatch.setattr(resealing, "BATCH", 7)
    old, told = ring().current, list(Event.objects.order_by("pk").values_list("data", flat=True))
    killed_at(step, monkeypatch)
    assert rotated() == 0
    assert [*ring().ids()] == [ring().current] != [old]
    assert sum(map(resealing.borne, resealing.tables())) == 0
    assert list(Event.objects.order_by("pk").values_list("data", flat=True)) == told
    assert {*Dossier.objects.values_list("subject_name", flat=True)} == {"Bé"}
    assert blob_store().read(files) == PAPER


def test_a_renewal_cut_off_before_it_was_current_is_gone_on_with(codes):
    from motcua.toolkit.sealing import _add_key

    made = _add_key(ring().folder, after=ring().current)
    assert rotated() == 0
    assert [*ring().ids()] == [made] == [ring().current]


def test_what_somebody_holds_is_met_by_a_later_run(codes, monkeypatch, capsys):
    monkeypatch.setattr(rotate_keys, "PATIENCE", 0.3)
    old = ring().current
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("select * from dossiers_event order by id limit 1 for update")
        assert rotated() == 1
        assert old in ring().ids()
    assert rotated() == 0
    assert old not in ring().ids()


def changed(statement, *, as_rotation):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"set local motcua.resealing = '{'on' if as_rotation else ''}'")
        cursor.execute(statement)


@pytest.mark.parametrize("change", ["kind = 'Withdrawn'", "at = now()"])
def test_under_the_name_of_rotation_nothing_else_of_an_event_is_changed(codes, change):
    with pytest.raises(DatabaseError, match="never changed"):
        changed(f"update dossiers_event set {change}", as_rotation=True)


def test_nothing_is_sealed_anew_without_being_said_to_be(codes):
    with pytest.raises(DatabaseError, match="never changed"):
        changed("update dossiers_event set data = data || data", as_rotation=False)
