"""Describe the health check in the REST API. `config.urls` has its view, which answers first."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Status

from config.health import check_health
from lib.web.openapi import show_example
from lib.web.schemas import Schema

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
