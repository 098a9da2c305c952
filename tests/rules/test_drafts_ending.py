"""When a draft's person is warned of its end; how its code is typed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.rules.draft_codes import LENGTH, SIGNS, DraftCodeUnreadable, fresh, read, show
from motcua.dossiers.rules.drafts import warning_due

END = datetime(2027, 1, 26, 3, 0, tzinfo=UTC)


def due(days: float, warned: int = 0) -> int | None:
    return warning_due(END, warned, END - timedelta(days=days))


@pytest.mark.parametrize(
    ("days", "warned", "told"),
    [(15, 0, None), (14, 0, 14), (13, 14, None), (4, 0, 14), (3, 14, 3), (3, 0, 3), (1, 3, None),
     (0, 0, None), (-1, 14, None)],
)  # fmt: skip
def test_a_person_is_warned_fourteen_and_three_days_before(
    days: float, warned: int, told: int | None
) -> None:
    assert due(days, warned) == told


@given(st.lists(st.floats(0, 60), max_size=40))
def test_nobody_is_warned_more_than_twice_of_one_end(moments: list[float]) -> None:
    warned, told = 0, []
    for days in sorted(moments, reverse=True):
        if (now := due(days, warned)) is not None:
            warned = now
            told.append(now)
    assert told in ([], [14], [3], [14, 3])


@given(st.text(SIGNS, min_size=LENGTH, max_size=LENGTH))
def test_a_code_is_read_as_it_is_shown_and_as_people_write_it(code: str) -> None:
    assert read(show(code)) == read(show(code).lower().replace("-", " ")) == code
    assert read(code.replace("0", "O").replace("1", "l")) == code


@pytest.mark.parametrize("typed", ["", "K7Q", "K7Q-DM2-XT9-1", "K7Q-DM2-XT!", "-" * 9])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(DraftCodeUnreadable):
        read(typed)


def test_codes_are_made_anew() -> None:
    assert len({fresh() for _ in range(100)}) == 100
