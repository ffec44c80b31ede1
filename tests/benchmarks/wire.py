"""Bytes on the wire: a WebSocket client's frames out, and a counting parser that looks at nothing but lengths."""

from __future__ import annotations

import base64
import os
import socket

TEXT, CLOSE, PING, PONG = 0x81, 0x88, 0x89, 0x8A
HOST = "127.0.0.1"
HANDSHAKE_SECONDS = 20.0


class Refused(Exception):
    """The server said something that the benchmark does not expect."""


def masked_frame(opcode: int, payload: bytes) -> bytes:
    """A client's frame, whole and masked (RFC 6455, section 5.3)."""
    size = len(payload)
    if size < 126:
        head = bytes((opcode, 0x80 | size))
    elif size < 65536:
        head = bytes((opcode, 0x80 | 126)) + size.to_bytes(2, "big")
    else:
        raise ValueError("The benchmark sends small frames only.")
    mask = os.urandom(4)
    pattern = (mask * (size // 4 + 1))[:size]
    masked = int.from_bytes(payload, "big") ^ int.from_bytes(pattern, "big")
    return head + mask + masked.to_bytes(size, "big")


def build_handshake(port: int, path: str, header: str) -> bytes:
    """The request that opens a WebSocket."""
    key = base64.b64encode(os.urandom(16)).decode()
    return (
        f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n{header}\r\n\r\n"
    ).encode()


def open_websocket(port: int, path: str, header: str) -> tuple[socket.socket, bytes]:
    """A connection after its handshake, and what came behind the handshake's answer."""
    sock = socket.create_connection((HOST, port), timeout=HANDSHAKE_SECONDS)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.sendall(build_handshake(port, path, header))
    answer = b""
    while b"\r\n\r\n" not in answer:
        chunk = sock.recv(65536)
        if not chunk:
            raise Refused(f"The server hung up in the handshake of {path}")
        answer += chunk
    head, _, rest = answer.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 101"):
        raise Refused(head.decode("latin-1"))
    sock.setblocking(False)
    return sock, rest


class FrameCounter:
    """Counts the frames of one connection that begin with `marker`, in whatever pieces they arrive."""

    __slots__ = ("control", "left", "marker", "watch", "watched")

    def __init__(self, marker: bytes, watch: bytes = b"") -> None:
        self.marker = marker
        # Frames holding these bytes are counted as well, in `watched`.
        self.watch = watch
        self.watched = 0
        self.left = b""
        # Pings and closes, for the connection to answer.
        self.control: list[tuple[int, bytes]] = []

    def feed(self, buffer: bytearray, end: int) -> int:
        """How many marked frames end in `buffer[:end]`; an unfinished frame is kept in `left`."""
        position, found, marker = 0, 0, self.marker
        while end - position >= 2:
            size = buffer[position + 1]
            start = position + 2
            if size == 126:
                start = position + 4
                size = buffer[position + 2] << 8 | buffer[position + 3]
            elif size == 127:
                start = position + 10
                size = int.from_bytes(buffer[position + 2 : start], "big")
            stop = start + size
            if stop > end or start > end:
                break
            if buffer[position] == TEXT:
                if buffer.startswith(marker, start):
                    found += 1
                if self.watch and buffer.find(self.watch, start, stop) >= 0:
                    self.watched += 1
            else:
                self.control.append((buffer[position], bytes(buffer[start:stop])))
            position = stop
        self.left = bytes(buffer[position:end]) if position < end else b""
        return found
