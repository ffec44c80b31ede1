"""Check the database, Redis and the migrations."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest
from ninja import Router, Schema, Status

from lib.outages import is_storage_full
from lib.web.openapi import show_example

if TYPE_CHECKING:
    from redis import Redis

router = Router(tags=["system"])


class Migrations(Schema):
    """Numbers of migrations that are applied and that wait."""

    applied: int
    pending: int


class HealthOut(Schema):
    """State of the server and its parts."""

    status: Literal["ok", "error"]
    database: Literal["ok", "error"]
    channel_layer: Literal["ok", "error"]
    disk: Literal["ok", "full"]
    migrations: Migrations


PARTS = {"database": "ok", "channel_layer": "ok", "disk": "ok"}
HEALTHY = {"status": "ok", **PARTS, "migrations": {"applied": 24, "pending": 0}}
SICK = HEALTHY | {"status": "error", "migrations": {"applied": 23, "pending": 1}}


@router.get(
    "/health",
    auth=None,
    response={200: HealthOut, 503: HealthOut},
    openapi_extra=show_example(HEALTHY, also={503: SICK}),
)
def read_health(request: HttpRequest) -> Status[dict[str, Any]]:
    """Check the health of the server, without authentication.

    503 when the database or Redis (`channel_layer`) does not answer, a disk is full, or migrations wait to be
    applied.
    """
    report = check_health()
    return Status(200 if report["status"] == "ok" else 503, report)


def check_health() -> dict[str, Any]:
    """Return the state of each part, in the shape of `HealthOut`. Two queries."""
    migrations = _count_migrations()
    channel_layer = _reaches_channel_layer()
    full = is_storage_full()
    healthy = migrations is not None and migrations["pending"] == 0 and channel_layer and not full
    return {
        "status": "ok" if healthy else "error",
        "database": "error" if migrations is None else "ok",
        "channel_layer": "ok" if channel_layer else "error",
        "disk": "full" if full else "ok",
        "migrations": migrations or {"applied": 0, "pending": len(_list_migrations())},
    }


def _count_migrations() -> dict[str, int] | None:
    try:
        applied = _list_migrations() & MigrationRecorder(connection).applied_migrations().keys()
    except DatabaseError:
        return None
    return {"applied": len(applied), "pending": len(_list_migrations() - applied)}


@cache
def _list_migrations() -> frozenset[tuple[str, str]]:
    """Return app and name of all migrations in the code, read once per process."""
    return frozenset(MigrationLoader(None).disk_migrations)


def _reaches_channel_layer() -> bool:
    return not settings.REDIS_URL or _reaches_redis()


def _reaches_redis() -> bool:
    from redis import RedisError  # takes a twentieth of the start, and many installations have none

    try:
        return bool(_connect_to_redis().ping())
    except RedisError:
        return False


@cache
def _connect_to_redis() -> Redis:
    from redis import from_url

    return from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)
