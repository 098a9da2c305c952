import pytest

from motcua.toolkit.registry import AlreadyRegistered, NotRegistered, Registry


def test_a_registered_thing_is_found_by_its_name() -> None:
    roads: Registry[int] = Registry("road")
    roads.add("sms", 1)
    assert roads["sms"] == 1
    assert list(roads) == ["sms"]


def test_a_second_thing_of_one_name_is_refused() -> None:
    roads: Registry[int] = Registry("road")
    roads.add("sms", 1)
    with pytest.raises(AlreadyRegistered, match="road 'sms'"):
        roads.add("sms", 2)


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    roads: Registry[int] = Registry("road")
    roads.add("email", 1)
    with pytest.raises(NotRegistered, match="known: email"):
        roads["sms"]


def test_two_registries_know_nothing_of_each_other() -> None:
    first: Registry[int] = Registry("road")
    second: Registry[int] = Registry("road")
    first.add("sms", 1)
    assert "sms" not in second
