"""Sealing: values open with their key and in their place, keys come and go, and none is made anew."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from motcua.toolkit.refusals import KeyIsMissing
from motcua.toolkit.sealed_fields import SealedJSON, SealedText
from motcua.toolkit.sealing import DoesNotOpen, KeyRing, keyed, ring, seal, unseal

HERE = b"people.name"
MAI = "Nguyễn Thị Mai".encode()


@pytest.fixture(autouse=True)
def own_keys(settings: Settings, tmp_path: Path) -> None:
    settings.SEALING_KEYS = tmp_path / "secrets" / "sealing"


def test_what_is_sealed_opens_and_never_looks_the_same_twice() -> None:
    first, second = seal(MAI, HERE), seal(MAI, HERE)
    assert unseal(first, HERE) == unseal(second, HERE) == MAI
    assert first != second
    assert MAI not in first


def test_a_value_moved_to_another_column_does_not_open() -> None:
    with pytest.raises(DoesNotOpen, match=r"people\.phone"):
        unseal(seal(MAI, HERE), b"people.phone")


@pytest.mark.parametrize("place", [6, 20, -1])
def test_one_changed_byte_is_noticed(place: int) -> None:
    envelope = bytearray(seal(MAI, HERE))
    envelope[place] ^= 1
    with pytest.raises(DoesNotOpen):
        unseal(bytes(envelope), HERE)


def test_what_an_old_key_sealed_opens_until_it_is_retired() -> None:
    old = ring().current
    envelope = seal(MAI, HERE)
    new = ring().renew()
    assert unseal(envelope, HERE) == MAI
    assert seal(MAI, HERE)[1:5] == new != old
    ring().retire(old)
    with pytest.raises(KeyIsMissing) as told:
        unseal(envelope, HERE)
    assert told.value.data == {"key": old.hex()}


def test_another_process_seals_with_the_new_key_at_once() -> None:
    ring().renew()
    other = KeyRing(ring().folder)
    assert other.current == ring().current
    assert other.renew() == ring().current


def test_the_current_key_is_never_retired() -> None:
    with pytest.raises(ValueError, match="in use"):
        ring().retire(ring().current)


def test_processes_that_start_at_once_share_one_ring(tmp_path: Path) -> None:
    place = tmp_path / "secrets" / "new"
    with ThreadPoolExecutor(8) as starting:
        rings = list(starting.map(lambda _: KeyRing(place), range(8)))
    assert len({(keys.current, keys.lookup) for keys in rings}) == 1
    assert [found.name for found in place.parent.iterdir()] == ["new"]


def test_lost_keys_are_missed_and_not_made_anew() -> None:
    keys = ring()
    for place in keys.folder.iterdir():
        place.unlink()
    with pytest.raises(KeyIsMissing):
        _ = keys.current
    with pytest.raises(KeyIsMissing):
        KeyRing(keys.folder)


def test_keys_are_read_by_their_owner_only() -> None:
    assert ring().folder.stat().st_mode & 0o777 == 0o700
    assert {place.stat().st_mode & 0o777 for place in ring().folder.iterdir()} == {0o600}


def test_equal_values_are_found_by_purpose_whatever_seals() -> None:
    before = keyed("phone", "0912345678")
    ring().renew()
    assert keyed("phone", "0912345678") == before != keyed("number", "0912345678")
    assert len(before) == 32


def test_nothing_is_stored_as_nothing() -> None:
    assert SealedText().sealed("") == SealedJSON(default=list).sealed([]) == b""
    assert SealedText().opened(b"") == ""
    assert SealedJSON().opened(b"") == {}
    assert SealedJSON(default=list).opened(b"") == []
    assert SealedJSON().opened(SealedJSON().sealed([])) == []


def test_a_field_opens_what_it_sealed_and_refuses_to_be_searched() -> None:
    field = SealedJSON()
    assert field.opened(field.sealed({"tên": ["Mai", None, 1]})) == {"tên": ["Mai", None, 1]}
    assert field.get_transform("tên") is None
