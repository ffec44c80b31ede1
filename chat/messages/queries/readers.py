"""Find who has read up to a message."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.models import Message, RoomMember, ThreadFollow
from chat.models.rooms import RoomMemberQuerySet
from lib.web.errors import SwitchedOff


def readers_of(*, user: User, message_id: UUID) -> RoomMemberQuerySet:
    """Return the members of a room who have read up to a message, without its author, in the order they joined.

    Of a reply in a thread alone, those who follow the thread and have read up to it there. Deactivated users are left
    out. One query. Raise Message.DoesNotExist for a hidden or deleted message, SwitchedOff where the organisation
    shows no readers.
    """
    messages = Message.objects.visible_to(user).not_deleted()
    message = messages.annotate(are_shown=F("room__organisation__read_receipts")).get(pk=message_id)
    if not message.are_shown:
        raise SwitchedOff(_("This organisation doesn’t show who has read a message."), "read_receipts_off")
    members: RoomMemberQuerySet = RoomMember.objects.with_user().filter(room=message.room_id, user__is_active=True)
    members = members.exclude(user=message.author_id)
    if message.seq is not None:
        return members.filter(last_read_seq__gte=message.seq)
    follows = ThreadFollow.objects.filter(thread=message.thread_id, last_read_seq__gte=message.thread_seq)
    return members.filter(user__in=follows.values("user"))
