"""Read the URLs that are asked for, and refuse what no link to a page needs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

import idna

from lib.outbound.errors import UrlRefused

MAX_LENGTH = 2000
DEFAULT_PORTS = {"http": 80, "https": 443}
# Where else web servers are found. At any other a request may reach a server that takes it for commands.
PORTS = {*DEFAULT_PORTS.values(), 3000, 5000, 8000, 8008, 8080, 8443, 8888, 9000, 9443}
# Characters that stand in a path or query as they are; `%`, since most is quoted already.
SAFE = "%/:=&?~+!$,;'@()*[]|"
BROKEN = re.compile(r"[\x00-\x20\x7f\\]")
HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.\-]{0,251}[a-z0-9_])?\.?|\[[0-9a-f:.]{2,45}\]")


@dataclass(frozen=True, slots=True)
class Target:
    """Parts of a URL as they are sent. The host of an IPv6 address has no brackets."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port

    @property
    def url(self) -> str:
        """Return the URL that this was read from, normalised."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.path}"


def parse_url(url: str) -> Target:
    """Return the parts of a URL. Raise UrlRefused for one that is broken, names a user, or is not of http or https."""
    if len(url) > MAX_LENGTH or BROKEN.search(url):
        raise UrlRefused("The URL is broken or too long.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise UrlRefused("The URL is broken.") from error
    if parts.scheme not in DEFAULT_PORTS:
        raise UrlRefused("Only http and https are asked.")
    if "@" in parts.netloc:
        raise UrlRefused("A URL with a user or a password is not asked.")
    path = quote(parts.path or "/", safe=SAFE) + (f"?{quote(parts.query, safe=SAFE)}" if parts.query else "")
    return Target(parts.scheme, _normalize_host(parts.hostname or ""), port or DEFAULT_PORTS[parts.scheme], path)


def resolve_redirect(target: Target, location: str) -> Target:
    """Return where an answer leads. Raise UrlRefused as `parse_url` does."""
    try:
        joined = urljoin(target.url, location.strip())
    except ValueError as error:
        raise UrlRefused("The URL is broken.") from error
    return parse_url(joined)


def _normalize_host(host: str) -> str:
    if ":" in host:
        shown = f"[{host}]"
    elif host.isascii():
        shown = host.lower()
    else:
        try:
            shown = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError as error:
            raise UrlRefused("The host's name is broken.") from error
    if not HOST.fullmatch(shown):
        raise UrlRefused("The host's name is broken.")
    return shown.strip("[]")
