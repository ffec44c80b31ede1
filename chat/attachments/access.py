"""Say who sees files in messages, and which files stand in any: an access source of `assets`."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from chat.models import Attachment, HeldFile


def filter_visible(user: User) -> Q:
    """Return the condition for the files in messages that a user can see."""
    return Q(Exists(Attachment.objects.visible_to(user).filter(asset=OuterRef("pk"))))


def filter_in_room(user: User, room_id: UUID) -> Q:
    """Return the condition for the files in messages of a room, if a user can see it."""
    return Q(Exists(Attachment.objects.visible_to(user).filter(asset=OuterRef("pk"), message__room=room_id)))


def filter_used() -> Q:
    """Return the condition for the files that were posted, whatever became of the message, and those to be posted."""
    posted = Q(Exists(Attachment.objects.filter(asset=OuterRef("pk"))))
    return posted | Q(Exists(HeldFile.objects.filter(asset=OuterRef("pk"))))
