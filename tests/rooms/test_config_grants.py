import pytest
from django.conf import settings
from django.db import connection
from django.db.utils import ProgrammingError

from motcua.config.grants import grant

pytestmark = pytest.mark.django_db
ROLE = "limited_tester"


@pytest.fixture(autouse=True)
def limited() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"create role {ROLE}")
        cursor.execute("create table history (id bigint generated always as identity, what text)")
        cursor.execute("insert into history (what) values ('filed')")
        assert grant(connection, role=ROLE, append_only=["history", "not_there_yet"])
        cursor.execute(f"set local role {ROLE}")  # until the test is rolled back


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_application_adds_to_history_and_reads_it() -> None:
    run("insert into history (what) values ('received')")
    run("select * from history")


@pytest.mark.parametrize(
    "sql",
    [
        "update history set what = 'never filed'",
        "delete from history",
        "truncate history",
        "alter table history add column x int",
        "delete from django_migrations",
        "truncate toolkit_session",
    ],
)
def test_the_application_cannot_rewrite_history(sql: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        run(sql)


def test_the_application_may_change_what_is_not_history() -> None:
    run("delete from toolkit_session")
    run("delete from procrastinate_jobs")


def test_an_owner_keeps_its_rights() -> None:
    run("reset role")
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        owner = cursor.fetchone()[0]
    assert not grant(connection, role=owner, append_only=["history"])
    run("update history set what = 'corrected by the owner'")


def test_every_table_named_as_history_exists() -> None:
    tables = set(connection.introspection.table_names())
    assert set(settings.APPEND_ONLY_TABLES) <= tables
