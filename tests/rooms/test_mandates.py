"""The room of mandates: two words make one, either ends it, nothing given is ever widened."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from motcua.agencies.models import Agency, Official
from motcua.identity.models import Account, Link, Person
from motcua.kernel.working_calendar import ZONE
from motcua.mandates import operations, queries
from motcua.mandates.models import Change, Mandate, Use
from motcua.mandates.operations import Accepting, Granting, Party
from motcua.mandates.rules import refusals
from motcua.mandates.rules.grounds import Terms
from motcua.mandates.rules.mandates import About, Act, Reach, Scope, State
from tests.cast import LAN, NAM
from tests.journeys import ground

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 8, 0, tzinfo=ZONE)
LATER = AT + timedelta(hours=1)
BIRTH = About("1.001193", dossier="H24.239-261125-0001")
TERMS = Terms(
    "spouse", frozenset({Act.FILE}), Scope(Reach.PROCEDURE, "1.001193"), AT, AT + timedelta(days=30)
)


def person(someone):
    return Person.objects.create(full_name=someone.name, updated_at=AT)


@pytest.fixture
def lan():
    return person(LAN)


@pytest.fixture
def nam():
    return person(NAM)


@pytest.fixture
def asked(lan, nam):
    """Lan lets Nam file: her word is there, his is not."""
    giver = Party(LAN.name, "+84912345003", lan.pk)
    return Granting(
        giver, Party(NAM.name, "+84912345002"), TERMS, Mandate.Side.GIVER, Mandate.Word.STRONG
    )


def given(granting, key="k1"):
    return operations.grant(granting=granting, key=key, at=AT)


def accepted(row, who, at=AT):
    return operations.holder_agrees(mandate_id=row.pk, who=Accepting(who.pk, NAM.name), at=at)


@pytest.fixture
def live(asked, nam):
    return accepted(given(asked), nam)


def state(row, at=LATER):
    return queries.told(Mandate.objects.get(pk=row.pk)).state(at)


def test_it_counts_when_both_have_given_their_word(asked, nam):
    row = given(asked)
    assert state(row) is State.GRANTED
    accepted(row, nam)
    assert state(row) is State.CONFIRMED
    kinds = [change.kind for change in queries.changes_of(row)]
    assert kinds == ["granted", "giver", "holder", "confirmed"]


def test_the_same_click_grants_one(asked):
    assert given(asked).pk == given(asked).pk
    assert Mandate.objects.count() == 1


def test_nobody_authorises_themselves(asked, lan):
    with pytest.raises(refusals.Oneself):
        given(replace(asked, holder=replace(asked.holder, phone=asked.giver.phone)))
    with pytest.raises(refusals.Oneself):
        accepted(given(asked), lan)


def test_two_people_have_one_for_one_thing_and_what_waits_makes_room(asked, nam):
    waiting = given(asked)
    again = given(asked, "k2")
    assert Mandate.objects.get(pk=waiting.pk).ending == "replaced"
    accepted(again, nam)
    with pytest.raises(refusals.MandateThere):
        given(asked, "k3")


def test_either_side_ends_it_at_once_and_again_is_harmless(live):
    assert operations.end(mandate_id=live.pk, by=Mandate.Side.HOLDER, at=LATER)
    assert not operations.end(mandate_id=live.pk, by=Mandate.Side.GIVER, at=LATER)
    assert state(live) is State.REVOKED
    with pytest.raises(refusals.MandateOver):
        operations.use(mandate_id=live.pk, act=Act.FILE, about=BIRTH, at=LATER)


def test_what_is_done_by_it_is_told_once_a_day(live):
    for _ in range(2):
        operations.use(mandate_id=live.pk, act=Act.FILE, about=BIRTH, at=LATER)
    assert [use.act for use in queries.uses_of(live)] == ["file"]
    with pytest.raises(refusals.MandateOver):
        operations.use(mandate_id=live.pk, act=Act.WITHDRAW, about=BIRTH, at=LATER)


def test_another_person_cannot_take_over_what_was_accepted(live, lan):
    with pytest.raises(refusals.MandateUnknown):
        operations.holder_agrees(mandate_id=live.pk, who=Accepting(lan.pk, LAN.name), at=LATER)


def test_who_the_paper_names_by_number_must_prove_it(asked, nam):
    row = given(replace(asked, holder=replace(asked.holder, number=NAM.number)))
    with pytest.raises(refusals.HolderUnproved):
        accepted(row, nam)
    who = Accepting(nam.pk, NAM.name, proved_number=NAM.number)
    assert operations.holder_agrees(mandate_id=row.pk, who=who, at=AT).confirmed_at == AT


def test_a_second_official_looks_at_the_counters_paper(asked, nam):
    ground.lay()
    office = Agency.objects.get(code="H24.239")
    hoa, cuc = (Official.objects.create(username=name, full_name=name) for name in ("hoa", "cuc"))
    paper = replace(
        asked, terms=replace(TERMS, ground="written"), asked_by=Mandate.Side.OFFICE,
        word=Mandate.Word.PAPER, recorded=operations.Recorded(office.pk, hoa.pk),
    )  # fmt: skip
    row = accepted(given(paper), nam)
    assert state(row) is State.GRANTED
    with pytest.raises(refusals.OtherEyes):
        operations.check(mandate_id=row.pk, official_id=hoa.pk, at=AT)
    operations.check(mandate_id=row.pk, official_id=cuc.pk, at=AT)
    assert state(row) is State.CONFIRMED
    ground.forget()


def test_a_code_opens_nothing_that_vneid_has_filed(asked, lan, nam):
    for level, kind in ((0, "phone"), (2, "vneid")):
        Account.objects.create(
            person=lan, kind=kind, subject=f"s{level}", level=level, created_at=AT
        )
    accepted(given(replace(asked, word=Mandate.Word.CODE)), nam)
    (held,) = queries.held(nam.pk, LATER)
    assert set(Account.objects.filter(pk__in=held.accounts).values_list("level", flat=True)) == {0}


def test_what_ran_out_is_noted_after_midnight_and_counted_no_more_before(live, nam):
    over = TERMS.until
    assert queries.held(nam.pk, over) == []
    assert operations.end_what_ran_out(at=over) == 1
    assert Change.objects.get(kind="ended").by == "time"


@pytest.mark.parametrize(
    "widened", [{"acts": ["file", "fetch"]}, {"until": AT + timedelta(days=90)}, {"reach": "everything", "of": ""},
                {"holder_person": None}, {"confirmed_at": None}],
)  # fmt: skip
def test_the_database_widens_no_mandate(live, widened):
    with pytest.raises(DatabaseError), transaction.atomic():
        Mandate.objects.filter(pk=live.pk).update(**widened)


def test_the_database_revives_no_mandate_and_keeps_what_was_done(live):
    operations.use(mandate_id=live.pk, act=Act.FILE, about=BIRTH, at=LATER)
    operations.end(mandate_id=live.pk, by=Mandate.Side.GIVER, at=LATER)
    for rows, change in (
        (Mandate.objects, {"ended_at": None, "ending": ""}),
        (Use.objects, {"act": "pay"}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Change.objects.all().delete()


def test_the_database_lets_none_count_without_every_word(asked):
    row = given(asked)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.filter(pk=row.pk).update(confirmed_at=AT)


def test_names_and_phones_lie_sealed(live):
    with connection.cursor() as cursor:
        cursor.execute("select mandates_mandate::text from mandates_mandate")
        lies = cursor.fetchone()[0]
    assert LAN.name not in lies
    assert "912345003" not in lies
    assert Mandate.objects.get().giver_name == LAN.name


def test_who_joins_accounts_keeps_what_they_gave_and_hold(asked, lan, nam):
    proved = {name: Person.objects.create(full_name=name, updated_at=AT) for name in ("Lan", "Nam")}
    old = Account.objects.create(person=lan, kind="phone", subject="l", level=0, created_at=AT)
    row = accepted(given(replace(asked, word=Mandate.Word.CODE)), nam)
    for before, after in ((lan, proved["Lan"]), (nam, proved["Nam"])):
        account = Account.objects.filter(person=before).first() or Account.objects.create(
            person=before, kind="phone", subject="n", level=0, created_at=AT
        )
        Account.objects.filter(pk=account.pk).update(person=after)
        Link.objects.create(account=account, came_from=before, joined=after, at=AT)
    (held,) = queries.held(proved["Nam"].pk, LATER)
    assert held.accounts == {old.pk}
    assert queries.of_person(row.pk, proved["Lan"].pk)[1] == Mandate.Side.GIVER
    assert queries.accounts_of_giver(Mandate.objects.get()) == [old]
