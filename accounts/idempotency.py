"""A repeated POST with the same Idempotency-Key gets the first answer instead of a second effect.

The first request claims the key with a row, runs, and leaves its answer there; others wait for it. Answers are
sealed with the key itself, which is not stored: a copy of the database does not reveal them. Failures and answers
marked `no-store` (they hold fresh secrets) are not kept, so such a request can be tried again.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from cryptography.fernet import MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.authentication import identify
from accounts.models import IdempotencyKey
from lib.crypto import build_cipher
from lib.web.client import get_ip_address
from lib.web.errors import Conflict

HEADER = "Idempotency-Key"


MAX_KEY = 255


PATIENCE = 3.0


PAUSE = 0.05


Run = Callable[..., HttpResponse]


def idempotent(run: Run) -> Run:
    """Wrap an operation so that an Idempotency-Key is honoured."""

    @wraps(run)
    def run_once(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raw_key = request.headers.get(HEADER)
        # A file's bytes are not read into memory for this; its upload has an idempotency of its own.
        if request.method != "POST" or raw_key is None or request.content_type == "multipart/form-data":
            return run(request, *args, **kwargs)
        scope = _scope_of(request)
        if scope is None:  # refused by the operation itself
            return run(request, *args, **kwargs)
        claim = _claim(request, scope, raw_key)
        if claim.status is not None:
            return _repeat(claim, raw_key)
        return _run_and_keep(claim, raw_key, lambda: run(request, *args, **kwargs))

    return run_once


def _scope_of(request: HttpRequest) -> str | None:
    """Keys of one person never meet those of another; without a person, those of one client."""
    try:
        user = identify(request)
    except Exception:
        return None
    return _hash(f"user:{user.pk}" if user else f"client:{get_ip_address(request)}")


def _claim(request: HttpRequest, scope: str, raw_key: str) -> IdempotencyKey:
    """Our own fresh claim, or the answered one of whoever was first."""
    if not 0 < len(raw_key) <= MAX_KEY:
        raise ValidationError({HEADER: format_lazy(_("A key has 1 to {count} characters."), count=MAX_KEY)})
    claim = IdempotencyKey(
        scope=scope,
        key=_hash(raw_key),
        method=request.method or "",
        path=_route_of(request),
        body_hash=_print_of(request),
    )
    deadline = time.monotonic() + PATIENCE
    while True:
        found = _claim_or_find(claim)
        if found.pk == claim.pk or found.status is not None:
            return found
        if time.monotonic() > deadline:
            raise Conflict(_("The first request with this Idempotency-Key is still in progress."), "in_progress")
        time.sleep(PAUSE)


def _claim_or_find(claim: IdempotencyKey) -> IdempotencyKey:
    rows = IdempotencyKey.objects.filter(scope=claim.scope, key=claim.key)
    found = rows.first()
    if found is not None and rows.worthless().delete()[0]:
        found = None
    while found is None:
        IdempotencyKey.objects.bulk_create([claim], ignore_conflicts=True)
        found = rows.first()  # none when the first request failed in this moment
    if (found.method, found.path, found.body_hash) != (claim.method, claim.path, claim.body_hash):
        raise Conflict(_("This Idempotency-Key was used for another request."), "idempotency_key_reused")
    return found


def _run_and_keep(claim: IdempotencyKey, raw_key: str, run: Callable[[], HttpResponse]) -> HttpResponse:
    mine = IdempotencyKey.objects.filter(pk=claim.pk)
    try:
        response = run()
    except BaseException:
        mine.delete()
        raise
    if 200 <= response.status_code < 300 and "no-store" not in response.get("Cache-Control", ""):
        mine.update(status=response.status_code, answer=_seal(raw_key).encrypt(response.content))
    else:
        mine.delete()
    return response


def _repeat(claim: IdempotencyKey, raw_key: str) -> HttpResponse:
    content = _seal(raw_key).decrypt(bytes(claim.answer))
    response = HttpResponse(content, status=claim.status, content_type="application/json; charset=utf-8")
    response["Idempotent-Replayed"] = "true"
    return response


def _route_of(request: HttpRequest) -> str:
    """The path without its values: a token may be among them."""
    return request.resolver_match.route[:500] if request.resolver_match else ""


def _print_of(request: HttpRequest) -> str:
    """Tells requests apart. A password may be in it, so a plain hash would let whoever copies the database guess it."""
    return salted_hmac(
        "accounts.idempotency", request.get_full_path().encode() + request.body, algorithm="sha256"
    ).hexdigest()


def _seal(raw_key: str) -> MultiFernet:
    return build_cipher("accounts.idempotency", (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS), about=raw_key)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()
