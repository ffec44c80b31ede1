"""Check where something that is not sent yet is going to."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.models import Message, Room


def require_writable(actor: User, room_id: UUID) -> None:
    """Raise Room.DoesNotExist for a room that a user can't see, PermissionDenied for one that they can't write in."""
    if not Room.objects.writable_by(actor).filter(pk=room_id).exists():
        Room.objects.visible_to(actor).only("pk").get(pk=room_id)
        raise PermissionDenied(_("You can't write in this room."))


def check_place(room_id: UUID, reply_to: UUID | None, thread_id: UUID | None) -> None:
    """Raise ValidationError for a message to answer, or a root of a thread, that is not in the room."""
    messages = Message.objects.filter(room=room_id)
    if reply_to is not None and not messages.filter(pk=reply_to).exists():
        raise ValidationError({"reply_to": _("There is no such message in this room.")})
    if thread_id is not None and not messages.filter(pk=thread_id, thread=None).exists():
        raise ValidationError({"thread_id": _("There is no such thread in this room.")})
