"""Files as the real server sends them: to slow readers and to ones who leave, from memory and from the disk."""

import os
import random
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.live import LiveServer, Person

SIZE = 6_000_001
CONTENT = random.Random(7).randbytes(SIZE)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    with LiveServer(tmp_path_factory.mktemp("files")) as server:
        yield server


@pytest.fixture(scope="module")
def bob(server: LiveServer) -> Person:
    bob = server.sign_up("Bob")
    bob.found("Halyard")
    return bob


@pytest.fixture(scope="module")
def path(bob: Person) -> str:
    """The address of a file whose blocks are all different."""
    answer = bob.post("/assets", data={"org": "halyard"}, files={"file": ("tides.bin", CONTENT)})
    return str(answer.json()["url"]).removeprefix("/api/v1")


def ask_slowly(server: LiveServer, bob: Person, path: str) -> socket.socket:
    """Ask for a file and take little of it at a time."""
    address = urlsplit(server.url)
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
    connection.settimeout(30)
    connection.connect((address.hostname, address.port))
    connection.sendall(build_head(bob, path, "close"))
    return connection


def build_head(bob: Person, path: str, connection: str = "keep-alive") -> bytes:
    head = f"GET /api/v1{path} HTTP/1.1\r\nHost: localhost\r\nConnection: {connection}\r\n"
    return f"{head}Authorization: Bearer {bob.token}\r\n\r\n".encode()


def find_stored(server: LiveServer) -> Path:
    [stored] = [each for each in (server.data_dir / "files").rglob("*") if each.is_file()]
    return stored


def count_held(server: LiveServer) -> int:
    """Return how many connections and stored files the server has open."""
    folder, held = f"/proc/{server.process.pid}/fd", 0  # type: ignore[union-attr]
    for descriptor in os.listdir(folder):
        try:
            target = os.readlink(f"{folder}/{descriptor}")
        except FileNotFoundError:  # closed meanwhile
            continue
        held += target.startswith(("socket:", str(server.data_dir / "files")))
    return held


def test_a_file_and_its_parts_are_exact_over_one_connection(bob: Person, path: str) -> None:
    for start, end in ((0, 0), (262_143, 262_145), (1, SIZE - 2), (SIZE - 1, SIZE - 1)):
        part = bob.get(path, headers={"Range": f"bytes={start}-{end}"})
        assert (part.status_code, part.content) == (206, CONTENT[start : end + 1])
        assert bob.get("/me").status_code == 200
    assert bob.get(path).content == CONTENT


def test_a_file_that_is_not_in_memory_is_exact(server: LiveServer, bob: Person, path: str) -> None:
    with find_stored(server).open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)

    assert bob.get(path).content == CONTENT


def test_a_slow_reader_gets_all_of_it(server: LiveServer, bob: Person, path: str) -> None:
    with ask_slowly(server, bob, path) as connection:
        time.sleep(0.5)
        received = bytearray()
        while block := connection.recv(100_000):
            received += block

    assert bytes(received).partition(b"\r\n\r\n")[2] == CONTENT


def test_answers_that_nobody_has_read_yet_come_first(server: LiveServer, bob: Person, path: str) -> None:
    address = urlsplit(server.url)
    with socket.create_connection((address.hostname, address.port), timeout=30) as connection:
        connection.sendall(build_head(bob, "/openapi.json") * 12 + build_head(bob, path, "close"))
        time.sleep(0.5)
        received = bytearray()
        while block := connection.recv(100_000):
            received += block

    assert received.startswith(b"HTTP/1.1 200") and received.endswith(CONTENT)
    assert received.count(b'"openapi"') == 12


def test_who_leaves_leaves_nothing_open(server: LiveServer, bob: Person, path: str) -> None:
    bob.get(path)
    before = count_held(server)
    for _ in range(20):
        with ask_slowly(server, bob, path) as connection:
            assert connection.recv(1024).startswith(b"HTTP/1.1 200")

    deadline = time.monotonic() + 30
    while count_held(server) > before:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert bob.get(path).content == CONTENT


def test_a_file_that_was_cut_ends_the_connection(server: LiveServer, bob: Person, path: str) -> None:
    os.truncate(find_stored(server), 1_000_000)
    try:
        with ask_slowly(server, bob, path) as connection:
            received = bytearray()
            while block := connection.recv(100_000):
                received += block
    finally:
        find_stored(server).write_bytes(CONTENT)

    assert bytes(received).partition(b"\r\n\r\n")[2] == CONTENT[:1_000_000]
    assert bob.get(path).content == CONTENT
