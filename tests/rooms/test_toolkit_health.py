import pytest
from django.db import connection
from django.test import Client

from motcua.toolkit import health


@pytest.fixture(autouse=True)
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_seen_ready", False)


def test_a_living_process_answers_without_the_database() -> None:
    assert Client().get("/healthz").content == b"ok\n"  # no database mark: a query would fail


@pytest.mark.django_db
def test_it_is_ready_when_all_migrations_are_applied() -> None:
    assert Client().get("/readyz").json() == {"ready": True}


@pytest.mark.django_db
def test_it_is_not_ready_while_a_migration_is_missing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("delete from django_migrations where app = 'toolkit'")
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["missing"][0] == "toolkit.0001_initial"


@pytest.mark.django_db
def test_once_ready_it_still_asks_the_database(django_assert_num_queries: object) -> None:
    Client().get("/readyz")
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert Client().get("/readyz").status_code == 200
