"""Who a client is taken for: by its address, however it is written, and by the network it can't leave."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from lib.web.client import get_ip_address, get_network, get_wider_network


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
def test_an_address_is_read_however_a_proxy_writes_it(settings: Settings, written: str, read: str | None) -> None:
    settings.TRUSTED_PROXIES = 1
    request = RequestFactory().get("/", headers={"X-Forwarded-For": f"198.51.100.1, {written}"})

    assert get_ip_address(request) == read


def test_ipv4_addresses_in_ipv6_are_clients_of_their_own() -> None:
    assert get_network("::ffff:203.0.113.7") == get_network("203.0.113.7") != get_network("::ffff:203.0.113.8")
    assert get_wider_network("::ffff:203.0.113.7") == "203.0.113.0/24"


def test_an_ipv6_client_is_its_network() -> None:
    assert get_network("2001:db8:1:2::1") == get_network("2001:db8:1:2::2%eth0") == "2001:db8:1:2::/64"
    assert get_network(None) is None
