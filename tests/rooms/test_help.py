"""The help room: calls keep to their hours, members are listed once, what served is forgotten."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.agencies.models import Agency, Official
from motcua.help import calls, codes, team
from motcua.help.calls import Rung, Wish
from motcua.help.codes import Helper, Owner
from motcua.help.forgetting import forget_old
from motcua.help.models import Call, Helping, Invitation, Try
from motcua.help.rules import refusals
from motcua.help.rules.calling import CALLS_IN_A_SLOT
from motcua.help.rules.helping import Lasts, Who
from motcua.help.team import NewMember
from motcua.kernel.working_calendar import ZONE
from tests.cast import LAN, NAM
from tests.journeys import ground

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 8, 0, tzinfo=ZONE)
NINE = datetime(2026, 11, 25, 9, 30, tzinfo=ZONE)
OWNER = Owner("+84912345001", "Nguyễn Thị Mai")


@pytest.fixture
def agency():
    ground.lay()
    yield Agency.objects.get(code="H24.239")
    ground.forget()


@pytest.fixture
def official():
    return Official.objects.create(username="hoa", full_name="Phạm Thị Mai Hoa")


def ask(agency, n=1, key="", at=AT, start=NINE):
    wish = Wish(phone=f"+8491234500{n}", topic="fill", starts_at=start)
    return calls.ask(agency=agency, wish=wish, key=key or f"k{n}", at=at)


def rung(call, official, outcome, key, at=NINE):
    what = Rung(official.pk, Try.Outcome(outcome))
    return calls.note_try(call_id=call.pk, rung=what, key=key, at=at)


def test_the_same_click_asks_for_one_call(agency):
    assert ask(agency).pk == ask(agency).pk


def test_no_more_calls_are_promised_for_an_hour_than_can_be_made(agency):
    for n in range(CALLS_IN_A_SLOT):
        ask(agency, n)
    with pytest.raises(refusals.CallTimeTaken):
        ask(agency, 9)
    assert NINE not in calls.times(agency, AT)


def test_a_cancelled_call_gives_its_hour_back(agency):
    made = [ask(agency, n) for n in range(CALLS_IN_A_SLOT)]
    calls.cancel(call=made[0], at=AT)
    assert ask(agency, 9).place == made[0].place


def test_a_phone_waits_for_one_call(agency):
    ask(agency)
    with pytest.raises(refusals.CallAskedAlready):
        ask(agency, key="another")


def test_no_call_is_promised_for_the_night(agency):
    with pytest.raises(refusals.CallTimeTaken):
        ask(agency, start=NINE.replace(hour=22))


@pytest.mark.parametrize(
    ("outcomes", "state"),
    [
        (["reached"], "reached"),
        (["no_answer", "busy"], "waiting"),
        (["no_answer", "busy", "no_answer"], "unreached"),
        (["wrong_number"], "unreached"),
    ],
)
def test_a_call_ends_as_its_tries_say(agency, official, outcomes, state):
    call = ask(agency)
    for n, outcome in enumerate(outcomes):
        rung(call, official, outcome, f"t{n}")
    call.refresh_from_db()
    assert (call.state, call.tries) == (state, len(outcomes))


def test_a_try_sent_twice_counts_once_and_a_call_that_is_over_is_not_rung(agency, official):
    call = ask(agency)
    rung(call, official, "no_answer", "t")
    assert rung(call, official, "no_answer", "t").tries == 1
    rung(call, official, "reached", "t2")
    with pytest.raises(refusals.CallOver):
        rung(call, official, "busy", "t3")


def test_how_promises_were_kept_is_measured(agency, official):
    in_time, late, never = (ask(agency, n) for n in range(3))
    rung(in_time, official, "reached", "a", at=NINE)
    rung(late, official, "no_answer", "b", at=NINE + timedelta(hours=2))
    kept = calls.kept([agency.pk], AT - timedelta(days=30), NINE + timedelta(hours=3))
    assert (kept.asked, kept.reached, kept.in_time) == (3, 1, 33)
    assert never.tries == 0


def test_tries_are_kept_as_they_were(agency, official):
    rung(ask(agency), official, "busy", "t")
    with pytest.raises(IntegrityError), transaction.atomic():
        Try.objects.update(outcome="reached")


def member(agency, official, until=date(2027, 12, 31), who=LAN):
    new = NewMember(who.name, f"+84{who.phone[1:]}", "Thôn Phú Khê", until)
    return team.add(agency_id=agency.pk, member=new, by=official.pk, at=AT)


def test_a_member_is_listed_once_and_again_after_leaving(agency, official):
    first = member(agency, official)
    with pytest.raises(refusals.MemberThere):
        member(agency, official)
    team.remove(member_id=first.pk, agency_ids=[agency.pk], at=AT)
    assert member(agency, official).pk != first.pk


def test_nobody_is_listed_for_ever(agency, official):
    with pytest.raises(refusals.MemberUnsound):
        member(agency, official, until=date(2031, 1, 1))


def invite(agency, key="k", at=AT, lasts=Lasts.HOURS):
    return codes.invite(
        subject="draft:1", agency_id=agency.pk, owner=OWNER, lasts=lasts, key=key, at=at
    )


def come_in(agency, who=Who.FAMILY, person=NAM, at=AT):
    helper = Helper(person.name, f"+84{person.phone[1:]}", who)
    return codes.enter(invitation_id=invite(agency).pk, helper=helper, at=at)[0]


def test_a_listed_member_comes_in_as_the_team_and_is_counted(agency, official):
    member(agency, official)
    helping = come_in(agency, Who.TEAM, LAN)
    codes.saved(helping=helping, page="page:a", revision=2, at=AT)
    assert [one.helped for one in team.members([agency.pk])] == [1]


def test_who_left_the_team_comes_in_as_it_no_more(agency, official):
    left = member(agency, official)
    team.remove(member_id=left.pk, agency_ids=[agency.pk], at=AT)
    with pytest.raises(refusals.NotInTheTeam):
        come_in(agency, Who.TEAM, LAN)


def test_a_new_code_replaces_the_one_that_waits(agency):
    first, second = invite(agency), invite(agency, "k2")
    with pytest.raises(refusals.CodeUnknown):
        codes.invitation_by_code(codes.code_of(first), AT)
    assert codes.invitation_by_code(codes.code_of(second), AT) == second


def test_the_code_itself_is_stored_nowhere(agency):
    made = invite(agency)
    row = Invitation.objects.values().get()
    assert not any(codes.code_of(made) in str(value) for value in row.values())


def test_help_lasts_as_long_as_the_owner_said(agency):
    assert come_in(agency).until == AT + timedelta(hours=2)


def test_the_database_lets_nobody_help_longer_than_a_week(agency):
    come_in(agency)
    with pytest.raises(IntegrityError), transaction.atomic():
        Helping.objects.update(until=AT + timedelta(days=8))


def test_what_served_is_forgotten_after_ninety_days(agency, official):
    come_in(agency)
    rung(ask(agency), official, "reached", "t")
    forget_old(at=AT + timedelta(days=92))
    told = [*Call.objects.values_list("phone"), *Helping.objects.values_list("phone")]
    assert set(told) == {("",)}
    assert Invitation.objects.get().owner_phone == ""
