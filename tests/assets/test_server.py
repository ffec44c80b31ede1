"""Uploads and downloads through the real server: what is refused is not read, and what is large is never in memory."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.live import LiveServer, Person

MEGABYTE = 1024 * 1024
HEAD = (
    b'--tide\r\nContent-Disposition: form-data; name="org"\r\n\r\nhalyard\r\n'
    b'--tide\r\nContent-Disposition: form-data; name="file"; filename="film.bin"\r\n\r\n'
)
END = b"\r\n--tide--\r\n"
LIMIT = 64 * MEGABYTE


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    with LiveServer(tmp_path_factory.mktemp("files"), MAX_UPLOAD_BYTES=str(LIMIT)) as server:
        yield server


@pytest.fixture(scope="module")
def bob(server: LiveServer) -> Person:
    bob = server.sign_up("Bob")
    bob.found("Halyard")
    return bob


def send_head(server: LiveServer, *headers: str) -> str:
    """The answer to the head of an upload whose body never comes."""
    address = urlsplit(server.url)
    with socket.create_connection((address.hostname, address.port), timeout=20) as connection:
        lines = ["POST /api/v1/assets HTTP/1.1", "Host: localhost", *headers]
        lines += ["Content-Type: multipart/form-data; boundary=tide", "", ""]
        connection.sendall("\r\n".join(lines).encode())
        answer = b""
        while not answer.endswith(b"0\r\n\r\n"):
            answer += connection.recv(65536)
        return answer.decode()


def produce(size: int) -> Iterator[bytes]:
    """A form around so many bytes."""
    yield HEAD
    for _ in range(size // MEGABYTE):
        yield bytes(MEGABYTE)
    yield END


def post(bob: Person, size: int, **headers: str) -> Any:
    sent = {"Content-Type": "multipart/form-data; boundary=tide"} | headers
    return bob.post("/assets", content=produce(size), headers=sent)


def read_peak(server: LiveServer) -> int:
    """The most bytes of memory that the server has had at once."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()  # type: ignore[union-attr]
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) * 1024  # type: ignore[index]


@pytest.mark.parametrize("header", ["X-Nothing: 1", "Authorization: Bearer made-up", "Cookie: atrium=made-up"])
def test_a_body_of_nobody_is_not_waited_for(server: LiveServer, header: str) -> None:
    answer = send_head(server, header, f"Content-Length: {32 * MEGABYTE}")

    assert answer.startswith("HTTP/1.1 401") and ("not_signed_in" in answer or "token_invalid" in answer)


def test_a_body_without_the_scope_is_not_waited_for(server: LiveServer, bob: Person) -> None:
    token = bob.ask("POST", "/me/tokens", {"name": "Script", "scopes": ["files:read"]})["token"]

    answer = send_head(server, f"Authorization: Bearer {token}", "Content-Length: 1000000")

    assert answer.startswith("HTTP/1.1 403") and "scope_missing" in answer


def test_a_body_over_the_limit_is_not_waited_for(server: LiveServer, bob: Person) -> None:
    answer = send_head(server, f"Authorization: Bearer {bob.token}", f"Content-Length: {2 * LIMIT}")

    assert answer.startswith("HTTP/1.1 413") and "64.0" in answer


def test_a_body_without_a_length_is_refused_at_the_limit(server: LiveServer, bob: Person) -> None:
    answer = post(bob, LIMIT + MEGABYTE)

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_a_large_file_comes_and_goes_in_little_memory(server: LiveServer, bob: Person) -> None:
    post(bob, MEGABYTE)  # what is loaded once
    before = read_peak(server)

    answer = post(bob, LIMIT)
    shown = answer.json()
    assert answer.status_code == 201, shown
    read = bob.get(shown["url"].removeprefix("/api/v1"))

    assert (shown["size"], len(read.content)) == (LIMIT, LIMIT)
    assert read_peak(server) - before < 20 * MEGABYTE
    assert list((server.data_dir / "uploads").iterdir()) == []


def test_a_reader_who_does_not_read_holds_no_thread(server: LiveServer, bob: Person) -> None:
    """As many as there are threads, and some more."""
    url = post(bob, LIMIT).json()["url"]
    address = urlsplit(server.url)
    waiting = [socket.create_connection((address.hostname, address.port)) for _ in range(12)]
    try:
        for connection in waiting:
            request = f"GET {url} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {bob.token}\r\n\r\n"
            connection.sendall(request.encode())
            assert connection.recv(1024).startswith(b"HTTP/1.1 200")

        assert bob.get("/me").status_code == 200
        assert bob.get(url.removeprefix("/api/v1"), headers={"Range": "bytes=0-9"}).status_code == 206
    finally:
        for connection in waiting:
            connection.close()
