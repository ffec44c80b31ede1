"""Say which push services are asked: users name the address, so that not every one is."""

from __future__ import annotations

from fnmatch import fnmatchcase

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lib.outbound.errors import UrlRefused
from lib.outbound.urls import Target, parse_url

# Of Chrome and most that are made from it, Firefox, Safari, Edge.
KNOWN_HOSTS = (
    "fcm.googleapis.com",
    "jmt17.google.com",
    "*.push.services.mozilla.com",
    "*.push.apple.com",
    "*.notify.windows.com",
)
# These take a subscription away whose pushes show nothing, as one that only closes notifications does.
HOSTS_FOR_VISIBLE_PUSHES = ("*.push.services.mozilla.com", "*.push.apple.com")


def check_endpoint(url: str) -> Target:
    """Return the parts of a subscription's address. Raise ValidationError where no push may be sent there."""
    try:
        target = parse_url(url)
    except UrlRefused as error:
        raise ValidationError({"endpoint": _("This is no address of a push service.")}) from error
    if not is_allowed(target):
        raise ValidationError({"endpoint": _("This server sends nothing to that push service.")})
    return target


def is_allowed(target: Target) -> bool:
    """Tell whether PUSH_HOSTS allows an address: by its host, at the port of HTTPS alone, or by its whole origin."""
    scheme, host, port = target.origin
    hosts = settings.PUSH_HOSTS or KNOWN_HOSTS
    if f"{scheme}://{host}:{port}" in hosts:
        return True
    is_https = scheme == "https" and port == 443
    return is_https and any(fnmatchcase(host.rstrip("."), pattern) for pattern in hosts)


def may_close_silently(host: str) -> bool:
    """Tell whether a service lets a push show nothing now and then."""
    return not any(fnmatchcase(host, pattern) for pattern in HOSTS_FOR_VISIBLE_PUSHES)
