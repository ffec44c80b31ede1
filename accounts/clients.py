"""Where a request came from."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

MAX_USER_AGENT = 300


def ip_address_of(request: HttpRequest) -> str | None:
    """The client's address; what proxies say counts only from as many as we trust."""
    claimed = request.META.get("REMOTE_ADDR", "")
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if settings.TRUSTED_PROXIES and forwarded:
        claimed = forwarded[-min(settings.TRUSTED_PROXIES, len(forwarded))]
    try:
        return str(ipaddress.ip_address(claimed))
    except ValueError:
        return None


def network_of(ip_address: str | None) -> str | None:
    """What one client can't leave at will: its address, in IPv6 the 64 bits that are given out as one."""
    if ip_address is None or ":" not in ip_address:
        return ip_address
    return str(ipaddress.IPv6Network(f"{ip_address.partition('%')[0]}/64", strict=False))


def neighbourhood_of(ip_address: str | None) -> str | None:
    """What is most often left of an address when a provider gives out another one."""
    if ip_address is None:
        return None
    prefix = 48 if ":" in ip_address else 24
    return str(ipaddress.ip_network(f"{ip_address.partition('%')[0]}/{prefix}", strict=False))


def origin_of(request: HttpRequest) -> str:
    """Where people reach this place, for links in mails: `https://atrium.example/`. None when no server was asked."""
    return request.build_absolute_uri("/") if "SERVER_NAME" in request.META else ""


def user_agent_of(request: HttpRequest) -> str:
    return request.META.get("HTTP_USER_AGENT", "").replace("\0", "")[:MAX_USER_AGENT]
