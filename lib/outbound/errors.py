"""Why another server was not asked, or gave no answer."""

from __future__ import annotations


class OutboundError(Exception):
    """Base of all of these. Their texts are for logs: they name hosts, never paths, queries or bodies."""


class UrlRefused(OutboundError):
    """A URL that is never asked for: of another scheme, with a password, on a port of another protocol, or broken."""


class AddressRefused(OutboundError):
    """A host all of whose addresses are private or special."""


class HostNotFound(OutboundError):
    """A host without an address."""


class ConnectionFailed(OutboundError):
    """A server that could not be reached, ended the connection, or has no valid certificate."""


class TimedOut(OutboundError):
    """A server that took longer than it may, all in all."""


class TooManyRedirects(OutboundError):
    """An answer that leads elsewhere again and again."""


class BadAnswer(OutboundError):
    """An answer that is no HTTP, or compressed in a way that was not asked for."""
