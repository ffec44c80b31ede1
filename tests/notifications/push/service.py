"""A push service that keeps what it is sent for its browsers, and answers as a test says."""

from __future__ import annotations

import json
import queue
from dataclasses import dataclass
from typing import Any

from notifications.models import PushSecrets
from tests.notifications.push.browser import FakeBrowser
from tests.webserver import Conversation, WebServer, build_answer


@dataclass
class Received:
    path: str
    headers: dict[str, str]
    plaintext: bytes

    @property
    def payload(self) -> Any:
        return json.loads(self.plaintext)


class PushService(WebServer):
    """`received` holds what came, `arrivals` the same for those who wait for it."""

    def __init__(self) -> None:
        super().__init__()
        self.received: list[Received] = []
        self.arrivals: queue.Queue[Received] = queue.Queue()

    def subscribe(self, path: str = "/push/1", browser: FakeBrowser | None = None) -> PushSecrets:
        """Return the subscription of a new browser."""
        browser = browser or FakeBrowser()

        def keep(conversation: Conversation) -> None:
            headers = self.asked[-1].headers
            body = conversation.rfile.read(int(headers["content-length"]))
            self.received.append(Received(path, headers, browser.decrypt(body)))
            self.arrivals.put(self.received[-1])
            conversation.wfile.write(build_answer("201 Created", {"Content-Length": "0"}))

        self.answers[path] = keep
        return PushSecrets(self.url + path, **browser.keys)

    def refuse(self, secrets: PushSecrets, status: str, **headers: str) -> None:
        """Answer the next pushes to a browser with an error."""
        named = {name.replace("_", "-"): value for name, value in headers.items()} | {"Content-Length": "0"}
        self.answers[secrets.endpoint.removeprefix(self.url)] = build_answer(status, named)
