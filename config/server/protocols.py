"""uvicorn as Atrium runs it, with a WebSocket protocol that takes ready-made frames."""

from __future__ import annotations

import asyncio
import gc
import sys
from typing import Any, cast

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from lib.realtime.send_buffer import EXTENSION, MAX_WAITING, SLOW_READER

MAX_FRAME = 64 * 1024
# Bytes and seconds for a request line and its headers.
MAX_HEAD = 64 * 1024
HEAD_SECONDS = 10.0
# Seconds without another byte of a request's body, and for all of it.
BODY_PAUSE_SECONDS = 30.0
BODY_SECONDS = 120.0
# How long a client that does not read gets to receive the close frame before its connection is cut.
ABORT_SECONDS = 5.0
GRACEFUL_SECONDS = 10


class FrameProtocol(WebSocketsSansIOProtocol):
    """Offers `atrium.frames` in the scope: a call that writes encoded frames to the connection at once.

    The bytes that wait for one client are bounded: a reader that falls behind by more than `MAX_WAITING` is closed
    with 4008 and resumes by version.
    """

    keeps_handshake = True

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if scope := getattr(self, "scope", None):
            scope["extensions"][EXTENSION] = self.write_frames

    def write_frames(self, frames: bytes) -> None:
        """Send frames, or close a connection that does not read them. Does nothing once it is closing."""
        if self.close_sent or self.disconnected or self.transport.is_closing():
            return
        if self.keeps_handshake:
            self._forget_handshake()
        if self.transport.get_write_buffer_size() > MAX_WAITING:
            self._cut_off()
        else:
            self.transport.write(frames)

    def _forget_handshake(self) -> None:
        """Its headers are a third of what an idle connection keeps, and nobody asks for them again."""
        self.keeps_handshake = False
        cast(list[Any], self.scope["headers"]).clear()
        self.request.headers.clear()
        self.response.headers.clear()

    def _cut_off(self) -> None:
        self.stop_keepalive()
        self.conn.send_close(SLOW_READER)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.queue.put_nowait({"type": "websocket.disconnect", "code": SLOW_READER})
        self.loop.call_later(ABORT_SECONDS, self.transport.abort)


class RequestLimitProtocol(HttpToolsProtocol):
    """Cuts off a request whose head is too large, or whose head or body is too slow to arrive; the parser itself would
    wait and keep all.
    """

    head_timer: asyncio.TimerHandle | None = None
    body_timer: asyncio.TimerHandle | None = None
    body_since: float | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        self.head_size += len(data)
        super().data_received(data)
        if self.head_timer is not None and self.head_size > MAX_HEAD:
            self.transport.abort()
        elif self.body_since is not None:
            self.body_moved = self.loop.time()
            if self.body_timer is None:
                self._await_body()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self.head_timer is None:
            self._await_head()

    def on_headers_complete(self) -> None:
        self._head_is_here()
        self.body_since = self.loop.time()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._body_is_here()
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        super().handle_websocket_upgrade()
        # A handshake it can't parse is never answered, and its connection would stay.
        if not cast(FrameProtocol, self.transport.get_protocol()).handshake_initiated:
            self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_is_here()
        self._body_is_here()
        super().connection_lost(exc)

    def _await_head(self) -> None:
        self.head_size = 0
        self.head_timer = self.loop.call_later(HEAD_SECONDS, self.transport.abort)

    def _head_is_here(self) -> None:
        if self.head_timer is not None:
            self.head_timer.cancel()
            self.head_timer = None

    def _await_body(self) -> None:
        """Look again when the body may be overdue; bytes that arrive meanwhile move no timer."""
        if self.body_since is None:
            return
        now = self.loop.time()
        if self._keeps_client_waiting():
            self.body_moved = now
            due = now + BODY_PAUSE_SECONDS
        else:
            due = min(self.body_moved + BODY_PAUSE_SECONDS, self.body_since + BODY_SECONDS)
        if due > now:
            self.body_timer = self.loop.call_at(due, self._await_body)
        else:
            self.transport.abort()

    def _body_is_here(self) -> None:
        self.body_since = None
        if self.body_timer is not None:
            self.body_timer.cancel()
            self.body_timer = None

    def _keeps_client_waiting(self) -> bool:
        """Whether we are the ones who do not read, or answer already."""
        answers = self.cycle is not None and self.cycle.response_started and not self.cycle.response_complete
        return self.flow.read_paused or answers


def settle_interpreter() -> None:
    """Make the interpreter serve: short turns for threads, and no collection of what will never be garbage.

    With Python's own 5 ms a message had to wait for threads that read history, at each of its steps. A full collection
    walks all that was imported, which paused every socket for a tenth of a second.
    """
    sys.setswitchinterval(0.001)
    gc.freeze()
    gc.set_threshold(10_000, 20, 100)


def configure(application: Any, *, host: str, port: int, proxies: int) -> uvicorn.Config:
    """Small frames without compression, small queues, and a stop that lets requests finish."""
    return uvicorn.Config(
        application,
        host=host,
        port=port,
        loop="uvloop",
        http=RequestLimitProtocol,
        ws=FrameProtocol,
        ws_max_size=MAX_FRAME,
        ws_per_message_deflate=False,
        lifespan="on",
        timeout_graceful_shutdown=GRACEFUL_SECONDS,
        proxy_headers=proxies > 0,
        forwarded_allow_ips="*" if proxies else None,
        server_header=False,
        access_log=False,
        log_level="warning",
        log_config=None,
    )
