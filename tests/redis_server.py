"""A Redis of a test's own, which it may kill."""

from __future__ import annotations

import shutil
import subprocess
import time

import pytest
import redis

from tests.live import START_SECONDS, free_port

needs_redis_server = pytest.mark.skipif(not shutil.which("redis-server"), reason="needs a Redis to kill")


class RedisServer:
    """`redis-server` on a free port, which keeps nothing on disk."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> RedisServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        """Start and wait for the first answer."""
        command = [str(shutil.which("redis-server")), "--port", str(self.port), "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603  our own command
        client, deadline = redis.from_url(self.url), time.monotonic() + START_SECONDS
        while True:
            try:
                client.ping()
                return
            except redis.ConnectionError:
                assert time.monotonic() < deadline
                time.sleep(0.01)

    def kill(self) -> None:
        """Kill it without warning."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def restart(self) -> None:
        """Kill it and start it again."""
        self.kill()
        self.start()
