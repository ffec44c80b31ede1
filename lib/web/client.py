"""Where a request came from, and in which language it wants its answer."""

from __future__ import annotations

import ipaddress
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


MAX_USER_AGENT = 300


MAX_ACCEPT_LANGUAGE = 500


# Where the request that is being answered comes from, for what is written down along the way.
current_ip_address: ContextVar[str | None] = ContextVar("current_ip_address", default=None)


def ip_address_of(request: HttpRequest) -> str | None:
    """The client's address; what proxies say counts only from as many as we trust."""
    return ip_address_behind(request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", ""))


def ip_address_behind(claimed: str, forwarded_for: str) -> str | None:
    """The same of any connection, by its peer and what its `X-Forwarded-For` says."""
    forwarded = [part.strip() for part in forwarded_for.split(",") if part.strip()]
    if settings.TRUSTED_PROXIES and forwarded:
        claimed = forwarded[-min(settings.TRUSTED_PROXIES, len(forwarded))]
    try:
        return str(_plain(ipaddress.ip_address(_without_port(claimed))))
    except ValueError:
        return None


def network_of(ip_address: str | None) -> str | None:
    """What one client can't leave at will: its address, in IPv6 the 64 bits that are given out as one."""
    return _network(ip_address, bits=32, bits_of_ipv6=64)


def neighbourhood_of(ip_address: str | None) -> str | None:
    """What is most often left of an address when a provider gives out another one."""
    return _network(ip_address, bits=24, bits_of_ipv6=48)


def origin_of(request: HttpRequest) -> str:
    """Where people reach this place, for links in mails: `https://atrium.example/`. None when no server was asked."""
    return request.build_absolute_uri("/") if "SERVER_NAME" in request.META else ""


def user_agent_of(request: HttpRequest) -> str:
    return request.META.get("HTTP_USER_AGENT", "").replace("\0", "")[:MAX_USER_AGENT]


def accepted_language(header: str) -> str:
    """Of the languages that an Accept-Language header names, the first that we speak, else our own."""
    for code, _ in parse_accept_lang_header(header[:MAX_ACCEPT_LANGUAGE].lower()):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def _network(ip_address: str | None, *, bits: int, bits_of_ipv6: int) -> str | None:
    if ip_address is None:
        return None
    address = _plain(ipaddress.ip_address(ip_address.partition("%")[0]))
    return str(ipaddress.ip_network((address, bits_of_ipv6 if address.version == 6 else bits), strict=False))


def _plain(address: Address) -> Address:
    """A socket for both kinds writes 203.0.113.7 as ::ffff:203.0.113.7: all of them would be one network."""
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _without_port(claimed: str) -> str:
    """Some proxies name the port too, as in 203.0.113.7:5555 and [2001:db8::7]:5555."""
    if claimed.startswith("["):
        return claimed[1:].partition("]")[0]
    host, _, port = claimed.partition(":")
    return claimed if ":" in port else host
