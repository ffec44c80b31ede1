"""Push subscriptions over REST: taken, listed without their secrets, tested, ended."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from lib.jobs import run_due_jobs
from notifications.models import PushSecrets, PushSubscription
from notifications.push.vapid import get_public_key
from tests.conftest import ApiFor
from tests.notifications.push.browser import FakeBrowser
from tests.notifications.push.conftest import Subscribe
from tests.notifications.push.service import PushService

PATH = "/me/push-subscriptions"

pytestmark = pytest.mark.django_db


def write_subscription(secrets: PushSecrets) -> dict[str, Any]:
    values = asdict(secrets)
    return {"endpoint": values.pop("endpoint"), "keys": values, "expirationTime": 4102444800000}


def test_a_browser_is_subscribed_and_its_secrets_stay_here(
    api_for: ApiFor, bob: User, alice: User, service: PushService
) -> None:
    secrets = service.subscribe("/push/secret")

    made = api_for(bob).call("POST", PATH, write_subscription(secrets))
    listed = api_for(bob).call("GET", PATH)

    assert made.status_code == 201
    assert [row["id"] for row in listed.json()["items"]] == [made.json()["id"]]
    assert not any(secret in listed.text + made.text for secret in ("/push/secret", secrets.p256dh, secrets.auth))
    assert api_for(alice).call("GET", PATH).json()["items"] == []
    assert PushSubscription.objects.get().expires_at


def test_only_its_owner_ends_or_tests_it(
    api_for: ApiFor, alice: User, bob: User, service: PushService, subscribe: Subscribe
) -> None:
    subscription = subscribe(bob, service.subscribe())

    assert api_for(alice).call("POST", f"{PATH}/{subscription.pk}/test").status_code == 404
    assert api_for(alice).call("DELETE", f"{PATH}/{subscription.pk}").status_code == 404
    assert api_for(bob).call("DELETE", f"{PATH}/{subscription.pk}").status_code == 204
    assert not PushSubscription.objects.exists()


def test_a_browser_that_was_turned_off_renews_nothing_and_is_turned_on_by_hand(
    api_for: ApiFor, bob: User, alice: User, service: PushService, subscribe: Subscribe
) -> None:
    secrets = service.subscribe("/push/turned-off")
    subscription = subscribe(bob, secrets)
    written = write_subscription(secrets)
    elsewhere = write_subscription(service.subscribe("/push/renamed")) | {"renews": secrets.endpoint}
    renewal = written | {"renews": secrets.endpoint}
    assert api_for(bob).call("POST", PATH, renewal).status_code == 201
    api_for(bob).call("DELETE", f"{PATH}/{subscription.pk}")

    refused = [api_for(who).call("POST", PATH, body) for who in (bob, alice) for body in (renewal, elsewhere)]

    assert [(answer.status_code, answer.json()["code"]) for answer in refused] == [(409, "turned_off")] * 4
    assert not PushSubscription.objects.exists()
    assert api_for(bob).call("POST", PATH, written).status_code == 201
    assert api_for(bob).call("POST", PATH, renewal).status_code == 201


def test_a_browser_that_the_server_has_lost_is_subscribed_again(
    api_for: ApiFor, bob: User, service: PushService, subscribe: Subscribe
) -> None:
    secrets = service.subscribe("/push/lost")
    subscribe(bob, secrets).delete()

    renewed = api_for(bob).call("POST", PATH, write_subscription(secrets) | {"renews": secrets.endpoint})

    assert renewed.status_code == 201


def test_an_address_of_no_push_service_is_refused(api_for: ApiFor, bob: User) -> None:
    secrets = PushSecrets("https://inside.example/", **FakeBrowser().keys)

    refused = api_for(bob).call("POST", PATH, write_subscription(secrets))

    assert refused.status_code == 422
    assert "push service" in refused.json()["errors"][0]["msg"]


def test_a_test_shows_something_in_the_language_of_its_user(
    api_for: ApiFor, bob: User, service: PushService, subscribe: Subscribe
) -> None:
    User.objects.filter(pk=bob.pk).update(language="de")
    subscribe(bob, service.subscribe())

    answer = api_for(bob).call("POST", f"{PATH}/test")
    run_due_jobs(queue="push")

    assert answer.json() == {"sent": 1}
    [push] = service.received
    assert push.payload["web_push"] == 8030
    assert push.payload["notification"]["title"] == "Es klappt"
    assert push.payload["notification"]["navigate"] == "https://atrium.example/settings/notifications/"
    assert int(push.headers["ttl"]) > 0


def test_the_key_is_the_servers_own(api_for: ApiFor, bob: User) -> None:
    assert api_for(bob).call("GET", f"{PATH}/key").json() == {"public_key": get_public_key()}


def test_five_browsers_are_listed_at_the_cost_of_one(
    api_for: ApiFor,
    bob: User,
    service: PushService,
    subscribe: Subscribe,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(5):
        subscribe(bob, service.subscribe(f"/push/{number}"))
    api = api_for(bob)
    api.call("GET", PATH)

    with django_assert_num_queries(2):  # the token, the browsers
        assert len(api.call("GET", PATH).json()["items"]) == 5
