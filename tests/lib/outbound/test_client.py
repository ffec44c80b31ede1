from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from ipaddress import ip_network

import pytest

from lib.outbound.client import send_request
from lib.outbound.errors import BadAnswer, ConnectionFailed, TimedOut, TooManyRedirects, UrlRefused
from tests.webserver import Conversation, WebServer, build_answer

LOCAL = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


def test_an_answer_comes_with_its_headers(server: WebServer) -> None:
    url = server.put("/page", "<p>Tides</p>")

    answer = send_request(url, networks=LOCAL)

    assert (answer.url, answer.status, answer.body, answer.is_complete) == (url, 200, b"<p>Tides</p>", True)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_no_more_is_read_than_the_limit(server: WebServer) -> None:
    written: list[int] = []

    def write_for_ever(conversation: Conversation) -> None:
        conversation.wfile.write(build_answer("200 OK", {}))
        while True:
            written.append(conversation.wfile.write(b"x" * 65_536))

    server.answers["/endless"] = write_for_ever

    answer = send_request(f"{server.url}/endless", max_bytes=200_000, networks=LOCAL)

    assert (len(answer.body), answer.is_complete) == (200_000, False)


def test_a_bomb_is_stopped_at_the_limit(server: WebServer) -> None:
    url = server.put("/bomb", gzip.compress(b"\0" * 50_000_000), Content_Encoding="gzip")

    answer = send_request(url, networks=LOCAL)

    assert (len(answer.body), answer.is_complete) == (1024 * 1024, False)


@pytest.mark.parametrize("length", [0, 1, 65_536, 65_537, 300_000])
def test_a_compressed_answer_is_whole(server: WebServer, length: int) -> None:
    body = bytes(index % 251 for index in range(length))
    url = server.put("/page", gzip.compress(body), Content_Encoding="gzip")

    assert send_request(url, networks=LOCAL).body == body


@pytest.mark.parametrize(
    ("encoding", "body"), [("br", b"x"), ("deflate", zlib.compress(b"x")), ("gzip, gzip", b"x"), ("gzip", b"no gzip")]
)
def test_an_answer_compressed_otherwise_is_refused(server: WebServer, encoding: str, body: bytes) -> None:
    with pytest.raises(BadAnswer):
        send_request(server.put("/page", body, Content_Encoding=encoding), networks=LOCAL)


def _drip_headers(conversation: Conversation) -> None:
    conversation.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not conversation.server.ending.wait(0.02):
        conversation.wfile.write(b"X-A: b\r\n")


def _drip_body(conversation: Conversation) -> None:
    conversation.wfile.write(build_answer("200 OK", {}))
    while not conversation.server.ending.wait(0.02):
        conversation.wfile.write(b"x")


def _drip_early_answers(conversation: Conversation) -> None:
    while not conversation.server.ending.wait(0.02):
        conversation.wfile.write(build_answer("103 Early Hints", {}))


def _say_nothing(conversation: Conversation) -> None:
    conversation.server.ending.wait()


@pytest.mark.parametrize("answer", [_drip_headers, _drip_body, _drip_early_answers, _say_nothing])
def test_a_slow_answer_ends_with_the_deadline(server: WebServer, answer: Callable[[Conversation], None]) -> None:
    server.answers["/slow"] = answer

    with pytest.raises(TimedOut):
        send_request(f"{server.url}/slow", seconds=0.3, networks=LOCAL)


def test_the_deadline_holds_for_all_redirects_together(server: WebServer) -> None:
    def redirect_slowly(conversation: Conversation) -> None:
        conversation.server.ending.wait(0.2)
        conversation.wfile.write(build_answer("302 Found", {"Location": "/slow", "Content-Length": "0"}))

    server.answers["/slow"] = redirect_slowly

    with pytest.raises(TimedOut):
        send_request(f"{server.url}/slow", seconds=0.5, max_redirects=50, networks=LOCAL)


SHORT = b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort"


@pytest.mark.parametrize("answer", [b"SSH-2.0-server\r\n", b"", SHORT, b"HTTP/1.1 200 OK\r\nA b\r\n\r\n"])
def test_what_is_no_answer_is_refused(server: WebServer, answer: bytes) -> None:
    server.answers["/"] = answer

    with pytest.raises(BadAnswer):
        send_request(server.url, networks=LOCAL)


def test_a_server_that_is_not_there_is_named_so(server: WebServer) -> None:
    url = server.url
    server.shutdown()
    server.server_close()

    with pytest.raises(ConnectionFailed):
        send_request(url, networks=LOCAL)


def test_redirects_are_followed_so_far(server: WebServer) -> None:
    server.put("/page", "found")
    server.redirect("/two", "page", "301 Moved Permanently")
    first = server.redirect("/one", "/two", "307 Temporary Redirect")

    assert send_request(first, max_redirects=2, networks=LOCAL).url == f"{server.url}/page"
    with pytest.raises(TooManyRedirects):
        send_request(first, max_redirects=1, networks=LOCAL)


def test_what_is_sent_is_not_sent_on(server: WebServer) -> None:
    server.put("/page", "found")
    url = server.redirect("/hook", "/page", "307 Temporary Redirect")

    answer = send_request(url, method="POST", body=b"secret", networks=LOCAL)

    assert (answer.status, [asked.path for asked in server.asked]) == (307, ["/hook"])


def test_secrets_stay_with_the_server_they_are_for(server: WebServer) -> None:
    server.put("/page", "found")
    server.redirect("/here", f"http://localhost:{server.port}/page")

    send_request(f"{server.url}/here", headers={"Authorization": "Bearer key", "X-Kind": "test"}, networks=LOCAL)

    first, second = (asked.headers for asked in server.asked)
    assert first["authorization"] == "Bearer key"
    assert "authorization" not in second
    assert second["x-kind"] == "test"


def test_cookies_are_not_kept(server: WebServer) -> None:
    server.put("/page", "found", Set_Cookie="id=1")

    for _ in range(2):
        send_request(f"{server.url}/page", networks=LOCAL)

    assert not any("cookie" in asked.headers for asked in server.asked)


def test_a_proxy_of_the_environment_is_not_used(server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    assert send_request(server.put("/page", "found"), networks=LOCAL).body == b"found"


def test_a_url_with_a_password_is_refused(server: WebServer) -> None:
    with pytest.raises(UrlRefused):
        send_request(f"http://user:secret@127.0.0.1:{server.port}/", networks=LOCAL)

    assert not server.asked
