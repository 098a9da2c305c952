"""People and their accounts in the database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError

from motcua.identity.models import Account, Person
from motcua.identity.operations import account_of_proven, end_sessions, open_phone_account
from motcua.identity.queries import phone_account, signed_in
from motcua.identity.rules.people import PersonDetails, ProvenIdentity

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
PHONE = "+84912345678"
HOA = ProvenIdentity(
    subject="tech-hoa",
    personal_number="030194000001",
    full_name="Nguyễn Thị Hoa",
    level=2,
    birth_date="1994-05-02",
    sex="female",
    phone=PHONE,
    address="Thôn 1, xã Nam Thanh Miện",
)
TOLD = PersonDetails(full_name="Nguyễn Thị Hoa", birth_date="1994", personal_number="030194000001")

pytestmark = pytest.mark.django_db


def test_vneid_makes_a_verified_person():
    account, is_new = account_of_proven(proven=HOA, at=NOON)
    person = account.person
    assert is_new
    assert (person.personal_number, person.verified_at, person.verified_by) == (
        "030194000001",
        NOON,
        "vneid",
    )


def test_who_comes_back_is_the_same_person_with_news():
    first, _ = account_of_proven(proven=HOA, at=NOON)
    moved = replace(HOA, address="Thôn 2, xã Nam Thanh Miện", email="")
    again, is_new = account_of_proven(proven=moved, at=NOON + timedelta(days=1))
    assert (again.pk, again.person_id, is_new) == (first.pk, first.person_id, False)
    assert Person.objects.get().address == "Thôn 2, xã Nam Thanh Miện"


def test_one_proved_number_is_one_person_whatever_the_pseudonym():
    first, _ = account_of_proven(proven=HOA, at=NOON)
    other, is_new = account_of_proven(proven=replace(HOA, subject="tech-hoa-2"), at=NOON)
    assert is_new
    assert other.person_id == first.person_id


def test_a_claimed_number_takes_nobody_over():
    proved, _ = account_of_proven(proven=HOA, at=NOON)
    claimed, _ = open_phone_account(phone=PHONE, details=TOLD, at=NOON)
    assert claimed.person_id != proved.person_id
    assert claimed.person.verified_at is None


def test_a_number_claimed_first_does_not_keep_its_owner_out():
    claimed, _ = open_phone_account(phone=PHONE, details=TOLD, at=NOON)
    proved, _ = account_of_proven(proven=HOA, at=NOON)
    assert proved.person_id != claimed.person_id


def test_two_people_may_claim_one_number():
    open_phone_account(phone=PHONE, details=TOLD, at=NOON)
    open_phone_account(phone="+84987654321", details=TOLD, at=NOON)
    assert Person.objects.filter(personal_number="030194000001").count() == 2


def test_a_phone_opens_one_account_and_keeps_what_it_knew():
    first, _ = open_phone_account(phone=PHONE, details=TOLD, at=NOON)
    again, is_new = open_phone_account(
        phone=PHONE, details=replace(TOLD, full_name="Ai Đó Khác"), at=NOON
    )
    assert (again.pk, is_new) == (first.pk, False)
    assert again.person.full_name == "Nguyễn Thị Hoa"


def test_a_phone_proves_no_level():
    account, _ = open_phone_account(phone=PHONE, details=TOLD, at=NOON)
    person = signed_in(account.pk, level=2, since=NOON)
    assert person is not None
    assert (person.level, person.verified) == (0, False)


def test_a_session_keeps_the_level_it_reached():
    account, _ = account_of_proven(proven=HOA, at=NOON)
    person = signed_in(account.pk, level=1, since=NOON)
    assert person is not None
    assert person.level == 1


def test_an_account_that_is_gone_signs_nobody_in():
    assert signed_in(12345, level=0, since=NOON) is None


def test_an_unknown_phone_has_no_account():
    assert phone_account(PHONE) is None


def test_the_database_forbids_two_verified_people_with_one_number():
    account_of_proven(proven=HOA, at=NOON)
    with pytest.raises(IntegrityError, match="one_verified_person"):
        Person.objects.create(
            personal_number="030194000001", verified_at=NOON, full_name="Ai Đó", updated_at=NOON
        )


def test_the_database_forbids_a_level_that_nobody_proved():
    account, _ = open_phone_account(phone=PHONE, details=TOLD, at=NOON)
    with pytest.raises(IntegrityError, match="only_vneid"):
        Account.objects.filter(pk=account.pk).update(level=1)


def test_ending_sessions_ends_those_before_and_none_after():
    account, _ = open_phone_account(phone=PHONE, details=TOLD, at=NOON)
    end_sessions(account_id=account.pk, at=NOON + timedelta(hours=1))
    assert signed_in(account.pk, level=0, since=NOON) is None
    assert signed_in(account.pk, level=0, since=NOON + timedelta(hours=2)) is not None
