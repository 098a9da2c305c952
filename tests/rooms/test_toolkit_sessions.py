"""Requests of one visit that overlap: none takes back what another noted."""

import pytest
from django.contrib.sessions.backends.base import UpdateError

from motcua.toolkit.session_store import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def key():
    visit = SessionStore()
    visit["language"], visit["pledged"] = "vi", []
    visit.save()
    return visit.session_key


def opened(key):
    visit = SessionStore(key)
    visit.get("language")  # read, as a request reads who is there
    return visit


def test_two_requests_at_once_keep_what_each_of_them_noted(key):
    saving, pledging = opened(key), opened(key)
    pledging["pledged"] = ["this draft"]
    pledging.save()
    saving["seen"] = "10:00"
    saving.save()
    assert dict(opened(key).items()) == {
        "language": "vi",
        "pledged": ["this draft"],
        "seen": "10:00",
    }


def test_what_one_request_dropped_does_not_come_back_with_the_other(key):
    slow, quick = opened(key), opened(key)
    del quick["pledged"]
    quick.save()
    slow["seen"] = "10:00"
    slow.save()
    assert "pledged" not in opened(key)


def test_a_request_writes_twice_and_drops_what_it_wrote_first(key):
    visit = opened(key)
    visit["half-way"] = 1
    visit.save()
    del visit["half-way"]
    visit.save()
    assert "half-way" not in opened(key)


def test_what_ended_meanwhile_is_not_opened_again(key):
    slow = opened(key)
    opened(key).flush()
    slow["seen"] = "10:00"
    with pytest.raises(UpdateError):
        slow.save()
    assert not slow.exists(key)


def test_what_is_carried_into_a_new_session_is_there(key):
    visit = opened(key)
    language = visit["language"]
    visit.flush()
    visit["who"] = "Mai"
    visit.cycle_key()
    visit["language"] = language
    visit.save()
    assert dict(opened(visit.session_key).items()) == {"who": "Mai", "language": "vi"}
