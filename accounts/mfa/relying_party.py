"""Identify this server to passkeys, which work at the domain where they were made and nowhere else."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lib.web.errors import Conflict

UNAVAILABLE = "passkeys_unavailable"
LOCAL_NAME = "localhost"


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """Server as passkeys know it: its domain, and the origins of the pages that may use them."""

    id: str
    origins: list[str]


def find_relying_party(request: HttpRequest) -> RelyingParty:
    """Return the relying party at the address of a request.

    An origin of CSRF_TRUSTED_ORIGINS at the same domain counts too: a proxy may encrypt without saying so. Raise
    `Conflict` where browsers offer no passkeys: at an IP address, and without encryption but at localhost.
    """
    own = urlsplit(f"{request.scheme}://{request.get_host()}")
    domain = own.hostname or ""
    if _is_ip_address(domain):
        raise Conflict(
            _("Passkeys don’t work with an IP address: open the server by its name, or as http://localhost here."),
            UNAVAILABLE,
        )
    trusted = [origin for origin in settings.CSRF_TRUSTED_ORIGINS if urlsplit(origin).hostname == domain]
    origins = [origin for origin in (f"{own.scheme}://{own.netloc}", *trusted) if _is_secure(origin)]
    if not origins:
        raise Conflict(_("Passkeys need an encrypted connection: open this server by https://."), UNAVAILABLE)
    return RelyingParty(id=domain, origins=origins)


def explain_unavailability(request: HttpRequest) -> str:
    """Return why passkeys can't be used at the address of a request, or nothing where they can."""
    try:
        find_relying_party(request)
    except Conflict as error:
        return str(error.detail)
    return ""


def _is_secure(origin: str) -> bool:
    """Tell whether browsers count pages of an origin as secure contexts (W3C Secure Contexts, 3.1)."""
    parts = urlsplit(origin)
    hostname = parts.hostname or ""
    return parts.scheme == "https" or hostname == LOCAL_NAME or hostname.endswith(f".{LOCAL_NAME}")


def _is_ip_address(domain: str) -> bool:
    try:
        ipaddress.ip_address(domain)
    except ValueError:
        return False
    return True
