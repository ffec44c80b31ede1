"""What every change to a message that stands has in common."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.models import Message, Room
from chat.rooms.permissions import writers_of


def changeable(actor: User, message_id: UUID) -> tuple[Message, Room]:
    """A standing message in a room one can write in, with the room's row held."""
    seen = Message.objects.visible_to(actor).get(pk=message_id)
    room = Room.objects.select_for_update().get(pk=seen.room_id)
    message = Message.objects.for_rendering().get(pk=message_id)
    if message.is_deleted:
        raise Message.DoesNotExist(_("This message was deleted."))
    if actor.pk not in writers_of(room):
        raise PermissionDenied(_("You can't write in this room."))
    return message, room


def take_version(message: Message, room: Room, changed: list[str]) -> None:
    """Save what changed under the room's next version."""
    room.version += 1
    message.version = room.version
    room.save(update_fields=["version", "updated_at"])
    message.save(update_fields=[*changed, "version", "updated_at"])
