"""Requests on the pool's threads: bodies are bounded, slow or leaving clients hold nothing."""

import asyncio
import gc
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse

from config.server.handler import PooledHandler


def call(parts: list[Any], path: str = "/api/v1/auth/token") -> list[Any]:
    """The status and body that a request in these parts gets; `None` is a client that leaves."""
    scope = {
        "type": "http", "method": "POST", "path": path, "query_string": b"", "root_path": "", "http_version": "1.1",
        "scheme": "http", "headers": [(b"host", b"localhost"), (b"content-type", b"application/json")],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8000),
    }  # fmt: skip
    waiting = [
        {"type": "http.disconnect"}
        if part is None
        else {"type": "http.request", "body": part, "more_body": number < len(parts)}
        for number, part in enumerate(parts, start=1)
    ]
    sent = []

    async def run() -> None:
        async def receive() -> dict[str, Any]:
            return waiting.pop(0)

        async def send(message: Any) -> None:
            sent.append(message)

        await PooledHandler()(scope, receive, send)

    asyncio.run(run())
    return sent


@pytest.mark.django_db(transaction=True)
def test_a_body_in_pieces_is_read_whole() -> None:
    start, body = call([b'{"email": "a@b.c", ', b'"password": "x"}'])

    assert start["status"] == 401
    assert b"bad_credentials" in body["body"]


def test_a_body_beyond_the_limit_is_refused_before_it_is_read_to_its_end() -> None:
    piece = b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2 + 1)

    start, body = call([piece, piece, piece])

    assert start["status"] == 413
    assert b"too_large" in body["body"]


def test_a_form_that_is_too_large_is_answered_by_a_page() -> None:
    start, body = call([b"x" * 1024 * 1024] * 6, path="/settings/picture/")

    assert start["status"] == 413
    assert b"That is too large" in body["body"]


@pytest.mark.django_db(transaction=True)
def test_a_picture_may_be_larger_and_is_bounded_too() -> None:
    piece = b"x" * 1024 * 1024

    taken, _ = call([piece] * 5, path="/api/v1/me/avatar")
    refused, _ = call([piece] * 6, path="/api/v1/me/avatar")

    assert (taken["status"], refused["status"]) == (405, 413)


def test_a_client_that_leaves_while_sending_is_forgotten() -> None:
    assert call([b"{", None]) == []


@pytest.mark.django_db(transaction=True)
def test_a_file_is_sent_in_few_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "script.js"
    file.write_bytes(b"x" * 100_000)
    monkeypatch.setattr(PooledHandler, "get_response", lambda self, request: FileResponse(file.open("rb")))

    sent = call([b""])

    pieces = [message["body"] for message in sent if message.get("body")]
    assert b"".join(pieces) == file.read_bytes() and len(pieces) == 2


@pytest.fixture
def no_collector() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_collector")
def test_an_answered_request_is_freed_without_the_collector(monkeypatch: pytest.MonkeyPatch) -> None:
    requests: list[weakref.ref[HttpRequest]] = []
    answer_request = PooledHandler.get_response

    def note_request(self: PooledHandler, request: HttpRequest) -> HttpResponse:
        requests.append(weakref.ref(request))
        return answer_request(self, request)

    monkeypatch.setattr(PooledHandler, "get_response", note_request)

    start, _ = call([b""], path="/api/v1/orgs")

    assert start["status"] == 401
    assert [request() for request in requests] == [None]
