"""A web server elsewhere: it answers each path with what a test has put there, and notes what was asked."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType

Answer = bytes | Callable[["Conversation"], None]


@dataclass
class Asked:
    """A request as it arrived."""

    path: str
    headers: dict[str, str] = field(default_factory=dict)


class WebServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    # A client that gave up is not waited for.
    block_on_close = False

    def __init__(self, host: str = "127.0.0.1") -> None:
        super().__init__((host, 0), Conversation)
        self.port = self.server_address[1]
        self.url = f"http://{host}:{self.port}"
        self.answers: dict[str, Answer] = {}
        self.asked: list[Asked] = []
        self.ending = threading.Event()

    def __enter__(self) -> WebServer:
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.ending.set()
        self.shutdown()
        self.server_close()

    def put(self, path: str, body: bytes | str, type: str = "text/html; charset=utf-8", **headers: str) -> str:
        """Answer a path with a body; return its URL."""
        content = body.encode() if isinstance(body, str) else body
        named = {"Content-Type": type, "Content-Length": str(len(content))} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        self.answers[path] = build_answer("200 OK", named, content)
        return self.url + path

    def redirect(self, path: str, location: str, status: str = "302 Found") -> str:
        """Answer a path with a redirect; return its URL."""
        self.answers[path] = build_answer(status, {"Location": location, "Content-Length": "0"})
        return self.url + path


class Conversation(socketserver.StreamRequestHandler):
    server: WebServer

    def handle(self) -> None:
        try:
            path = self.rfile.readline().split()[1].decode()
            lines = [line.decode().strip() for line in iter(self.rfile.readline, b"\r\n") if line]
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            self.server.asked.append(Asked(path, headers))
            answer = self.server.answers.get(path, build_answer("404 Not Found", {"Content-Length": "0"}))
            if isinstance(answer, bytes):
                self.wfile.write(answer)
            else:
                answer(self)
        except (ConnectionError, IndexError):
            pass


def build_answer(status: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """Return an answer as it is sent."""
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body
