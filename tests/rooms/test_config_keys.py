"""Keys that are not this database's are noticed before anybody is let in."""

import pytest
from django.core.checks import run_checks
from django.db import connection

from motcua.config.checks import TAG
from motcua.identity.models import Person
from motcua.identity.operations import new_phone_account
from motcua.toolkit.clock import now

pytestmark = pytest.mark.django_db


def found():
    return {message.id for message in run_checks(tags=[TAG], databases=["default"])} - {
        "motcua.W004"
    }


@pytest.fixture
def account():
    person = Person.objects.create(full_name="Nguyễn Thị Mai", updated_at=now())
    return new_phone_account(person=person, phone="+84912345001", at=now())


def test_a_database_with_its_own_keys_is_served(account):
    assert "motcua.E004" not in found()


def test_an_empty_database_has_no_keys_to_miss():
    assert "motcua.E004" not in found()


def test_a_database_with_other_keys_is_not_served(account, settings, tmp_path):
    settings.SEALING_KEYS = tmp_path / "secrets" / "sealing"
    assert "motcua.E004" in found()


def test_a_database_without_tables_can_be_migrated():
    with connection.cursor() as cursor:
        cursor.execute("alter table identity_account rename to not_there_yet")
    assert "motcua.E004" not in found()
