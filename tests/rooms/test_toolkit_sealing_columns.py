"""A table of before the seal: its rows are sealed by the migration, whatever guards them."""

import pytest
from django.db import DatabaseError, connection, migrations, models
from django.db.migrations.state import ProjectState

from motcua.toolkit.sealed_fields import Keyed, SealedJSON, SealedText
from motcua.toolkit.sealing import keyed
from motcua.toolkit.sealing_columns import BATCH, SealColumn, fill_keys

pytestmark = pytest.mark.django_db
KEPT = """
create function old_person_is_kept() returns trigger language plpgsql as $$
begin raise exception 'kept'; end $$;
create trigger kept before update or delete on old_person for each row execute function old_person_is_kept();
"""
BEFORE = migrations.CreateModel(
    "Person",
    [
        ("id", models.BigAutoField(primary_key=True)),
        ("name", models.CharField(max_length=50)),
        ("number", models.CharField(max_length=12, null=True)),
        ("told", models.JSONField(default=dict)),
    ],
)
AFTER = [
    migrations.AddField("person", "number_key", Keyed(of="number", purpose="p", null=True)),
    SealColumn("person", "name", SealedText()),
    SealColumn("person", "told", SealedJSON(default=dict)),
    SealColumn("person", "number", SealedText(null=True)),
    fill_keys("old", "Person", "number_key"),
]


def applied(operation, state):
    after = state.clone()
    operation.state_forwards("old", after)
    with connection.schema_editor() as editor:
        operation.database_forwards("old", editor, state, after)
    return after


def test_rows_of_before_are_sealed_and_found_by_their_key():
    state = applied(BEFORE, ProjectState())
    rows = state.apps.get_model("old", "Person").objects
    rows.bulk_create(rows.model(name=f"Mai {n}", number=None, told={"n": n}) for n in range(BATCH))
    rows.create(name="Nguyễn Thị Mai", number="030196004321", told={})
    for operation in AFTER:
        state = applied(operation, state)
    people = state.apps.get_model("old", "Person").objects
    assert people.count() == BATCH + 1
    assert (people.first().name, people.first().told, people.first().number) == (
        "Mai 0",
        {"n": 0},
        None,
    )
    found = people.get(number_key=keyed("p", "030196004321"))
    assert (found.name, found.number, found.told) == ("Nguyễn Thị Mai", "030196004321", {})
    with connection.cursor() as cursor:
        cursor.execute("select name, told from old_person where id = %s", [found.pk])
        name, told = cursor.fetchone()
    assert b"Mai" not in bytes(name)
    assert bytes(told) == b""


def test_a_table_that_is_only_added_to_is_sealed_and_guarded_again():
    state = applied(BEFORE, ProjectState())
    state.apps.get_model("old", "Person").objects.create(name="Nguyễn Thị Mai")
    with connection.cursor() as cursor:
        cursor.execute(KEPT)
    people = applied(AFTER[1], state).apps.get_model("old", "Person").objects
    assert people.get().name == "Nguyễn Thị Mai"
    with pytest.raises(DatabaseError, match="kept"):
        people.update(number="1")
