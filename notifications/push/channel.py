"""Bring notifications to their users' browsers: one job for each, so that one service's trouble is no other's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notifications.models import Notification, PushSubscription
from notifications.preferences.queries import choose_channels
from notifications.push.hosts import may_close_silently
from notifications.push.jobs import close_pushed_notifications, hasten_held_pushes, hold_push, queue_push

# An older notification is no longer shown, or its browser is used no more.
RECENT = timedelta(days=1)
# Browsers of one transaction: 40 ms, for which SQLite lets nothing else be written.
STORED_TOGETHER = 50


def deliver_pushes(rows: Sequence[Notification]) -> None:
    """Queue the pushes of notifications whose users want them. A few queries for any number of rows.

    What their users want later, after quiet hours, comes then in one push for each browser; so does what waits for it.
    """
    decisions = choose_channels(rows, timezone.now())
    wanted: defaultdict[UUID, list[Notification]] = defaultdict(list)
    for row in rows:
        if decisions[row.pk].push:
            wanted[row.user_id].append(row)
    subscriptions = _list_subscriptions(wanted)
    for start in range(0, len(subscriptions), STORED_TOGETHER):
        with transaction.atomic():
            for user_id, subscription_id in subscriptions[start : start + STORED_TOGETHER]:
                # The time is the user's, and thus that of all.
                _queue_rows(str(subscription_id), wanted[user_id], decisions[wanted[user_id][0].pk].push_after)


def _queue_rows(subscription_id: str, rows: Sequence[Notification], until: datetime | None) -> None:
    if until is not None:
        hold_push(subscription_id, until=until, since=min(row.updated_at for row in rows))
    else:
        queue_push(subscription_id, [str(row.pk) for row in rows])


def bring_pushes_forward(*, user: User) -> None:
    """Push at once what the browsers of a user hold, but for what other quiet hours hold still. Two queries at most."""
    hasten_held_pushes(map(str, PushSubscription.objects.owned_by(user).values_list("pk", flat=True)))


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


def _list_subscriptions(user_ids: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    """Return users and their browsers, in the one order in which jobs are held."""
    if not user_ids:
        return []
    rows = PushSubscription.objects.deliverable().filter(user__in=list(user_ids))
    return list(rows.order_by("pk").values_list("user", "pk"))
