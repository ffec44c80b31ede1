"""Notify many users at once, beside the thread that stores all messages."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from chat.models import Mention, Message, RoomMember
from chat.models.counting import counts_all
from chat.notifying.attention import list_hearing_users, list_told_members
from chat.notifying.names import BROADCAST, MESSAGE, name_thread_group
from chat.notifying.telling import tell_of_message
from lib.jobs import job
from notifications.models import Notification
from notifications.preferences.queries import choose_channels

# Before the deliveries that wait: users are to see that they are called.
PRIORITY = 60


@job(priority=PRIORITY)
def notify_of_broadcast(*, message_id: str) -> None:
    """Notify the members that a broadcast has reached, once, unless the message is deleted."""
    with transaction.atomic():
        message = Message.objects.not_deleted().filter(pk=UUID(message_id)).select_related("room").first()
        if message is None or Notification.objects.filter(subject=message.pk, kind=BROADCAST).exists():
            return
        tell_of_message(message, message.room, BROADCAST, _find_called(message) & list_hearing_users(message.room_id))


@job(priority=PRIORITY)
def notify_listeners(*, message_id: str) -> None:
    """Notify the members that want a push or mail of every message in a room, and are not told of this one anyway.

    Six queries for any number of members.
    """
    with transaction.atomic():
        message = Message.objects.not_deleted().filter(pk=UUID(message_id)).select_related("room").first()
        if message is None or Notification.objects.filter(subject=message.pk, kind=MESSAGE).exists():
            return
        members = RoomMember.objects.filter(counts_all(), room=message.room_id, last_read_seq__lt=message.seq)
        members = members.filter(user__is_active=True, user__kind=User.Kind.HUMAN).exclude(user=message.author_id)
        user_ids = set(members.values_list("user", flat=True)) - find_told(message)
        tell_of_message(message, message.room, MESSAGE, _choose_listeners(message, user_ids))


def _find_called(message: Message) -> set[UUID]:
    """Return the users that a broadcast has reached and that the message does not name."""
    rows = Mention.objects.filter(message=message)
    if message.broadcast_seq is not None:
        members = list_told_members(message).exclude(user__in=rows.values("user"))
        return set(members.values_list("user", flat=True))
    called = rows.filter(is_broadcast=True, user__is_active=True, user__kind=User.Kind.HUMAN)
    return set(called.values_list("user", flat=True))


def find_told(message: Message) -> set[UUID]:
    """Return the users that are told of a message: named or called, following its thread, or with a keyword in it."""
    told = Q(subject=message.pk)
    if message.thread_id:
        told |= Q(group_key=name_thread_group(message.thread_id), position__gte=message.thread_seq)
    named = Mention.objects.filter(message=message).values_list("user", flat=True)
    called = _find_called(message) if message.broadcast_seq is not None else ()
    return {*Notification.objects.filter(told).values_list("user", flat=True), *named, *called}


def _choose_listeners(message: Message, user_ids: set[UUID]) -> list[UUID]:
    """Return the users that want a push or a mail of a message in its room."""
    rows = [
        Notification(kind=MESSAGE, user_id=user_id, place=message.room_id, organisation_id=message.room.organisation_id)
        for user_id in user_ids
    ]
    decisions = choose_channels(rows, timezone.now())
    return [row.user_id for row in rows if decisions[row.pk].push or decisions[row.pk].mail]
