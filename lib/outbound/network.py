"""Connect to a host at an address that was checked, and keep each step within one deadline."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterable, Sequence
from ipaddress import ip_address
from typing import Any

import httpcore2

from lib.outbound.addresses import Network, is_allowed, is_reachable
from lib.outbound.errors import AddressRefused, ConnectionFailed, HostNotFound, TimedOut, UrlRefused
from lib.outbound.urls import PORTS

# Of a host with many addresses, so many are tried, each for so many seconds.
MAX_TRIED = 4
CONNECT_SECONDS = 2.5
# The system's resolver can't be interrupted: what waits longer than its request is left to end by itself.
MAX_LOOKUPS = 16

_lookups = threading.BoundedSemaphore(MAX_LOOKUPS)


class Deadline:
    """The end of the time that a request may take, in all its parts."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def seconds_left(self) -> float:
        """Return the seconds until then. Raise TimedOut after it."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimedOut("The server took too long.")
        return left


class GuardedBackend(httpcore2.NetworkBackend):
    """Makes the connections of a pool: to public addresses, and to those in `networks`, within a deadline.

    A name is resolved once, and the connection made to one of the very addresses that were checked.
    """

    def __init__(self, deadline: Deadline, networks: Sequence[Network]) -> None:
        self._deadline = deadline
        self._networks = networks
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to a host. Raise HostNotFound, AddressRefused, UrlRefused for its port, ConnectionFailed."""
        found = resolve_host(host.strip("[]"), self._deadline)
        addresses = [address for address in found if self._may_reach(address)]
        if not addresses:
            raise AddressRefused(f"All addresses of {host} are private or special.")
        if port not in PORTS:
            addresses = [address for address in addresses if is_allowed(ip_address(address), self._networks)]
            if not addresses:
                raise UrlRefused(f"Port {port} is none of a web server.")
        return self._connect_to_first(addresses[:MAX_TRIED], port)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore2.NetworkStream:
        """Refuse: sockets in the file system are this server's own."""
        raise AddressRefused("Only hosts are asked.")

    def _connect_to_first(self, addresses: Sequence[str], port: int) -> httpcore2.NetworkStream:
        """Return a connection to the first address that answers."""
        for address in addresses:
            seconds = min(self._deadline.seconds_left, CONNECT_SECONDS)
            try:
                stream = self._sockets.connect_tcp(address, port, timeout=seconds)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
            self._require_checked_peer(stream)
            return _TimedStream(stream, self._deadline)
        raise ConnectionFailed("The server could not be reached.")

    def _require_checked_peer(self, stream: httpcore2.NetworkStream) -> None:
        """Check the address at the other end too: that of the socket, whatever led to it."""
        try:
            peer = stream.get_extra_info("server_addr")[0]
        except OSError as error:
            stream.close()
            raise ConnectionFailed("The server ended the connection.") from error
        if not self._may_reach(peer):
            stream.close()
            raise AddressRefused("The connection leads to a private address.")

    def _may_reach(self, address: str) -> bool:
        return is_reachable(address, self._networks)


class _TimedStream(httpcore2.NetworkStream):
    """A connection each of whose steps ends with the deadline, however slowly the other side goes on."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.seconds_left)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.seconds_left)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.seconds_left)
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def resolve_host(host: str, deadline: Deadline) -> list[str]:
    """Return the IP addresses of a name or of an address in any notation, in the order in which to try them."""
    if not _lookups.acquire(timeout=deadline.seconds_left):
        raise TimedOut("Too many names are looked up.")
    found: list[str] = []

    def look_up() -> None:
        try:
            for *_, address in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM):
                found.append(str(address[0]))
        except (OSError, UnicodeError):
            pass
        finally:
            _lookups.release()

    thread = threading.Thread(target=look_up, name="atrium-lookup", daemon=True)
    thread.start()
    thread.join(deadline.seconds_left)
    if thread.is_alive():
        raise TimedOut("The name was not resolved in time.")
    if not found:
        raise HostNotFound(f"{host} has no address.")
    return list(dict.fromkeys(found))
