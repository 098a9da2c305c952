"""The rows of a repeated group come and go by the buttons of the page, whatever else was posted."""

from hypothesis import given
from hypothesis import strategies as st

from motcua.procedures.rules.group_rows import after_row_buttons

CHILDREN = {
    "children__rows": ["3"],
    "children__0__name": ["An"],
    "children__1__name": ["Bình"],
    "children__2__name": ["Chi"],
    "mother": ["Mai"],
}


def test_a_page_without_a_row_button_stays_as_posted() -> None:
    assert after_row_buttons(CHILDREN).values == CHILDREN


def test_a_row_is_added_at_the_end() -> None:
    after = after_row_buttons({**CHILDREN, "_add": ["children"]})
    assert after.number("children__rows") == 4
    assert after.one("children__2__name") == "Chi"


def test_the_first_row_of_a_group_is_added_where_none_was_posted() -> None:
    assert after_row_buttons({"_add": ["children"]}).number("children__rows") == 1


def test_the_rows_after_one_taken_out_move_up() -> None:
    after = after_row_buttons({**CHILDREN, "_remove": ["children__1"]})
    names = [after.one(f"children__{number}__name") for number in range(3)]
    assert (names, after.number("children__rows")) == (["An", "Chi", ""], 2)


def test_other_answers_stay_when_a_row_is_taken_out() -> None:
    assert after_row_buttons({**CHILDREN, "_remove": ["children__0"]}).one("mother") == "Mai"


@given(st.sampled_from(["_add", "_remove"]), st.text(max_size=12), st.text(max_size=12))
def test_whatever_a_button_says_nothing_breaks(button: str, said: str, count: str) -> None:
    after = after_row_buttons({button: [said], f"{said}__rows": [count]})
    assert 0 <= after.number(f"{said}__rows") < 10**9


def test_a_number_of_rows_beyond_reason_counts_as_none() -> None:
    after = after_row_buttons({"_add": ["children"], "children__rows": ["9999999999"]})
    assert after.number("children__rows") == 1


def test_a_row_left_empty_is_taken_out_and_the_rest_move_up() -> None:
    after = after_row_buttons({**CHILDREN, "children__1__name": [""]})
    names = [after.one(f"children__{number}__name") for number in range(3)]
    assert (names, after.number("children__rows")) == (["An", "Chi", ""], 2)


def test_a_row_just_added_stays_though_it_is_empty() -> None:
    after = after_row_buttons({**CHILDREN, "children__2__name": [""], "_add": ["children"]})
    assert after.number("children__rows") == 3


def test_a_stranger_who_posts_thousands_of_groups_costs_as_little_as_one_who_posts_twenty():
    """Each is looked for among all that came: of thousands that would be millions of looks."""
    real = {"home.members__rows": ["2"], "home.members__1__m.name": ["Lan"]}
    many = {f"g{number}__rows": ["1"] for number in range(2000)}
    few = after_row_buttons({**real, **many})
    assert few.number("home.members__rows") == 1
    late = after_row_buttons({**many, **real})
    assert late.number("home.members__rows") == 2
