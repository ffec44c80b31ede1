"""Bring notifications to their users' browsers: one job for each, so that one service's trouble is no other's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from notifications.models import Notification, PushSubscription
from notifications.preferences.queries import choose_channels
from notifications.push.hosts import may_close_silently
from notifications.push.jobs import close_pushed_notifications, hold_push, push_notification

# An older notification is no longer shown, or its browser is used no more.
RECENT = timedelta(days=1)


def deliver_pushes(rows: Sequence[Notification]) -> None:
    """Queue the pushes of notifications whose users want them. A few queries for any number of rows.

    What their users want later, after quiet hours, comes then in one push for each browser.
    """
    decisions = choose_channels(rows, timezone.now())
    wanted = [row for row in rows if decisions[row.pk].push]
    subscriptions = _load_subscription_ids({row.user_id for row in wanted})
    with transaction.atomic():
        for row in wanted:
            for subscription_id in subscriptions[row.user_id]:
                if (until := decisions[row.pk].push_after) is not None:
                    hold_push(str(subscription_id), until=until, since=row.updated_at)
                else:
                    push_notification.enqueue(notification_id=str(row.pk), subscription_id=str(subscription_id))


def close_pushes(user_id: UUID, notification_ids: Sequence[UUID]) -> None:
    """Take notifications back that a user has read, from browsers that have got a push since yesterday. One query.

    Not from those that would lose their subscription by it: there, open pages do it.
    """
    reached = PushSubscription.objects.filter(user=user_id, last_success_at__gte=timezone.now() - RECENT)
    for subscription_id, host in reached.values_list("pk", "host"):
        if may_close_silently(host):
            close_pushed_notifications.enqueue(
                subscription_id=str(subscription_id), notification_ids=[str(each) for each in notification_ids]
            )


def _load_subscription_ids(user_ids: Iterable[UUID]) -> defaultdict[UUID, list[UUID]]:
    found: defaultdict[UUID, list[UUID]] = defaultdict(list)
    if user_ids:
        rows = PushSubscription.objects.deliverable().filter(user__in=list(user_ids))
        for user_id, subscription_id in rows.values_list("user", "pk"):
            found[user_id].append(subscription_id)
    return found
