"""The real product in a process of its own, on a free port, with a database and files of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from types import TracebackType

import httpx

from tests import prepared

ROOT = prepared.ROOT
PASSWORD = "harbour-light-2026"
# Generous, for machines that do other things meanwhile; nobody waits that long on a good day.
START_SECONDS, ANSWER_SECONDS = 90, 60


class LiveServer:
    """`manage.py serve`, started anew by `with` and as often as a test likes."""

    def __init__(self, data_dir: Path, *, server: str = "uvicorn", **env: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.socket_url = f"ws://127.0.0.1:{self.port}/ws/"
        self.server = server
        self.data_dir = data_dir
        self.process: subprocess.Popen[bytes] | None = None
        self.names: Counter[str] = Counter()
        self.env = os.environ | {
            "DATA_DIR": str(data_dir),
            "DJANGO_SETTINGS_MODULE": "tests.live_settings",
            "DATABASE_URL": self._create_database(),
            "SECRET_KEY": "only-for-tests-" * 4,
            "DEBUG": "off",
            "HTTPS": "off",
            "THROTTLE": "off",
            "LOG_LEVEL": "WARNING",
            **env,
        }

    def __enter__(self) -> LiveServer:
        self.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.stop()
        if prepared.on_postgres():
            prepared.drop_postgres_database(self._postgres_name())

    def start(self) -> None:
        """Start and wait for the first answer."""
        if not (self.data_dir / "static").exists():
            (self.data_dir / "static").symlink_to(prepared.static_folder())
        self.process = subprocess.Popen(  # noqa: S603  our own command
            [sys.executable, "manage.py", "serve", "--port", str(self.port), "--server", self.server],
            cwd=ROOT,
            env=self.env,
            stdout=(self.data_dir / "serve.log").open("ab"),
            stderr=subprocess.STDOUT,
        )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                httpx.get(f"{self.url}/api/v1/health", timeout=2)
            except httpx.TransportError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError((self.data_dir / "serve.log").read_text())

    def stop(self) -> int:
        """Ask it to stop and wait until it has."""
        return self._end(signal.SIGTERM)

    def kill(self) -> int:
        """Kill it without warning."""
        return self._end(signal.SIGKILL)

    def manage(self, *arguments: str) -> str:
        """What `manage.py` prints with the same settings."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=True)  # noqa: S603
        return done.stdout

    def sign_up(self, name: str) -> Person:
        """A new person, signed in; where tests share the server, one of those who have this name."""
        if not self.names:
            self.names["Root"] += 1
            # The first account of a server administers it, and none of the cast should.
            Person.arriving(self, "Root", 1)
        self.names[name] += 1
        return Person.arriving(self, name, self.names[name])

    def _create_database(self) -> str:
        if prepared.on_postgres():
            return prepared.create_postgres_database(self._postgres_name())
        file = self.data_dir / "atrium.sqlite3"
        if not file.exists():
            shutil.copy(prepared.sqlite_file(), file)
        return f"sqlite:///{file}"

    def _postgres_name(self) -> str:
        return f"atrium_live_{self.port}"

    def _end(self, how: signal.Signals) -> int:
        if self.process is None:
            return 0
        self.process.send_signal(how)
        code = self.process.wait(timeout=ANSWER_SECONDS)
        self.process = None
        return code


class Person(httpx.Client):
    """Somebody signed in over REST."""

    email: str
    token: str
    id: str

    @classmethod
    def arriving(cls, server: LiveServer, name: str, number: int) -> Person:
        email = f"{name.lower()}{number if number > 1 else ''}@halyard.example"
        person = cls(base_url=f"{server.url}/api/v1", timeout=ANSWER_SECONDS)
        user = person.ask("POST", "/auth/signup", {"email": email, "password": PASSWORD, "name": name})
        person.id = user["id"]
        person.email = email
        person.token = person.sign_in()
        person.headers["Authorization"] = f"Bearer {person.token}"
        return person

    def sign_in(self) -> str:
        """Another access token."""
        token: str = self.ask("POST", "/auth/token", {"email": self.email, "password": PASSWORD})["access_token"]
        return token

    def ask(self, method: str, path: str, body: object = None) -> dict:
        """The answer, which has to be a good one."""
        answer = self.request(method, path, json=body)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else {}

    def found(self, name: str) -> dict:
        return self.ask("POST", "/orgs", {"name": name})

    def invite(self, slug: str, *others: Person) -> None:
        token = self.ask("POST", f"/orgs/{slug}/invitations", {})["token"]
        for other in others:
            other.ask("POST", f"/invitations/{token}/accept")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
