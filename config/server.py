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

from chat.outbox import EXTENSION, MAX_WAITING, SLOW_READER

MAX_FRAME = 64 * 1024
# Bytes and seconds for a request line and its headers.
MAX_HEAD = 64 * 1024
HEAD_SECONDS = 10.0
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


class HeadLimitProtocol(HttpToolsProtocol):
    """Cuts off a request whose head is too large or too slow to arrive; the parser itself would wait and keep all."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        self.head_size += len(data)
        super().data_received(data)
        if self.head_timer is not None and self.head_size > MAX_HEAD:
            self.transport.abort()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self.head_timer is None:
            self._await_head()

    def on_headers_complete(self) -> None:
        self._head_is_here()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_is_here()
        super().connection_lost(exc)

    def _await_head(self) -> None:
        self.head_size = 0
        self.head_timer: asyncio.TimerHandle | None = self.loop.call_later(HEAD_SECONDS, self.transport.abort)

    def _head_is_here(self) -> None:
        if self.head_timer is not None:
            self.head_timer.cancel()
            self.head_timer = None


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
        http=HeadLimitProtocol,
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
