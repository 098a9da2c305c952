"""Whose allowance a request spends: told by the connection, and by our own proxies only."""

import pytest
from django.test import Client, RequestFactory

from motcua.toolkit.arrivals import LARGEST
from motcua.toolkit.networks import address_of, brake, network_of
from motcua.toolkit.refusals import TooOften

PROXY = "10.0.0.1"


def request(address="203.0.113.7", told=""):
    extra = {"HTTP_X_FORWARDED_FOR": told} if told else {}
    return RequestFactory().get("/", REMOTE_ADDR=address, **extra)


@pytest.fixture(autouse=True)
def _behind_a_proxy(settings):
    settings.TRUSTED_PROXIES = frozenset({PROXY, "10.0.0.2"})


def test_without_a_proxy_of_ours_the_header_is_not_believed():
    assert address_of(request(told="198.51.100.1")) == "203.0.113.7"


def test_our_proxy_tells_who_asked():
    assert address_of(request(PROXY, "198.51.100.1")) == "198.51.100.1"


def test_what_the_person_wrote_before_our_proxies_words_is_not_believed():
    assert address_of(request(PROXY, "192.0.2.99, 198.51.100.1, 10.0.0.2")) == "198.51.100.1"


def test_a_header_that_is_no_address_leaves_the_proxys_own():
    assert address_of(request(PROXY, "unknown")) == PROXY


def test_one_household_shares_an_ipv6_network():
    assert network_of(request("2001:db8:1:2::1")) == network_of(request("2001:db8:1:2:ffff::9"))
    assert network_of(request("2001:db8:1:2::1")) != network_of(request("2001:db8:1:3::1"))


def test_an_ipv4_address_is_the_same_however_it_is_written():
    assert network_of(request("::ffff:203.0.113.7")) == network_of(request("203.0.113.7"))


@pytest.mark.django_db
def test_a_network_that_asks_too_often_is_stopped_and_its_neighbour_is_not():
    for _ in range(3):
        brake(request(), "asking", 3)
    with pytest.raises(TooOften):
        brake(request(), "asking", 3)
    brake(request("203.0.113.8"), "asking", 3)


@pytest.mark.django_db
def test_a_body_longer_than_all_papers_together_is_refused_before_it_is_read(client: Client):
    answer = client.generic("POST", "/theo-doi/", b"", CONTENT_LENGTH=LARGEST + 1)
    assert answer.status_code == 413
    assert "101 MB" in answer.content.decode()
