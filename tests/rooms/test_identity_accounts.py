"""People and their accounts in the database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError

from motcua.identity import sign_ins
from motcua.identity.models import NUMBER, Account, Person
from motcua.identity.operations import account_of_proven, open_phone_account
from motcua.identity.queries import phone_account
from motcua.identity.rules.people import PersonDetails, ProvenIdentity, ProvenOrganisation
from motcua.toolkit.sealing import keyed

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

COMPANY = ProvenOrganisation(code="0200123456", name="Công ty Gốm Chu Đậu", capacity="Giám đốc")

pytestmark = pytest.mark.django_db


def comes_in(account, level=2, at=NOON):
    return sign_ins.begin(account_id=account.pk, level=level, device="android", at=at)


def who(key, at=NOON):
    return sign_ins.signed_in(key, at=at)


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
    assert Person.objects.filter(number_key=keyed(NUMBER, "030194000001")).count() == 2


def test_a_phone_opens_one_account_and_keeps_what_it_knew():
    first, _ = open_phone_account(phone=PHONE, details=TOLD, at=NOON)
    again, is_new = open_phone_account(
        phone=PHONE, details=replace(TOLD, full_name="Ai Đó Khác"), at=NOON
    )
    assert (again.pk, is_new) == (first.pk, False)
    assert again.person.full_name == "Nguyễn Thị Hoa"


def test_a_phone_proves_no_level():
    account, _ = open_phone_account(phone=PHONE, details=TOLD, at=NOON)
    person = who(comes_in(account))
    assert (person.level, person.verified) == (0, False)


def test_a_sign_in_keeps_the_level_it_reached():
    account, _ = account_of_proven(proven=HOA, at=NOON)
    assert who(comes_in(account, level=1)).level == 1


def test_a_sign_in_that_never_was_is_nobodys():
    assert who(12345) is None


def test_who_sits_behind_a_sign_in_costs_one_query(django_assert_num_queries):
    key = comes_in(account_of_proven(proven=HOA, at=NOON)[0])
    with django_assert_num_queries(1):
        who(key)


def test_when_somebody_was_here_last_is_noted_every_five_minutes():
    account, _ = account_of_proven(proven=HOA, at=NOON)
    key, later = comes_in(account), NOON + timedelta(minutes=6)
    who(key, later)
    assert sign_ins.sign_ins_of(account.person_id)[0].seen_at == later


def test_one_sign_in_is_ended_and_the_others_go_on():
    account, _ = account_of_proven(proven=HOA, at=NOON)
    here, lost = comes_in(account), comes_in(account)
    assert sign_ins.end(sign_in_id=lost, person_id=account.person_id, at=NOON)
    assert (who(lost), who(here).sign_in_id) == (None, here)


def test_all_others_are_ended_at_once():
    account, _ = account_of_proven(proven=HOA, at=NOON)
    here, one, two = comes_in(account), comes_in(account), comes_in(account)
    assert sign_ins.end_all(person_id=account.person_id, but=here, at=NOON) == 2
    assert [bool(who(key)) for key in (here, one, two)] == [True, False, False]


def test_nobody_ends_the_sign_in_of_somebody_else():
    hers, _ = account_of_proven(proven=HOA, at=NOON)
    his, _ = open_phone_account(phone="+84987654321", details=TOLD, at=NOON)
    key = comes_in(hers)
    assert not sign_ins.end(sign_in_id=key, person_id=his.person_id, at=NOON)
    assert who(key) is not None


def test_sign_ins_are_forgotten_after_ninety_days():
    account, _ = account_of_proven(proven=HOA, at=NOON)
    comes_in(account)
    assert sign_ins.forget_old(at=NOON + timedelta(days=91)) == 1


def test_whoever_acts_for_an_organisation_has_an_account_of_its_own():
    own, _ = account_of_proven(proven=HOA, at=NOON)
    officer, _ = account_of_proven(proven=replace(HOA, organisation=COMPANY), at=NOON)
    assert (officer.person_id, officer.pk == own.pk) == (own.person_id, False)
    told = who(comes_in(officer))
    assert (told.full_name, told.organisation, told.capacity) == (
        HOA.full_name, "Công ty Gốm Chu Đậu", "Giám đốc"
    )  # fmt: skip


def test_what_is_hers_and_what_is_the_companys_stay_apart():
    own, _ = account_of_proven(proven=HOA, at=NOON)
    officer, _ = account_of_proven(proven=replace(HOA, organisation=COMPANY), at=NOON)
    binh = replace(HOA, personal_number="030090000002", organisation=COMPANY)
    colleague, _ = account_of_proven(proven=binh, at=NOON)
    assert who(comes_in(own)).accounts == {own.pk}
    assert who(comes_in(officer)).accounts == {officer.pk, colleague.pk}


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
