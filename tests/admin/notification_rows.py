"""Rows of all models of notifications."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import Organisation, User, new_id
from notifications.announcements.services import create_announcement
from notifications.models import Notification, PendingMail, PushSecrets, PushSubscription, TurnedOffBrowser
from notifications.preferences.services import change_defaults, change_settings


def populate_notifications(owner: User, other: User, organisation: Organisation) -> None:
    """Store one row more of each model: of an owner of an organisation, and of another member."""
    create_announcement(actor=owner, slug=organisation.slug, text="Tea at four")
    change_settings(actor=other, keywords=["windlass"], mail_pace="60m")
    change_defaults(actor=owner, slug=organisation.slug, mail_pace="60m")
    row = Notification.objects.create(user=other, organisation=organisation, kind="mention")
    PendingMail.objects.create(notification=row, user=other, due_at=timezone.now())
    secrets = PushSecrets("https://push.example/secret-address", "secret-key", "secret-auth")
    PushSubscription.objects.create(
        user=other,
        session_id=new_id(),
        endpoint_hash=new_id().hex,
        host="push.example",
        secrets=PushSubscription.encrypt_secrets(secrets),
        origin="https://atrium.example",
    )
    TurnedOffBrowser.objects.create(user=other, endpoint_hash=new_id().hex)
