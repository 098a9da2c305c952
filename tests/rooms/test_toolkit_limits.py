from datetime import UTC, datetime, timedelta

import pytest

from motcua.toolkit import limits
from motcua.toolkit.models import Spending
from motcua.toolkit.refusals import TooOften

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def spend(key: str = "otp:a", at: datetime = NOON, limit: int = 3) -> int:
    return limits.spend(key, limit=limit, per_seconds=600, at=at)


def test_each_try_leaves_one_less() -> None:
    assert [spend(), spend(), spend()] == [2, 1, 0]


def test_one_try_too_many_is_refused_and_says_how_long_to_wait() -> None:
    for _ in range(3):
        spend()
    with pytest.raises(TooOften) as refused:
        spend(at=NOON + timedelta(seconds=500))
    assert refused.value.data == {"retry_after": 100, "minutes": 2}
    assert refused.value.status == 429


def test_the_next_stretch_of_time_begins_with_the_whole_allowance() -> None:
    for _ in range(3):
        spend()
    assert spend(at=NOON + timedelta(seconds=600)) == 2


def test_keys_do_not_share_an_allowance() -> None:
    for _ in range(3):
        spend("otp:a")
    assert spend("otp:b") == 2


def test_a_forgotten_key_has_its_whole_allowance_back() -> None:
    spend()
    limits.forget("otp:a")
    assert spend() == 2


def test_counts_whose_time_is_over_are_dropped() -> None:
    spend("old", at=NOON - timedelta(hours=2))
    spend("new")
    assert limits.drop_ended(before=NOON) == 1
    assert Spending.objects.get().key == "new"
