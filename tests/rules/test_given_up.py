"""How many declarations were given up: told in numbers that show nobody."""

from hypothesis import given
from hypothesis import strategies as st

from motcua.reports.rules.given_up import GivenUp, published

FEW = st.dictionaries(
    st.tuples(st.integers(1, 3), st.sampled_from("abcd")), st.integers(1, 9), max_size=12
)


def test_a_service_with_enough_stands_beside_what_was_filed():
    rows = published({(1, "a"): 20, (1, "b"): 5}, {(1, "a"): 80, (1, "b"): 95})
    assert rows == [GivenUp(1, "", 25, 175), GivenUp(1, "a", 20, 80), GivenUp(1, "b", 5, 95)]
    assert [row.share for row in rows] == [13, 20, 5]


def test_what_is_too_little_is_left_out_of_the_office_too():
    assert published({(1, "a"): 20, (1, "b"): 4}, {(1, "a"): 80, (1, "b"): 96}) == [
        GivenUp(1, "", 20, 80),
        GivenUp(1, "a", 20, 80),
    ]


def test_where_nobody_filed_all_was_given_up():
    assert [row.share for row in published({(1, "a"): 5}, {})] == [100, 100]


@given(FEW)
def test_no_number_under_five_can_be_told_or_computed(forgotten):
    rows = published(forgotten, {})
    assert all(row.forgotten >= 5 for row in rows)
    for whole in (row for row in rows if not row.procedure):
        told = sum(r.forgotten for r in rows if r.agency == whole.agency and r.procedure)
        assert whole.forgotten - told == 0 or whole.forgotten - told >= 5
