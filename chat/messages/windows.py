"""Decide for how long authors may edit and delete their messages, as their organisation has set it."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.models import Organisation, User
from chat.models import Message, Room
from chat.rooms.permissions import require_room_admin
from lib.web.errors import TooLate


def require_open_edit_window(message: Message, minutes: int | None) -> None:
    """Raise TooLate for a message that is older than `minutes`; None: never."""
    if _is_older(message, minutes):
        never = _("Messages can’t be edited in this organisation.")
        one = ngettext_lazy(
            "Messages can be edited for %(count)s minute only.",
            "Messages can be edited for %(count)s minutes only.",
            "count",
        )
        raise TooLate(one % {"count": minutes} if minutes else never, "edit_window_passed")


def require_deletable(actor: User, message: Message, room: Room) -> None:
    """Raise PermissionDenied for another user's message, and TooLate for an old one; admins of the room may always."""
    if message.author_id != actor.pk:
        return require_room_admin(actor, room, _("Only its author or an admin of the room can delete a message."))
    minutes = Organisation.objects.values_list("delete_window", flat=True).get(pk=room.organisation_id)
    if _is_older(message, minutes) and not Room.objects.administered_by(actor).filter(pk=room.pk).exists():
        never = _("Messages can’t be deleted in this organisation.")
        one = ngettext_lazy(
            "Messages can be deleted for %(count)s minute only.",
            "Messages can be deleted for %(count)s minutes only.",
            "count",
        )
        raise TooLate(one % {"count": minutes} if minutes else never, "delete_window_passed")
    return None


def _is_older(message: Message, minutes: int | None) -> bool:
    return minutes is not None and message.created_at + timedelta(minutes=minutes) <= timezone.now()
