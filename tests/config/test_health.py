"""GET /api/v1/health."""

from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from config import health
from lib.db import migrations

pytestmark = pytest.mark.django_db


def test_all_is_well(client: Client) -> None:
    response = client.get("/api/v1/health")

    assert response.status_code == 200
    report = response.json()
    assert report["migrations"].pop("applied") > 10
    assert report == {
        "status": "ok",
        "database": "ok",
        "channel_layer": "ok",
        "disk": "ok",
        "migrations": {"pending": 0},
    }


def test_a_waiting_migration_is_an_error(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = frozenset({("accounts", "0001_initial"), ("accounts", "0999_next")})
    monkeypatch.setattr(migrations, "list_migrations", lambda: listed)
    monkeypatch.setattr(health, "list_migrations", lambda: listed)

    response = client.get("/api/v1/health")

    assert response.status_code == 503
    assert (response.json()["status"], response.json()["migrations"]) == ("error", {"applied": 1, "pending": 1})


def test_a_database_that_does_not_answer_is_an_error(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(migrations.MigrationRecorder, "applied_migrations", fail)

    response = client.get("/api/v1/health")

    assert (response.status_code, response.json()["database"]) == (503, "error")


def test_a_channel_layer_that_does_not_answer_is_an_error(client: Client, settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    health._connect_to_redis.cache_clear()

    response = client.get("/api/v1/health")

    assert (response.status_code, response.json()["channel_layer"]) == (503, "error")
    health._connect_to_redis.cache_clear()


def test_it_is_cheap(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client.get("/api/v1/health")

    with django_assert_max_num_queries(2):
        client.get("/api/v1/health")
