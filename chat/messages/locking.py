"""Lock a message for a change, and give it the room's next version."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.models import Message, Room
from chat.rooms.permissions import writers_of


def lock_message(actor: User, message_id: UUID) -> tuple[Message, Room]:
    """Return a message that was not deleted and its room, whose row is locked until the commit.

    Raise Message.DoesNotExist for a hidden or deleted message, PermissionDenied where the actor can't write.
    """
    room_id = Message.objects.visible_to(actor).values_list("room", flat=True).get(pk=message_id)
    room = Room.objects.select_for_update().get(pk=room_id)
    message = Message.objects.for_rendering().get(pk=message_id)
    require_present(message)
    require_writer(actor, writers_of(room).user_ids)
    return message, room


def require_present(message: Message) -> None:
    """Raise Message.DoesNotExist for a message that was deleted."""
    if message.is_deleted:
        raise Message.DoesNotExist(_("This message was deleted."))


def require_writer(actor: User, writer_ids: frozenset[UUID]) -> None:
    """Raise PermissionDenied for a user who is none of those who may write in a room."""
    if actor.pk not in writer_ids:
        raise PermissionDenied(_("You can't write in this room."))


def bump_version(message: Message, room: Room, changed: list[str]) -> None:
    """Save the changed fields of a message under the room's next version."""
    room.version += 1
    message.version = room.version
    room.save(update_fields=["version", "updated_at"])
    message.save(update_fields=[*changed, "version", "updated_at"])
