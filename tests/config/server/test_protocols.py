"""uvicorn as Atrium runs it: a request's head is bounded in size and time, its body in time."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from uvicorn.server import ServerState

from config.server import protocols
from config.server.protocols import RequestLimitProtocol, build_config


async def application(scope: dict[str, Any], receive: Callable[..., Any], send: Callable[..., Any]) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        while (await receive())["type"] != "websocket.disconnect":
            pass
    elif scope["path"] == "/early":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await asyncio.sleep(0.5)
        await send({"type": "http.response.body", "body": b"done"})
    elif await read_whole(receive):
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})


async def read_whole(receive: Callable[..., Any]) -> bool:
    while (message := await receive()).get("more_body"):
        pass
    return message["type"] == "http.request"


def converse(*parts: Any, pause: float = 0.0) -> tuple[bytes, str]:
    """What the server answers to these parts before it closes or falls silent."""

    async def run() -> tuple[bytes, str]:
        config = build_config(application, host="127.0.0.1", port=0, proxies=0)
        config.load()
        loop = asyncio.get_running_loop()
        serving = await loop.create_server(
            lambda: RequestLimitProtocol(config, server_state=ServerState(), app_state={}), "127.0.0.1", 0
        )
        async with serving:
            reader, writer = await asyncio.open_connection(*serving.sockets[0].getsockname())
            answer = b""
            try:
                for part in parts:
                    writer.write(part)
                    await writer.drain()
                    await asyncio.sleep(pause)
                async with asyncio.timeout(1):
                    while piece := await reader.read(1000):
                        answer += piece
                return answer, "closed"
            except ConnectionError:
                return answer, "closed"
            except TimeoutError:
                return answer, "open"
            finally:
                writer.close()

    return asyncio.run(run())


def test_an_ordinary_request_is_answered_and_the_connection_kept() -> None:
    request = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    answer, state = converse(request, request, pause=0.05)

    assert answer.count(b"204 No Content") == 2
    assert state == "open"


def test_a_head_without_end_is_cut_off() -> None:
    assert converse(b"GET / HTTP/1.1\r\nX: ", *[b"x" * 10_000] * 20, pause=0.01) == (b"", "closed")


@pytest.mark.parametrize("beginning", [b"", b"GET / HTTP/1.1\r\nHost: a\r\n"])
def test_a_head_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, beginning: bytes) -> None:
    monkeypatch.setattr(protocols, "HEAD_SECONDS", 0.2)

    assert converse(beginning) == (b"", "closed")


def test_a_long_body_is_no_head() -> None:
    head = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n"

    answer, _ = converse(head + b"x" * 100_000, b"x" * 100_000, pause=0.05)

    assert b"204" in answer


SIZED = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n"
CHUNKED = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
UPGRADE = (
    b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
)


@pytest.mark.parametrize("beginning", [SIZED, SIZED + b"x" * 50, CHUNKED, CHUNKED + b"2\r\nxx\r\n"])
def test_a_body_that_stops_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, beginning: bytes) -> None:
    monkeypatch.setattr(protocols, "BODY_PAUSE_SECONDS", 0.2)

    assert converse(beginning) == (b"", "closed")


def test_a_body_that_trickles_in_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocols, "BODY_SECONDS", 0.3)

    assert converse(SIZED, *[b"x"] * 20, pause=0.05) == (b"", "closed")


def test_a_slow_body_is_waited_for_and_the_connection_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocols, "BODY_PAUSE_SECONDS", 1)

    answer, state = converse(SIZED, *[b"x" * 10] * 10, pause=0.15)

    assert b"204" in answer
    assert state == "open"


def test_an_answer_that_has_begun_is_finished_whatever_the_body_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocols, "BODY_PAUSE_SECONDS", 0.1)

    answer, state = converse(SIZED.replace(b"/ ", b"/early "))

    assert b"done" in answer
    assert state == "closed"


def test_a_handshake_with_a_body_is_cut_off() -> None:
    assert converse(UPGRADE + b"Content-Length: 100\r\n\r\n") == (b"", "closed")


def test_a_websocket_has_no_body_to_wait_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HEAD_SECONDS", "BODY_PAUSE_SECONDS", "BODY_SECONDS"):
        monkeypatch.setattr(protocols, name, 0.1)

    answer, state = converse(UPGRADE + b"\r\n")

    assert b"101 Switching Protocols" in answer
    assert state == "open"


HANDSHAKE = (
    b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)
NOT_UTF8 = b"\xff\xfe"


def frame(first: int, payload: bytes = b"", *, masked: bool = True) -> bytes:
    """A short frame, with a mask of zeros: `first` holds its flags and its opcode."""
    return bytes((first, len(payload) | (0x80 if masked else 0))) + (b"\0\0\0\0" if masked else b"") + payload


@pytest.mark.parametrize(
    ("frames", "code"),
    [
        (frame(0x81, NOT_UTF8), 1007),
        (frame(0x01, b"\xc3") + frame(0x80, b"\x28"), 1007),
        (frame(0x88, b"\x03\xe8" + NOT_UTF8), 1007),
        (frame(0x88, b"\x00\x00"), 1002),
        (frame(0x88, b"\x03"), 1002),
        (frame(0xC1, b"reserved bit"), 1002),
        (frame(0x83, b"unknown opcode"), 1002),
        (frame(0x80, b"continues nothing"), 1002),
        (frame(0x01, b"a") + frame(0x81, b"not its continuation"), 1002),
        (frame(0x09, b"a ping in fragments"), 1002),
        (frame(0x81, b"unmasked", masked=False), 1002),
        (b"\x81\xff\x80\0\0\0\0\0\0\0\0\0\0\0", 1009),
        (b"\x81\xff\x00\0\0\0\0\x10\0\0\0\0\0\0", 1009),
    ],
)
def test_a_malformed_frame_closes_its_socket_and_is_a_line_in_the_log(
    frames: bytes, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    answer, end = converse(HANDSHAKE, frames, pause=0.1)

    assert end == "closed"
    closing = answer.partition(b"\r\n\r\n")[2]
    assert (closing[0], int.from_bytes(closing[2:4], "big")) == (0x88, code)
    assert len(caplog.records) <= 1
    assert caplog.text.count("\n") <= 1
