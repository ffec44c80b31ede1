"""Check the database, Redis and the migrations."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import orjson
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from lib.db.migrations import list_migrations, list_pending_migrations
from lib.outages import is_storage_full
from lib.web.problems import render_problem

if TYPE_CHECKING:
    from redis import Redis


@csrf_exempt
def answer_health(request: HttpRequest) -> HttpResponse:
    """Answer with the state of the server. A view of Django's, so that it is there before the REST API is loaded."""
    if request.method not in ("GET", "HEAD"):
        return render_problem(405, headers={"Allow": "GET, HEAD"})
    report = check_health()
    content = orjson.dumps(report)
    status = 200 if report["status"] == "ok" else 503
    return HttpResponse(content, status=status, content_type="application/json; charset=utf-8")


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
        "migrations": migrations or {"applied": 0, "pending": len(list_migrations())},
    }


def _count_migrations() -> dict[str, int] | None:
    try:
        pending = len(list_pending_migrations())
    except DatabaseError:
        return None
    return {"applied": len(list_migrations()) - pending, "pending": pending}


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
