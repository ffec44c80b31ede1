"""Take notifications back whose message is deleted, or whose user has left the room."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F
from django.db.models.functions import Greatest

from chat.models import Message, Room, RoomMember
from chat.notifying.names import DIRECT, REPLY, name_direct_group, name_thread_group
from lib.db.transactions import after_commit
from notifications.inbox import events
from notifications.inbox.services import withdraw_notifications
from notifications.models import Notification


def withdraw_message(message: Message, room: Room) -> None:
    """Take back what users were told of a message that is being deleted. Rows that count others too count one less.

    Three queries, and two more for each user who has not read one of these.
    """
    for row in _find_counting_rows(message, room):
        last = _find_last_other(row, message)
        if last is None:
            continue  # it is taken back with the message
        position = last.seq if row.thread is None else last.thread_seq
        Notification.objects.filter(pk=row.pk).update(
            count=Greatest(F("count") - 1, 1), subject=last.pk, position=position, actor=last.author_id
        )
        after_commit(events.notification_changed, row.user_id, row.pk)
    withdraw_notifications(Notification.objects.filter(subject=message.pk))


def withdraw_room(room: Room, *, user_id: UUID | None = None) -> None:
    """Take back what a user who leaves a room, or each user before it is deleted, was told of it."""
    rows = Notification.objects.filter(place=room.pk)
    withdraw_notifications(rows.filter(user=user_id) if user_id else rows)


def _find_counting_rows(message: Message, room: Room) -> list[Notification]:
    """Return the unread rows that count a message among others."""
    members = RoomMember.objects.filter(room=room).values("user")
    rows = Notification.objects.filter(user__in=members, count__gt=1, kind__in=(DIRECT, REPLY)).unread()
    if message.thread_id:
        group, position = name_thread_group(message.thread_id), message.thread_seq
    else:
        group, position = name_direct_group(room.pk), message.seq
    return list(rows.filter(group_key=group, first_position__lte=position, position__gte=position))


def _find_last_other(row: Notification, deleted: Message) -> Message | None:
    """Return the last message that a row counts beside one that is being deleted."""
    others = Message.objects.not_deleted().exclude(pk=deleted.pk).exclude(author=row.user_id)
    span = (row.first_position, row.position)
    if row.thread is None:
        return others.filter(room=row.place, seq__range=span).order_by("-seq").first()
    return others.filter(thread=row.thread, thread_seq__range=span).order_by("-thread_seq").first()
