"""Answer a repeated POST with the same Idempotency-Key with the first answer, without a second effect.

The first request claims the key with a row, runs, and stores its answer there; the others wait for it. Answers are
encrypted with the key itself, which is not stored: a copy of the database does not reveal them. Failures and answers
marked `no-store` (they hold new secrets) are not stored, so that such a request can be repeated.
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

from accounts.authentication import identify_user
from accounts.models import IdempotencyKey
from lib.crypto import build_cipher
from lib.web.client import get_ip_address
from lib.web.errors import Conflict

HEADER = "Idempotency-Key"
MAX_KEY_LENGTH = 255
MAX_WAIT_SECONDS = 3.0
POLL_SECONDS = 0.05

Run = Callable[..., HttpResponse]


def honour_idempotency_key(run: Run) -> Run:
    """Wrap an operation so that a repeated POST with the same Idempotency-Key gets the stored answer."""

    @wraps(run)
    def run_once(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raw_key = request.headers.get(HEADER)
        # Uploads have an idempotency of their own, and hashing one would read the whole file into memory.
        if request.method != "POST" or raw_key is None or request.content_type == "multipart/form-data":
            return run(request, *args, **kwargs)
        scope = _hash_requester(request)
        if scope is None:  # refused by the operation itself
            return run(request, *args, **kwargs)
        claim = _claim_key(request, scope, raw_key)
        if claim.status is not None:
            return _replay_answer(claim, raw_key)
        return _run_and_store(claim, raw_key, lambda: run(request, *args, **kwargs))

    return run_once


def _hash_requester(request: HttpRequest) -> str | None:
    """Return a hash of the user, or of an anonymous client's IP address: keys of two users never collide.

    Return nothing when authentication fails.
    """
    try:
        user = identify_user(request)
    except Exception:
        return None
    return _hash_text(f"user:{user.pk}" if user else f"client:{get_ip_address(request)}")


def _claim_key(request: HttpRequest, scope: str, raw_key: str) -> IdempotencyKey:
    """Claim a key for this request, or return the answered claim of the first request.

    Raise `Conflict` when the first request is not answered in time, or was another request.
    """
    if not 0 < len(raw_key) <= MAX_KEY_LENGTH:
        raise ValidationError({HEADER: format_lazy(_("A key has 1 to {count} characters."), count=MAX_KEY_LENGTH)})
    claim = IdempotencyKey(
        scope=scope,
        key=_hash_text(raw_key),
        method=request.method or "",
        path=_get_route(request),
        body_hash=_hash_request(request),
    )
    deadline = time.monotonic() + MAX_WAIT_SECONDS
    while True:
        stored = _insert_or_get_claim(claim)
        if stored.pk == claim.pk or stored.status is not None:
            return stored
        if time.monotonic() > deadline:
            raise Conflict(_("The first request with this Idempotency-Key is still in progress."), "in_progress")
        time.sleep(POLL_SECONDS)


def _insert_or_get_claim(claim: IdempotencyKey) -> IdempotencyKey:
    rows = IdempotencyKey.objects.filter(scope=claim.scope, key=claim.key)
    stored = rows.first()
    if stored is not None and rows.expired().delete()[0]:
        stored = None
    while stored is None:
        IdempotencyKey.objects.bulk_create([claim], ignore_conflicts=True)
        stored = rows.first()  # none when the first request failed in this moment
    if (stored.method, stored.path, stored.body_hash) != (claim.method, claim.path, claim.body_hash):
        raise Conflict(_("This Idempotency-Key was used for another request."), "idempotency_key_reused")
    return stored


def _run_and_store(claim: IdempotencyKey, raw_key: str, run: Callable[[], HttpResponse]) -> HttpResponse:
    own_claim = IdempotencyKey.objects.filter(pk=claim.pk)
    try:
        response = run()
    except BaseException:
        own_claim.delete()
        raise
    if 200 <= response.status_code < 300 and "no-store" not in response.get("Cache-Control", ""):
        own_claim.update(status=response.status_code, answer=_build_cipher(raw_key).encrypt(response.content))
    else:
        own_claim.delete()
    return response


def _replay_answer(claim: IdempotencyKey, raw_key: str) -> HttpResponse:
    content = _build_cipher(raw_key).decrypt(bytes(claim.answer))
    response = HttpResponse(content, status=claim.status, content_type="application/json; charset=utf-8")
    response["Idempotent-Replayed"] = "true"
    return response


def _get_route(request: HttpRequest) -> str:
    """Return the route of a request, without the values in its path, which may be secret."""
    return request.resolver_match.route[:500] if request.resolver_match else ""


def _hash_request(request: HttpRequest) -> str:
    """Return a keyed hash of URL and body. The body may hold a password, which an unkeyed hash would let be guessed."""
    return salted_hmac(
        "accounts.idempotency", request.get_full_path().encode() + request.body, algorithm="sha256"
    ).hexdigest()


def _build_cipher(raw_key: str) -> MultiFernet:
    return build_cipher("accounts.idempotency", (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS), about=raw_key)


def _hash_text(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()
