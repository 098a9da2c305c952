"""A kept connection is looked at before it is used again."""

import time

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db(transaction=True)


def _process() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        return cursor.fetchone()[0]


def _ended_by_somebody(process: int) -> None:
    given = connection.settings_dict
    where = {"host": given["HOST"], "user": given["USER"], "dbname": given["NAME"]}
    with psycopg.connect(**where, autocommit=True) as other:
        other.execute("select pg_terminate_backend(%s)", [process])


def test_a_quiet_connection_is_used_without_a_question() -> None:
    _process()
    with CaptureQueriesContext(connection) as asked:
        assert connection.is_usable()
    assert len(asked) == 0


def test_a_connection_that_the_server_ended_is_seen_and_replaced() -> None:
    before = _process()
    _ended_by_somebody(before)
    time.sleep(0.2)
    assert not connection.is_usable()
    connection.close()
    assert _process() != before


def test_a_connection_in_a_failed_transaction_is_of_no_use() -> None:
    with transaction.atomic():
        with pytest.raises(ProgrammingError), connection.cursor() as cursor:
            cursor.execute("select from nowhere")
        assert not connection.is_usable()
        transaction.set_rollback(True)
    assert connection.is_usable()


def test_without_a_connection_there_is_nothing_to_use() -> None:
    connection.close()
    assert not connection.is_usable()
