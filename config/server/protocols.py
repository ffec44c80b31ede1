"""Configure uvicorn, with a WebSocket protocol that takes encoded frames and an HTTP protocol with limits."""

from __future__ import annotations

import asyncio
import gc
import sys
from typing import Any, cast

import uvicorn
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from config.server.file_protocol import FileProtocol
from config.server.message_queue import MessageQueue
from lib.realtime.send_buffer import EXTENSION, MAX_BUFFERED_BYTES, SLOW_READER
from lib.web.long_body import EXTENSION as LONG_BODY

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
    """WebSocket protocol with `atrium.frames` in the scope: a call that writes encoded frames to the connection.

    The bytes that wait for one client are bounded: a client that falls behind by more than
    `MAX_BUFFERED_BYTES` is closed with 4008 and resumes by version.
    """

    keeps_handshake = True

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.queue = cast(asyncio.Queue[Any], MessageQueue(self.loop))

    def handle_connect(self, event: Request) -> None:
        """Offer the extension in the scope of an accepted handshake."""
        super().handle_connect(event)
        if scope := getattr(self, "scope", None):
            scope["extensions"][EXTENSION] = self.write_frames

    def write_frames(self, frames: bytes) -> None:
        """Send frames, or close a connection that does not read them. Do nothing once it is closing."""
        if self.close_sent or self.disconnected or self.transport.is_closing():
            return
        if self.keeps_handshake:
            self._forget_handshake()
        if self.transport.get_write_buffer_size() > MAX_BUFFERED_BYTES:
            self._close_slow_reader()
        else:
            self.transport.write(frames)

    def send_receive_event_to_app(self) -> None:
        """Hand a message to the application; close with 1007 for text that is no UTF-8.

        uvicorn does so too, and logs a traceback that any client can ask for as often as it likes.
        """
        if self.curr_msg_data_type == "text" and not _is_utf8(b"".join(self.frames)):
            self.logger.warning("A client sent a text frame that is no UTF-8")
            self.frames = []
            self.conn.send_close(1007)
            self.handle_parser_exception()
        else:
            super().send_receive_event_to_app()

    def _forget_handshake(self) -> None:
        """Clear what the handshake was made of: unused from now on, it is a third of an idle connection's memory."""
        self.keeps_handshake = False
        cast(dict[str, Any], self.scope).clear()
        self.request.headers.clear()
        self.response.headers.clear()

    def _close_slow_reader(self) -> None:
        self.stop_keepalive()
        self.conn.send_close(SLOW_READER)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.queue.put_nowait({"type": "websocket.disconnect", "code": SLOW_READER})
        self.loop.call_later(ABORT_SECONDS, self.transport.abort)


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


class RequestLimitProtocol(FileProtocol):
    """HTTP protocol that aborts a request with too large a head, or whose head or body arrives too slowly.

    The parser itself would wait for ever and keep all.
    """

    head_timer: asyncio.TimerHandle | None = None
    body_timer: asyncio.TimerHandle | None = None
    body_since: float | None = None
    body_seconds = BODY_SECONDS

    def connection_made(self, transport: Any) -> None:
        """Start to wait for the first head."""
        super().connection_made(transport)
        self._start_head_timer()

    def data_received(self, data: bytes) -> None:
        """Count the bytes of a head; note when a body moves."""
        self.head_size += len(data)
        super().data_received(data)
        if self.head_timer is not None and self.head_size > MAX_HEAD:
            self.transport.abort()
        elif self.body_since is not None:
            self.body_moved = self.loop.time()
            if self.body_timer is None:
                self._check_body()

    def on_message_begin(self) -> None:
        """Start to wait for the head of a further request."""
        super().on_message_begin()
        if self.head_timer is None:
            self._start_head_timer()

    def on_headers_complete(self) -> None:
        """Stop waiting for the head; the body begins."""
        self._cancel_head_timer()
        self.body_since = self.loop.time()
        self.body_seconds = BODY_SECONDS
        cast(dict[str, Any], self.scope)["extensions"] = {LONG_BODY: self.allow_long_body} | self.list_extensions()
        super().on_headers_complete()

    def allow_long_body(self) -> None:
        """Let the present body take as long as it moves."""
        self.body_seconds = float("inf")

    def on_message_complete(self) -> None:
        """Stop waiting for the body."""
        self._cancel_body_timer()
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        """Hand the connection to the WebSocket protocol; abort an invalid handshake."""
        super().handle_websocket_upgrade()
        # The WebSocket protocol never answers an invalid handshake, and its connection would stay.
        if not cast(FrameProtocol, self.transport.get_protocol()).handshake_initiated:
            self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Cancel the timers."""
        self._cancel_head_timer()
        self._cancel_body_timer()
        super().connection_lost(exc)

    def _start_head_timer(self) -> None:
        self.head_size = 0
        self.head_timer = self.loop.call_later(HEAD_SECONDS, self.transport.abort)

    def _cancel_head_timer(self) -> None:
        if self.head_timer is not None:
            self.head_timer.cancel()
            self.head_timer = None

    def _check_body(self) -> None:
        """Check again when the body may be overdue; bytes that arrive meanwhile move no timer."""
        if self.body_since is None:
            return
        now = self.loop.time()
        if self._is_server_slow():
            self.body_moved = now
            due = now + BODY_PAUSE_SECONDS
        else:
            due = min(self.body_moved + BODY_PAUSE_SECONDS, self.body_since + self.body_seconds)
        if due > now:
            self.body_timer = self.loop.call_at(due, self._check_body)
        else:
            self.transport.abort()

    def _cancel_body_timer(self) -> None:
        self.body_since = None
        if self.body_timer is not None:
            self.body_timer.cancel()
            self.body_timer = None

    def _is_server_slow(self) -> bool:
        """Tell whether the server itself has paused reading, or is answering already."""
        answers = self.cycle is not None and self.cycle.response_started and not self.cycle.response_complete
        return self.flow.read_paused or answers


def tune_interpreter() -> None:
    """Tune the interpreter for a server: thread switches after 1 ms, and no collection of imported objects.

    With Python's default of 5 ms a message waited for threads that read history, at each of its steps. A full
    collection walks all imported objects, which paused every socket for a tenth of a second.
    """
    sys.setswitchinterval(0.001)
    gc.freeze()
    gc.set_threshold(10_000, 20, 100)


def build_config(application: Any, *, host: str, port: int, proxies: int) -> uvicorn.Config:
    """Build the configuration: frames of 64 KB without compression, and 10 s for requests to finish on a stop."""
    return uvicorn.Config(
        application,
        host=host,
        port=port,
        loop="uvloop",
        interface="asgi3",
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
