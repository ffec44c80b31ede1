"""Tell at which address users reach this server, where no request says it."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from django.conf import settings

LOCAL = ("localhost", "127.0.0.1", "[::1]", "0.0.0.0", "::", "*")  # noqa: S104  names, nothing listens there


def get_site_origin() -> str:
    """Return the origin in links that jobs make, such as `https://atrium.example`: SITE_URL, else a good guess."""
    return settings.SITE_URL.rstrip("/") or _guess_origin(
        tuple(settings.CSRF_TRUSTED_ORIGINS),
        tuple(settings.ALLOWED_HOSTS),
        settings.SESSION_COOKIE_SECURE,
        settings.PORT,
    )


def get_site_host() -> str:
    """Return the name of the host in `get_site_origin`, without a port."""
    return urlsplit(get_site_origin()).hostname or "localhost"


@cache
def _guess_origin(trusted: tuple[str, ...], hosts: tuple[str, ...], is_secure: bool, port: int) -> str:
    """Return the first trusted origin, else the first host that is not this machine itself, else this machine."""
    scheme = "https" if is_secure else "http"
    origins = [origin for origin in trusted if "*" not in origin]
    named = [f"{scheme}://{host}" for host in hosts if host not in LOCAL and not host.startswith(".")]
    return next(iter([*origins, *named]), f"{scheme}://localhost:{port}")
