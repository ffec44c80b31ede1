"""Pushes reach a browser that decrypts them, and what services answer has the effect that it asks for."""

from __future__ import annotations

import time

import jwt
import pytest
from pytest_django import Settings

from accounts.models import User
from notifications.models import PushSecrets, PushSubscription
from notifications.push.encryption import decode_base64url, load_point
from notifications.push.sending import PushDelayed, send_push
from notifications.push.vapid import get_public_key
from tests.lib.outbound.test_guard import LOCAL
from tests.notifications.push.browser import FakeBrowser
from tests.notifications.push.conftest import Subscribe
from tests.notifications.push.service import PushService
from tests.webserver import WebServer

pytestmark = pytest.mark.django_db


def send(subscription: PushSubscription, payload: bytes = b"{}") -> bool:
    return send_push(subscription, payload, ttl=60, urgency="normal", topic="quay")


def test_a_push_arrives_encrypted_and_says_how_long_and_how_urgent(
    service: PushService, subscribe: Subscribe, bob: User
) -> None:
    subscription = subscribe(bob, service.subscribe())

    assert send(subscription, b'{"a":1}')

    [push] = service.received
    assert push.payload == {"a": 1}
    named = {name: push.headers[name] for name in ("ttl", "urgency", "topic", "content-encoding")}
    assert named == {"ttl": "60", "urgency": "normal", "topic": "quay", "content-encoding": "aes128gcm"}
    subscription.refresh_from_db()
    assert subscription.last_success_at and not subscription.last_error


def test_each_service_is_shown_a_token_for_itself(
    service: PushService, subscribe: Subscribe, bob: User, settings: Settings
) -> None:
    with PushService() as other:
        settings.PUSH_HOSTS = [service.url, other.url]
        for each in (service, other, service):
            send(subscribe(bob, each.subscribe()))

        tokens = [push.headers["authorization"] for each in (service, other) for push in each.received]
        urls = [service.url, service.url, other.url]
    for authorization, url in zip(tokens, urls, strict=True):
        scheme, _, parameters = authorization.partition(" ")
        values = dict(part.split("=", 1) for part in parameters.split(", "))
        assert (scheme, values["k"]) == ("vapid", get_public_key())
        key = load_point(decode_base64url(values["k"]))
        claims = jwt.decode(values["t"], key, algorithms=["ES256"], audience=url)
        assert claims["sub"] == "https://atrium.example"
        assert 0 < claims["exp"] - time.time() <= 12 * 60 * 60


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
def test_a_subscription_that_is_gone_is_deleted(
    service: PushService, subscribe: Subscribe, bob: User, status: str
) -> None:
    service.refuse(secrets := service.subscribe(), status)

    assert not send(subscribe(bob, secrets))
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden", "400 Bad Request", "413 Too Large"])
def test_a_refused_push_takes_no_subscription_away(
    service: PushService, subscribe: Subscribe, bob: User, status: str
) -> None:
    service.refuse(secrets := service.subscribe(), status)
    subscription = subscribe(bob, secrets)

    assert not send(subscription)

    subscription.refresh_from_db()
    assert subscription.last_error == f"status-{status[:3]}"


def test_a_wrong_key_of_ours_takes_no_subscription_away(
    service: PushService, subscribe: Subscribe, bob: User, settings: Settings
) -> None:
    subscription = subscribe(bob, service.subscribe())
    settings.VAPID_PRIVATE_KEY = "-----BEGIN EC PRIVATE KEY-----"

    assert not send(subscription)

    subscription.refresh_from_db()
    assert subscription.last_error == "no-key"
    assert not service.asked


@pytest.mark.parametrize(
    ("status", "header", "seconds"),
    [
        ("429 Too Many Requests", "17", 17),
        ("429 Too Many Requests", "", None),
        ("503 Unavailable", "999999999", 6 * 60 * 60),
        ("500 Error", "nonsense", None),
        ("502 Bad Gateway", "Fri, 27 Nov 2020 00:00:00 GMT", 0),
    ],
)
def test_a_busy_service_is_asked_again_when_it_says(
    service: PushService, subscribe: Subscribe, bob: User, status: str, header: str, seconds: int | None
) -> None:
    service.refuse(secrets := service.subscribe(), status, **({"Retry_After": header} if header else {}))
    subscription = subscribe(bob, secrets)

    with pytest.raises(PushDelayed) as delayed:
        send(subscription)

    assert delayed.value.retry_after == seconds
    subscription.refresh_from_db()
    assert subscription.last_error == f"status-{status[:3]}"


def test_a_service_that_is_away_is_asked_again(service: PushService, subscribe: Subscribe, bob: User) -> None:
    subscription = subscribe(bob, service.subscribe())
    service.__exit__()

    with pytest.raises(PushDelayed):
        send(subscription)

    subscription.refresh_from_db()
    assert subscription.last_error == "unreachable"


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"])
def test_no_redirect_is_followed(service: PushService, subscribe: Subscribe, bob: User, status: str) -> None:
    with WebServer() as inside:
        service.refuse(secrets := service.subscribe(), status, Location=f"{inside.url}/secret")

        assert not send(subscribe(bob, secrets))

        assert not inside.asked


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.1", "0.0.0.0"),
        *("[::1]", "[::]", "[::ffff:127.0.0.1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]"),
    ],
)
def test_no_push_reaches_this_machine(
    service: PushService, subscribe: Subscribe, bob: User, settings: Settings, host: str
) -> None:
    """Not even where the host itself is allowed: only OUTBOUND_NETWORKS opens private addresses."""
    settings.OUTBOUND_NETWORKS = ()
    settings.PUSH_HOSTS = ["*", f"http://{host.strip('[]')}:{service.port}"]
    secrets = PushSecrets(f"http://{host}:{service.port}/push/1", **FakeBrowser().keys)
    subscription = subscribe(bob, secrets)

    assert not send(subscription)

    subscription.refresh_from_db()
    assert subscription.last_error == "forbidden-host"
    assert not service.asked


def test_a_host_that_is_not_allowed_any_more_is_asked_nothing(
    service: PushService, subscribe: Subscribe, bob: User, settings: Settings
) -> None:
    subscription = subscribe(bob, service.subscribe())
    settings.PUSH_HOSTS, settings.OUTBOUND_NETWORKS = [], LOCAL

    assert not send(subscription)
    assert not service.asked
