"""Notify users, and mark what they have read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from accounts.models import User
from lib.db.transactions import after_commit
from notifications.delivery.jobs import enqueue_delivery
from notifications.inbox import events
from notifications.inbox.marking import mark_rows_read
from notifications.inbox.storing import store_notifications
from notifications.kinds import get_kind
from notifications.models import Notification
from notifications.models.notifications import NotificationQuerySet


def notify(
    *,
    kind: str,
    recipients: Collection[UUID],
    actor_id: UUID | None = None,
    organisation_id: UUID | None = None,
    subject: UUID | None = None,
    place: UUID | None = None,
    thread: UUID | None = None,
    position: int | None = None,
    url: str = "",
    group_key: str = "",
    data: dict[str, Any] | None = None,
    level: str = "",
) -> None:
    """Notify users of something, inside the transaction of what causes it: it is undone with that.

    The fields are those of `Notification`. One statement for any number of users and one for the job that delivers it,
    none for nobody. What leads to it is not asked here: `kind` is asked who may see it, when it is delivered and when
    it is read.
    """
    if not recipients:
        return
    template = Notification(
        kind=kind,
        actor_id=actor_id,
        organisation_id=organisation_id,
        subject=subject,
        place=place,
        thread=thread,
        position=position,
        first_position=position,
        url=url,
        group_key=group_key,
        data=data or {},
        level=level or get_kind(kind).level,
        is_listed=get_kind(kind).is_listed,
    )
    enqueue_delivery(store_notifications(template, recipients))


@transaction.atomic
def mark_read(*, actor: User, notification_id: UUID) -> None:
    """Mark one of the actor's notifications as read, on all of their devices. Repeating it changes nothing.

    Raise Notification.DoesNotExist for one of another user.
    """
    _find_own(actor, notification_id)
    mark_rows_read(actor.pk, Notification.objects.filter(pk=notification_id))


@transaction.atomic
def mark_unread(*, actor: User, notification_id: UUID) -> None:
    """Mark one of the actor's notifications as not read. Raise Notification.DoesNotExist for one of another user."""
    row = _find_own(actor, notification_id)
    if row.read_at is not None:
        _clear_read_marks(Notification.objects.filter(pk=notification_id))
        after_commit(events.notifications_unread, actor.pk, [notification_id])


@transaction.atomic
def mark_all_read(*, actor: User) -> datetime | None:
    """Mark all that the actor has not read as read.

    Return the time that all of them have now, by which `restore_unread` finds them; None where nothing was unread.
    """
    return mark_rows_read(actor.pk, Notification.objects.received_by(actor))


@transaction.atomic
def restore_unread(*, actor: User, read_at: datetime) -> int:
    """Take a `mark_all_read` back: mark as not read what was marked at that very time. Return how many that were."""
    rows = Notification.objects.received_by(actor).filter(read_at=read_at)
    ids = list(rows.values_list("pk", flat=True))
    _clear_read_marks(rows)
    if ids:
        after_commit(events.notifications_unread, actor.pk, ids)
    return len(ids)


@transaction.atomic
def mark_subject_read(*, subject: UUID, kind: str, user_id: UUID | None = None) -> None:
    """Mark what a user, or with None each user, has dealt with elsewhere, such as an invitation that was accepted."""
    rows = Notification.objects.filter(subject=subject, kind=kind)
    users = [user_id] if user_id else set(rows.unread().values_list("user", flat=True))
    for each in users:
        mark_rows_read(each, rows.filter(user=each))


@transaction.atomic
def withdraw_notifications(rows: NotificationQuerySet) -> None:
    """Delete notifications whose cause is gone, inside the transaction that ends it, and tell their users.

    Such as those about a deleted message, or about a room that their user has left. They are held first: one that is
    being queued to be mailed could not be deleted.
    """
    found = list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", "user"))
    if not found:
        return
    Notification.objects.filter(pk__in=[pk for pk, _ in found]).delete()
    by_user: dict[UUID, list[UUID]] = {}
    for notification_id, user_id in found:
        by_user.setdefault(user_id, []).append(notification_id)
    after_commit(events.notifications_withdrawn, by_user)


def _find_own(actor: User, notification_id: UUID) -> Notification:
    rows = Notification.objects.received_by(actor).select_for_update()
    notification: Notification = rows.get(pk=notification_id)
    return notification


def _clear_read_marks(rows: NotificationQuerySet) -> None:
    """Mark rows as not read. One whose group has another unread row meanwhile stands alone from now on."""
    grouped = ~Q(group_key="")  # of those alone there is an index
    others = Notification.objects.filter(grouped, user=OuterRef("user"), group_key=OuterRef("group_key")).unread()
    alone = When(grouped & Exists(others), then=Value(""))
    rows.update(read_at=None, group_key=Case(alone, default=F("group_key")))
