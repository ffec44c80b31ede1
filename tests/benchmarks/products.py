"""The two products: how each is started, spoken to and looked into."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from tests.benchmarks.arrivals import Arrival
from tests.benchmarks.load import Member, Tally
from tests.benchmarks.server import ROOT, Server, cores, free_port
from tests.benchmarks.world import Board, World

SET_UP_SECONDS = 300
CSRF_TOKEN = "c" * 32


@dataclass(slots=True)
class Product:
    """What the workloads need, told the same way for both."""

    folder: Path
    world: World

    name: ClassVar[str]
    root: ClassVar[Path] = ROOT
    settings: ClassVar[str]
    module: ClassVar[str]
    database: ClassVar[str]
    table: ClassVar[str]
    health: ClassVar[str]
    delivered: ClassVar[bytes]

    @classmethod
    def set_up(cls, folder: Path) -> Product:
        """Make its database in a folder of its own."""
        folder.mkdir(parents=True)
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.fill", cls.module],
            cwd=cls.root,
            env={**os.environ, **cls._environment(folder, 0)},
            capture_output=True,
            text=True,
            timeout=SET_UP_SECONDS,
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-3000:])
        return cls(folder, World.from_json(done.stdout.splitlines()[-1]))

    @classmethod
    def _environment(cls, folder: Path, port: int) -> dict[str, str]:
        return {
            "DJANGO_SETTINGS_MODULE": cls.settings,
            "DATA_DIR": str(folder),
            "DATABASE_URL": f"sqlite:///{folder / cls.database}",
            "REDIS_URL": "",
            "SECRET_KEY": "benchmark-" * 6,
            "DEBUG": "off",
            "HTTPS": "off",
            "THROTTLE": "off",
            "LOG_LEVEL": "ERROR",
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "PYTHONDONTWRITEBYTECODE": "",  # as `make run` and the image of `Dockerfile` start it: compiled before
        }

    def start(self, **env: str) -> Server:
        port = free_port()
        return Server(
            self.command(port),
            root=self.root,
            env=self._environment(self.folder, port) | env,
            port=port,
            core=cores()[0],
            health=self.health,
            log=self.folder / "server.log",
        )

    def stored(self) -> int:
        """How many messages are in the database."""
        with sqlite3.connect(f"file:{self.folder / self.database}?mode=ro", uri=True, timeout=10) as connection:
            return int(connection.execute(f"SELECT count(*) FROM {self.table}").fetchone()[0])

    def command(self, port: int) -> list[str]:
        raise NotImplementedError

    def join(self, port: int, room: str, person: int, tally: Tally, *, speaks: bool = False) -> Member:
        """A member's socket. A speaker's `frames.watched` counts the acknowledgements of what it has said."""
        raise NotImplementedError

    def arrive(self, port: int, person: int) -> Arrival:
        """Open the socket of a user who connects together with all others."""
        raise NotImplementedError

    def saying(self, room: str, content: str, client_id: str) -> bytes:
        raise NotImplementedError

    def history(self, room: str) -> str:
        raise NotImplementedError

    def board(self, board: Board) -> str:
        """Path of the board of the small project, for `board_header`."""
        raise NotImplementedError

    def board_header(self) -> str:
        raise NotImplementedError

    def filtered_tasks(self, board: Board) -> str:
        raise NotImplementedError

    def move_path(self, task: str) -> str:
        raise NotImplementedError

    def move_body(self, column: str, place: int, above: str) -> dict[str, object]:
        """What puts a task into a column, below the task `above`, which was the one at `place`."""
        raise NotImplementedError

    def writing_header(self) -> str:
        raise NotImplementedError


class Stock(Product):
    """Acknowledges nothing, so that a speaker waits for its own message to come back."""

    name = "stock"
    settings = "tests.benchmarks.stock.settings"
    module = "tests.benchmarks.stock.data"
    database = "stock.sqlite3"
    table = "stock_message"
    health = "/api/health"
    delivered = b'{"type": "message.created"'

    def command(self, port: int) -> list[str]:
        binary = Path(sys.executable).with_name("daphne")
        return [str(binary), "-v", "0", "-b", "127.0.0.1", "-p", str(port), "tests.benchmarks.stock.asgi:application"]

    def join(self, port: int, room: str, person: int, tally: Tally, *, speaks: bool = False) -> Member:
        mine = f'"client_id": "{person}-'.encode() if speaks else b""
        path, header = f"/ws/{self.world.rooms[room]}/", self.world.people[person]
        return Member(port, path, header, marker=self.delivered, watch=mine, tally=tally)

    def arrive(self, port: int, person: int) -> Arrival:
        path = f"/ws/{self.world.rooms['thousand']}/"
        return Arrival(port, path, self.world.people[person], greeting=b"HTTP/1.1 101 ")  # it sends nothing else

    def saying(self, room: str, content: str, client_id: str) -> bytes:
        return json.dumps({"content": content, "client_id": client_id}).encode()

    def history(self, room: str) -> str:
        return f"/api/rooms/{self.world.rooms[room]}/messages"

    def board(self, board: Board) -> str:
        return f"/api/projects/{board.small}/board"

    def board_header(self) -> str:
        return self.world.people[0]

    def filtered_tasks(self, board: Board) -> str:
        return f"/api/projects/{board.large}/tasks?status=in_progress&assignee={board.assignee}&q=crane&limit=50"

    def move_path(self, task: str) -> str:
        return f"/api/tasks/{task}/move"

    def move_body(self, column: str, place: int, above: str) -> dict[str, object]:
        return {"column": int(column), "order": place + 1}

    def writing_header(self) -> str:
        return f"{self.world.people[0]}; csrftoken={CSRF_TOKEN}\r\nX-CSRFToken: {CSRF_TOKEN}"


class Atrium(Product):
    name = "Atrium"
    settings = "config.settings"
    module = "tests.benchmarks.atrium"
    database = "atrium.sqlite3"
    table = "chat_message"
    health = "/api/v1/health"
    delivered = b'{"type":"message.created"'

    def command(self, port: int) -> list[str]:
        return [sys.executable, "manage.py", "serve"]

    def join(self, port: int, room: str, person: int, tally: Tally, *, speaks: bool = False) -> Member:
        acknowledged = b'{"type":"ack"' if speaks else b""
        header = self.world.people[person]
        return Member(port, "/ws/", header, marker=self.delivered, watch=acknowledged, tally=tally)

    def arrive(self, port: int, person: int) -> Arrival:
        return Arrival(port, "/ws/", self.world.people[person], greeting=b'{"type":"welcome"')

    def saying(self, room: str, content: str, client_id: str) -> bytes:
        frame = {
            "type": "message.send",
            "ref": client_id,
            "room": self.world.rooms[room],
            "content": content,
            "client_id": client_id,
        }
        return json.dumps(frame).encode()

    def history(self, room: str) -> str:
        return f"/api/v1/rooms/{self.world.rooms[room]}/messages"

    def board(self, board: Board) -> str:
        return f"/projects/{board.small}/board/"

    def board_header(self) -> str:
        return f"{self.world.browser}\r\nX-Fragment: 1"

    def filtered_tasks(self, board: Board) -> str:
        chosen = f"status=in_progress&assignee={board.assignee}&q=crane&limit=50"
        return f"/api/v1/projects/{board.large}/tasks?{chosen}"

    def move_path(self, task: str) -> str:
        return f"/api/v1/tasks/{task}/move"

    def move_body(self, column: str, place: int, above: str) -> dict[str, object]:
        return {"column_id": column, "after_id": above}

    def writing_header(self) -> str:
        return self.world.people[0]

    def page(self, room: str) -> str:
        return f"/rooms/{self.world.rooms[room]}/"

    def thread(self) -> str:
        return f"/messages/{self.world.thread}/thread/"


def atrium_in(checkout: Path) -> type[Product]:
    """Return Atrium as another checkout has it, such as the build before, run by this environment's Python."""

    class OtherAtrium(Atrium):
        name = f"Atrium in {checkout.name}"
        root = checkout

    return OtherAtrium
