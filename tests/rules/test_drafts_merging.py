"""Two hands in one draft: every word told is kept or asked about, in whatever order the saves come."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.rules.drafts import (
    Kept,
    Told,
    changed_since,
    marks_of,
    merge,
    read_marks,
)

NAMES = ("child.name", "child.born", "home.place", "people")
ANSWER = st.none() | st.sampled_from(["An", "Bình", "Chi"]) | st.just([{"name": "An"}])
ANSWERS = st.dictionaries(st.sampled_from(NAMES), ANSWER)
CHANGED = st.frozensets(st.sampled_from(NAMES))


@st.composite
def tellings(draw: st.DrawFn, at_most: int = 3) -> Told:
    return Told(draw(ANSWERS), draw(CHANGED), draw(st.integers(1, at_most)))


@st.composite
def drafts(draw: st.DrawFn) -> Kept:
    told = {name: answer for name, answer in draw(ANSWERS).items() if answer is not None}
    touched = draw(st.dictionaries(st.sampled_from(NAMES), st.integers(1, 3)))
    return Kept(told, touched, 3)


def made(answers: dict[str, Any], changed: set[str], since: int = 1, key: str = "") -> Told:
    return Told(answers, frozenset(changed), since, key)


@given(drafts(), tellings())
def test_every_word_that_was_changed_is_kept_or_asked_about(kept: Kept, told: Told) -> None:
    merged = merge(kept, told)
    asked = {one.field for one in merged.conflicts}
    for name in told.changed & set(told.answers):
        assert name in asked or merged.kept.answers.get(name) == told.answers[name]


@given(drafts(), tellings())
def test_no_word_of_others_goes_without_their_being_seen_or_asked(kept: Kept, told: Told) -> None:
    merged = merge(kept, told)
    for name, theirs in kept.answers.items():
        overwritten = merged.kept.answers.get(name) != theirs
        assert not overwritten or (
            name in told.changed and kept.touched.get(name, 0) <= told.made_from
        )
    for one in merged.conflicts:
        assert (one.mine, one.theirs) == (told.answers[one.field], kept.answers.get(one.field))


@given(drafts(), ANSWERS, ANSWERS, st.integers(1, 3), st.integers(1, 3))
def test_saves_of_different_fields_come_in_any_order(
    kept: Kept, one: dict[str, Any], other: dict[str, Any], since: int, also: int
) -> None:
    mine = Told(one, frozenset(NAMES[:2]), since)
    theirs = Told(other, frozenset(NAMES[2:]), also)
    first = merge(merge(kept, mine).kept, theirs)
    second = merge(merge(kept, theirs).kept, mine)
    assert first.kept.answers == second.kept.answers


@given(drafts(), tellings(), tellings(at_most=9))
def test_a_save_sent_again_changes_nothing(kept: Kept, told: Told, between: Told) -> None:
    keyed = Told(told.answers, told.changed, told.made_from, key="k")
    merged = merge(kept, keyed)
    later = merge(merged.kept, between).kept
    if not merged.conflicts:
        assert merge(later, keyed).kept == later
        assert not merge(later, keyed).conflicts


def test_a_save_with_a_conflict_is_not_known_again_so_that_it_is_asked_again() -> None:
    kept = Kept({"a": "theirs"}, {"a": 2}, 2)
    told = made({"a": "mine"}, {"a"}, key="k")
    again = merge(merge(kept, told).kept, told)
    assert [one.mine for one in again.conflicts] == ["mine"]


def test_what_others_changed_in_a_field_nobody_touched_here_is_told_to_the_page() -> None:
    kept = Kept({"a": "theirs", "b": "x"}, {"a": 2}, 2)
    merged = merge(kept, made({"a": "old", "b": "y"}, {"b"}))
    assert merged.elsewhere == {"a"}
    assert merged.kept.answers == {"a": "theirs", "b": "y"}


def test_the_same_answer_on_both_sides_is_no_conflict() -> None:
    kept = Kept({"a": "An"}, {"a": 2}, 2)
    merged = merge(kept, made({"a": "An"}, {"a"}))
    assert merged.kept is kept
    assert not merged.conflicts


@given(ANSWERS, ANSWERS)
def test_a_page_without_scripts_knows_by_its_marks_what_was_changed(
    shown: dict[str, Any], told: dict[str, Any]
) -> None:
    changed = changed_since(read_marks(marks_of(shown)), told)
    assert changed == {name for name in told if told[name] != shown.get(name)}


def test_nonsense_for_marks_only_makes_a_page_ask_more() -> None:
    assert changed_since(read_marks("%% = a= =b"), {"a": "An", "b": None}) == {"a"}
