"""Two ways of signing in become one person's, and a number that changed hands opens nobody."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.identity import links, sign_ins
from motcua.identity.models import Account, Link, Person
from motcua.identity.operations import account_of_proven, open_phone_account
from motcua.identity.queries import accounts_of, phone_account
from motcua.identity.rules.holding import SILENT
from motcua.identity.rules.refusals import AnotherPerson, LinkOver, NumberInUse, OnlyWay
from tests.rooms.test_identity_accounts import HOA, NOON, PHONE, TOLD, comes_in, who

pytestmark = pytest.mark.django_db
OTHER = "+84987654321"
BINH = replace(TOLD, full_name="Lê Văn Bình", birth_date="1960", personal_number="")


def hoa():
    return account_of_proven(proven=HOA, at=NOON)[0]


def phone_of(details=TOLD, phone=PHONE):
    return open_phone_account(phone=phone, details=details, at=NOON)[0]


def test_joined_the_phone_is_one_more_way_of_the_same_person():
    proven, phone = hoa(), phone_of()
    links.join(account_id=phone.pk, person_id=proven.person_id, at=NOON)
    assert [way.kind for way in accounts_of(proven.person_id)] == ["vneid", "phone"]


def test_vneid_opens_what_both_have_filed_and_the_phone_only_its_own():
    proven, phone = hoa(), phone_of()
    links.join(account_id=phone.pk, person_id=proven.person_id, at=NOON)
    by_vneid, by_phone = who(comes_in(proven)), who(comes_in(phone))
    assert (by_vneid.accounts, by_vneid.hidden) == ({proven.pk, phone.pk}, 0)
    assert (by_phone.accounts, by_phone.hidden) == ({phone.pk}, 1)


def test_joining_twice_joins_once():
    proven, phone = hoa(), phone_of()
    links.join(account_id=phone.pk, person_id=proven.person_id, at=NOON)
    assert links.join(account_id=phone.pk, person_id=proven.person_id, at=NOON) is None
    assert Link.objects.count() == 1


def test_the_phone_of_somebody_else_does_not_join():
    proven, phone = hoa(), phone_of(BINH)
    with pytest.raises(AnotherPerson):
        links.join(account_id=phone.pk, person_id=proven.person_id, at=NOON)
    assert phone_account(PHONE).person_id == phone.person_id


def test_nobody_joins_a_person_whom_vneid_has_not_proved():
    one, other = phone_of(), phone_of(phone=OTHER)
    with pytest.raises(AnotherPerson):
        links.join(account_id=one.pk, person_id=other.person_id, at=NOON)


def test_a_link_is_undone_and_whoever_is_in_by_that_phone_is_out():
    proven, phone = hoa(), phone_of()
    link = links.join(account_id=phone.pk, person_id=proven.person_id, at=NOON)
    inside = comes_in(phone)
    links.undo(link_id=link.pk, person_id=proven.person_id, at=NOON + timedelta(days=30))
    assert who(inside) is None
    assert phone_account(PHONE).person_id == phone.person_id


def test_after_thirty_days_nobody_undoes_it_and_nobody_elses_ever():
    proven, phone = hoa(), phone_of()
    link = links.join(account_id=phone.pk, person_id=proven.person_id, at=NOON)
    for person, at in ((proven.person_id, NOON + timedelta(days=31)), (phone.person_id, NOON)):
        with pytest.raises(LinkOver):
            links.undo(link_id=link.pk, person_id=person, at=at)


def test_the_database_keeps_one_link_of_an_account():
    proven, phone = hoa(), phone_of()
    links.join(account_id=phone.pk, person_id=proven.person_id, at=NOON)
    with pytest.raises(IntegrityError, match="one_link"), transaction.atomic():
        Link.objects.create(
            account=phone, came_from_id=phone.person_id, joined_id=proven.person_id, at=NOON
        )


def test_a_number_taken_is_one_more_way_in_and_where_she_is_reached():
    proven = hoa()
    links.take_number(phone=OTHER, person_id=proven.person_id, opens=True, at=NOON)
    assert phone_account(OTHER).person_id == proven.person_id
    assert Person.objects.get(pk=proven.person_id).phone == OTHER


def test_a_lost_number_is_replaced_and_lets_nobody_in_any_more():
    proven = hoa()
    lost = links.take_number(phone=PHONE, person_id=proven.person_id, opens=True, at=NOON).account
    inside = comes_in(lost)
    links.take_number(phone=OTHER, person_id=proven.person_id, opens=True, at=NOON)
    assert (phone_account(PHONE), who(inside)) == (None, None)
    assert lost.pk in who(comes_in(proven)).accounts


def test_a_number_in_use_by_somebody_else_is_not_taken():
    proven = hoa()
    phone_of(BINH)
    with pytest.raises(NumberInUse):
        links.take_number(phone=PHONE, person_id=proven.person_id, opens=True, at=NOON + SILENT)
    assert phone_account(PHONE) is not None


def test_a_number_that_changed_hands_opens_its_new_holder_and_never_the_former_one():
    proven, former = hoa(), phone_of(BINH)
    later = NOON + SILENT + timedelta(days=1)
    taken = links.take_number(phone=PHONE, person_id=proven.person_id, opens=True, at=later).account
    assert (taken.pk == former.pk, phone_account(PHONE).pk) == (False, taken.pk)
    former.refresh_from_db()
    assert (former.closed_at, former.person.full_name) == (later, "Lê Văn Bình")
    assert former.pk not in who(comes_in(proven)).accounts


def test_where_numbers_sign_nobody_in_a_number_only_brings_what_it_filed():
    proven, phone = hoa(), phone_of()
    links.take_number(phone=PHONE, person_id=proven.person_id, opens=False, at=NOON)
    links.take_number(phone=OTHER, person_id=proven.person_id, opens=False, at=NOON)
    assert phone.pk in who(comes_in(proven)).accounts
    assert phone_account(OTHER) is None


def test_a_number_is_given_up_only_by_whom_vneid_lets_in():
    proven, alone = hoa(), phone_of(BINH, OTHER)
    links.take_number(phone=PHONE, person_id=proven.person_id, opens=True, at=NOON)
    links.give_up_number(person_id=proven.person_id, at=NOON)
    assert phone_account(PHONE) is None
    with pytest.raises(OnlyWay):
        links.give_up_number(person_id=alone.person_id, at=NOON)


def test_a_number_changed_here_is_not_overwritten_by_vneids():
    proven = hoa()
    links.take_number(phone=OTHER, person_id=proven.person_id, opens=True, at=NOON)
    hoa()
    assert Person.objects.get(pk=proven.person_id).phone == OTHER


def test_whoever_came_in_sees_how_and_when():
    proven = hoa()
    comes_in(proven)
    (seen,) = sign_ins.sign_ins_of(proven.person_id)
    assert (seen.device, seen.account.kind, seen.began_at) == ("android", "vneid", NOON)
    assert Account.objects.count() == 1
