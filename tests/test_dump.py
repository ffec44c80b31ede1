"""Whoever copies the database can sign in as nobody, and reset, accept or confirm nothing."""

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail, signing
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts.models import IdempotencyKey, LoginAttempt, RefreshToken, Session
from lib.mail.backend import StoringBackend
from lib.mail.models import StoredMail
from tests.accounts.steps import code_of
from tests.conftest import ApiFor
from tests.database import cells
from tests.factories import make_user
from tests.notifications.push.browser import FakeBrowser
from tests.prepared import openapi_schema

# In the same order as they are used. All are as weak to guess as people's passwords are.
PASSWORD, NEW_PASSWORD, MISTYPED = "harbour-light-2026", "lighthouse-at-dusk-31", "harbour-night-2026"
DANA, BOB = "dana@halyard.example", "bob@halyard.example"

# What REST hands out or takes that opens something, by the names of its fields. Whoever adds one plants it in `_live`.
SECRET_FIELDS = {
    "access_token",
    "current_password",
    "invitation",  # the token of one
    "key",  # of the address of a calendar; that of a project or a task opens nothing
    "keys",  # of a push subscription
    "new_password",
    "otp",
    "otpauth_url",  # with the secret
    "password",
    "recovery_code",  # one of these, used below
    "recovery_codes",
    "refresh_token",
    "secret",
    "token",
    "url",  # of an invitation
}
SOUNDS_SECRET = re.compile("token|secret|password|otp|code|key|cookie|invitation$|^url$|_url$")
# Sound like it and aren't: counts, places of pictures, the sort of a token.
HARMLESS = {
    "avatar_url",
    "code",
    "git_url",
    "image_url",
    "keywords",
    "passkey",
    "picture_url",
    "preview_url",
    "thumbnail_url",
    "public_key",
    "recovery_codes_left",
    "token_type",
}


class WaitingMails(BaseEmailBackend):
    """Every mail waits, and can be read here."""

    def send_messages(self, email_messages: Any) -> int:
        get_connection("django.core.mail.backends.locmem.EmailBackend").send_messages(email_messages)
        return StoringBackend().send_messages(email_messages)


@pytest.fixture
def planted(
    db: None,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    api_for: ApiFor,
) -> dict[str, str]:
    """Every secret there is, by its name, after people have really used each of them."""
    settings.THROTTLE = settings.ACCOUNT_RATE_LIMITS = False
    settings.EMAIL_BACKEND = f"{__name__}.WaitingMails"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # salted too, and fast
    return dict(_live(api_for, django_capture_on_commit_callbacks))


def _live(api_for: Any, after_commit: Any) -> Iterator[tuple[str, str]]:
    yield from (("password", PASSWORD), ("new password", NEW_PASSWORD), ("mistyped password", MISTYPED))
    # Signing up, with a key that lets the request be repeated, and by a link.
    nobody = api_for(None)
    once = {"Idempotency-Key": "dana-signs-up"}
    nobody.call("POST", "/auth/signup", {"email": DANA, "password": PASSWORD, "name": "Dana"}, **once)
    yield "confirmation link", _linked("confirm-email")
    # By token.
    sign_in = {"email": DANA, "password": PASSWORD}
    nobody.call("POST", "/auth/token", sign_in | {"password": MISTYPED})
    pair = nobody.call("POST", "/auth/token", sign_in, **{"Idempotency-Key": "dana-signs-in"}).json()
    yield from (("access token", pair["access_token"]), ("refresh token", pair["refresh_token"]))
    pair = nobody.call("POST", "/auth/token/refresh", {"refresh_token": pair["refresh_token"]}).json()
    yield from (("next access token", pair["access_token"]), ("next refresh token", pair["refresh_token"]))
    dana = api_for(None)
    dana.defaults["HTTP_AUTHORIZATION"] = f"Bearer {pair['access_token']}"

    def kept(method: str, path: str, body: dict[str, Any]) -> Any:
        with after_commit(execute=True):
            answer = dana.call(method, path, body, **{"Idempotency-Key": f"{method} {path} {body}"})
        assert answer.status_code < 300, answer.content
        return answer.json() if answer.content else {}

    yield "personal token", kept("POST", "/me/tokens", {"name": "Script", "scopes": ["account:read"]})["token"]
    yield "key of a calendar", kept("POST", "/me/calendar-feed", {})["key"]
    # An organisation, and a link into it that is used as well.
    slug = kept("POST", "/orgs", {"name": "Halyard"})["slug"]
    invitation = kept("POST", f"/orgs/{slug}/invitations", {"email": BOB})["token"]
    yield "invitation", invitation
    bob = make_user("Bob")
    api_for(bob).call("POST", f"/invitations/{invitation}/accept", **{"Idempotency-Key": "bob-accepts"})
    everybody = kept("POST", f"/orgs/{slug}/invitations", {})["token"]
    yield "open invitation", everybody
    api_for(bob).call("POST", f"/invitations/{everybody}/accept", **{"Idempotency-Key": "bob-accepts-again"})
    project = kept("POST", f"/orgs/{slug}/projects", {"name": "Harbour Light"})["id"]
    yield "key of a shared board", kept("PUT", f"/projects/{project}/share-link", {})["url"].split("/")[-2]
    yield "key of the next one", kept("POST", f"/projects/{project}/share-link/renew", {})["url"].split("/")[-2]
    # Another password and another address.
    kept("POST", "/me/password", {"current_password": PASSWORD, "new_password": NEW_PASSWORD})
    kept("PUT", "/me/email", {"email": "dana@moreau.example", "current_password": NEW_PASSWORD})
    yield "link to the new address", _linked("confirm-email")
    # A browser that gets pushes: who knows its address can send some.
    endpoint, keys = "https://fcm.googleapis.com/fcm/send/dana-has-a-browser", FakeBrowser().keys
    kept("POST", "/me/push-subscriptions", {"endpoint": endpoint, "keys": keys})
    yield from (("push endpoint", endpoint), ("push secret", keys["auth"]))
    # A second factor, begun twice.
    yield "discarded TOTP secret", kept("POST", "/me/two-factor", {})["secret"]
    secret = dana.call("POST", "/me/two-factor").json()["secret"]
    yield "TOTP secret", secret
    yield "TOTP secret as bytes", base64.b32decode(secret).hex()
    for n, code in enumerate(kept("POST", "/me/two-factor/confirm", {"otp": code_of(secret)})["recovery_codes"]):
        yield f"recovery code {n}", code
        yield f"recovery code {n} as typed", code.replace("-", "")
    last_code = code
    # In browsers: inside by recovery code, and held at the code on the way to an invitation.
    inside, held, reset = Client(), Client(), Client()
    for browser in (inside, held):
        way = f"/accounts/login/?next=/join/{everybody}/"
        assert browser.post(way, {"login": DANA, "password": NEW_PASSWORD}).url == "/accounts/code/"
    inside.post("/accounts/code/", {"otp": last_code, "code": last_code})
    assert inside.get("/api/v1/me").status_code == 200
    # A link to choose another password, followed and left open.
    with after_commit(execute=True):
        reset.post("/accounts/password/reset/", {"email": DANA})
    link = _linked("password/reset/key")
    yield "reset link", link
    reset.get(f"/accounts/password/reset/key/{link}/", follow=True)
    yield "reset key", link.partition("-")[2]
    for name, browser in {"inside": inside, "held": held, "reset": reset}.items():
        yield f"cookie of the browser that is {name}", browser.session.session_key


def _linked(where: str) -> str:
    """The last part of the link that was mailed last."""
    found = re.search(rf"http://testserver(/accounts/{where}/\S+)", mail.outbox[-1].body)
    return urlsplit(found[1]).path.rstrip("/").rpartition("/")[2]


def _list_readings(value: Any) -> Iterator[bytes]:
    """What anybody can make of a value: as text, and with whatever is encoded or packed in it opened."""
    raw = bytes(value) if isinstance(value, bytes | memoryview) else _as_text(value).encode()
    yield raw
    for part in re.findall(rb"[A-Za-z0-9+/_-]{16,}", raw):
        for opened in (_try_decoding(bytes.fromhex, part.decode()), _try_decoding(_unbase64, part)):
            yield opened
            yield _try_decoding(zlib.decompress, opened)


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=str)


def _unbase64(part: bytes) -> bytes | None:
    return base64.urlsafe_b64decode(part.translate(bytes.maketrans(b"+/", b"-_")) + b"=" * (-len(part) % 4))


def _try_decoding(decode: Callable[..., Any], data: bytes | str) -> bytes:
    try:
        return decode(data)
    except (ValueError, zlib.error):
        return b""


def _disguises(secret: Any) -> Iterator[bytes]:
    """A secret, and what it is quickly guessed back from."""
    raw = secret.encode()
    yield from (raw, base64.b64encode(raw).rstrip(b"="), raw.hex().encode())
    if len(secret) < 24:  # people's own words
        yield from (hashlib.new(name, raw, usedforsecurity=False).hexdigest().encode() for name in ("md5", "sha1"))
        if "-" in secret and secret.islower():
            yield hashlib.sha256(raw).hexdigest().encode()


def _find_leaks(secrets: dict[str, str], cells: Any) -> set[Any]:
    texts = [(place, [reading.lower() for reading in _list_readings(value)]) for place, value in cells]
    wanted = [(name, disguise.lower()) for name, secret in secrets.items() for disguise in _disguises(secret)]
    return {
        f"{name} in {place}"
        for place, readings in texts
        for name, disguise in wanted
        if any(disguise in reading for reading in readings)
    }


def test_a_copy_of_the_database_holds_no_usable_secret(planted: dict[str, str]) -> None:
    assert all(planted.values())
    # All of it has been used, and has left rows.
    for model in (Session, IdempotencyKey, LoginAttempt, RefreshToken, StoredMail):
        assert model.objects.count() > 1

    assert _find_leaks(planted, cells()) == set()


@pytest.mark.parametrize(
    "hide",
    [
        str,
        str.upper,
        str.encode,
        lambda secret: json.dumps({"deep": [{"in": secret}]}),
        lambda secret: {"in": secret},
        lambda secret: secret.encode().hex(),
        lambda secret: base64.b64encode(f"not aligned {secret}".encode()).decode(),
        lambda secret: signing.dumps({"a": secret * 20}, compress=True),
        lambda secret: hashlib.sha256(secret.encode()).hexdigest(),
    ],
)
def test_the_search_would_find_it(hide: Callable[..., Any]) -> None:
    assert _find_leaks({"password": PASSWORD}, [("table.column", hide(PASSWORD))]) == {"password in table.column"}


def test_each_secret_of_rest_is_planted() -> None:
    schemas = openapi_schema()["components"]["schemas"]
    fields = {field for schema in schemas.values() for field in schema.get("properties", ())}

    assert {field for field in fields if SOUNDS_SECRET.search(field)} - HARMLESS == SECRET_FIELDS
