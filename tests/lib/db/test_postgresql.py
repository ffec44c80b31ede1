"""Connections that were cut while nobody used them cost a request next to nothing."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import OperationalError
from pytest_django import Settings

from lib.db.postgresql import base
from tests import prepared

pytestmark = [
    pytest.mark.skipif(not prepared.on_postgres(), reason="needs PostgreSQL"),
    pytest.mark.django_db(transaction=True),
]

SECONDS = 0.5


@pytest.fixture(autouse=True)
def fresh_pool() -> Iterator[None]:
    connection.close_pool()
    yield
    connection.close()
    connection.close_pool()


def fill_pool(number: int) -> None:
    """Leave so many idle connections in the pool."""
    connection.close()
    together = threading.Barrier(number)

    def hold() -> None:
        connection.ensure_connection()
        together.wait(10)
        connection.close()

    threads = [threading.Thread(target=hold) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def cut_connections() -> None:
    name = connection.settings_dict["NAME"]
    with psycopg.connect(prepared.address_of("postgres"), autocommit=True) as server:
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


def ask() -> float:
    """Return how long a query takes, with a connection of the pool."""
    since = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    took = time.monotonic() - since
    connection.close()
    return took


@pytest.mark.parametrize("number", [1, 2, 3, 5, 8])
def test_connections_cut_while_idle_are_left_behind_at_once(number: int) -> None:
    fill_pool(number)
    cut_connections()

    assert [ask() < SECONDS for _ in range(number + 1)] == [True] * (number + 1)


def test_many_threads_at_once_find_live_connections() -> None:
    fill_pool(5)
    took: list[float] = []
    cut_connections()

    threads = [threading.Thread(target=lambda: took.append(ask())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [each < 2 * SECONDS for each in took] == [True] * 8


def test_a_cut_inside_a_transaction_is_an_error_and_nothing_is_repeated() -> None:
    def cut_within() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cut_connections()
            cursor.execute("SELECT 2")

    with pytest.raises(OperationalError):
        cut_within()

    assert ask() < SECONDS


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long it was waited before each further attempt."""
    taken: list[float] = []
    monkeypatch.setattr(base.time, "sleep", taken.append)
    return taken


@pytest.fixture
def refusals(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """The database refuses a connection for each of these."""
    coming: list[None] = []
    connect = psycopg.connect

    def refuse(*args: Any, **kwargs: Any) -> Any:
        if coming:
            coming.pop()
            raise psycopg.OperationalError("connection refused")
        return connect(*args, **kwargs)

    monkeypatch.setattr(psycopg, "connect", refuse)
    return coming


def test_connecting_is_tried_again_with_longer_and_longer_pauses(waits: list[float], refusals: list[None]) -> None:
    fill_pool(1)
    cut_connections()
    refusals += [None] * 2

    ask()

    assert waits == [0.1, 0.2]


def test_a_database_that_stays_away_is_an_error(waits: list[float], refusals: list[None], settings: Settings) -> None:
    settings.DATABASE_RETRIES = 6
    fill_pool(1)
    cut_connections()
    refusals += [None] * 7

    with pytest.raises(OperationalError, match="refused"):
        ask()

    assert waits == [0.1, 0.2, 0.4, 0.8, 1.6, 2.0]
    assert ask() < SECONDS
