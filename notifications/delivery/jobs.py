"""Deliver notifications, after the commit of what has caused them."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import ExitStack
from uuid import UUID

from lib.jobs import job
from notifications.channels import load_channels
from notifications.descriptions import filter_visible_to_each
from notifications.models import Notification

# Before what is not waited for: a user sees it appear.
PRIORITY = 50


@job(priority=PRIORITY)
def deliver_notifications(*, notification_ids: list[str]) -> None:
    """Hand notifications to all channels, those that are not read yet and that their users may still see."""
    rows = Notification.objects.filter(pk__in=notification_ids).unread().select_related("user", "actor", "organisation")
    visible = filter_visible_to_each(list(rows))
    # One channel that fails keeps no other from its turn; the job is tried again.
    with ExitStack() as deliveries:
        for deliver in reversed(load_channels().values()):
            deliveries.callback(deliver, visible)


def enqueue_delivery(ids: Collection[UUID]) -> None:
    """Let notifications be delivered once the present transaction has committed."""
    deliver_notifications.enqueue(notification_ids=[str(each) for each in ids])
