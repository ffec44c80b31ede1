"""Load what has happened in a room, with the users that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from chat.models import Room, SystemMessage
from chat.system_messages.schemas import SHOWN_USERS, SystemMessageOut


def system_messages_of(*, user: User, room_id: UUID) -> QuerySet[SystemMessage]:
    """Return the system messages of a room that a user can see; none where the room wants none. One query."""
    room = Room.objects.visible_to(user).only("pk", "system_messages").get(pk=room_id)
    messages: QuerySet[SystemMessage] = SystemMessage.objects.filter(room=room).select_related("actor")
    return messages if room.system_messages else messages.none()


def describe_messages(messages: Sequence[SystemMessage]) -> dict[UUID, SystemMessageOut]:
    """Return the shapes of system messages by their ids, each with the first users that it is about. One query."""
    wanted = {user_id for message in messages for user_id in message.user_ids[:SHOWN_USERS]}
    users = {str(user.pk): user for user in User.objects.filter(pk__in=wanted)}
    return {
        message.pk: SystemMessageOut.of(
            message, [users[user_id] for user_id in message.user_ids[:SHOWN_USERS] if user_id in users]
        )
        for message in messages
    }
