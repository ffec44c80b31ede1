"""Who a client is taken for: by its address, however it is written, and by the network it can't leave."""

import pytest
from django.test import RequestFactory

from lib.web.client import ip_address_of, neighbourhood_of, network_of


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("203.0.113.7:5555", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8::7", "2001:db8::7"),
        ("[2001:db8::7]:5555", "2001:db8::7"),
        ("[2001:db8::7]", "2001:db8::7"),
        ("unknown", None),
        (":5555", None),
    ],
)
def test_an_address_is_read_however_a_proxy_writes_it(settings, written, read):
    settings.TRUSTED_PROXIES = 1
    request = RequestFactory().get("/", headers={"X-Forwarded-For": f"198.51.100.1, {written}"})

    assert ip_address_of(request) == read


def test_ipv4_addresses_in_ipv6_are_clients_of_their_own():
    assert network_of("::ffff:203.0.113.7") == network_of("203.0.113.7") != network_of("::ffff:203.0.113.8")
    assert neighbourhood_of("::ffff:203.0.113.7") == "203.0.113.0/24"


def test_an_ipv6_client_is_its_network():
    assert network_of("2001:db8:1:2::1") == network_of("2001:db8:1:2::2%eth0") == "2001:db8:1:2::/64"
    assert network_of(None) is None
