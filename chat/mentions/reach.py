"""Count whom a message would reach by `@room` or `@here`, before it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.messages.content import read_broadcast
from chat.messages.recipients import list_broadcast_recipients, may_broadcast
from chat.models import Room
from chat.threads.queries.replies import may_begin_thread


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether a text is to all, in the room or here, and how many users that would tell; 0 where it is not."""

    broadcast: str
    user_count: int


def count_reach(
    *, user: User, room_id: UUID, content: str, thread_id: UUID | None = None, also_in_room: bool = False
) -> Reach:
    """Return whom a text would reach if the user sent it now.

    Raise Room.DoesNotExist for a hidden room, ValidationError for a thread that is not in it.
    """
    Room.objects.visible_to(user).only("pk").get(pk=room_id)
    if thread_id and not may_begin_thread(room_id, thread_id):
        raise ValidationError({"thread_id": _("There is no such thread in this room.")})
    broadcast = read_broadcast(content)
    if not broadcast or not may_broadcast(user, room_id):
        return Reach("", 0)
    thread = None if also_in_room else thread_id
    reached = list_broadcast_recipients(broadcast=broadcast, room_id=room_id, author_id=user.pk, thread_id=thread)
    return Reach(broadcast, reached.count())
