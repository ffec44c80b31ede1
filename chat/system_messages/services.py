"""Tell in a room what has happened there, inside the transaction of the change."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.models import User
from chat.models import Room, SystemMessage
from chat.system_messages import events
from lib.db.transactions import after_commit


def add_system_message(
    room: Room,
    code: SystemMessage.Code,
    *,
    actor: User | None,
    users: Sequence[User] = (),
    before: str = "",
    after: str = "",
) -> None:
    """Store what has happened in a room, and announce it after the commit: one message, however many users it is about.

    Nothing in direct rooms, and in those that want no such lines.
    """
    if room.is_direct or not room.system_messages:
        return
    message = SystemMessage.objects.create(
        room=room, code=code, actor=actor, user_ids=[str(user.pk) for user in users], before=before, after=after
    )
    after_commit(events.system_message_created, message, users)
