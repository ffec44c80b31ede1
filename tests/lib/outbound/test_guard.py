"""No way leads to a private address. The server of these tests is at one, and is never asked."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any

import httpcore2
import pytest

from lib.outbound import network
from lib.outbound.client import send_request
from lib.outbound.errors import AddressRefused, HostNotFound, TimedOut, UrlRefused
from tests.webserver import WebServer

LOCAL = (ip_network("127.0.0.1/32"),)


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, list[list[str]]]]:
    """Addresses by name, one list for each time that the name is looked up."""
    answers: dict[str, list[list[str]]] = {}

    def look_up(host: str, port: int | None, *_: Any, **__: Any) -> list[Any]:
        if host not in answers:
            raise socket.gaierror
        found = answers[host].pop(0) if len(answers[host]) > 1 else answers[host][0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port or 0)) for address in found]

    monkeypatch.setattr(network.socket, "getaddrinfo", look_up)
    yield answers


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.1", "0.0.0.0"]
)
def test_this_machine_is_not_reached_in_any_notation(server: WebServer, host: str) -> None:
    with pytest.raises(AddressRefused):
        send_request(f"http://{host}:{server.port}/", networks=())

    assert not server.asked


@pytest.mark.parametrize(
    "host", ["[::1]", "[::]", "[::ffff:127.0.0.1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]"]
)
def test_this_machine_is_not_reached_through_ipv6(server: WebServer, host: str) -> None:
    with pytest.raises(AddressRefused):
        send_request(f"http://{host}:{server.port}/", networks=())

    assert not server.asked


def test_a_redirect_does_not_lead_inside(server: WebServer) -> None:
    server.put("/inside", "secret")
    url = server.redirect("/", f"http://127.0.0.2:{server.port}/inside")

    with pytest.raises(AddressRefused):
        send_request(url, networks=LOCAL)

    assert [asked.path for asked in server.asked] == ["/"]


def test_a_name_for_a_private_address_is_refused(server: WebServer, names: dict[str, list[list[str]]]) -> None:
    names["rebind.example"] = [["127.0.0.1"]]

    with pytest.raises(AddressRefused):
        send_request(f"http://rebind.example:{server.port}/", networks=())

    assert not server.asked


def test_of_many_addresses_only_public_ones_are_tried(
    names: dict[str, list[list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    names["mixed.example"] = [["10.0.0.1", "192.0.2.7", "93.184.215.14", "::1"]]
    tried: list[str] = []

    def refuse(_: object, host: str, port: int, **__: Any) -> None:
        tried.append(host)
        raise httpcore2.ConnectError

    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", refuse)

    with pytest.raises(network.ConnectionFailed):
        send_request("http://mixed.example/", networks=())

    assert tried == ["93.184.215.14"]


def test_a_name_is_looked_up_once_and_its_address_connected_to(
    server: WebServer, names: dict[str, list[list[str]]]
) -> None:
    server.put("/", "found")
    names["once.example"] = [["127.0.0.1"], ["10.0.0.1"]]
    names["127.0.0.1"] = [["127.0.0.1"]]  # what the socket asks about a numeric address

    answer = send_request(f"http://once.example:{server.port}/", networks=LOCAL)

    assert answer.body == b"found"
    assert server.asked[0].headers["host"] == f"once.example:{server.port}"
    assert names["once.example"] == [["10.0.0.1"]]


def test_the_address_at_the_other_end_is_checked_too(server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.put("/", "secret")
    connect = httpcore2.SyncBackend.connect_tcp

    def divert(backend: httpcore2.SyncBackend, host: str, port: int, **options: Any) -> httpcore2.NetworkStream:
        return connect(backend, "127.0.0.1", server.port, **options)

    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", divert)

    with pytest.raises(AddressRefused):
        send_request("http://93.184.215.14/", networks=())

    assert not server.asked


@pytest.mark.parametrize("port", [22, 25, 6379, 5432, 11211, 1])
def test_other_ports_than_those_of_web_servers_are_refused(port: int) -> None:
    with pytest.raises(UrlRefused):
        send_request(f"http://93.184.215.14:{port}/", networks=())


def test_a_name_that_is_not_resolved_in_time_is_given_up(server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def wait_for_end(*_: Any, **__: Any) -> list[Any]:
        server.ending.wait(30)
        return []

    monkeypatch.setattr(network.socket, "getaddrinfo", wait_for_end)

    with pytest.raises(TimedOut):
        send_request("http://slow.example/", seconds=0.2, networks=())


def test_a_name_without_an_address_is_named_so(names: dict[str, list[list[str]]]) -> None:
    with pytest.raises(HostNotFound):
        send_request("http://missing.example/", networks=())


def test_sockets_in_the_file_system_are_refused() -> None:
    backend = network.GuardedBackend(network.Deadline(1), LOCAL)

    with pytest.raises(AddressRefused):
        backend.connect_unix_socket("/run/any.sock")
