"""Read the address, the device and the language of a client from its request."""

from __future__ import annotations

import ipaddress
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

MAX_USER_AGENT = 300
MAX_ACCEPT_LANGUAGE = 500

# The request that is being answered.
current_request: ContextVar[HttpRequest | None] = ContextVar("current_request", default=None)


def get_current_ip_address() -> str | None:
    """Return the client's address of the request that is being answered, where there is one."""
    request = current_request.get()
    return get_ip_address(request) if request else None


def get_ip_address(request: HttpRequest) -> str | None:
    """Return the client's address; of `X-Forwarded-For` only the entries of trusted proxies count."""
    return resolve_ip_address(request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", ""))


def resolve_ip_address(claimed: str, forwarded_for: str) -> str | None:
    """Return the client's address of any connection, from its peer and its `X-Forwarded-For` header."""
    forwarded = [part.strip() for part in forwarded_for.split(",") if part.strip()]
    if settings.TRUSTED_PROXIES and forwarded:
        claimed = forwarded[-min(settings.TRUSTED_PROXIES, len(forwarded))]
    return _normalise_address(claimed)


@lru_cache(1024)
def _normalise_address(claimed: str) -> str | None:
    """Return an address as Python writes it, or None. Each request asks twice, and most for an address known before."""
    try:
        return str(_unmap_ipv4(ipaddress.ip_address(_strip_port(claimed))))
    except ValueError:
        return None


def find_network(scope: dict[str, Any]) -> str | None:
    """Return the network that a connection comes from, of its ASGI scope, by the same rules as for a request."""
    return get_network(_find_ip_address(scope))


def find_wider_network(scope: dict[str, Any]) -> str | None:
    """Return the wider network that a connection comes from, of its ASGI scope."""
    return get_wider_network(_find_ip_address(scope))


def get_network(ip_address: str | None) -> str | None:
    """Return the network that a client can't change at will: its IPv4 address, or the /64 of its IPv6 address."""
    return _truncate_address(ip_address, bits=32, bits_of_ipv6=64)


def get_wider_network(ip_address: str | None) -> str | None:
    """Return the network that an address mostly stays in when its provider assigns another: IPv4 /24, IPv6 /48."""
    return _truncate_address(ip_address, bits=24, bits_of_ipv6=48)


def get_origin(request: HttpRequest) -> str:
    """Return the URL of this server for links in mails, `https://atrium.example/`; "" for a request to no server."""
    return request.build_absolute_uri("/") if "SERVER_NAME" in request.META else ""


def get_user_agent(request: HttpRequest) -> str:
    """Return the user agent without NUL, at most 300 characters."""
    return request.META.get("HTTP_USER_AGENT", "").replace("\0", "")[:MAX_USER_AGENT]


@lru_cache(64)
def pick_language(header: str) -> str:
    """Return the first supported language of an Accept-Language header, else the default."""
    for code, _ in parse_accept_lang_header(header[:MAX_ACCEPT_LANGUAGE].lower()):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def _find_ip_address(scope: dict[str, Any]) -> str | None:
    forwarded = b",".join(value for name, value in scope["headers"] if name == b"x-forwarded-for")
    peer = scope.get("client") or ("",)
    return resolve_ip_address(peer[0], forwarded.decode("latin-1"))


def _truncate_address(ip_address: str | None, *, bits: int, bits_of_ipv6: int) -> str | None:
    if ip_address is None:
        return None
    address = _unmap_ipv4(ipaddress.ip_address(ip_address.partition("%")[0]))
    return str(ipaddress.ip_network((address, bits_of_ipv6 if address.version == 6 else bits), strict=False))


def _unmap_ipv4(address: Address) -> Address:
    """Return the IPv4 address of an IPv4-mapped one (::ffff:203.0.113.7), all of which would be one network."""
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _strip_port(claimed: str) -> str:
    """Remove the port that some proxies add, as in 203.0.113.7:5555 and [2001:db8::7]:5555."""
    if claimed.startswith("["):
        return claimed[1:].partition("]")[0]
    host, _, port = claimed.partition(":")
    return claimed if ":" in port else host
