"""Send a request to a URL that a user chose, and read a bounded answer.

Without cookies, proxies of the environment, or anything else that outlives a request: each has a connection of its own.
It can be called from any thread, and blocks it for at most `seconds`.
"""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import httpcore2
from django.conf import settings

from lib.outbound.addresses import Network
from lib.outbound.errors import BadAnswer, ConnectionFailed, OutboundError, TimedOut, TooManyRedirects
from lib.outbound.network import Deadline, GuardedBackend
from lib.outbound.urls import Target, parse_url, resolve_redirect

SECONDS = 5.0
MAX_BYTES = 1024 * 1024
MAX_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
USER_AGENT = "Atrium"
# Bytes that are decompressed at once.
PIECE = 64 * 1024
# Never to another server than the one that they were meant for.
SECRET_HEADERS = ("authorization", "cookie", "proxy-authorization")


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a server: from which URL in the end, and whether all of its body was read."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    is_complete: bool


def send_request(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    seconds: float = SECONDS,
    max_bytes: int = MAX_BYTES,
    max_redirects: int = MAX_REDIRECTS,
    networks: Sequence[Network] | None = None,
) -> Answer:
    """Return the answer to a request, after redirects, with at most `max_bytes` of its body, counted uncompressed.

    Each redirect is checked as the first URL was, and only a GET is redirected: what is sent goes nowhere else.
    `networks` are the private ones that may be reached, by default those of `OUTBOUND_NETWORKS`. Raise OutboundError.
    """
    deadline = Deadline(seconds)
    allowed = settings.OUTBOUND_NETWORKS if networks is None else networks
    target, sent = parse_url(url), dict(headers or {})
    for _ in range(max_redirects + 1):
        answer = _exchange_once(target, GuardedBackend(deadline, allowed), method, sent, body, max_bytes)
        location = answer.headers.get("location")
        if method != "GET" or answer.status not in REDIRECTS or not location:
            return answer
        origin, target = target.origin, resolve_redirect(target, location)
        if target.origin != origin:
            sent = {name: value for name, value in sent.items() if name.lower() not in SECRET_HEADERS}
    raise TooManyRedirects(f"More than {max_redirects} redirects.")


def _exchange_once(
    target: Target, backend: GuardedBackend, method: str, headers: Mapping[str, str], body: bytes | None, max_bytes: int
) -> Answer:
    named = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip", "Connection": "close", **headers}
    host = f"[{target.host}]" if ":" in target.host else target.host
    url = httpcore2.URL(scheme=target.scheme, host=host, port=target.port, target=target.path)
    pool = httpcore2.ConnectionPool(ssl_context=_build_tls_context(), network_backend=backend)
    with _translate_errors(), pool:
        certified = {"sni_hostname": target.host}  # an IPv6 address without its brackets
        with pool.stream(method, url, headers=list(named.items()), content=body, extensions=certified) as response:
            received = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            is_redirect = response.status in REDIRECTS
            chunks = _decode_chunks(response.iter_stream(), received.get("content-encoding", ""))
            content, is_complete = (b"", False) if is_redirect else _read_at_most(chunks, max_bytes)
    return Answer(target.url, response.status, received, content, is_complete)


def _read_at_most(chunks: Iterator[bytes], max_bytes: int) -> tuple[bytes, bool]:
    """Return the beginning of a body, and whether it is all of it. Nothing is read beyond."""
    content = bytearray()
    for chunk in chunks:
        content += chunk
        if len(content) > max_bytes:
            return bytes(content[:max_bytes]), False
    return bytes(content), True


def _decode_chunks(chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    """Yield what was compressed by gzip in small pieces, so that a bomb is stopped at the limit of bytes."""
    if encoding.strip().lower() in ("", "identity"):
        yield from chunks
        return
    if encoding.strip().lower() not in ("gzip", "x-gzip"):
        raise BadAnswer("The answer is compressed in a way that was not asked for.")
    decompressor = zlib.decompressobj(wbits=31)
    for chunk in chunks:
        while chunk and not decompressor.eof:
            yield decompressor.decompress(chunk, PIECE)
            chunk = decompressor.unconsumed_tail
    yield decompressor.flush()  # less than one match, which has 258 bytes


@cache
def _build_tls_context() -> ssl.SSLContext:
    """Return the system's trust, read once: that takes longer than many an answer."""
    return ssl.create_default_context()


@contextmanager
def _translate_errors() -> Iterator[None]:
    """Raise the errors of sockets, TLS, HTTP and compression as ours."""
    try:
        yield
    except OutboundError:
        raise
    except httpcore2.TimeoutException as error:
        raise TimedOut("The server took too long.") from error
    except (httpcore2.RemoteProtocolError, httpcore2.LocalProtocolError, zlib.error) as error:
        raise BadAnswer("The answer is broken.") from error
    except (httpcore2.NetworkError, OSError) as error:
        raise ConnectionFailed("The connection failed.") from error
