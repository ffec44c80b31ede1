"""Notify many users at once, beside the thread that stores all messages."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from chat.models import Mention, Message, RoomMember
from chat.models.rooms import counts_all
from chat.notifying.attention import list_hearing_users
from chat.notifying.names import BROADCAST, MESSAGE, name_thread_group
from chat.notifying.telling import tell_of_message
from lib.jobs import job
from notifications.models import Notification
from notifications.preferences.queries import choose_channels

# Before the deliveries that wait: users are to see that they are called.
PRIORITY = 60


@job(priority=PRIORITY)
def notify_of_broadcast(*, message_id: str) -> None:
    """Notify those whom a broadcast has reached, who are still in the room, once, unless the message is deleted."""
    with transaction.atomic():
        message = Message.objects.not_deleted().filter(pk=UUID(message_id)).select_related("room").first()
        if message is None or Notification.objects.filter(subject=message.pk, kind=BROADCAST).exists():
            return
        told = Mention.objects.filter(message=message, is_broadcast=True, user__is_active=True)
        user_ids = set(told.filter(user__kind=User.Kind.HUMAN).values_list("user", flat=True))
        tell_of_message(message, message.room, BROADCAST, user_ids & list_hearing_users(message.room_id))


@job(priority=PRIORITY)
def notify_listeners(*, message_id: str) -> None:
    """Notify the members of a room who want to be pushed or mailed every message, and are not told of this one anyway.

    Six queries for any number of members.
    """
    with transaction.atomic():
        message = Message.objects.not_deleted().filter(pk=UUID(message_id)).select_related("room").first()
        if message is None or Notification.objects.filter(subject=message.pk, kind=MESSAGE).exists():
            return
        members = RoomMember.objects.filter(counts_all(), room=message.room_id, last_read_seq__lt=message.seq)
        members = members.filter(user__is_active=True, user__kind=User.Kind.HUMAN).exclude(user=message.author_id)
        user_ids = set(members.values_list("user", flat=True)) - _find_told(message)
        tell_of_message(message, message.room, MESSAGE, _choose_listeners(message, user_ids))


def _find_told(message: Message) -> set[UUID]:
    """Return who is told of a message otherwise: as who is named, follows its thread, or has a keyword in it."""
    told = Q(subject=message.pk)
    if message.thread_id:
        told |= Q(group_key=name_thread_group(message.thread_id), position__gte=message.thread_seq)
    named = Mention.objects.filter(message=message).values_list("user", flat=True)
    return {*Notification.objects.filter(told).values_list("user", flat=True), *named}


def _choose_listeners(message: Message, user_ids: set[UUID]) -> list[UUID]:
    """Return the users who want a push or a mail of a message in its room."""
    rows = [
        Notification(kind=MESSAGE, user_id=user_id, place=message.room_id, organisation_id=message.room.organisation_id)
        for user_id in user_ids
    ]
    decisions = choose_channels(rows, timezone.now())
    return [row.user_id for row in rows if decisions[row.pk].push or decisions[row.pk].mail]
