"""Browsers are subscribed for one user at a time, and for as long as that is signed in there."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Session, User
from accounts.sessions.services import end_session
from notifications.models import PushSecrets, PushSubscription
from notifications.push.hosts import check_endpoint
from notifications.push.services import MAX_DEVICES, delete_push_subscription, rotate_push_secrets
from tests.notifications.push.browser import FakeBrowser
from tests.notifications.push.conftest import Subscribe, sign_in

pytestmark = pytest.mark.django_db


def make_secrets(path: str = "1", **keys: str) -> PushSecrets:
    return PushSecrets(f"https://fcm.googleapis.com/fcm/send/{path}", **(FakeBrowser().keys | keys))


@pytest.mark.parametrize(
    "url",
    [
        "https://fcm.googleapis.com/fcm/send/x",
        "https://updates.push.services.mozilla.com/wpush/v2/x",
        "https://web.push.apple.com/x",
        "https://wns2-db5p.notify.windows.com/w/?token=x",
    ],
)
def test_the_known_services_are_asked(url: str) -> None:
    assert check_endpoint(url).url.startswith("https://")


@pytest.mark.parametrize(
    "url",
    [
        *(
            "http://fcm.googleapis.com/x",
            "https://fcm.googleapis.com:8443/x",
            "https://fcm.googleapis.com.evil.example/",
        ),
        *("https://evil.example/fcm.googleapis.com", "https://push.apple.com.evil.example/", "https://apple.com/"),
        *("https://user@web.push.apple.com/", "ftp://web.push.apple.com/", "https://127.0.0.1/", "/fcm/send/", ""),
    ],
)
def test_no_other_address_is_asked(url: str) -> None:
    with pytest.raises(ValidationError):
        check_endpoint(url)


def test_a_setting_may_allow_any_host_over_https(settings: Settings) -> None:
    settings.PUSH_HOSTS = ["*"]

    assert check_endpoint("https://push.example.org/x").host == "push.example.org"
    with pytest.raises(ValidationError):
        check_endpoint("http://push.example.org/x")


@pytest.mark.parametrize("keys", [{"p256dh": "AAAA"}, {"auth": "AAAA"}, {"p256dh": "no base64!"}, {"auth": "ä"}])
def test_keys_that_are_none_are_refused(subscribe: Subscribe, bob: User, keys: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        subscribe(bob, make_secrets(**keys))


def test_a_browser_that_comes_again_is_the_same(subscribe: Subscribe, bob: User) -> None:
    secrets = make_secrets()

    assert subscribe(bob, secrets).pk == subscribe(bob, secrets).pk


def test_the_database_holds_no_address_and_no_key(subscribe: Subscribe, bob: User) -> None:
    secrets = make_secrets("a-secret-address")
    subscription = subscribe(bob, secrets)

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {PushSubscription._meta.db_table}")
        row = str(cursor.fetchall())
    assert not [part for part in ("a-secret-address", secrets.p256dh, secrets.auth) if part in row]
    assert subscription.decrypt_secrets() == secrets


def test_rotated_secrets_are_read_as_before(subscribe: Subscribe, bob: User, settings: Settings) -> None:
    subscription = subscribe(bob, secrets := make_secrets())
    lost = subscribe(bob, make_secrets("lost"))
    PushSubscription.objects.filter(pk=lost.pk).update(secrets="of a key that is gone")
    settings.DATA_KEYS = ["a new key"]

    assert rotate_push_secrets() == 1

    subscription.refresh_from_db()
    assert subscription.decrypt_secrets() == secrets


def test_a_browser_is_its_next_users(subscribe: Subscribe, alice: User, bob: User) -> None:
    secrets = make_secrets()
    subscribe(alice, secrets)

    subscribe(bob, secrets)

    assert PushSubscription.objects.get().user == bob


def test_who_knows_the_address_alone_takes_no_browser_over(subscribe: Subscribe, alice: User, bob: User) -> None:
    subscribe(alice, make_secrets())

    with pytest.raises(ValidationError):
        subscribe(bob, make_secrets())

    assert PushSubscription.objects.get().user == alice


def test_of_too_many_browsers_the_one_that_was_renewed_first_ends(subscribe: Subscribe, bob: User) -> None:
    session_id = sign_in(bob)
    first, *others = [subscribe(bob, make_secrets(str(number)), session_id) for number in range(MAX_DEVICES)]

    last = subscribe(bob, make_secrets("one-more"), session_id)

    assert {row.pk for row in PushSubscription.objects.all()} == {row.pk for row in (*others, last)}
    assert first.pk != last.pk


def test_nobody_ends_the_pushes_of_another(subscribe: Subscribe, alice: User, bob: User) -> None:
    subscription = subscribe(bob, make_secrets())

    with pytest.raises(ObjectDoesNotExist):
        delete_push_subscription(actor=alice, subscription_id=subscription.pk)
    delete_push_subscription(actor=bob, subscription_id=subscription.pk)

    assert not PushSubscription.objects.exists()


def test_pushes_end_with_the_session(subscribe: Subscribe, bob: User) -> None:
    here, elsewhere = sign_in(bob), sign_in(bob)
    subscribe(bob, make_secrets("here"), here)
    subscribe(bob, make_secrets("elsewhere"), elsewhere)

    end_session(actor=bob, session_id=elsewhere)

    assert [row.session_id for row in PushSubscription.objects.deliverable()] == [here]


@pytest.mark.parametrize("change", ["expired", "deactivated", "due", "unknown", "foreign", "over"])
def test_nothing_is_delivered_to_whom_is_not_signed_in(
    subscribe: Subscribe, alice: User, bob: User, change: str
) -> None:
    session_id = {"unknown": uuid4(), "foreign": sign_in(alice)}.get(change) or sign_in(bob)
    subscription = subscribe(bob, make_secrets(), session_id)
    match change:
        case "expired":
            Session.objects.filter(public_id=session_id).update(expire_date=timezone.now() - timedelta(seconds=1))
        case "deactivated":
            User.objects.filter(pk=bob.pk).update(is_active=False)
        case "due":
            User.objects.filter(pk=bob.pk).update(second_factor_due=True)
        case "over":
            PushSubscription.objects.filter(pk=subscription.pk).update(expires_at=timezone.now())

    assert not PushSubscription.objects.deliverable().exists()
