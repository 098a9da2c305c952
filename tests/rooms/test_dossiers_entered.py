"""Every event is in the log; a row changed behind the triggers is named."""

import runpy

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.audit import exporting, operations, soundness
from motcua.audit.models import Leaf, Waiting
from motcua.dossiers import entering, erasing
from motcua.dossiers.models import Dossier, Event
from motcua.privacy import erasures
from motcua.toolkit import sealing
from tests.rooms.test_audit_log import untriggered
from tests.rooms.test_dossiers_records import code as code  # noqa: PLC0414 - a fixture
from tests.rooms.test_dossiers_records import office as office  # noqa: PLC0414 - a fixture
from tests.rooms.test_dossiers_records import receive
from tests.rooms.test_dossiers_records import version as version  # noqa: PLC0414 - a fixture
from tests.rules.heart import MONDAY
from tests.running import ROOT

pytestmark = pytest.mark.django_db
SCRIPT = runpy.run_path(str(ROOT / "motcua/openness/static/openness/verify_log.py"))


@pytest.fixture
def entered(code: str) -> str:
    receive(code)
    operations.number_waiting()
    return code


def test_each_event_waits_for_its_number_with_its_act(code):
    assert list(Waiting.objects.values_list("kind", "reference")) == [
        ("event.Submitted", f"{code}/1")
    ]


def test_what_was_entered_and_not_changed_is_sound(entered):
    assert Leaf.objects.count() == Event.objects.count() > 1
    assert [*soundness.faults(), *entering.differences()] == []


@pytest.mark.parametrize(("sql", "said"), [
    ("update dossiers_event set data = overlay(data placing '\\x00' from 30 for 1) where seq = 2",
     "its content was changed, and does not open"),
    ("update dossiers_event set at = at + interval '1 second' where seq = 2", "not what was entered: at"),
    ("update dossiers_event set kind = 'Declined' where seq = 2", "not what was entered: kind"),
])  # fmt: skip
def test_one_changed_event_is_named(entered, sql, said):
    untriggered(sql)
    [line] = entering.differences()
    assert line.startswith(f"event {entered}/2 (")
    assert line.endswith(said)


def test_a_content_sealed_anew_by_who_has_the_keys_is_named_too(entered):
    event = Event.objects.get(seq=2)
    sealed = Event._meta.get_field("data").sealed(event.data | {"due": "2030-01-01T00:00:00Z"})
    untriggered("update dossiers_event set data = %s where seq = 2", sealed)
    assert [line.rpartition(": ")[2] for line in entering.differences()] == ["commitment"]


def test_an_event_that_was_put_in_or_taken_out_is_named(entered):
    untriggered("delete from dossiers_event where seq = 2")
    untriggered(
        "insert into dossiers_event (dossier_id, seq, kind, data, salt, at, number, way, official, office)"
        " select dossier_id, 9, kind, data, salt, at, number, way, official, office"
        " from dossiers_event where seq = 1"
    )
    lines = sorted(entering.differences())
    assert lines == [
        f"event {entered}/2: was entered, and is gone",
        f"event {entered}/9 (Submitted): was never entered",
    ]


def test_an_entry_changed_in_the_log_itself_is_named(entered):
    untriggered("update audit_leaf set at = at + interval '1 second' where position = 1")
    [line] = soundness.faults()
    assert line.startswith(f"entry 1 (event.Received {entered}/2): what it says")


def test_keys_are_renewed_and_the_log_stands(entered):
    sealing.ring().renew()
    resealed(Event)
    assert list(entering.differences()) == []


def resealed(model: type[Event]) -> None:
    """Seal all rows of a model anew, as `rotate-keys` does."""
    for row in model.objects.all():
        fields = [model._meta.get_field(name) for name in ("data", "salt")]
        sealed = [field.sealed(getattr(row, field.name)) for field in fields]
        with connection.cursor() as cursor:
            cursor.execute("set local motcua.resealing = 'on'")
            cursor.execute(
                "update dossiers_event set data = %s, salt = %s where id = %s", [*sealed, row.pk]
            )


def test_the_log_alone_names_nobody_and_with_contents_it_tells(entered):
    told = entering.contents(list(Leaf.objects.all()))
    assert told[0]["content"]["code"] == entered
    lines = b"".join(exporting.lines())
    assert Dossier.objects.get().applicant_name.encode() not in lines


@pytest.fixture
def erased(entered: str) -> str:
    """A dossier that has ended, and whose history was erased under a class."""
    row = Dossier.objects.get()
    Dossier.objects.update(ended_at=MONDAY)
    gone = erasures.Erased({})
    erasures.note(subject=row.code, kept_class="linked", rule="x", erased=gone, at=MONDAY)
    assert erasing.erase_events(row, "linked", MONDAY) == 1
    operations.number_waiting()
    return entered


def told_by_script(tmp_path) -> str:
    """Return what the stand-alone script says of the log with its contents."""
    file = tmp_path / "log"
    file.write_bytes(b"".join(exporting.lines(exporting.own_contents, entering.contents)))
    return SCRIPT["check_log"](str(file), {})


def test_an_erased_event_names_nobody_and_both_checks_call_it_erased(erased, tmp_path):
    event = Event.objects.get(seq=1)
    assert "Mai" not in str(event.data)
    assert (event.erased, entering.erased()) == ("linked", {"linked": 1})
    assert [*soundness.faults(), *entering.differences()] == []
    assert told_by_script(tmp_path).endswith("entries: unchanged, 1 erased under class linked")


@pytest.mark.parametrize("sql", [
    "update dossiers_event set erased = 'other' where seq = 1",
    "update dossiers_event set at = at + interval '1 second' where seq = 1",
    "update dossiers_event set at = at + interval '1 second' where seq = 2",
    "update dossiers_event set erased = 'linked' where seq = 2",
])  # fmt: skip
def test_beside_what_was_erased_every_change_is_named(erased, sql):
    untriggered(sql)
    [line] = entering.differences()
    assert "not what was entered" in line


def test_what_is_left_of_an_erased_event_is_not_changed_either(erased):
    event = Event.objects.get(seq=1)
    sealed = Event._meta.get_field("data").sealed(event.data | {"code": "x"})
    untriggered("update dossiers_event set data = %s where seq = 1", sealed)
    [line] = entering.differences()
    assert line.endswith("what is left of it under class linked")


@pytest.mark.parametrize("ended", [None, MONDAY])
def test_the_database_erases_no_event_without_proof_or_before_the_end(entered, ended):
    row = Dossier.objects.get()
    Dossier.objects.update(ended_at=ended)
    if ended is None:
        gone = erasures.Erased({})
        erasures.note(subject=row.code, kept_class="linked", rule="x", erased=gone, at=MONDAY)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        erasing.erase_events(row, "linked", MONDAY)
