"""Versions of one procedure: on every day at most one, and no day without one unsaid."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.config.cli import main
from motcua.procedures.rules.versions import (
    Span,
    VersionOfThatDay,
    VersionsOverlap,
    ends_before,
    side_by_side,
    versions_apart,
)
from tests.rules.procedure_sample import LAW, sample, write

CODE = "9.000002"
OLD = Span(date(2023, 7, 10), date(2024, 6, 30))
NOW = Span(date(2024, 7, 1))
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def law(since: str, until: str = "", note: str = "") -> str:
    told = f'from: "{since}"' + (f', until: "{until}"' if until else "")
    told += f', note: "{note}"' if note else ""
    return LAW.replace('effective: {from: "2026-01-01"}', f"effective: {{{told}}}")


def test_a_successor_ends_the_open_version_the_day_before():
    assert ends_before(Span(date(2026, 12, 1)), [OLD, NOW], code=CODE) == date(2026, 11, 30)


def test_a_version_within_the_days_of_another_is_refused():
    with pytest.raises(VersionsOverlap) as found:
        ends_before(Span(date(2024, 6, 30)), [OLD], code=CODE)
    assert found.value.data["until"] == date(2024, 6, 30)


def test_an_open_version_before_a_published_one_is_refused():
    with pytest.raises(VersionsOverlap):
        ends_before(Span(date(2023, 1, 1)), [OLD], code=CODE)


def test_an_older_version_that_ends_in_time_may_come_later():
    ends_before(OLD, [NOW], code=CODE)


def test_another_content_of_the_same_day_is_refused():
    with pytest.raises(VersionOfThatDay):
        ends_before(NOW, [NOW], code=CODE)


def test_a_correction_takes_the_place_of_the_version_of_its_day():
    ends_before(NOW, [OLD, NOW], code=CODE, correcting=True)


@given(DAYS, DAYS, DAYS, DAYS)
def test_whether_two_overlap_does_not_depend_on_who_asks(a, b, c, d):
    one, other = Span(min(a, b), max(a, b)), Span(min(c, d), max(c, d))
    shared = max(one.since, other.since) <= min(one.until, other.until)
    assert one.overlaps(other) == other.overlaps(one) == shared


def test_versions_that_follow_each_other_fit():
    assert list(side_by_side([NOW, OLD])) == []


def test_two_open_versions_do_not_fit():
    assert [how for *_, how in side_by_side([NOW, Span(date(2025, 1, 1))])] == ["overlap"]


def test_a_day_without_a_version_is_told():
    late = Span(date(2024, 7, 2))
    assert [how for *_, how in side_by_side([OLD, late])] == ["gap"]


def test_a_gap_that_is_explained_is_meant():
    explained = Span(OLD.since, OLD.until, "bãi bỏ, chưa có thủ tục thay thế")
    assert list(side_by_side([explained, Span(date(2025, 1, 1))])) == []


def test_the_earlier_version_is_the_one_to_mend(tmp_path):
    earlier = sample(tmp_path / "versions/2025", law=law("2025-01-01"))
    later = sample(tmp_path, law=LAW)
    [(place, problem)] = versions_apart([later, earlier])
    assert place == earlier.path
    assert 'until: "2025-12-31"' in problem.hint


def test_versions_of_other_procedures_are_not_compared(tmp_path):
    other = LAW.replace(f'code: "{CODE}"', 'code: "9.000003"').replace("slug: thu", "slug: khac")
    assert list(versions_apart([sample(tmp_path / "a"), sample(tmp_path / "b", law=other)])) == []


def test_a_code_that_changed_is_found_by_its_slug(tmp_path):
    before = law("2025-01-01").replace(f'code: "{CODE}"', 'code: "9.000009"')
    read = [sample(tmp_path / "a", law=before), sample(tmp_path / "b")]
    assert [problem.cause[:24] for _, problem in versions_apart(read)] == [
        "this version still holds"
    ]


def test_the_check_of_a_folder_looks_at_its_older_versions_too(tmp_path, capsys):
    write(tmp_path / "thu")
    write(tmp_path / "thu/versions/2025", law=law("2025-01-01", "2025-11-30"))
    assert main(["check", str(tmp_path / "thu")]) == 1
    told = capsys.readouterr().out
    assert "no version holds after 2025-11-30 and before the one of 2026-01-01" in told
