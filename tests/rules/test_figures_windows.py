"""Windows of time, what a figure counts in them, and cells that stay text."""

import itertools
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.rules.status import Status
from motcua.kernel.working_time import ZONE
from motcua.reports.figures import REGISTER
from motcua.reports.rules.cells import harmless
from motcua.reports.rules.facts import Case, Mark, Part
from motcua.reports.rules.indicators import DECREE, SHARES
from motcua.reports.rules.measures import CASES, GROUPS, PARTS, Frame, members, split
from motcua.reports.rules.windows import Span, in_reach, window
from motcua.reports.words import NAMES

DAYS = st.dates(date(1990, 1, 1), date(2110, 12, 31))
AT = datetime(2026, 3, 4, 10, tzinfo=ZONE)


@given(DAYS, st.sampled_from(Span))
def test_a_window_holds_its_day_and_touches_its_neighbours(day, span):
    about = window(span, day)
    assert about.first <= day <= about.last
    assert about.after.first == about.until
    assert about.before.until == about.first


@given(DAYS, st.sampled_from(Span))
def test_no_window_is_longer_than_a_quarter(day, span):
    about = window(span, day)
    assert timedelta(days=1) <= about.until - about.first <= timedelta(days=92)


@given(DAYS, st.sampled_from([Span.WEEK, Span.MONTH, Span.QUARTER]))
def test_the_stretches_of_a_window_cover_it_without_gap_or_overlap(day, span):
    about = window(span, day)
    pieces = list(about.stretches())
    assert (pieces[0].first, pieces[-1].until) == (about.first, about.until)
    assert all(a.until == b.first for a, b in itertools.pairwise(pieces))


def test_a_day_begins_at_midnight_of_viet_nam():
    about = window(Span.DAY, date(2026, 3, 4))
    assert about.holds(datetime(2026, 3, 4, 0, 0, tzinfo=ZONE))
    assert not about.holds(datetime(2026, 3, 5, 0, 0, tzinfo=ZONE))
    assert not about.holds(None)


def test_the_fourth_quarter_ends_with_the_year():
    assert window(Span.QUARTER, date(2026, 11, 26)).until == date(2027, 1, 1)


@given(st.dates())
def test_any_day_an_address_may_name_has_windows(day):
    for span in Span:
        about = window(span, in_reach(day))
        assert list(about.stretches())
        assert about.before.end <= about.start < about.after.start


# --- what is counted -----------------------------------------------------------------------------

FRAME = Frame("H24.239", AT, AT.replace(hour=23), window(Span.MONTH, AT.date()))
FILED = Case(
    dossier=1, digest="d", status=Status.PROCESSING, channel="online",
    submitted_at=AT - timedelta(days=2), expected_at=AT, received_at=AT, due_at=AT,
)  # fmt: skip


def counts(case, frame=FRAME):
    return {name for name, test in CASES.items() if test(case, frame)}


def test_an_open_dossier_is_in_and_open_and_due_today():
    assert counts(FILED) == {
        "nop", "dang-giai-quyet", "den-han-hom-nay", "nop-truc-tuyen", "nop-toan-trinh",
    }  # fmt: skip


def test_online_counts_only_with_an_electronic_result():
    done = replace(FILED, finished_at=AT, marks=(Mark("Received", AT, due=AT),))
    assert "truc-tuyen-co-ket-qua" not in counts(done)
    assert "truc-tuyen-co-ket-qua" in counts(replace(done, electronic=True))
    assert "truc-tuyen-co-ket-qua" not in counts(replace(done, electronic=True, channel="counter"))


def test_digitised_is_what_has_files_on_both_sides():
    done = replace(FILED, finished_at=AT, electronic=True)
    assert "so-hoa" not in counts(done)
    assert "so-hoa" in counts(replace(done, papers=True))


def test_a_withdrawn_dossier_is_not_one_the_office_stopped():
    taken_back = replace(FILED, status=Status.STOPPED, ended_at=AT, marks=(Mark("Withdrawn", AT),))
    assert "rut" in counts(taken_back)
    assert not {"dung-xu-ly", "co-ket-qua"} & counts(taken_back)


def test_every_dossier_that_is_over_is_on_time_late_or_was_never_promised():
    done = replace(FILED, finished_at=AT, marks=(Mark("Received", AT, due=AT),))
    for case in (done, replace(done, marks=()), replace(done, finished_at=AT + timedelta(days=1))):
        assert len({"dung-han", "xong-tre", "khong-hen"} & counts(case)) == 1


def part(agency, state="open"):
    return Part(1, "leg", agency, state, "step", "d", Status.PROCESSING, AT, AT)


def test_a_dossier_waits_for_another_agency_only_when_nothing_of_ours_is_open():
    theirs = replace(FILED, parts=(part("G01"),))
    both = replace(FILED, parts=(part("G01"), part("H24.239")))
    assert "cho-co-quan-khac" in counts(theirs)
    assert "cho-co-quan-khac" not in counts(both)


def test_a_group_counts_what_its_lists_hold():
    cases = [replace(FILED, dossier=n, parts=(part("G01"),) * (n % 2)) for n in range(5)]
    for key, found in split(cases, FRAME, "dang-giai-quyet", "khau"):
        assert members(cases, FRAME, "dang-giai-quyet", "khau", key) == found


def test_every_figure_has_a_name_and_every_share_two_figures():
    assert set(NAMES) == {*CASES, *PARTS, REGISTER}
    assert {name for share in (*SHARES, *DECREE) for name in (share.counted, share.of)} <= set(
        CASES
    )
    assert set(GROUPS) == {"khau", "nguyen-nhan", "ly-do", "nguoi", "nguoi-giu"}


# --- cells ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("begun", ["=1+1", "+84", "-1", "@SUM(A1)", "\t=1", " =1", "\r\n=1", "|\n"])
def test_no_cell_begins_as_a_formula(begun):
    assert not harmless(begun).startswith(("=", "+", "-", "@", "\t", "\r", " ="))
    assert "\n" not in harmless(begun)


@given(st.text())
def test_what_is_no_formula_is_left_as_it_is_and_nothing_is_lost(text):
    said = harmless(text)
    assert said.removeprefix("'").translate(dict.fromkeys(range(32), " ")) in {
        text.translate(dict.fromkeys(range(32), " ")),
        text.translate(dict.fromkeys(range(32), " ")).removeprefix("'"),
    }
    assert not said.lstrip().startswith(("=", "+", "-", "@"))
