"""Which credentials count at the door."""

from typing import Any

import pytest
from pytest_django import Settings

from chat.socket.handshake import Credentials, read_credentials
from lib.web.client import find_network

OURS = "https://atrium.example"


@pytest.mark.parametrize(
    ("origin", "counts"),
    [
        (OURS, True),
        ("https://evil.example", False),
        ("https://atrium.example.evil.example", False),
        ("https://atrium.example@evil.example", False),
        ("null", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_a_cookie_counts_only_from_our_own_pages(settings: Settings, origin: str, counts: bool) -> None:
    cookie = f"{settings.SESSION_COOKIE_NAME}=key".encode()
    headers = [(b"host", b"atrium.example"), (b"origin", origin.encode()), (b"cookie", cookie)]

    assert read_credentials({"headers": headers}) == Credentials(session_key="key" if counts else "")


@pytest.mark.parametrize(
    ("https", "origin", "counts"),
    [
        (True, "https://atrium.example", True),
        (True, "http://atrium.example", False),
        (True, "http://trusted.example", True),
        (False, "http://atrium.example", True),
        # A proxy ends TLS, and nobody has told us.
        (False, "https://atrium.example", True),
        (False, "ftp://atrium.example", False),
    ],
)
def test_a_page_without_tls_is_not_ours_where_there_is_tls(
    settings: Settings, https: bool, origin: str, counts: bool
) -> None:
    settings.HTTPS, settings.CSRF_TRUSTED_ORIGINS = https, ["http://trusted.example"]
    cookie = f"{settings.SESSION_COOKIE_NAME}=key".encode()
    headers = [(b"host", b"atrium.example"), (b"origin", origin.encode()), (b"cookie", cookie)]

    assert bool(read_credentials({"headers": headers})) == counts


@pytest.mark.parametrize(
    ("proxies", "forwarded", "client"),
    [
        (0, [b"203.0.113.7"], "192.0.2.1/32"),
        (1, [b"203.0.113.7"], "203.0.113.7/32"),
        (1, [b"203.0.113.7, 203.0.113.8"], "203.0.113.8/32"),
        (1, [b"203.0.113.7", b"203.0.113.8"], "203.0.113.8/32"),
        (1, [], "192.0.2.1/32"),
        (1, [b"2001:db8::7"], "2001:db8::/64"),
        (1, [b"unknown"], None),
    ],
)
def test_a_client_is_known_as_it_is_at_rest(
    settings: Settings, proxies: int, forwarded: list[Any], client: str | None
) -> None:
    settings.TRUSTED_PROXIES = proxies
    headers = [(b"x-forwarded-for", value) for value in forwarded]

    assert find_network({"headers": headers, "client": ("192.0.2.1", 5555)}) == client


def test_a_connection_without_a_peer_is_of_nobody_known() -> None:
    assert find_network({"headers": [], "client": None}) is None
