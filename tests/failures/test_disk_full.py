"""The disk is full: each write is refused in words that say so and leaves nothing; room mends all of it."""

import asyncio
import io
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import websockets
from PIL import Image

from tests import prepared
from tests.live import PASSWORD, LiveServer, Person

SIZE = 8 * 1024 * 1024


@pytest.fixture(scope="module")
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("small-disk")
    mount = shutil.which("mount")
    if os.geteuid() or not mount or subprocess.call([mount, "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]):
        pytest.skip("needs the right to mount a small disk")
    yield folder
    subprocess.call([str(shutil.which("umount")), "-l", str(folder)])


@pytest.fixture(scope="module")
def server(small_disk: Path) -> Iterator[LiveServer]:
    with LiveServer(small_disk) as server:
        yield server


class FullDisk:
    """A disk that is filled up to its last byte, until `make_room`."""

    def __init__(self, folder: Path) -> None:
        self.ballast = folder / "ballast"
        with self.ballast.open("wb", buffering=0) as file:
            for size in (64 * 1024, 4096, 1):
                try:
                    while file.write(b"x" * size):
                        pass
                except OSError:
                    continue

    def make_room(self) -> None:
        self.ballast.unlink(missing_ok=True)


@pytest.fixture
def browser(server: LiveServer, ann: Person) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, follow_redirects=True, timeout=30) as client:
        client.get("/accounts/login/")
        client.headers["Referer"] = server.url
        form = {"login": ann.email, "password": PASSWORD, "csrfmiddlewaretoken": client.cookies["csrftoken"]}
        assert client.post("/accounts/login/", data=form).status_code == 200
        yield client


@pytest.fixture
def full(small_disk: Path, ann: Person, room: str, browser: object) -> Iterator[FullDisk]:
    disk = FullDisk(small_disk)
    yield disk
    disk.make_room()


def picture() -> bytes:
    file = io.BytesIO()
    Image.effect_noise((400, 400), 200).convert("RGB").save(file, "PNG")
    return file.getvalue()


def pictures_kept(folder: Path) -> list[Path]:
    return [path for path in (folder / "files").rglob("*") if path.is_file()]


def send_until_full(ann: Person, room: str) -> httpx.Response:
    """Send messages: the journal may have room for some."""
    for n in range(500):
        answer = ann.post(f"/rooms/{room}/messages", json={"content": f"{n} " + "long " * 1000})
        if answer.status_code != 201:
            return answer
    raise AssertionError("the disk is never full")


async def send_over(socket: websockets.ClientConnection, room: str, ref: int) -> Any:
    """Send a message over a socket and return the frame that answers it."""
    await socket.send(json.dumps({"type": "message.send", "room": room, "content": "too much " * 500, "ref": ref}))
    while (answer := json.loads(await socket.recv())).get("ref") != ref:
        pass
    return answer


pytestmark = pytest.mark.skipif(prepared.on_postgres(), reason="its database is on a disk of its own")


def test_a_message_is_refused_and_reading_goes_on(
    full: FullDisk, ann: Person, room: str, browser: httpx.Client, server: LiveServer
) -> None:
    refused = send_until_full(ann, room)

    assert (refused.status_code, refused.json()["code"]) == (507, "storage_full")
    assert "disk that holds the database is full" in refused.json()["detail"]
    newest = ann.ask("GET", f"/rooms/{room}/messages?limit=1")["items"]
    assert browser.get("/").status_code == 200
    health = ann.get("/health")
    assert (health.status_code, health.json()["disk"], health.json()["database"]) == (503, "full", "ok")

    full.make_room()

    after = ann.ask("POST", f"/rooms/{room}/messages", {"content": "there is room"})
    assert after["seq"] == (newest[0]["seq"] if newest else 0) + 1
    assert sqlite3.connect(server.data_dir / "atrium.sqlite3").execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_socket_says_so_too(full: FullDisk, ann: Person, room: str, server: LiveServer) -> None:
    send_until_full(ann, room)

    async def talk() -> Any:
        headers = {"Authorization": f"Bearer {ann.token}"}
        async with websockets.connect(server.socket_url, additional_headers=headers) as socket:
            # What the server has given up meanwhile may have room for some more.
            for ref in range(500):
                if (answer := await send_over(socket, room, ref))["type"] != "ack":
                    break
            full.make_room()
            return answer, (await send_over(socket, room, 500))["type"]

    refused, later = asyncio.run(talk())
    assert (refused["code"], later) == ("storage_full", "ack")
    assert "disk" in refused["detail"]


def test_a_file_is_refused_and_leaves_nothing(full: FullDisk, ann: Person, small_disk: Path) -> None:
    """A small one, and one that the body alone has no room for."""
    kept = pictures_kept(small_disk)
    slug = ann.ask("GET", "/orgs")["items"][0]["slug"]

    for size in (100_000, 4_000_000):
        refused = ann.post("/assets", data={"org": slug}, files={"file": ("film.bin", os.urandom(size))})
        assert (refused.status_code, refused.json()["code"]) == (507, "storage_full")
    assert pictures_kept(small_disk) == kept
    assert not list((small_disk / "uploads").iterdir())

    full.make_room()

    assert ann.post("/assets", data={"org": slug}, files={"file": ("film.bin", b"tides")}).status_code == 201


def test_a_picture_is_refused_and_leaves_no_file(
    full: FullDisk, ann: Person, small_disk: Path, browser: httpx.Client
) -> None:
    kept = pictures_kept(small_disk)

    by_rest = ann.put("/me/avatar", files={"file": ("me.png", picture())})
    form = {"csrfmiddlewaretoken": browser.cookies["csrftoken"]}
    by_page = browser.post("/settings/picture/", data=form, files={"file": ("me.png", picture())})

    assert (by_rest.status_code, by_page.status_code) == (507, 507), by_rest.text
    assert "disk that holds files is full" in by_rest.json()["detail"]
    assert "disk that holds files is full" in by_page.text
    assert pictures_kept(small_disk) == kept

    full.make_room()

    assert ann.put("/me/avatar", files={"file": ("me.png", picture())}).is_success
    assert len(pictures_kept(small_disk)) == len(kept) + 1
    for _ in range(20):
        if (health := ann.get("/health")).is_success:
            break
        asyncio.run(asyncio.sleep(1))
    assert health.json()["disk"] == "ok"
