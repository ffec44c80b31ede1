"""Subscriptions to web push: the browsers in which a user wants to be told of what happens while no page is open."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import Record, Session, TokenFamily, User
from lib.crypto import decrypt, encrypt

# A browser that was not opened for longer than that subscribes anew, should it still have its subscription.
TURNED_OFF_RETENTION = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class PushSecrets:
    """What a push needs, and lets others send some: the address at the push service, and the browser's two keys."""

    endpoint: str
    p256dh: str
    auth: str


class PushSubscriptionQuerySet(models.QuerySet["PushSubscription"]):
    def owned_by(self, user: User) -> Self:
        return self.filter(user=user)

    def signed_in(self) -> Self:
        """Return those whose session lasts."""
        now = timezone.now()
        browsers = Session.objects.filter(public_id=OuterRef("session_id"), user=OuterRef("user"), expire_date__gt=now)
        clients = TokenFamily.objects.live().filter(pk=OuterRef("session_id"), user=OuterRef("user"))
        return self.filter(Exists(browsers) | Exists(clients))

    def deliverable(self) -> Self:
        """Return those of users who are signed in there still, and may read what they are told of."""
        lasting = Q(expires_at=None) | Q(expires_at__gt=timezone.now())
        return self.signed_in().filter(lasting, user__is_active=True, user__second_factor_due=False)


class PushSubscription(Record):
    """Subscription of one browser, which renews it with each page. It ends with the session that it belongs to."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="push_subscriptions")
    session_id = models.UUIDField(db_index=True, help_text="The public id of a session, or the id of a token family.")
    endpoint_hash = models.CharField(max_length=64, unique=True)
    host = models.CharField(max_length=253, help_text="Of the push service.")
    secrets = models.TextField(help_text="Encrypted.")
    origin = models.CharField(max_length=300, help_text="This server as the browser knows it: links lead there.")
    user_agent = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=10, help_text="Of the browser; what the user has chosen comes first.")
    expires_at = models.DateTimeField(null=True, blank=True)
    last_success_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=20, blank=True, help_text="Of the last push; empty where it arrived.")
    last_error_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = PushSubscriptionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"push to {self.user} by {self.host}"

    @staticmethod
    def encrypt_secrets(secrets: PushSecrets) -> str:
        """Return the secrets as they are stored."""
        return encrypt(json.dumps([secrets.endpoint, secrets.p256dh, secrets.auth]))

    def decrypt_secrets(self) -> PushSecrets:
        """Return the secrets. Raise DecryptionError where none of the present keys has encrypted them."""
        return PushSecrets(*json.loads(decrypt(self.secrets)))


class TurnedOffBrowserQuerySet(models.QuerySet["TurnedOffBrowser"]):
    def expired(self) -> Self:
        return self.filter(created_at__lt=timezone.now() - TURNED_OFF_RETENTION)


class TurnedOffBrowser(Record):
    """Browser whose pushes its user has ended, perhaps from another: it has its subscription until its next page."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    endpoint_hash = models.CharField(max_length=64, unique=True)

    objects: ClassVar = TurnedOffBrowserQuerySet.as_manager()

    def __str__(self) -> str:
        return f"browser of {self.user}"


def hash_endpoint(endpoint: str) -> str:
    """Return what a subscription is looked up by: its address itself is stored encrypted alone."""
    return hashlib.sha256(endpoint.encode()).hexdigest()
