"""A full disk and a database that is away are told apart from our own mistakes, by REST, page and socket alike."""

import asyncio
import errno
import sqlite3
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
import redis
from django.core.files.storage import default_storage
from django.db import InterfaceError, OperationalError, connection
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from accounts.models import User
from chat.models import Room
from chat.socket.errors import encode_error
from config.server.handler import PooledHandler
from lib import outages
from lib.outages import find_full_storage, is_outage, is_storage_full, skip_when_full
from tests.accounts.pictures import halves, upload
from tests.conftest import ApiFor, ClientFor


def caused(by: Exception, error: type[Exception] = OperationalError) -> Exception:
    """An error as Django raises it for one of the driver."""
    raised = error(*by.args)
    raised.__cause__ = by
    return raised


def sqlite_error(name: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("it said")
    error.sqlite_errorname = name
    return error


FULL: list[tuple[Exception, str]] = [
    (caused(sqlite_error("SQLITE_FULL")), "database"),
    (caused(psycopg.errors.DiskFull("could not extend file")), "database"),
    (OSError(errno.ENOSPC, "No space left on device"), "files"),
    (OSError(errno.EDQUOT, "Disk quota exceeded"), "files"),
    (caused(OSError(errno.EFBIG, "File too large"), RuntimeError), "files"),
]
OTHER = [
    caused(sqlite_error("SQLITE_BUSY")),
    caused(sqlite_error("SQLITE_IOERR_WRITE")),
    caused(psycopg.OperationalError("the connection is lost")),
    OSError(errno.EACCES, "Permission denied"),
    ValueError("ours"),
]


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """No disk was full before or after."""
    outages._last_full_at = -outages.RECENT_SECONDS
    yield
    outages._last_full_at = -outages.RECENT_SECONDS


@pytest.mark.parametrize(("error", "what"), FULL)
def test_a_full_disk_is_recognised_and_counts_for_a_while(error: Exception, what: str) -> None:
    assert not is_storage_full()

    assert f"disk that holds {'the ' if what == 'database' else ''}{what} is full" in str(find_full_storage(error))

    assert is_storage_full()


@pytest.mark.parametrize("error", OTHER)
def test_nothing_else_is_a_full_disk(error: Exception) -> None:
    assert find_full_storage(error) is None
    assert not is_storage_full()


def test_an_io_error_of_sqlite_is_a_full_disk_where_there_is_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outages, "_count_free_bytes", lambda _: 4096)

    assert find_full_storage(caused(sqlite_error("SQLITE_IOERR_SHMSIZE")))


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (OperationalError("server closed the connection"), True),
        (InterfaceError("connection already closed"), True),
        (redis.ConnectionError("refused"), True),
        (redis.TimeoutError("slow"), True),
        (ValueError("ours"), False),
        (None, False),
    ],
)
def test_a_database_that_is_away_is_an_outage(error: Exception | None, away: bool) -> None:
    assert is_outage(error) is away


def test_only_a_full_disk_lets_a_write_be_left_out() -> None:
    with skip_when_full():
        raise FULL[0][0]
    with pytest.raises(OperationalError), skip_when_full():
        raise OTHER[0]


@pytest.mark.parametrize(("error", "status", "code"), [
    (FULL[0][0], 507, "storage_full"),
    (FULL[1][0], 507, "storage_full"),
    (FULL[2][0], 507, "storage_full"),
    (OTHER[2], 503, "unavailable"),
    (InterfaceError("closed"), 503, "unavailable"),
    (redis.ConnectionError("refused"), 503, "unavailable"),
    (OTHER[4], 500, "internal_error"),
])  # fmt: skip
def test_rest_and_pages_answer_alike(
    error: Exception, status: int, code: str, alice: User, api_for: ApiFor, client_for: ClientFor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def fail(*_: Any, **__: Any) -> None:
        raise error

    api, browser = api_for(alice), client_for(alice)
    browser.raise_request_exception = False
    monkeypatch.setattr("accounts.tokens.api.personal.revoke_token", fail)
    monkeypatch.setattr("accounts.tokens.views.revoke_token", fail)

    by_rest = api.call("DELETE", f"/me/tokens/{alice.pk}")
    by_page = browser.post(f"/settings/tokens/{alice.pk}/revocation/")

    assert (by_rest.status_code, by_rest.json()["code"]) == (status, code)
    assert by_page.status_code == status
    assert f"Error {status}" in by_page.content.decode()


def test_a_socket_names_the_disk() -> None:
    assert b'"code":"storage_full"' in encode_error(1, FULL[0][0])


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="limits a SQLite file")
def test_a_message_without_room_is_refused_and_stored_once_there_is_some(
    room: Room, alice: User, api_for: ApiFor
) -> None:
    api = api_for(alice)
    with connection.cursor() as cursor:
        [[pages]] = cursor.execute("PRAGMA page_count").fetchall()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    path = f"/rooms/{room.pk}/messages"

    answers = [api.call("POST", path, {"content": "x" * 5000}) for _ in range(10)]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1000000")
    after = api.call("POST", path, {"content": "there is room"})

    assert answers[-1].status_code == 507
    assert after.json()["seq"] == [answer.status_code for answer in answers].count(201) + 1


def test_a_picture_that_can_not_be_written_leaves_no_file(
    alice: User, api_for: ApiFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    deleted: list[str] = []

    def save(name: str, content: Any) -> str:
        raise FULL[2][0]

    monkeypatch.setattr(default_storage, "save", save)
    monkeypatch.setattr(default_storage, "delete", deleted.append)
    body = encode_multipart(BOUNDARY, {"file": upload(halves())})

    answer = api_for(alice).generic("PUT", "/api/v1/me/avatar", body, content_type=MULTIPART_CONTENT)

    assert answer.status_code == 507
    assert len(deleted) == 1


@pytest.mark.parametrize(("path", "sign"), [("/api/v1/me/avatar", b"storage_full"), ("/settings/picture/", b"507")])
def test_a_body_that_finds_no_room_is_refused(path: str, sign: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: Any) -> None:
        raise FULL[2][0]

    monkeypatch.setattr(PooledHandler, "read_body", fail)
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    asyncio.run(PooledHandler()({"type": "http", "method": "POST", "path": path, "headers": []}, receive, send))

    assert sent[0]["status"] == 507
    assert sign in sent[1]["body"]
