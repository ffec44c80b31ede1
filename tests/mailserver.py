"""A mail server that accepts connections and takes its time before it says anything."""

from __future__ import annotations

import socketserver
import threading
from types import TracebackType


class MailServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    # Whoever gave up is not waited for.
    block_on_close = False

    def __init__(self, *, silence: float) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.url = f"smtp://127.0.0.1:{self.server_address[1]}"
        self.calls = 0
        self.received: list[str] = []
        self.silence = silence
        self.speaks = threading.Event()

    def __enter__(self) -> MailServer:
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.speaks.set()
        self.shutdown()
        self.server_close()


class Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.server.calls += 1
        self.server.speaks.wait(self.server.silence)
        try:
            self._say("220 ready")
            while line := self.rfile.readline():
                self._answer(line[:4].upper())
        except ConnectionError:
            pass

    def _answer(self, command: bytes) -> None:
        if command == b"DATA":
            self._say("354 go on")
            lines = iter(self.rfile.readline, b".\r\n")
            self.server.received.append(b"".join(lines).decode())
        self._say("221 bye" if command == b"QUIT" else "250 fine")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())
