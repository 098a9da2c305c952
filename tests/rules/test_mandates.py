"""Acting for another: what a mandate allows, when it ends, how far each ground reaches."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.agencies.rules.codes import code_list
from motcua.kernel.working_calendar import ZONE
from motcua.mandates.rules import refusals
from motcua.mandates.rules.grounds import (
    Terms,
    ground_of_relation,
    grounds,
    must_be_sound,
    needs_check,
)
from motcua.mandates.rules.mandates import (
    LONGEST,
    About,
    Act,
    Mandate,
    Reach,
    Scope,
    State,
    allowing,
    end_of,
    may,
)

AT = datetime(2026, 11, 25, 8, 0, tzinfo=ZONE)
DAY = timedelta(days=1)
BIRTH = About("1.001193", frozenset({"birth"}), "H24.239-261125-0001")
DEATH = About("1.000656", frozenset({"death"}))
WITHIN = st.builds(
    Scope,
    st.sampled_from(Reach),
    st.sampled_from(["", "1.001193", "birth", "death", "1.000656", BIRTH.dossier]),
)
MOMENTS = st.integers(-400, 400).map(lambda hours: AT + timedelta(hours=hours))
MANDATES = st.builds(
    Mandate, giver=st.just("g"), holder=st.just("h"),
    acts=st.frozensets(st.sampled_from(Act)), scope=WITHIN, starts=MOMENTS, until=MOMENTS,
    confirmed_at=st.none() | MOMENTS, revoked_at=st.none() | MOMENTS, id=st.uuids().map(str),
)  # fmt: skip
LIVE = Mandate(
    "lan", "nam", frozenset({Act.FILE}), Scope(Reach.PROCEDURE, BIRTH.procedure),
    AT, AT + 30 * DAY, confirmed_at=AT,
)  # fmt: skip


def terms(ground="spouse", acts=(Act.FILE,), reach=Reach.EVERYTHING, days=30):
    return Terms(ground, frozenset(acts), Scope(reach), AT, AT + days * DAY)


@given(
    st.lists(MANDATES, max_size=4), st.sampled_from(Act), st.sampled_from([BIRTH, DEATH]), MOMENTS
)
@settings(max_examples=150, deadline=None)
def test_whoever_may_has_a_mandate_that_is_confirmed_not_ended_and_covers_it(held, act, about, at):
    found = allowing(held, act, about, at)
    assert may(held, act, about, at) == (found is not None)
    if found is None:
        return
    assert found.starts <= at < found.until
    assert found.confirmed_at is not None
    assert found.confirmed_at <= at
    assert found.revoked_at is None or found.revoked_at > at
    assert found.scope.covers(about)
    assert act in found.acts or act is Act.FOLLOW


@given(MANDATES, st.sampled_from(Act), st.sampled_from([BIRTH, DEATH]), MOMENTS, MOMENTS)
@settings(max_examples=100, deadline=None)
def test_from_the_moment_of_revoking_nothing_is_allowed_ever_again(one, act, about, then, later):
    ended = replace(one, revoked_at=then)
    assert not (later >= then and may([ended], act, about, later))


@given(MANDATES, st.sampled_from(Act), st.sampled_from([BIRTH, DEATH]), MOMENTS)
@settings(max_examples=100, deadline=None)
def test_a_wider_scope_never_takes_anything_away(one, act, about, at):
    if may([one], act, about, at):
        assert may([replace(one, scope=Scope(Reach.EVERYTHING))], act, about, at)


def test_it_ends_by_itself_at_the_midnight_of_its_last_day():
    one = replace(LIVE, until=end_of(date(2026, 12, 1)))
    assert one.state(datetime(2026, 12, 1, 23, 59, tzinfo=ZONE)) is State.CONFIRMED
    assert one.state(datetime(2026, 12, 2, 0, 0, tzinfo=ZONE)) is State.EXPIRED


def test_before_every_word_is_there_it_allows_nothing():
    assert not may([replace(LIVE, confirmed_at=None)], Act.FILE, BIRTH, AT + DAY)


def test_whoever_files_may_see_where_it_is_and_do_nothing_else():
    assert {act for act in Act if may([LIVE], act, BIRTH, AT)} == {Act.FILE, Act.FOLLOW}


def test_no_ground_of_the_list_reaches_further_than_a_year():
    for row in code_list("mandate_grounds").rows:
        assert int(row["days"]) <= LONGEST.days
        assert set(row["acts"].split()) <= set(Act)


def test_a_village_helper_never_files_and_never_fetches_what_was_decided():
    helper = next(one for one in grounds("online") if one.code == "helper")
    assert not {Act.FILE, Act.FETCH, Act.WITHDRAW, Act.PAY} & set(helper.acts)
    with pytest.raises(refusals.ActsNotGiven):
        must_be_sound(terms("helper", [Act.FILE]), "online", at=AT)


@pytest.mark.parametrize(
    ("given", "no"),
    [
        (terms("written"), refusals.GroundNotHere),
        (terms("officer"), refusals.GroundNotHere),
        (terms("parent"), refusals.GroundNotHere),
        (terms("stranger"), refusals.GroundNotHere),
        (terms(acts=()), refusals.NothingGiven),
        (terms(days=367), refusals.LastsTooLong),
        (terms(days=0), refusals.LastsTooLong),
        (terms("helper", [Act.FOLLOW], days=32), refusals.LastsTooLong),
        (terms(reach=Reach.DOSSIER), refusals.ActsNotGiven),
    ],
)
def test_online_only_what_its_ground_lets_anybody_give(given, no):
    with pytest.raises(no):
        must_be_sound(given, "online", at=AT)


def test_at_the_counter_a_second_official_looks_at_what_gives_much():
    one_thing = replace(terms(), scope=Scope(Reach.PROCEDURE, BIRTH.procedure))
    assert not needs_check(one_thing, "counter")
    assert needs_check(terms(), "counter")
    assert needs_check(replace(one_thing, acts=frozenset({Act.FETCH})), "counter")
    assert needs_check(replace(one_thing, ground="written"), "counter")
    assert not needs_check(terms(), "online")


def test_what_a_parent_or_a_spouse_declares_is_a_ground_of_its_own():
    assert ground_of_relation("mother") == "parent"
    assert ground_of_relation("husband") == "spouse"
    assert ground_of_relation("other") == ""
