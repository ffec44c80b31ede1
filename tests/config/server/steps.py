"""Requests of clients, as the server sees them."""

import asyncio
import threading
from typing import Any

from config.server.hashing import HashingLane


def scope_of(method: str, path: str, client: str = "192.0.2.1", **headers: str) -> dict[str, Any]:
    return {
        "type": "http", "method": method, "path": path, "query_string": b"", "root_path": "", "http_version": "1.1",
        "scheme": "http", "client": (client, 1), "server": ("127.0.0.1", 8000),
        "headers": [(b"host", b"localhost"), *((k.replace("_", "-").encode(), v.encode()) for k, v in headers.items())],
    }  # fmt: skip


async def fill(lane: HashingLane, held: threading.Event, client: str, number: int) -> list[asyncio.Task[Any]]:
    """Let so many requests of a client wait in the lane."""
    scope = scope_of("POST", "/api/v1/auth/token", client)
    tasks = [asyncio.create_task(lane.run(scope, held.wait, 10)) for _ in range(number)]
    await asyncio.sleep(0)
    return tasks
