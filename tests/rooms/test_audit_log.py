"""The log in the database: entered with the act, numbered without gap, signed once a day, never changed."""

from base64 import b64decode
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import DatabaseError, IntegrityError, connection, transaction

from motcua.audit import operations, queries, tree
from motcua.audit.models import Content, Head, Leaf, Stretch, Waiting
from motcua.audit.rules import merkle
from motcua.audit.rules.entries import Entry, canonical, commitment, new_salt
from motcua.audit.rules.refusals import LogRewritten
from tests.rules.heart import MONDAY

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)


def entered(count: int, first: int = 0) -> None:
    operations.enter(
        Entry("test.Happened", f"thing/{number}", MONDAY, commitment(new_salt(), number))
        for number in range(first, first + count)
    )
    operations.number_waiting()


def untriggered(sql: str, *values: object) -> None:
    """Do what only the owner can, behind the triggers."""
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("set session_replication_role = origin")


def test_an_act_that_is_rolled_back_leaves_no_entry():
    with transaction.atomic():
        operations.append(kind="test.Happened", reference="a", content={}, at=MONDAY)
        transaction.set_rollback(True)
    assert not Waiting.objects.exists()
    assert not Content.objects.exists()


def test_entries_get_their_places_in_order_and_wait_no_more(own_home):
    entered(3)
    assert [leaf.reference for leaf in queries.leaves()] == ["thing/0", "thing/1", "thing/2"]
    assert not Waiting.objects.exists()


def test_the_root_of_the_tables_is_the_root_of_the_leaves(monkeypatch):
    monkeypatch.setattr(operations, "AT_ONCE", 100)  # several rounds, across a complete stretch
    entered(530)
    leaves = [queries.entry_of(leaf).hash for leaf in queries.leaves()]
    held = merkle.root(530, lambda spans: {
        span: merkle.whole(leaves[span.number << span.level : (span.number + 1) << span.level])
        for span in spans
    })  # fmt: skip
    assert merkle.root(530, tree.look) == held
    assert Stretch.objects.count() == 2


def test_a_head_is_signed_once_a_day_by_the_key_it_names(own_home):
    entered(5)
    head = operations.sign_head(at=MONDAY)
    assert operations.sign_head(at=MONDAY + timedelta(minutes=10)) is None
    text, signature = head.note.rsplit("\n— ", 1)
    signed = b64decode(signature.split()[1])[4:]
    Ed25519PublicKey.from_public_bytes(bytes(head.key)).verify(signed, text.encode())
    assert text.splitlines()[1] == "5"


def test_an_entry_is_proven_by_the_first_head_that_covers_it(own_home):
    operations.sign_head(at=MONDAY - timedelta(days=1))
    entered(300)
    assert queries.proven("test.Happened", "thing/7") is None
    first = operations.sign_head(at=MONDAY)
    entered(10, first=300)
    operations.sign_head(at=TUESDAY)
    found = queries.proven("test.Happened", "thing/7")
    assert found.head == first
    way = merkle.root_by_inclusion(found.entry.hash, found.position, 300, found.path)
    assert way == bytes(first.root)


def test_a_proof_asks_few_questions_however_long_the_log(own_home, django_assert_max_num_queries):
    entered(600)
    operations.sign_head(at=MONDAY)
    with django_assert_max_num_queries(4):
        queries.proven("test.Happened", "thing/290")


def test_a_log_that_was_rewritten_is_not_signed(own_home):
    entered(300)
    operations.sign_head(at=MONDAY)
    untriggered("update audit_leaf set hash = %s where position = 290", bytes(32))
    with pytest.raises(LogRewritten):
        operations.sign_head(at=TUESDAY)


def test_a_log_that_lost_its_end_is_not_signed(own_home):
    entered(3)
    operations.sign_head(at=MONDAY)
    untriggered("delete from audit_leaf where position = 2")
    with pytest.raises(LogRewritten):
        operations.sign_head(at=TUESDAY)


@pytest.mark.parametrize("sql", [
    "update audit_leaf set kind = 'x'", "delete from audit_leaf",
    "update audit_stretch set hash = ''", "update audit_head set size = 0", "delete from audit_head",
])  # fmt: skip
def test_the_database_changes_and_deletes_nothing_of_the_log(own_home, sql):
    entered(256)
    operations.sign_head(at=MONDAY)
    with pytest.raises(DatabaseError, match="never changed"), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(("size", "days"), [(1, 1), (9, 1), (3, -1)])
def test_the_database_takes_no_head_that_goes_back_or_beyond(own_home, size, days):
    entered(3)
    head = operations.sign_head(at=MONDAY)
    head.pk, head.size = None, size
    head.day, head.at = head.day + timedelta(days=days), head.at + timedelta(days=days)
    with pytest.raises(DatabaseError, match="a head"):
        head.save(force_insert=True)


def test_no_place_is_left_out(own_home):
    entered(2)
    last = Leaf.objects.get(position=1)
    last.position, last.before_id = 3, 2
    last.save(force_insert=True)
    with pytest.raises(IntegrityError):
        connection.check_constraints()


def test_what_an_entry_was_about_is_erased_and_the_entry_stands(own_home):
    operations.append(kind="test.Looked", reference="official/1", content={"of": 7}, at=MONDAY)
    operations.number_waiting()
    kept = Content.objects.get()
    assert commitment(kept.content["salt"], {"of": 7}) == bytes(kept.commitment)
    assert operations.forget(reference="official/1") == 1
    [leaf] = queries.leaves()
    assert leaf.hash == merkle.leaf_hash(canonical(queries.entry_of(leaf).facts))


def test_a_head_without_anything_new_is_signed_all_the_same(own_home):
    operations.sign_head(at=MONDAY)
    assert operations.sign_head(at=TUESDAY).size == 0
    assert Head.objects.count() == 2
