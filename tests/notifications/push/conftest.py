from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import Session, User
from lib.outbound.addresses import parse_networks
from notifications.models import PushSecrets, PushSubscription
from notifications.push.services import save_push_subscription
from tests.notifications.push.service import PushService

ORIGIN = "https://atrium.example/"

Subscribe = Callable[..., PushSubscription]


@pytest.fixture(autouse=True)
def own_key(settings: Settings) -> str:
    """The example of RFC 8291, so that no test writes a file."""
    settings.VAPID_PRIVATE_KEY = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
    return settings.VAPID_PRIVATE_KEY


@pytest.fixture
def service(settings: Settings) -> Iterator[PushService]:
    with PushService() as started:
        settings.PUSH_HOSTS = [started.url]
        settings.OUTBOUND_NETWORKS = parse_networks(["127.0.0.0/8"])
        yield started


def sign_in(user: User) -> UUID:
    """Return the public id of a new session."""
    Client().force_login(user)
    return Session.objects.filter(user=user).latest("created_at").public_id


@pytest.fixture
def subscribe() -> Subscribe:
    def build(user: User, secrets: PushSecrets, session_id: UUID | None = None) -> PushSubscription:
        return save_push_subscription(
            actor=user,
            session_id=session_id or sign_in(user),
            secrets=secrets,
            origin=ORIGIN,
            user_agent="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            language="en-gb",
        )

    return build
