"""Notify many users at once, beside the thread that stores all messages."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from accounts.models import User
from chat.models import Mention, Message
from chat.notifying.attention import list_hearing_users
from chat.notifying.names import BROADCAST
from chat.notifying.telling import tell_of_message
from lib.jobs import job
from notifications.models import Notification

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
